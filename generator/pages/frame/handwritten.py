"""What a hand-written page says of itself, read from the head that the engine wrote."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from generator.engine import Walls
from generator.pages import jsonld
from generator.pages.frame.feed_links import feeds_of_page
from generator.pages.site import Site

NOT_FOUND = "404.html"

_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')


def addresses(walls: Walls) -> Iterator[str]:
    """Addresses of the pages from the root of the site; the page for lost addresses has none."""
    return (path.removesuffix("index.html") for path in walls.pages if path != NOT_FOUND)


def about(site: Site, path: str, page: str) -> dict[str, Any]:
    """The values that every page gives to the head and to its blocs."""
    title, description = _TITLE.search(page), _DESCRIPTION.search(page)
    words = unescape(description[1]) if description else site.settings.site_description
    name = unescape(title[1]).removesuffix(f" · {site.settings.site_name}") if title else site.settings.site_name
    lost = path == NOT_FOUND
    address = "" if lost else path.removesuffix("index.html")
    if lost or address:
        things = [jsonld.page(site, "WebPage", name, address, words)]
    else:
        things = [jsonld.website(site)]
    if address == "donnees/":
        things.append(jsonld.dataset(site))
    return {
        "chemin": address,
        "titre": name,
        "description": words,
        "donnees_liees": jsonld.dump(*things),
        "genre": "introuvable" if lost else "texte",
        "flux_annonces": feeds_of_page(address, name),
        # The page for lost addresses is shown at any depth: its addresses start at the root of the host.
        "racine": site.settings.base_path if lost else "../" * address.count("/"),
    }

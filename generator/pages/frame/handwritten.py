"""What a hand-written page says of itself, read from the head that the engine wrote."""

import re
from collections.abc import Iterator
from html import unescape
from typing import Any

from markupsafe import Markup

from generator.engine import Walls
from generator.french import typographie_html
from generator.pages import jsonld
from generator.pages.frame.feed_links import feeds_of_page
from generator.pages.frame.record import Record
from generator.pages.site import Site

NOT_FOUND = "404.html"

UNSEARCHED = "<!-- recherche: non -->"
"""What the theme writes where a page asks, at its head, not to be found."""

_START, _END = '<span id="contenu" tabindex="-1"></span>', "</article>"
_HEADING = re.compile(r"<h1\b.*?</h1>", re.DOTALL)  # it says the title again
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


def record(site: Site, path: str, page: str) -> Record | None:
    """What a page can be found by: the text of its author between the walls, before the blocs are filled."""
    if path == NOT_FOUND or UNSEARCHED in page:
        return None
    said = about(site, path, page)
    text = page.partition(_START)[2].rpartition(_END)[0]
    long_text = Markup(typographie_html(_HEADING.sub("", text)))  # noqa: S704 (made by the engine from a reviewed page)
    return Record("pages", said["chemin"], said["titre"], said["description"], long_text=long_text)

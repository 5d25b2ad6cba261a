"""Every HTML page: the engine's hand-written ones with their blocs, and those made from the data, as {path: bytes}."""

import re
from dataclasses import dataclass
from html import unescape
from typing import Any
from xml.etree import ElementTree

from generator import edits, feeds, french, maps
from generator.engine import Walls
from generator.pages import blocs, jsonld, policy, sections, stylesheet
from generator.pages.documentation import documentation
from generator.pages.site import Site
from generator.pages.templates import environment

NOT_FOUND = "404.html"


@dataclass(frozen=True, slots=True)
class Announced:
    """One `<link rel="alternate">` in the head of every page."""

    titre: str
    type: str
    chemin: str


def announced() -> tuple[Announced, ...]:
    """Both formats of each feed."""
    return tuple(
        Announced(f"{info.titre} ({ending.upper() if ending == 'rss' else 'Atom'})", kind, f"flux/{info.name}.{ending}")
        for info, _ in feeds.FEEDS
        for ending, kind in feeds.MEDIA_TYPES.items()
    )


def files(site: Site, walls: Walls) -> dict[str, bytes]:
    """The whole HTML of the site, its sheet, its share image, sitemap.xml and robots.txt."""
    rules = policy.policy((*walls.pages.values(), *walls.gabarits.values()))

    def furnished(page: str) -> str:
        return policy.protect(french.typographie_html(page), rules)

    env = environment(site, {name: furnished(page) for name, page in walls.gabarits.items()})
    common: dict[str, Any] = {"flux_annonces": announced(), "flux": feeds.FEEDS}
    out: dict[str, bytes] = {}
    rows = list(sections.pages(site))
    for row in rows:
        values = {**common, **row.valeurs, "racine": sections.RACINE, "gabarit": f"gabarit/{row.gabarit}"}
        values |= {name: getattr(row, name) for name in ("chemin", "titre", "description", "donnees_liees", "genre")}
        out[row.fichier] = env.get_template(row.template).render(values).encode()
    written = {path.removesuffix("index.html"): _written(site, path, page) for path, page in walls.pages.items()}
    common |= {
        "pages": rows,
        "ecrites": [(path, values["titre"]) for path, values in written.items() if path != NOT_FOUND],
        "documentation": documentation(site.schemas),
        "modele": edits.model(site.schemas["cop"], site.annuaire.today),
    }
    for path, page in walls.pages.items():
        # The policy is put in last: a bloc must not be able to change it.
        values = {**common, **written[path.removesuffix("index.html")]}
        filled = blocs.fill(french.typographie_html(page), env, values)
        out[path] = policy.protect(filled, rules).encode()
    made = [row.chemin for row in rows if row.dans_le_plan]
    return out | {
        stylesheet.PATH: stylesheet.css(),
        "assets/partage.png": maps.share_png(site.counter_svg),
        "integrer/compteur.svg": site.counter_svg.encode(),
        "sitemap.xml": sitemap(site, [*(path for path in written if path != NOT_FOUND), *made]),
        "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {site.url('sitemap.xml')}\n".encode(),
    }


_TITLE = re.compile(r"<title>(.*?)</title>", re.DOTALL)
_DESCRIPTION = re.compile(r'<meta name="description" content="([^"]*)"')


def _written(site: Site, path: str, page: str) -> dict[str, Any]:
    """What a hand-written page says of itself, read from what the engine wrote in its head."""
    title = _TITLE.search(page)
    description = _DESCRIPTION.search(page)
    words = unescape(description[1]) if description else site.settings.site_description
    name = unescape(title[1]).removesuffix(f" · {site.settings.site_name}") if title else site.settings.site_name
    address = "" if path == NOT_FOUND else path.removesuffix("index.html")
    depth = address.count("/")
    # The page for lost addresses is shown at any depth: its addresses start at the root of the host.
    racine = site.settings.base_path if path == NOT_FOUND else "../" * depth
    things = [jsonld.website(site)] if not address else [jsonld.page(site, "WebPage", name, address, words)]
    if address == "donnees/":
        things.append(jsonld.dataset(site))
    return {
        "chemin": address,
        "titre": name,
        "description": words,
        "donnees_liees": jsonld.dump(*things),
        "genre": "introuvable" if path == NOT_FOUND else "texte",
        "racine": racine,
    }


def sitemap(site: Site, paths: list[str]) -> bytes:
    """Every page once; without dates, which a static build cannot know for hand-written pages."""
    root = ElementTree.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for path in sorted(paths):
        ElementTree.SubElement(ElementTree.SubElement(root, "url"), "loc").text = site.url(path)
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml

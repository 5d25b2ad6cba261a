"""Every HTML page: the engine's hand-written ones with their blocs, and those made from the data, as {path: bytes}."""

import re
from collections.abc import Callable, Iterable, Iterator
from dataclasses import dataclass, field
from functools import partial
from xml.etree import ElementTree

from generator import french
from generator.engine import Walls
from generator.entries.example import example_file
from generator.pages import documentation, embeds, form
from generator.pages.agenda import months
from generator.pages.entries import doors, entry_pages
from generator.pages.frame import blocs, gabarit, handwritten, policy, stylesheet
from generator.pages.frame.feed_links import feeds_of_page
from generator.pages.frame.gabarit import Gabarit
from generator.pages.frame.page import RACINE, Page, Values
from generator.pages.frame.record import Record
from generator.pages.frame.templates import environment
from generator.pages.groups import group_pages
from generator.pages.site import Site
from generator.pictures.points import share_png

AT_ONCE = 20
"""Pages of one part: few enough for the cores to end together."""


_BLANK = re.compile(r">\s*\n\s*<")
"""The engine's indentation: on a thousand pages it is a megabyte."""


@dataclass
class Memo:
    """Pages already rendered: `serve` renders again only those whose values changed. Good for one set of templates."""

    inputs: object = None  # what every page shows: walls, settings, counter, day
    pages: dict[str, tuple[Values, bytes]] = field(default_factory=dict)
    share: tuple[str, bytes] = ("", b"")  # the counter drawn, and the same as PNG
    spaced: dict[str, str] = field(default_factory=dict)  # pages of the engine, and the same with French spaces

    def expect(self, inputs: object) -> None:
        """Forget the pages where what they all show has changed."""
        if self.inputs != inputs:
            self.inputs, self.pages = inputs, {}


class Rendering:
    """The pages of one site: made once, then asked for in parts."""

    def __init__(self, site: Site, walls: Walls, memo: Memo | None = None) -> None:
        self._site = site
        self._walls = walls
        self._memo = memo
        self._rules = policy.policy((*walls.pages.values(), *walls.gabarits.values()))
        self._gabarits = {section: self._cut(page) for section, page in walls.gabarits.items()}
        self._env = environment(site)
        if memo:
            memo.expect((self._gabarits, site.settings, site.counter, site.annuaire.today))
        self._rows = [
            *entry_pages.pages(site),
            *group_pages.pages(site),
            *months.month_pages(site),
            *embeds.pages(site),
        ]

    def producers(self) -> list[Callable[[], dict[str, bytes]]]:
        """Each makes some pages. The heavy ones come first: whoever takes the last one makes the others wait."""
        parts = [self._rows[start : start + AT_ONCE] for start in range(0, len(self._rows), AT_ONCE)]
        return [self._hand_written, *(partial(self._made, part) for part in parts)]

    def records(self) -> Iterator[Record]:
        """What each page can be found by."""
        for path, page in self._walls.pages.items():
            if record := handwritten.record(self._site, path, page):
                yield record
        yield from (row.record() for row in self._rows if row.record)

    def notices(self) -> Iterator[tuple[str, bytes]]:
        """The records as small files, one after another, for the search index."""
        template = self._env.get_template("notice-recherche.html")
        yield from ((record.path, template.render(notice=record).encode()) for record in self.records())

    def _cut(self, page: str) -> Gabarit:
        return gabarit.cut(policy.protect(self._spaced(_BLANK.sub(">\n<", page)), self._rules))

    def _spaced(self, page: str) -> str:
        if not self._memo:
            return french.typographie_html(page)
        if page not in self._memo.spaced:
            self._memo.spaced[page] = french.typographie_html(page)
        return self._memo.spaced[page]

    def _made(self, rows: Iterable[Page]) -> dict[str, bytes]:
        made: dict[str, bytes] = {}
        for row in rows:
            made |= dict.fromkeys(row.fichiers, self._render(row))
        return made

    def _render(self, row: Page) -> bytes:
        values = {"donnees_liees": "", **row.valeurs()}
        values |= {name: getattr(row, name) for name in ("chemin", "titre", "description", "genre")}
        if not self._memo:
            return self._filled(row, values)
        former = self._memo.pages.get(row.chemin)
        if not former or former[0] != values:
            former = self._memo.pages[row.chemin] = values, self._filled(row, values)
        return former[1]

    def _filled(self, row: Page, values: Values) -> bytes:
        around = {"racine": RACINE, "gabarit": self._gabarits.get(row.gabarit)}
        feeds = feeds_of_page(row.chemin, row.titre)
        return self._env.get_template(row.template).render(values, **around, flux_annonces=feeds).encode()

    def _hand_written(self) -> dict[str, bytes]:
        site = self._site
        listed: dict[str, list[Page]] = {}
        for row in self._rows:
            if row.dans_le_plan:
                listed.setdefault(row.gabarit, []).append(row)
        own = {path: handwritten.about(site, path, page) for path, page in self._walls.pages.items()}
        shared = {
            "pages_par_section": listed,
            "ecrites": [
                (about["chemin"], about["titre"]) for path, about in own.items() if path != handwritten.NOT_FOUND
            ],
            "documentation": documentation,
            "formulaire": form.parts(site.schemas),
            "demande_de_correction": doors.correction_pattern(site.settings),
            "modele": example_file(site.schemas["cop"], site.annuaire.today),
        }
        out: dict[str, bytes] = {}
        for path, page in self._walls.pages.items():
            # The policy is put in last: a bloc must not be able to change it.
            filled = blocs.fill(self._spaced(page), self._env, {**shared, **own[path]})
            out[path] = policy.protect(filled, self._rules).encode()
        return out

    def assets(self) -> dict[str, bytes]:
        """The style sheet, the share image, sitemap.xml and robots.txt."""
        site = self._site
        addresses = [*handwritten.addresses(self._walls), *(row.chemin for row in self._rows if row.dans_le_plan)]
        share = self._memo.share if self._memo else ("", b"")
        if share[0] != site.counter_svg:
            share = site.counter_svg, share_png(site.counter_svg)
        if self._memo:
            self._memo.share = share
        return {
            stylesheet.PATH: stylesheet.css(),
            "assets/partage.png": share[1],
            "integrer/compteur.svg": site.counter_svg.encode(),
            **embeds.sheet(),
            "sitemap.xml": sitemap(site, addresses),
            "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {site.url('sitemap.xml')}\n".encode(),
        }


def sitemap(site: Site, paths: list[str]) -> bytes:
    """Every page once; without dates, which a static build cannot know for hand-written pages."""
    root = ElementTree.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for path in sorted(paths):
        ElementTree.SubElement(ElementTree.SubElement(root, "url"), "loc").text = site.url(path)
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml

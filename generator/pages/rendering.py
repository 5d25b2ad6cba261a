"""Every HTML page: the engine's hand-written ones with their blocs, and those made from the data, as {path: bytes}."""

import re
from collections.abc import Callable, Container, Iterable, Iterator, Mapping, Sequence
from functools import partial
from typing import TypeVar
from xml.etree import ElementTree

from generator.engine import Walls
from generator.pages import embeds, letters, manifest, subscription
from generator.pages.actions import document_pages, engagement_pages
from generator.pages.agenda import months
from generator.pages.communes import commune_page, department_pages
from generator.pages.entries import entry_pages
from generator.pages.frame import assets, gabarit, policy, share
from generator.pages.frame.feed_links import find_feeds
from generator.pages.frame.gabarit import Gabarit
from generator.pages.frame.page import ROOT, Head, Page
from generator.pages.frame.record import Record
from generator.pages.frame.templates import Templates
from generator.pages.groups import group_pages, prospect_pages
from generator.pages.handwritten import about, blocs, cleaning, filling
from generator.pages.memo import Memo
from generator.pages.site import Site, Step
from generator.pictures.icons import draw_icons

Thing = TypeVar("Thing")

AT_ONCE = 20
"""Pages of one part: few enough for the cores to end together."""

_BLANK = re.compile(r">[^\S\n]*\n\s*<")
"""The engine's indentation: on a thousand pages it is a megabyte."""


class Rendering:
    """The pages of one site: made once, then asked for in parts."""

    def __init__(self, site: Site, walls: Walls, memo: Memo | None = None) -> None:
        self._site = site
        self._walls = walls
        self._memo = memo or Memo(is_kept=False)
        self._rules = policy.write_policy()
        self._assets = assets.gather(walls.assets, self._memo.choose_sheet(walls))
        self._written = {
            path: self._assets.fill(page if path == about.NOT_FOUND else cleaning.clean(page))
            for path, page in walls.pages.items()
        }
        self._gabarits = {section: self._cut(page) for section, page in walls.gabarits.items()}
        self._templates = Templates(site, self._assets.folder)
        self._memo.expect((self._gabarits, site.settings, site.labels, site.counter, site.annuaire.today))
        self._pages = list_pages(site)

    def producers(self) -> list[Callable[[], dict[str, bytes]]]:
        """Each makes some pages. The heavy ones come first: whoever takes the last one makes the others wait."""
        return [self._render_written, *(partial(self._render_made, part) for part in _cut_up(self._pages))]

    def render_slugs(self, slugs: Container[str]) -> dict[str, bytes]:
        """The pages of some entries only, which the last part of their addresses names."""
        return self._render_made(page for page in self._pages if page.path.rstrip("/").rpartition("/")[2] in slugs)

    def records(self) -> list[Callable[[], Record | None]]:
        """Each says what one page can be found by; None where its author asked that it be not."""
        written = [partial(about.make_record, self._site, path, page) for path, page in self._written.items()]
        return [*written, *(page.make_record for page in self._pages if page.make_record)]

    def notices(self) -> list[Callable[[], dict[str, bytes]]]:
        """Each makes the records of some pages as small files, for the search index."""
        return [partial(self._render_notices, part) for part in _cut_up(self.records())]

    def _render_notices(self, makers: Iterable[Callable[[], Record | None]]) -> dict[str, bytes]:
        records = filter(None, (make() for make in makers))
        return {record.path: self._templates.render_notice(record) for record in records}

    def _cut(self, page: str) -> Gabarit:
        return gabarit.cut(policy.protect(self._memo.space(self._assets.fill(_BLANK.sub(">\n<", page))), self._rules))

    def _render_made(self, pages: Iterable[Page]) -> dict[str, bytes]:
        files: dict[str, bytes] = {}
        for page in pages:
            head = make_head(page)
            walls = self._gabarits.get(page.section)
            content = page.make_content()
            render = partial(self._templates.render_page, page.template, head, walls, content)
            files |= dict.fromkeys(page.files, self._memo.render(head, content, render))
        return files

    def _render_written(self) -> dict[str, bytes]:
        site = self._site
        heads = {path: about.read_head(site, path, page) for path, page in self._written.items()}
        written = about.group_by_tab(self._written, heads)
        sections = list_by_section(self._pages)
        files: dict[str, bytes] = {}
        for path, page in self._written.items():
            head = heads[path]
            own = blocs.gather(site, head.root, written, sections)
            filled = filling.fill(self._memo.space(page), self._templates, head, own, about.describe(site, head))
            # The policy is put in last: a bloc must not be able to change it.
            files[path] = policy.protect(filled, self._rules).encode()
        return files

    def letters(self) -> dict[str, bytes]:
        """The letter of each week, in its feeds."""
        return letters.make_feed_files(self._site, self._templates)

    def assets(self) -> dict[str, bytes]:
        """Scripts, pictures and the style sheet, the share image, the icons, sitemap.xml and robots.txt."""
        site = self._site
        addresses = dict.fromkeys(about.list_addresses(self._walls), "")
        addresses |= {page.path: page.modified for page in self._pages if page.is_listed}
        return {
            **self._assets.files,
            "assets/partage.png": self._memo.draw_share(site.counter_svg),
            **share.list_files(),
            "integrer/compteur.svg": site.counter_svg.encode(),
            manifest.PATH: manifest.write_manifest(site),
            **draw_icons(self._walls.assets[assets.MARK].decode()),
            **embeds.list_sheets(),
            "sitemap.xml": write_sitemap(site, addresses),
            "robots.txt": f"User-agent: *\nAllow: /\n\nSitemap: {site.url('sitemap.xml')}\n".encode(),
        }


def _cut_up(things: Sequence[Thing]) -> Iterator[Sequence[Thing]]:
    return (things[start : start + AT_ONCE] for start in range(0, len(things), AT_ONCE))


def list_pages(site: Site) -> Sequence[Page]:
    return [
        *entry_pages.list_pages(site),
        *group_pages.list_pages(site),
        *engagement_pages.list_pages(site),
        *document_pages.list_pages(site),
        *commune_page.list_pages(site),
        *department_pages.list_pages(site),
        *months.list_pages(site),
        *prospect_pages.list_pages(site),
        *subscription.list_pages(site),
        *embeds.list_pages(site),
    ]


def make_head(page: Page) -> Head:
    """What a page made from the data says of itself."""
    return Head(page.path, page.title, page.description, page.kind, ROOT, find_feeds(page.path, page.title), page.share)


def list_by_section(pages: Iterable[Page]) -> Mapping[str, Sequence[Step]]:
    """The pages that are listed, by section."""
    sections: dict[str, list[Step]] = {}
    for page in pages:
        if page.is_listed:
            sections.setdefault(page.section, []).append(Step(page.title, page.path))
    return sections


def write_sitemap(site: Site, pages: Mapping[str, str]) -> bytes:
    """Every page once, with the day of its last change where the data tells it: a hand-written page has none."""
    root = ElementTree.Element("urlset", {"xmlns": "http://www.sitemaps.org/schemas/sitemap/0.9"})
    for path, day in sorted(pages.items()):
        entry = ElementTree.SubElement(root, "url")
        ElementTree.SubElement(entry, "loc").text = site.url(path)
        if day:
            ElementTree.SubElement(entry, "lastmod").text = day
    xml: bytes = ElementTree.tostring(root, encoding="utf-8", xml_declaration=True)
    return xml

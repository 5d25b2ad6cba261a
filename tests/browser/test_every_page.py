"""Every kind of page in a real browser: readable by all, on all screens, without noise and without third parties."""

import re
from collections.abc import Iterator
from pathlib import Path
from typing import Literal
from urllib.parse import urljoin, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from generator.entries.content.page import bloc_names
from generator.pages.handwritten.filling import HEAD
from tests.support.browser import Visit, screen, violations, visitor
from tests.support.browser_pages import KINDS, MADE, MAIN, SOURCES, redirection
from tests.support.html_pages import Page, is_embed, read
from tests.support.paths import ROOT

WIDTHS = (320, 360, 640, 768, 1280)  # 640 is a screen of 1280 at 200 %
MAX_REQUESTS = 8
MORE_REQUESTS = {"integrer.md": 10, "kit.md": 9}
"""The composer shows another page of the site, and copies its code; the kit shows its pictures."""
Look = tuple[int, Literal["light", "dark"]]
TWO_LOOKS: tuple[Look, ...] = ((360, "light"), (1280, "dark"))
FOUR_LOOKS: tuple[Look, ...] = (*TWO_LOOKS, (360, "dark"), (1280, "light"))
BASES = {
    "page.html",
    "macros.html",
    "facts.html",
    "tete.html",
    "autres.html",
    "lettre.html",
    "actions.html",
    "corriger.html",
    "apercu.html",  # a file by itself: tests/forges/test_proposal_preview.py
    "formulaire.html",
    "porte.html",
    "affiche.html",
    "questions.html",
    "notice-recherche.html",
}
"""Templates that others inherit from, import or include, and what the search reads: no page by themselves."""


@pytest.fixture(scope="module")
def tab(chromium: Browser, web: str) -> Iterator[Visit]:
    """One tab that goes from page to page."""
    with visitor(chromium, web, reduced_motion="reduce", **screen(WIDTHS[0])) as visit:
        yield visit


@pytest.mark.parametrize("kind", list(KINDS))
def test_readable_by_all(tab: Visit, site: Path, kind: str) -> None:
    """axe-core finds nothing, on a phone by day and a wide screen by night, the main kinds in all four looks; then the
    page fits every screen with its folds open. It asks for little and complains of nothing."""
    page = tab.leave().open(KINDS[kind](site)).page
    for width, scheme in FOUR_LOOKS if kind in MAIN else TWO_LOOKS:
        page.emulate_media(color_scheme=scheme)
        page.set_viewport_size({"width": width, "height": 900})
        expect(page.locator("body")).to_have_css("color-scheme", scheme)
        assert violations(page) == [], (width, scheme)
    page.evaluate("for (const pli of document.querySelectorAll('details')) pli.open = true")
    for width in WIDTHS:
        page.set_viewport_size({"width": width, "height": 900})
        assert page.evaluate("document.documentElement.scrollWidth") <= width, width
        assert cut(page.evaluate(_CUT)) == [], width
    assert (tab.complaints, tab.failures, tab.strangers) == ([], [], [])
    # The icon of the tab is the mark of the header: one file, asked for twice by some browsers.
    assert len(set(tab.requests)) <= MORE_REQUESTS.get(kind, MAX_REQUESTS), tab.requests


_CUT = """() => [...document.querySelectorAll('main *, footer *')].filter((e) => {
  const box = e.getBoundingClientRect()
  return box.width && !e.closest('svg') && (box.right > innerWidth + 1 || box.left < -1)
}).map((e) => e.outerHTML.slice(0, 80))"""


def cut(found: list[str]) -> list[str]:
    """Elements beyond the edge of the screen; the skip link waits there on purpose."""
    return [html for html in found if "evitement" not in html]


def test_lost_address_reads_at_any_depth(chromium: Browser, web: str, site: Path) -> None:
    """The page for lost addresses is served anywhere: its own addresses start at the root."""
    with visitor(chromium, web, **screen(1280)) as visit:
        body = (site / "404.html").read_text("utf-8")
        visit.page.route("**/nulle/part/", lambda route: route.fulfill(status=404, body=body, content_type="text/html"))
        visit.page.goto(f"{web}nulle/part/")
        assert visit.page.evaluate("getComputedStyle(document.querySelector('h1')).fontWeight") == "700"
        assert visit.failures == [f"{web}nulle/part/"]


def test_former_address_leads_to_the_cop(chromium: Browser, web: str, site: Path) -> None:
    former = redirection(site)
    with visitor(chromium, web) as visit:
        visit.page.goto(f"{web}cops/{former}/")
        visit.page.wait_for_url(lambda url: former not in url)
        assert visit.path.startswith("cops/")
        assert visit.page.locator(".fiche").count() == 1


# Nothing is left out --------------------------------------------------------------------------------------------------


def test_every_template_is_visited() -> None:
    templates = {path.name for path in (ROOT / "generator" / "templates").glob("*.html")}
    assert templates - BASES == {template for template, _ in MADE.values()} | {"redirection.html"}


def test_every_bloc_is_visited() -> None:
    """A bloc that no page places is never seen by these tests."""
    pages = [page.read_text("utf-8") for page in SOURCES]
    placed = {name for text in pages for name in re.findall(r"<!--\s*bloc\s*:\s*([\w-]+)", text)}
    assert placed == set(bloc_names()) - {HEAD}


def test_every_folder_of_pages_is_visited(site: Path) -> None:
    """A new section of the site asks for its row in `browser_pages`."""

    def folder(address: str) -> str:
        return re.sub(r"[^/]+/$", "*/", address) if address.count("/") > 1 else address

    built = {page.relative_to(site).as_posix().removesuffix("index.html") for page in site.rglob("*.html")}
    assert {folder(address) for address in built if not is_embed(address)} == {
        folder(find(site)) for find in KINDS.values()
    }


# Without scripts ------------------------------------------------------------------------------------------------------


def test_links_alone_lead_to_every_page(site: Path) -> None:
    """From the home page, following what is written in the pages: no page waits for a script."""
    pages = read(site)
    seen, waiting = {"index.html"}, ["index.html"]
    while waiting:
        for target in targets(pages[waiting.pop()]) & pages.keys() - seen:
            seen.add(target)
            waiting.append(target)
    lost = {path for path, page in pages.items() if path not in seen and not page.is_redirection and not is_embed(path)}
    assert lost == {"404.html"}


def targets(page: Page) -> set[str]:
    """Files that the links of a page lead to, from the root of the site."""
    paths = {urlsplit(urljoin(f"/{page.path}", a.get("href") or "")).path for a in page.all("a")}
    return {f"{path}index.html"[1:] if path.endswith("/") else path[1:] for path in paths}


def test_without_scripts(chromium: Browser, web: str, site: Path) -> None:
    with visitor(chromium, web, java_script_enabled=False) as visit:
        visit.open("")
        assert not visit.page.locator("#bascule").is_visible()
        visit.page.fill("#recherche", "eau")
        visit.page.press("#recherche", "Enter")
        visit.page.wait_for_url("**/recherche/?q=eau")
        assert visit.page.locator("main h1").inner_text() == "Recherche"

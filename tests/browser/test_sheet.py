"""The sheet that we publish: with the rules chosen of Material, every kind of page looks as with all of them."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from generator.pages.frame import stylesheet
from tests.support.browser import screen, visitor
from tests.support.browser_pages import KINDS
from tests.support.paths import ROOT

LOOKS: tuple[tuple[int, dict[str, Any]], ...] = (
    (360, {"color_scheme": "light", "media": "screen"}),
    (1280, {"color_scheme": "dark", "media": "screen"}),
    (1280, {"color_scheme": "light", "media": "print"}),
)
"""Widths of the window, and what it shows."""

PAGES = (
    "COP pleine",
    "formation pleine",
    "actualité",
    "mois d’agenda",
    "EPCI",
    "index.md",
    "cops.md",
    "ajouter.md",
    "contribuer/champs.md",
)
"""One of each make, and the hand-written ones that hold what the others do not: a form, tables, drawings."""

STYLES = """() => {
  const out = {};
  const seen = {};
  for (const element of document.querySelectorAll("*")) {
    // Of elements alike, the first one: the others get the same rules.
    const classes = element.getAttribute("class");
    const kind = `${element.tagName} ${classes} ${element.parentElement?.tagName}`;
    seen[kind] = (seen[kind] ?? 0) + 1;
    if (seen[kind] > 1) continue;
    for (const part of [null, "::before"]) {
      const style = getComputedStyle(element, part);
      // Some browsers list custom properties too: unread, they change nothing.
      const names = [...style].filter((name) => !name.startsWith("--"));
      out[`${kind} ${part}`] = names.map((name) => `${name}: ${style.getPropertyValue(name)}`);
    }
  }
  return out;
}"""


def whole_sheet() -> str:
    """All of Material, then ours, as they are written."""
    ours = sorted((ROOT / "generator" / "theme" / "css").glob("*.css"))
    return stylesheet.material() + "".join(path.read_text("utf-8") for path in ours)


def styles(page: Page, address: str) -> list[dict[str, list[str]]]:
    """What the browser computes of each sort of element, in each look."""
    page.goto(address)
    page.evaluate("for (const pli of document.querySelectorAll('details')) pli.open = true")
    found = []
    for width, look in LOOKS:
        page.set_viewport_size({"width": width, "height": 900})
        page.emulate_media(**look)
        found.append(page.evaluate(STYLES))
    return found


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_looks_as_with_the_whole_sheet(chromium: Browser, web: str, site: Path, kind: str) -> None:
    address = web + KINDS[kind](site)
    # Without scripts, which change a page while one looks at it.
    with visitor(chromium, web, reduced_motion="reduce", java_script_enabled=False, **screen(360)) as visit:
        chosen = styles(visit.page, address)
        visit.page.route("**/assets/cop.css", lambda route: route.fulfill(body=whole_sheet(), content_type="text/css"))
        whole = styles(visit.page, address)
    for ours, theirs in zip(chosen, whole, strict=True):
        assert ours.keys() == theirs.keys()
        assert {name: set(theirs[name]) - set(ours[name]) for name in ours if ours[name] != theirs[name]} == {}


def test_the_sheet_is_small(site: Path) -> None:
    assert len((site / "assets" / "cop.css").read_bytes()) < len(whole_sheet()) / 2

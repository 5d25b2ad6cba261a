"""The sheet that we publish: with the rules chosen of Material, every kind of page looks as with all of them."""

from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser

from generator.pages.frame import stylesheet
from tests.support.browser import find_assets, screen, visitor
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
    "mois d’agenda",
    "index.md",
    "ajouter.md",
    "contribuer/champs.md",
)
"""One of each make, and the hand-written ones that hold what the others do not: a form, tables, drawings."""

BOTH = r"""(whole) => {
  for (const pli of document.querySelectorAll("details")) pli.open = true;
  const { sheet } = document.querySelector("link[href$='/cop.css']");
  const other = new CSSStyleSheet({ baseURL: sheet.href });
  other.replaceSync(whole);
  globalThis.essai = { sheet, other };
}"""
"""Hands the page the whole sheet, beside the one that it has."""

DIFFERENCES = r"""() => {
  const { sheet, other } = globalThis.essai;
  const kinds = new Map();
  for (const element of document.querySelectorAll("*")) {
    // Of elements alike, the first one: the others get the same rules.
    const kind = `${element.tagName} ${element.getAttribute("class")} ${element.parentElement?.tagName}`;
    if (!kinds.has(kind)) kinds.set(kind, element);
  }
  // Some browsers list custom properties too: unread, they change nothing.
  const names = [...getComputedStyle(document.body)].filter((name) => !name.startsWith("--"));
  const tell = (style) => names.map((name) => `${name}: ${style.getPropertyValue(name)}`).join("\n");
  const read = (isWhole) => {
    document.adoptedStyleSheets = isWhole ? [other] : [];
    sheet.disabled = isWhole;
    for (const one of document.getAnimations()) if (one instanceof CSSTransition) one.finish();
    return [...kinds].flatMap(([kind, element]) =>
      [null, "::before"].map((part) => [`${kind} ${part}`, tell(getComputedStyle(element, part))]),
    );
  };
  const chosen = read(false), whole = read(true);
  const lost = {};
  chosen.forEach(([name, ours], rank) => {
    const theirs = whole[rank][1];
    if (ours === theirs) return;
    const known = new Set(ours.split("\n"));
    lost[name] = theirs.split("\n").filter((one) => !known.has(one));
  });
  return [chosen.length, names.length, lost];
}"""
"""What the browser computes otherwise of each sort of element with the whole sheet, in the page as it is shown."""


def whole_sheet() -> str:
    """All of Material, then ours, as they are written."""
    ours = sorted((ROOT / "generator" / "theme" / "css").glob("*.css"))
    return stylesheet.material() + "".join(path.read_text("utf-8") for path in ours)


@pytest.mark.parametrize("kind", PAGES)
def test_a_page_looks_as_with_the_whole_sheet(chromium: Browser, web: str, site: Path, kind: str) -> None:
    # Without scripts, which change a page while one looks at it.
    with visitor(chromium, web, reduced_motion="reduce", java_script_enabled=False, **screen(360)) as visit:
        page = visit.open(KINDS[kind](site)).page
        page.evaluate(BOTH, whole_sheet())
        for width, look in LOOKS:
            page.set_viewport_size({"width": width, "height": 900})
            page.emulate_media(**look)
            elements, properties, lost = page.evaluate(DIFFERENCES)
            assert min(elements, properties) > 100  # it looked
            assert lost == {}, look


def test_the_sheet_is_small(site: Path) -> None:
    assert len((site / find_assets(site) / "cop.css").read_bytes()) < len(whole_sheet()) / 2

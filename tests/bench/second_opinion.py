"""HTML_CodeSniffer, after axe-core, on one page of every kind for `make bench`: it needs npm and the network once.

What it can only ask a person to look at is left out: axe leaves it out too.
"""

import json
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path
from typing import Literal

from playwright.sync_api import Page, sync_playwright

from tests.support import npm
from tests.support.browser import FLAGS, program, screen, served, visitor
from tests.support.browser_pages import KINDS

NAME = "html_codesniffer"
VERSION = "2.5.1"
SHA512 = "vcz0yAaX/OaV6sdNHuT9alBOKkSxYb8h5Yq26dUqgi7XmCgGUSa7U9PiY1PBXQFMjKv1wVPs5/QzHlGuxPDUGg=="
SCHEMES: tuple[Literal["light", "dark"], ...] = ("light", "dark")
WIDTHS = (360, 1280)

WAIVED = {
    # A form that answers while one types or chooses has no button to send it, and its field of text answers to Enter.
    "H32.2",
}
"""Rules that say less than WCAG does, by the last part of their name."""

_RUN = """() => new Promise((resolve, reject) => HTMLCS.process('WCAG2AA', document, () => resolve(
  HTMLCS.getMessages().filter((m) => m.type === HTMLCS.ERROR).map((m) => [
    m.code.split('.').slice(3).join('.'), m.msg, m.element.outerHTML?.slice(0, 160) ?? ''
  ])), reject, 'fr'))"""


def script(folder: Path) -> str | None:
    """The engine as text, fetched into `folder`; None where npm is missing."""
    files = npm.unpacked(folder, NAME, VERSION, SHA512)
    return (files / "build" / "HTMLCS.js").read_text("utf-8") if files else None


def find_faults(site: Path, engine: str) -> tuple[list[str], int]:
    """What it holds against a page, a line each with the looks where it does, and how many looks were tried."""
    addresses = sorted({find(site) for find in KINDS.values()})
    seen: dict[str, set[str]] = defaultdict(set)
    looks = 0
    with served(site) as base, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        for address in addresses:
            with visitor(browser, base, reduced_motion="reduce", **screen(WIDTHS[0])) as visit:
                page = visit.open(address).page
                page.evaluate(engine)
                for look in _looks(page):
                    looks += 1
                    for rule, said, html in page.evaluate(_RUN):
                        if not any(rule.endswith(waived) for waived in WAIVED):
                            seen[f"{address or 'accueil'} : {rule} {said} {json.dumps(html)}"].add(look)
        browser.close()
    return [f"{line} ({', '.join(sorted(where))})" for line, where in seen.items()], looks


def _looks(page: Page) -> Iterator[str]:
    """Puts the page in each scheme and width in turn, and names it."""
    for scheme in SCHEMES:
        for width in WIDTHS:
            page.emulate_media(color_scheme=scheme)
            page.set_viewport_size({"width": width, "height": 900})
            yield f"{width} px, {scheme}"

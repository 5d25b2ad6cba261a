"""Pictures of every kind of page of two built sites, compared sign by sign: `python -m tests.tools.compare_looks A B`.

For a change of style sheets that must change no look: at 360 and 1280 points, light and dark, and for paper. Some kinds
only may be named after the sites.
"""

import sys
from collections.abc import Iterable, Iterator
from io import BytesIO
from pathlib import Path
from typing import Literal
from urllib.parse import urlsplit

from PIL import Image, ImageChops
from playwright.sync_api import Playwright, sync_playwright

from tests.support.browser import FLAGS, program, served, visitor
from tests.support.browser_pages import KINDS

LOOKS: tuple[tuple[int, Literal["light", "dark"], Literal["screen", "print"]], ...] = (
    (360, "light", "screen"),
    (360, "dark", "screen"),
    (1280, "light", "screen"),
    (1280, "dark", "screen"),
    (794, "light", "print"),
)
ADDRESS = "http://annuaire.example/"
"""Both sites have it, for paper shows addresses."""


def pictures(playwright: Playwright, site: Path, kinds: Iterable[str]) -> Iterator[tuple[str, Image.Image]]:
    """Each look of each kind of page, by name."""
    with served(site) as address:
        rule = f"--host-resolver-rules=MAP {urlsplit(ADDRESS).netloc} {urlsplit(address).netloc}"
        browser = playwright.chromium.launch(executable_path=program(), args=[*FLAGS, rule])
        with visitor(browser, ADDRESS, reduced_motion="reduce") as visit:
            for kind in kinds:
                visit.open(KINDS[kind](site)).page.wait_for_load_state("networkidle")
                for width, scheme, media in LOOKS:
                    visit.page.set_viewport_size({"width": width, "height": 900})
                    visit.page.emulate_media(color_scheme=scheme, media=media)
                    shot = visit.page.screenshot(full_page=True, animations="disabled", caret="hide")
                    yield f"{kind}, {width}, {scheme}, {media}", Image.open(BytesIO(shot)).convert("RGB")
        browser.close()


def difference(one: Image.Image, other: Image.Image) -> str:
    """Where two pictures differ; nothing where they are equal."""
    if one.size != other.size:
        return f"{one.size} ≠ {other.size}"
    box = ImageChops.difference(one, other).getbbox()
    return f"diffèrent dans {box}" if box else ""


def main(before: Path, after: Path, *kinds: str) -> int:
    seen = differing = 0
    with sync_playwright() as playwright:
        both = (pictures(playwright, site, kinds or KINDS) for site in (before, after))
        for (name, one), (_, other) in zip(*both, strict=True):
            seen += 1
            if told := difference(one, other):
                differing += 1
                print(f"{name} : {told}", flush=True)
    print(f"{seen} images, {differing} différentes.")
    return 1 if differing else 0


if __name__ == "__main__":
    sys.exit(main(Path(sys.argv[1]), Path(sys.argv[2]), *sys.argv[3:]))

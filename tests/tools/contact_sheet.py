"""Every kind of page on one sheet, to be looked at: `python -m tests.tools.contact_sheet FOLDER`.

A phone and a wide screen, by day and by night, of the real entries and of a demonstration: one picture for each of
these looks, `demo-360-light.png`. A page is cut after two screens and a half: what a visitor sees first is what counts.
"""

import argparse
import io
import tempfile
from collections.abc import Iterator
from importlib.resources import files
from pathlib import Path
from typing import Literal

from PIL import Image, ImageDraw, ImageFont
from playwright.sync_api import Browser, sync_playwright

from tests.support import repository
from tests.support.browser import FLAGS, program, served, visitor
from tests.support.browser_pages import KINDS, Find
from tests.support.paths import ROOT

SCREENS = ((360, 740), (1280, 900))
Scheme = Literal["light", "dark"]
SCHEMES: tuple[Scheme, ...] = ("light", "dark")
SCREENS_SEEN = 2.5
COLUMN = 320  # pixels of a page on the sheet
ACROSS = 8
LABEL = 22
LETTERS = str(files("font_source_serif_pro") / "files" / "SourceSerifPro-Regular.ttf")


def sites(work: Path) -> Iterator[tuple[str, Path]]:
    """The real entries and thirty fictitious ones, built."""
    for name, root in (("reel", ROOT), ("demo", repository.make(work / "depot", *repository.SHARED, is_whole=True))):
        built = repository.build(root, "--output", work / name)
        assert built.returncode == 0, built.stderr
        yield name, work / name


def pictures(
    browser: Browser, site: Path, size: tuple[int, int], scheme: Literal["light", "dark"]
) -> Iterator[tuple[str, Image.Image]]:
    """By kind, the top of a page. A kind that the site has not, as an engagement nobody took, is left out."""
    width, height = size
    seen = {"width": width, "height": int(height * SCREENS_SEEN)}
    with served(site) as base, visitor(browser, base, color_scheme=scheme, viewport=seen) as visit:
        visit.page.clock.set_fixed_time(repository.TODAY)
        for kind, find in KINDS.items():
            if address := _find(find, site):
                visit.open(address).page.wait_for_load_state("networkidle")
                yield kind, Image.open(io.BytesIO(visit.page.screenshot())).convert("RGB")


def _find(find: Find, site: Path) -> str | None:
    try:
        address = find(site)
    except ValueError:  # a section without any page
        return None
    return address if (site / address / "index.html").is_file() or (site / address).is_file() else None


def assemble(found: list[tuple[str, Image.Image]]) -> Image.Image:
    """The pictures in rows, each under its name."""
    small = [(kind, picture.resize((COLUMN, picture.height * COLUMN // picture.width))) for kind, picture in found]
    height = max(picture.height for _, picture in small) + LABEL
    rows = -(-len(small) // ACROSS)
    sheet = Image.new("RGB", (ACROSS * (COLUMN + 8), rows * (height + 8)), "grey")
    draw, font = ImageDraw.Draw(sheet), ImageFont.truetype(LETTERS, 15)
    for rank, (kind, picture) in enumerate(small):
        x, y = rank % ACROSS * (COLUMN + 8), rank // ACROSS * (height + 8)
        draw.text((x + 4, y + 3), kind, "white", font)
        sheet.paste(picture, (x, y + LABEL))
    return sheet


def main() -> None:
    parser = argparse.ArgumentParser(
        prog="python -m tests.tools.contact_sheet", description="Photographie chaque sorte de page."
    )
    parser.add_argument("folder", type=Path, help="où écrire les images")
    folder: Path = parser.parse_args().folder
    folder.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as work, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        for name, site in sites(Path(work)):
            for size in SCREENS:
                for scheme in SCHEMES:
                    sheet = assemble(list(pictures(browser, site, size, scheme)))
                    sheet.save(folder / f"{name}-{size[0]}-{scheme}.png")
        browser.close()


if __name__ == "__main__":
    main()

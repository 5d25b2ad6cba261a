"""The share image of each territory: `make partage` draws them again, after `make reference` or a change of look.

Few colours, so that each weighs a few kilobytes. They are committed: a build only copies them.
"""

import io
from collections.abc import Iterator

from PIL import Image

from generator.pages.frame.share import FOLDER
from generator.pictures.counter import draw_share_png
from generator.pictures.share import draw_territory
from generator.territories.kinds import Epci
from generator.territories.reference import load_territories

COLOURS = 16


def made() -> Iterator[tuple[str, bytes]]:
    """By the slug of each territory that has a page, its picture."""
    territories = load_territories()
    (region,) = territories.regions.values()
    whole = tuple(code for code in territories.departements if territories.is_whole(code))
    yield region.slug, _png(region.nom, "", "departements", whole)
    for departement in territories.departements.values():
        yield departement.slug, _png(departement.nom, "", "departements", (departement.code,))
    for epci in territories.epci.values():
        yield epci.slug, _png(epci.nom, _place(epci), "epci", (epci.code,))


def _place(epci: Epci) -> str:
    names = [load_territories().departements[code].nom for code in epci.departements]
    return ", ".join(names)


def _png(name: str, kicker: str, level: str, codes: tuple[str, ...]) -> bytes:
    drawn = Image.open(io.BytesIO(draw_share_png(draw_territory(name, kicker, level, codes)))).convert("RGB")
    file = io.BytesIO()
    drawn.quantize(COLOURS, dither=Image.Dither.NONE).save(file, "PNG", optimize=True)
    return file.getvalue()


if __name__ == "__main__":
    FOLDER.mkdir(exist_ok=True)
    for old in FOLDER.iterdir():
        old.unlink()
    for slug, content in made():
        (FOLDER / f"{slug}.png").write_bytes(content)

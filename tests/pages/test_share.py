"""Each territory has its share image, drawn once: of the right size, light, and the one that its pages name."""

import io
import re
from pathlib import Path

from PIL import Image

from generator.pages.frame.share import list_files
from generator.territories.reference import load_territories
from tests.tools.share_pictures import made


def test_every_territory_has_its_own() -> None:
    reference = load_territories()
    kinds = (reference.regions, reference.departements, reference.epci)
    slugs = {territory.slug for kind in kinds for territory in kind.values()}
    assert list_files().keys() == {f"assets/partage/{slug}.png" for slug in slugs}
    for path, content in list_files().items():
        with Image.open(io.BytesIO(content)) as picture:
            assert (picture.format, picture.size) == ("PNG", (1200, 630)), path
        assert len(content) <= 30_000, path


def test_they_are_as_they_are_drawn() -> None:
    """The first ones: another look, another name of the Région or of a département asks for `make partage`."""
    for (slug, drawn), _ in zip(made(), range(2), strict=False):
        kept = list_files()[f"assets/partage/{slug}.png"]
        assert pixels(drawn) == pixels(kept), "relancez : make partage"


def pixels(png: bytes) -> bytes:
    with Image.open(io.BytesIO(png)) as picture:
        return picture.convert("RGB").tobytes()


def test_pages_name_the_picture_of_their_place(site: Path) -> None:
    def shown(path: str) -> str:
        text = (site / path / "index.html").read_text("utf-8")
        return "".join(re.findall(r'property="og:image" content="[^"]*/assets/([^"]*)"', text))

    assert shown("territoires/quimperle-communaute") == "partage/quimperle-communaute.png"
    assert shown("communes/quimperle") == "partage/quimperle-communaute.png"
    assert shown("communes/ouessant") == "partage/finistere.png"
    assert shown("territoires/bretagne") == "partage/bretagne.png"
    assert shown("") == "partage.png"
    cops = [page.parent for page in (site / "cops").glob("*/index.html") if "og:image" in page.read_text("utf-8")]
    named = {shown(page.relative_to(site).as_posix()) for page in cops}
    assert len(named) > 5
    assert named <= {path.removeprefix("assets/") for path in list_files()}

"""The folder of scripts and style sheet: named by what it holds, so that a browser may keep it."""

import re
from pathlib import Path

import pytest

from generator.pages.frame.assets import MARK, Assets, gather

HANDED = {"assets/shared/a.js": b"a", "assets/search/words.json": b"{}", MARK: b"<svg/>", "images/x.png": b"x"}


def gather_with(sheet: bytes = b"p{}", **changed: bytes) -> Assets:
    return gather({**HANDED, **changed}, sheet)


def test_what_changes_with_the_program_stands_in_one_folder() -> None:
    found = gather_with()
    assert re.fullmatch(r"assets/[0-9a-f]{12}/", found.folder)
    moved = {path.removeprefix(found.folder) for path in found.files if path.startswith(found.folder)}
    assert moved == {"shared/a.js", "search/words.json", "cop.css"}
    assert found.files.keys() >= {MARK, "images/x.png"}
    assert len(found.files) == len(HANDED) + 1
    assert found.fill('<link href="../assets/empreinte/cop.css">') == f'<link href="../{found.folder}cop.css">'


@pytest.mark.parametrize(
    "changed",
    [
        {"sheet": b"p{color:red}"},
        {"assets/shared/a.js": b"b"},
        {"assets/shared/b.js": b""},
    ],
)
def test_its_name_follows_all_that_it_holds(changed: dict[str, bytes]) -> None:
    assert gather_with(**changed).folder != gather_with().folder


def test_its_name_follows_nothing_else() -> None:
    others = {MARK: b"<svg></svg>", "images/x.png": b"y", "images/z.png": b"z"}
    assert gather_with(**others).folder == gather_with().folder


def test_every_page_names_it(site: Path) -> None:
    [sheet] = site.glob("assets/*/cop.css")
    folder = sheet.parent.name
    for path in site.rglob("*.html"):
        named = re.findall(r"(?:href|src)=\"[^\"]*assets/([^\"/]+)/", path.read_text("utf-8"))
        assert set(named) <= {folder}, path

"""Six pages as a screen reader is told them: names, roles and order stay as a person has read and approved them."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from tests.tools.heard import FOLDER, PAGES, tell


@pytest.mark.parametrize("name", list(PAGES))
def test_told_as_it_was_read(chromium: Browser, web: str, site: Path, name: str) -> None:
    assert tell(chromium, web, site, name) == (FOLDER / f"{name}.txt").read_text("utf-8"), "relancez : make refaire"


def test_nothing_else_is_kept() -> None:
    assert {path.stem for path in FOLDER.iterdir()} == set(PAGES)

"""The modules of the site, without a browser: whatever is asked for is there, and nothing is left over."""

import posixpath
import re
from pathlib import Path
from urllib.parse import urljoin

from tests.support import html_pages

_ADDRESS = re.compile(r"[\"'`](\.\.?/[^\"'`]+\.js)[\"'`]")
"""Imports, those made at the first gesture, and the types of the comments: all are written the same way."""


def test_every_module_that_a_page_asks_for_is_there(site: Path) -> None:
    asked = list_modules_of_pages(site)
    assert asked
    assert sorted(path for path in asked if not (site / path).is_file()) == []


def test_every_module_that_another_names_is_there(site: Path) -> None:
    modules = list_modules(site)
    missing = {(path, named) for path in modules for named in list_named(site, path) if named not in modules}
    assert sorted(missing) == []


def test_every_module_is_reached_from_a_page(site: Path) -> None:
    modules, waiting = list_modules(site), list_modules_of_pages(site)
    reached: set[str] = set()
    while waiting:
        path = waiting.pop()
        reached.add(path)
        waiting |= list_named(site, path) & modules - reached
    assert sorted(modules - reached) == []


def list_modules(site: Path) -> set[str]:
    return {path.relative_to(site).as_posix() for path in (site / "assets").rglob("*.js")}


def list_modules_of_pages(site: Path) -> set[str]:
    """Paths of the scripts of all pages, from the root of the site."""
    return {
        urljoin(f"/{page.path}", source)[1:]
        for page in html_pages.read(site).values()
        if page.path != "404.html"  # its addresses start at the root of the host
        for script in page.all("script")
        if (source := script.get("src"))
    }


def list_named(site: Path, path: str) -> set[str]:
    """Paths of the modules that the module at `path` names."""
    text = (site / path).read_text("utf-8")
    return {posixpath.normpath(posixpath.join(posixpath.dirname(path), name)) for name in _ADDRESS.findall(text)}

"""The engine in its subprocess: what comes back, and how it stops."""

import os
import re
import signal
from pathlib import Path

import pytest

from generator import engine
from generator.engine import Engine, Walls
from generator.failures import EngineFailed, NoEngine
from generator.pages.frame import gabarit
from generator.repository import settings
from tests.support import repository
from tests.tools.compare_sites import lines

SECTIONS = {"actualites", "agenda", "communes", "cops", "formations", "territoires", "themes", "types"}
SECTIONS |= {"documents", "engagements", "ou-agir", "suivre"}


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository.make(tmp_path_factory.mktemp("moteur"), 1, 0, 0)


@pytest.fixture(scope="module")
def walls(root: Path) -> Walls:
    with Engine(root, settings.load(root, {"SITE_URL": "https://exemple.org/d/"})[0]) as running:
        made, broken = running.finish()
    assert broken == []
    return made


def test_the_next_engine_draws_the_same_walls(root: Path, walls: Walls) -> None:
    """Zensical, which follows MkDocs. What differs is the white space between tags."""
    pytest.importorskip("zensical", reason="« make » l’installe, avec les outils de développement")
    with Engine(root, settings.load(root, {"SITE_URL": "https://exemple.org/d/"})[0], "zensical") as running:
        other, broken = running.finish()
    assert broken == []
    assert dict(other.assets) == dict(walls.assets)
    for ours, theirs in ((walls.pages, other.pages), (walls.gabarits, other.gabarits)):
        assert theirs.keys() == ours.keys()
        for name, page in ours.items():
            assert _read_page(theirs[name]) == _read_page(page), name


def test_an_engine_that_nobody_knows_is_told() -> None:
    assert [engine.choose_engine(own) for own in ({}, {"MOTEUR": ""}, {"MOTEUR": "zensical"})] == [
        "mkdocs",
        "mkdocs",
        "zensical",
    ]
    with pytest.raises(NoEngine, match="mkdocs, zensical"):
        engine.choose_engine({"MOTEUR": "jekyll"})


def _read_page(page: str) -> list[str]:
    return [line for line in lines("page.html", page.encode()) if line.strip()]


def test_one_page_per_text(root: Path, walls: Walls) -> None:
    content = root / "content"
    written = (path.relative_to(content).with_suffix("") for path in content.rglob("*.md"))
    texts = {path.as_posix() for path in written}
    pages = {name.removesuffix("/index.html") for name in walls.pages} - {"404.html"}
    assert pages == (texts - {"index"}) | {"index.html"}


def test_a_gabarit_per_section_is_cut_at_its_marks(walls: Walls) -> None:
    assert set(walls.gabarits) == SECTIONS
    for html in walls.gabarits.values():
        pieces = gabarit.cut(html)
        assert pieces.avant_racine.startswith("<!doctype html>")
        assert pieces.avant_titre.endswith("<title>")
        assert pieces.apres_contenu.rstrip().endswith("</html>")


def marked(names: str) -> str:
    return "".join(f"<!-- gabarit: {name} -->" for name in names.split())


@pytest.mark.parametrize(
    "page",
    [
        marked("racine titre tete"),
        marked("racine titre tete contenu"),
        marked("racine tete titre contenu contenu"),
    ],
)
def test_a_gabarit_without_its_marks_is_a_bug_of_ours(page: str) -> None:
    with pytest.raises(ValueError, match="mark"):
        gabarit.cut(page)


def test_what_is_left_behind(walls: Walls) -> None:
    for name in (*walls.assets, *walls.pages):
        assert not re.search(r"\.(?:map|ya?ml)$|sitemap|^css/|gabarit|__pycache__", name)
    assert "assets/marque.svg" in walls.assets


def test_no_date_no_engine_name_in_the_pages(walls: Walls) -> None:
    for html in (*walls.pages.values(), *walls.gabarits.values()):
        assert not re.search(r"Build Date|mkdocs-material-|<meta name=\"generator\"", html)


def test_nothing_is_left_on_the_disk_nor_running(root: Path) -> None:
    running = Engine(root, settings.load(root, {})[0])
    with running:
        folder, process = running._folder.path, running._process
        assert folder.is_dir()
    assert not folder.exists()
    assert process.returncode == -signal.SIGKILL  # stopped, not waited for
    with pytest.raises(ProcessLookupError):
        os.kill(process.pid, 0)


def test_leaving_on_an_error_stops_it(root: Path) -> None:
    running = Engine(root, settings.load(root, {})[0])
    with pytest.raises(KeyboardInterrupt), running:
        raise KeyboardInterrupt
    assert running._process.returncode is not None
    assert not running._folder.path.exists()


def test_another_reason_is_a_failure_of_the_engine(tmp_path: Path) -> None:
    root = repository.make(tmp_path / "depot", 1, 0, 0)
    chosen = settings.load(root, {})[0]
    (root / "mkdocs.yml").write_text("site_name: x\ndocs_dir: content\nnav: [absente.md]\n", encoding="utf-8")
    with Engine(root, chosen) as running, pytest.raises(EngineFailed, match=r"absente\.md"):
        running.finish()


@pytest.mark.parametrize(
    ("text", "line", "column"),
    [
        ("# T\n\n[a](absente.md)\n", 3, 5),
        ("# T\n\nla-absente.md\n\n[a](<absente.md>)\n", 5, 6),
        ("# T\n\n[a][b]\n\n[b]: absente.md\n", 5, 6),
        ("# T\n\n[a](absente.md.md)\n\nou [b](absente.md)\n", 5, 8),
    ],
)
def test_place_of_a_broken_link(text: str, line: int, column: int) -> None:
    assert engine._find_place(text.split("\n"), "absente.md") == (line, column)


def test_walls_are_sorted(tmp_path: Path) -> None:
    for name in ("index.html", "cops/gabarit/index.html", "lancer/index.html", "a/b.css", "css/b.css", "sitemap.xml"):
        (tmp_path / name).parent.mkdir(parents=True, exist_ok=True)
        (tmp_path / name).write_text(name, encoding="utf-8")
    found = engine.walls(tmp_path)
    assert dict(found.pages) == {"index.html": "index.html", "lancer/index.html": "lancer/index.html"}
    assert dict(found.gabarits) == {"cops": "cops/gabarit/index.html"}
    assert dict(found.assets) == {"a/b.css": b"a/b.css"}

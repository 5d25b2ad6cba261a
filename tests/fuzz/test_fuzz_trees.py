"""Trees of files as nobody should send them: links, folders, names of every kind. Each is told of, none is followed."""

import os
import shutil
import unicodedata
from collections.abc import Iterator, Sequence
from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.problems.reports import FORMATS
from generator.repository.snapshot import Known, read_snapshot
from tests.support import mutations, repository
from tests.support.chance import steps, tries
from tests.support.paths import ROOT
from tests.support.verdicts import SEEDS, watched

FOLDERS = ("cops", "cops/29", "cops/75", "cops/29/sous", "content/actualites", "content/formations", "content", "")
STEMS = [
    "quimperle-cop",
    "2026-01-01-fete",
    "Quimperle-COP",
    "été",
    unicodedata.normalize("NFD", "été"),
    "-a",
    "a b",
    ".",
]
STEMS += [
    "a\x1b[31mb",
    "a\nb",
    "a:b",
    "::error::",
    "a" * 240,
    "\udcff",
    "CON",
    "%41",
    "#",
    "\u202etxt",
    "\ufdd0",
    "index",
]
ENDINGS = [".yml", ".yaml", ".YML", ".yml~", ".md", ".txt", ".html", ".swp", ""]
SORTS = ("text", "entry", "folder", "dangling", "itself", "elsewhere", "endless", "above", "hard", "pipe")
"""What stands under the name. Whoever opens a pipe or an endless file waits for ever."""

LINKS = {"dangling": "nulle-part", "elsewhere": "/etc/hostname", "endless": "/dev/zero", "above": ".."}

NODE = st.tuples(st.sampled_from(FOLDERS), st.sampled_from(STEMS), st.sampled_from(ENDINGS), st.sampled_from(SORTS))
MEMORY = Known()


@pytest.fixture(scope="module")
def base(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository.make(tmp_path_factory.mktemp("arbres") / "depot", 2, 1, 1)


def plant(root: Path, nodes: Sequence[tuple[str, str, str, str]]) -> Iterator[Path]:
    for folder, stem, ending, sort in nodes:
        path = root / folder / f"{stem}{ending}"
        # A name that the disk refuses, or one that is there already, is nothing to tell of.
        with suppress(OSError, ValueError):
            if path.exists() or path.is_symlink():
                continue
            path.parent.mkdir(parents=True, exist_ok=True)
            if sort == "folder":
                path.mkdir()
            elif sort in ("text", "entry"):
                path.write_text("n’importe quoi" if sort == "text" else SEEDS[0].text, "utf-8")
            elif sort == "hard":
                os.link(root / "mkdocs.yml", path)
            elif sort == "pipe":
                os.mkfifo(path)
            else:
                path.symlink_to(LINKS.get(sort, path.name))
            yield path


def look(root: Path) -> None:
    """Everything is read and told; what the disk refuses is told by the command line."""
    with watched(), suppress(OSError):
        snapshot = read_snapshot(root, {}, repository.TODAY, MEMORY)
        for form in FORMATS.values():
            text = form(snapshot.problems, snapshot.lines)
            assert not [sign for sign in "\x1b\u202e" if sign in text]
            text.encode("utf-8")


@tries(90)
@given(st.lists(NODE, min_size=1, max_size=6))
def test_trees(base: Path, nodes: list[tuple[str, str, str, str]]) -> None:
    planted = list(plant(base, nodes))
    try:
        look(base)
    finally:
        for path in planted:
            shutil.rmtree(path) if path.is_dir() and not path.is_symlink() else path.unlink(missing_ok=True)


# Pages of content/ ----------------------------------------------------------------------------------------------------

PAGES = sorted((ROOT / "content").rglob("*.md"))
MARKUP = [
    *mutations.PIECES,
    "<script>",
    "<!-- bloc: plan -->",
    "<!-- bloc:",
    "{{ x }}",
    "{% x %}",
    "[a](",
    "![",
    "```",
    "|a|b|",
]
MARKUP += [
    "template: absent",
    "title:",
    "<iframe",
    "<div onclick=a()>",
    "[^1]",
    "::: x",
    "&#0;",
    "<b>" * 50,
    "[" * 500,
    "> " * 60,
]


@tries(90)
@given(st.sampled_from(PAGES), steps(mutations.LINES, MARKUP))
def test_pages_are_looked_at(base: Path, page: Path, damage: list[mutations.Step]) -> None:
    path = base / "content" / "au-hasard.md"
    path.write_text(mutations.lines_of(page.read_text("utf-8"), damage).encode("utf-8", "replace").decode(), "utf-8")
    look(base)


@tries(2001)
@given(st.lists(st.tuples(st.sampled_from(PAGES), steps(mutations.LINES, MARKUP)), min_size=8, max_size=12))
def test_pages_that_pass_build(base: Path, damaged: list[tuple[Path, list[mutations.Step]]]) -> None:
    root = base.with_name("pages")
    shutil.rmtree(root, ignore_errors=True)
    shutil.copytree(base, root, symlinks=True)
    if (content := root / "content").is_symlink():
        pytest.skip("the pages are those of the repository")
    for number, (page, damage) in enumerate(damaged):
        text = mutations.lines_of(page.read_text("utf-8"), damage).encode("utf-8", "replace").decode()
        (content / f"au-hasard-{number}.md").write_text(text, "utf-8")
    problems = read_snapshot(root, {}, repository.TODAY, MEMORY).problems
    for path in {problem.path for problem in problems if problem.is_error}:
        (root / path).unlink()
    assert list(content.glob("au-hasard-*.md")), "nothing is left to build"
    done = repository.build(root)
    assert "Traceback" not in done.stderr
    assert done.returncode == 0, done.stderr

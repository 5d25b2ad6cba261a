"""The hand-written pages of content/: which they are, and what is checked in them before the engine reads them."""

import os
import re
from collections.abc import Iterator
from pathlib import Path

from generator.french import enumeration
from generator.problems.problem import NOWHERE, Problem, problem

CONTENT = "content"

BLOCS = Path(__file__).parents[2] / "templates" / "blocs"

# On one line, as `check` reads it.
BLOC = re.compile(r"<!--[ \t]*bloc[ \t]*:[ \t]*(.*?)[ \t]*-->")


def hand_written(root: Path) -> Iterator[tuple[str, Path]]:
    """The pages of content/ by their path from it, sorted. Links are not followed: they lead where nobody reviewed."""
    yield from ((name, path) for name, path in regular_files(root / CONTENT) if path.suffix == ".md")


def symbolic_links(root: Path) -> Iterator[str]:
    """The links under content/ by their path from it."""
    for item in _walk(root / CONTENT):
        if item.is_symlink():
            yield Path(item.path).relative_to(root / CONTENT).as_posix()


def regular_files(content: Path) -> Iterator[tuple[str, Path]]:
    """What stands in content/ by its path from it, sorted, but for links and pipes."""
    for item in _walk(content):
        if item.is_file(follow_symlinks=False):
            yield Path(item.path).relative_to(content).as_posix(), Path(item.path)


def _walk(folder: Path) -> "Iterator[os.DirEntry[str]]":
    for item in sorted(os.scandir(folder), key=lambda item: item.name):
        if item.is_dir(follow_symlinks=False):
            yield from _walk(Path(item.path))
        else:
            yield item


def bloc_names() -> tuple[str, ...]:
    """The blocs that an author may place."""
    return tuple(sorted(path.stem for path in BLOCS.glob("*.html")))


def check_pages(root: Path) -> Iterator[Problem]:
    """An unknown bloc, with its file and line; a link, which is no page. Those among the entries are the corpus's."""
    blocs = bloc_names()
    for name in symbolic_links(root):
        if not name.startswith(("formations/", "actualites/")):
            yield problem(f"{CONTENT}/{name}", (NOWHERE, NOWHERE), "lien-symbolique")
    for inside, path in hand_written(root):
        name = f"{CONTENT}/{inside}"
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            yield _encoding(name, raw, error.start)
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for match in BLOC.finditer(line):
                if match[1] not in blocs:
                    span = (number, match.start() + 1), (number, match.end() + 1)
                    yield problem(name, span, "bloc-inconnu", nom=match[1], connus=enumeration(blocs, "ou"))


def _encoding(name: str, raw: bytes, wrong: int) -> Problem:
    """A page that is not UTF-8: the engine would stop in English."""
    before = raw[:wrong].decode("utf-8")
    place = before.count("\n") + 1, len(before) - before.rfind("\n")
    sign = raw[wrong : wrong + 1].decode("windows-1252", "replace")
    return problem(name, (place, (place[0], place[1] + 1)), "encodage", signe=sign)

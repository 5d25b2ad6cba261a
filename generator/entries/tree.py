"""What stands in a folder of the repository, told apart before anything is opened: no link is ever followed."""

import errno
import os
import re
import stat
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from fnmatch import translate
from pathlib import Path
from typing import Literal

from generator.entries.content.allowed import DATA
from generator.failures import NotPlain
from generator.french import enumeration
from generator.problems.problem import NOWHERE, Problem, problem

Nature = Literal["file", "link", "special", "folder", "empty", "twin", "left"]
"""A plain file; a symbolic link; a pipe, a socket or a device; a folder that bears the name of a file; one in which
nothing stands, as that of a submodule; a name that another one becomes where capitals or accents are not told apart;
what an editor or a system leaves behind."""

_LEFT = re.compile("|".join(map(translate, DATA["left_behind"])))
_NAME_OF_FILE = re.compile(r"\.[A-Za-z]+$")
MOST_TOLD = 5
"""Names of what was left behind that a sentence quotes."""


@dataclass(frozen=True, slots=True)
class Item:
    """One thing, by its path from the root."""

    path: str
    nature: Nature

    @property
    def name(self) -> str:
        return self.path.rsplit("/", 1)[-1]


def read_plain(path: Path, most: int) -> bytes:
    """What a plain file holds, `most` bytes at most. Raises NotPlain, which no link nor pipe escapes, or OSError."""
    try:
        handle = os.open(path, os.O_RDONLY | os.O_NOFOLLOW | os.O_NONBLOCK)
    except OSError as error:
        if error.errno in (errno.ELOOP, errno.ENXIO):  # a link, a socket
            raise NotPlain(str(path)) from None
        raise
    try:
        if not stat.S_ISREG(os.fstat(handle).st_mode):
            raise NotPlain(str(path))
        with os.fdopen(handle, "rb", closefd=False) as file:
            return file.read(most)
    finally:
        os.close(handle)


def walk(root: Path, folder: str) -> Iterator[Item]:
    """What stands in a folder of the repository, sorted; nothing where there is none."""
    parts = folder.split("/")
    for depth in range(1, len(parts) + 1):
        path = "/".join(parts[:depth])
        if (root / path).is_symlink():
            yield Item(path, "link")
            return
    if (root / folder).is_dir():
        yield from _walk(str(root / folder), folder)
    elif (root / folder).exists():
        yield Item(folder, "special")


def _walk(folder: str, path: str) -> Iterator[Item]:
    with os.scandir(folder) as listed:
        items = sorted(listed, key=lambda item: item.name)
    twins = _find_twins(item.name for item in items)
    for item in items:
        inner = f"{path}/{item.name}"
        if _LEFT.match(item.name):
            yield Item(inner, "left")
        elif item.is_symlink():
            yield Item(inner, "link")
        elif item.name in twins:
            yield Item(inner, "twin")
        elif item.is_file(follow_symlinks=False):
            yield Item(inner, "file")
        elif item.is_dir(follow_symlinks=False):
            yield from _walk_folder(item, inner)
        else:
            yield Item(inner, "special")


def _walk_folder(item: "os.DirEntry[str]", inner: str) -> Iterator[Item]:
    """What it holds; itself where it holds nothing or bears the name of a file."""
    if _NAME_OF_FILE.search(item.name):
        yield Item(inner, "folder")
    else:
        yield from list(_walk(item.path, inner)) or [Item(inner, "empty")]


def _find_twins(names: Iterable[str]) -> set[str]:
    """Names that another one becomes where capitals or accents are not told apart; the plainest one is not listed."""
    folded: dict[str, list[str]] = {}
    for name in names:
        folded.setdefault(fold_name(name), []).append(name)
    return {name for fold, alike in folded.items() if len(alike) > 1 for name in _leave_plainest(fold, alike)}


def _leave_plainest(fold: str, names: list[str]) -> list[str]:
    return sorted(names, key=lambda name: (name != fold, name))[1:]


def fold_name(name: str) -> str:
    """The same name wherever a system would take it for the same."""
    return unicodedata.normalize("NFC", unicodedata.normalize("NFC", name).casefold())


def check_item(item: Item) -> Iterator[Problem]:
    """What is wrong with something that is no plain file; what was left behind is told once for all."""
    span = (NOWHERE, NOWHERE)
    if item.nature == "link":
        yield problem(item.path, span, "lien-symbolique")
    elif item.nature == "special":
        yield problem(item.path, span, "fichier-special", fichier=item.name)
    elif item.nature == "folder":
        yield problem(item.path, span, "dossier-pour-fichier", dossier=item.name)
    elif item.nature == "empty":
        yield problem(item.path, span, "dossier-vide", dossier=item.name)
    elif item.nature == "twin":
        yield problem(item.path, span, "noms-confondus", fichier=item.name)


def check_left(items: Iterable[Item]) -> Iterator[Problem]:
    """What editors and systems left behind, in one sentence."""
    left = [item for item in items if item.nature == "left"]
    if left:
        names = Counter(f"« {item.name} »" for item in left)
        shown = [name if count == 1 else f"{name} ({count} fois)" for name, count in names.items()]
        more = ["…"] if len(shown) > MOST_TOLD else []
        told = ", ".join([*shown[:MOST_TOLD], *more]) if more else enumeration(shown)
        yield problem(left[0].path, (NOWHERE, NOWHERE), "fichier-de-passage", fichiers=told)

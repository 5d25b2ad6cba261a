"""All the YAML files of the directory: which belong to it, what each one says, and what does not belong."""

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator import schemas, sources
from generator.french import slug
from generator.parallel import uncollected
from generator.problems import NOWHERE, Problem, problem
from generator.schemas import Schema
from generator.schemas.guesses import is_calendar
from generator.sources import Source

FOLDERS = ("22", "29", "35", "56", "44", "bretagne")
"""Sub-folders of cops/: the départements of the collectivité, 44 for the communes of two EPCI that cross the border."""

ID = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID = 80
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-[a-z0-9]")
_WELCOME = {"README.md", ".gitkeep"}


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its name is that of its schema."""

    name: str
    folder: str  # from the root, with /
    depth: int  # folders between `folder` and the file


KINDS = (Kind("cop", "cops", 1), Kind("formation", "content/formations", 0), Kind("actualite", "content/actualites", 0))


@dataclass(frozen=True, slots=True)
class Entry:
    """One file that could be read. `data` is typed by the schema, and may still break it: see `problems`."""

    kind: str
    id: str
    folder: str  # sub-folder of cops/, empty for the other kinds
    source: Source
    data: Mapping[str, Any]

    @property
    def path(self) -> str:
        return self.source.path


@dataclass(frozen=True, slots=True)
class Corpus:
    """What was read and what each file says wrong by itself; cross-file rules are in `checks`."""

    entries: tuple[Entry, ...]
    problems: tuple[Problem, ...]
    texts: Mapping[str, str]  # text of every file, for excerpts
    schemas: Mapping[str, Schema]

    def of(self, kind: str) -> tuple[Entry, ...]:
        return tuple(entry for entry in self.entries if entry.kind == kind)

    def lines(self, path: str) -> list[str]:
        return self.texts.get(path, "").split("\n")


@dataclass(slots=True)
class Cache:
    """Files already read, by path and (mtime, size), so that `serve` reads again only what changed."""

    files: dict[str, tuple[tuple[int, int], Entry | None, tuple[Problem, ...], str]] = field(default_factory=dict)


def load(
    root: Path,
    cache: Cache | None = None,
    rules: Mapping[str, Schema] | None = None,
    instead: Mapping[str, bytes] | None = None,
) -> Corpus:
    """Read and validate every file under `root`, by the rules of its schema/ unless others are given.

    `instead` holds the bytes of some files, by path, read in their place whether they exist or not.

    Raises OSError where the disk cannot be read.
    """
    rules = rules or {kind.name: schemas.load(root / "schema", kind.name) for kind in KINDS}
    with uncollected():
        return _load(root, cache or Cache(), rules, instead or {})


def _load(root: Path, known: Cache, rules: Mapping[str, Schema], instead: Mapping[str, bytes]) -> Corpus:
    entries: list[Entry] = []
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for kind in KINDS:
        given = [root / name for name in instead if name.startswith(f"{kind.folder}/")]
        absent = [path for path in given if not path.exists()]
        for path in (*_walk(root / kind.folder), *absent):
            name = path.relative_to(root).as_posix()
            misplaced = list(_misplaced(kind, name, path))
            problems += misplaced
            if not path.name.endswith(".yml") or path.is_symlink():
                continue
            # A file at the wrong place is read all the same: what else is wrong in it is told at once.
            if name in instead:
                entry, found, text = read_entry(name, instead[name], kind, rules[kind.name])
            else:
                entry, found, text = _read(root, name, kind, rules[kind.name], known)
            problems += found
            texts[name] = text
            if entry and not misplaced:
                entries.append(entry)
    return Corpus(tuple(entries), tuple(problems), texts, rules)


def _walk(folder: Path) -> Iterator[Path]:
    if not folder.is_dir():
        return
    for item in sorted(os.scandir(folder), key=lambda item: item.name):
        if item.is_dir(follow_symlinks=False):
            yield from _walk(Path(item.path))
        else:
            yield Path(item.path)


def _misplaced(kind: Kind, name: str, path: Path) -> Iterator[Problem]:
    """What stands where it should not: nothing is skipped in silence."""
    inner = name.removeprefix(f"{kind.folder}/").split("/")
    file = inner[-1]
    here = (NOWHERE, NOWHERE)
    if file in _WELCOME or (kind.depth == 0 and len(inner) == 1 and file.endswith(".md")):
        return
    if path.is_symlink():
        yield problem(name, here, "lien-symbolique")
    elif not file.endswith(".yml"):
        stem = re.sub(r"\.(ya?ml|txt|ya?ml\.txt)$", "", file, flags=re.IGNORECASE)
        code = "fichier-etranger" if stem == file else "fichier-inattendu"
        yield problem(name, here, code, fichier=file, propose=f"{_proposed(stem)}.yml")
    elif kind.depth and (len(inner) != kind.depth + 1 or inner[0] not in FOLDERS):
        place = f"{kind.folder}/<département>"
        yield problem(name, here, "dossier-inattendu", dossiers=", ".join(FOLDERS), place=place)
    elif len(inner) != kind.depth + 1:
        yield problem(name, here, "dossier-de-trop", place=kind.folder)
    else:
        yield from _misnamed(kind, name, file.removesuffix(".yml"))


def _misnamed(kind: Kind, name: str, stem: str) -> Iterator[Problem]:
    if not ID.fullmatch(stem) or len(stem) > MAX_ID:
        propose = f"{_proposed(stem)}.yml"
        yield problem(name, (NOWHERE, NOWHERE), "nom-de-fichier", fichier=f"{stem}.yml", propose=propose)
    elif kind.name == "actualite":
        dated = _DATED.match(stem)
        if not dated or not is_calendar(dated[1]):
            yield problem(name, (NOWHERE, NOWHERE), "actualite-sans-date", fichier=f"{stem}.yml")


def _proposed(stem: str) -> str:
    return slug(stem)[:MAX_ID].strip("-") or "nom-de-la-cop"


def _read(
    root: Path, name: str, kind: Kind, schema: Schema, cache: Cache
) -> tuple[Entry | None, tuple[Problem, ...], str]:
    path = root / name
    stat = path.stat()
    stamp = (stat.st_mtime_ns, stat.st_size)
    if name in cache.files and cache.files[name][0] == stamp:
        return cache.files[name][1:]
    # One byte more than allowed is enough to refuse: a file of 10 GB is not read into memory.
    with path.open("rb") as file:
        raw = file.read(sources.MAX_BYTES + 1)
    answer = read_entry(name, raw, kind, schema)
    cache.files[name] = (stamp, *answer)
    return answer


def read_entry(name: str, raw: bytes, kind: Kind, schema: Schema) -> tuple[Entry | None, tuple[Problem, ...], str]:
    """One file from its bytes: the entry if it could be read, what it says wrong by itself, its text."""
    source = sources.read(name, raw, schema.keys)
    if source.data is None:
        return None, source.problems, source.text
    data, found = schema.check(source)
    folder = name.split("/")[1] if kind.depth else ""
    entry = Entry(kind.name, name.rsplit("/", 1)[-1].removesuffix(".yml"), folder, source, data)
    return entry, (*source.problems, *_not_explained(found, source)), source.text


def _not_explained(found: list[Problem], source: Source) -> list[Problem]:
    """What the schema says of a value is left out where the reading already told why it is so."""
    cut = {told.start[0] for told in source.problems if told.code == "diese-en-tete"}
    told = [one for one in source.problems if one.is_error]
    return [
        p
        for p in found
        if not any(p.start <= one.start < max(p.end, (p.start[0], p.start[1] + 1)) for one in told)
        and not (p.code in {"valeur-vide", "valeur-attendue"} and p.start[0] in cut)
    ]

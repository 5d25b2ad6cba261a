"""All the YAML files of the directory: which belong to it, what each one says, and what does not belong."""

import re
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any

from generator.entries.content.allowed import NOTES
from generator.entries.schemas.guesses import is_calendar
from generator.entries.schemas.schema import Schema, load_schema
from generator.entries.tree import Item, check_item, check_left, walk
from generator.entries.yaml.source import MAX_ENTRY_BYTES, Source, Where, read_source
from generator.french import slug
from generator.problems.bounds import bound
from generator.problems.problem import NOWHERE, Edit, Problem, problem
from generator.territories.folders import FOLDERS

ID_PATTERN = re.compile(r"[a-z0-9]+(?:-[a-z0-9]+)*")
MAX_ID = 80
_DATED = re.compile(r"(\d{4}-\d{2}-\d{2})-[a-z0-9]")


@dataclass(frozen=True, slots=True)
class Kind:
    """One kind of file: its name is that of its schema."""

    name: str
    folder: str  # from the root, with /
    depth: int  # folders between `folder` and the file


COP_KIND = Kind("cop", "cops", 1)
FORMATION_KIND = Kind("formation", "content/formations", 0)
KINDS = (COP_KIND, FORMATION_KIND, Kind("actualite", "content/actualites", 0))


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

    def problem(self, where: Where, code: str, fix: Edit | None = None, /, **values: object) -> Problem:
        """A problem of the value at a place, or of its nearest parent where it is missing."""
        return problem(self.path, self.source.span(where), code, fix, where, **values)


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


Read = tuple[Entry | None, tuple[Problem, ...], str]
"""What one file says by itself: its entry if it could be read, what is wrong, its text."""


@dataclass(slots=True)
class Cache:
    """Files already read, by path and (mtime, size), so that `serve` reads again only what changed."""

    files: dict[str, tuple[tuple[int, int], Read]] = field(default_factory=dict)


def load(
    root: Path,
    cache: Cache | None = None,
    rules: Mapping[str, Schema] | None = None,
    instead: Mapping[str, bytes] | None = None,
    without: Collection[str] = (),
) -> Corpus:
    """Read and validate every file under `root`, by the rules of its schema/ unless others are given.

    `instead` holds the bytes of some files, by path, read in their place whether they exist or not; those whose path is
    in `without` are passed over.

    Raises OSError where the disk cannot be read.
    """
    rules = rules or {kind.name: load_schema(root / "schema", kind.name) for kind in KINDS}
    cache, instead = cache or Cache(), instead or {}
    entries: list[Entry] = []
    problems: list[Problem] = []
    texts: dict[str, str] = {}
    for kind in KINDS:
        items = [item for item in _list_items(root, kind, instead) if item.path not in without]
        problems += check_left(items)
        for item in items:
            name = item.path
            place_problems = list(_check_place(kind, item))
            problems += place_problems
            # A file at the wrong place is read all the same: what else is wrong in it is told at once.
            if name.endswith(".yml") and item.nature == "file":
                entry, file_problems, texts[name] = _read(root, name, kind, rules[kind.name], cache, instead)
                problems += file_problems
                if entry and not place_problems:
                    entries.append(entry)
    return Corpus(tuple(entries), tuple(problems), texts, rules)


def _list_items(root: Path, kind: Kind, instead: Mapping[str, bytes]) -> Iterator[Item]:
    """What stands in the folder of a kind, then what is only given."""
    yield from walk(root, kind.folder)
    paths = [name for name in instead if name.startswith(f"{kind.folder}/")]
    yield from (Item(name, "file") for name in paths if not (root / name).exists())


def _check_place(kind: Kind, item: Item) -> Iterator[Problem]:
    """What stands where it should not: nothing is skipped in silence but what an editor left, told once for all."""
    name = item.path
    inner = name.removeprefix(f"{kind.folder}/").split("/")
    file = inner[-1]
    span = (NOWHERE, NOWHERE)
    if kind.depth == 0 and not name.startswith(f"{kind.folder}/"):
        return  # told with the rest of content/
    if item.nature != "file":
        # The folder of a département whose last entry was taken away.
        if item.nature != "empty" or not kind.depth or inner != [file] or file not in FOLDERS:
            yield from check_item(item)
    elif file in NOTES:
        return
    elif not file.endswith(".yml"):
        stem = re.sub(r"\.(ya?ml|txt|ya?ml\.txt)$", "", file, flags=re.IGNORECASE)
        code = "fichier-etranger" if stem == file else "fichier-inattendu"
        yield problem(name, span, code, fichier=file, propose=f"{_propose_stem(stem)}.yml")
    elif kind.depth and (len(inner) != kind.depth + 1 or inner[0] not in FOLDERS):
        place = f"{kind.folder}/<département>"
        yield problem(name, span, "dossier-inattendu", dossiers=", ".join(FOLDERS), place=place)
    elif len(inner) != kind.depth + 1:
        yield problem(name, span, "dossier-de-trop", place=kind.folder)
    else:
        yield from _check_name(kind, name, file.removesuffix(".yml"))


def _check_name(kind: Kind, name: str, stem: str) -> Iterator[Problem]:
    if not ID_PATTERN.fullmatch(stem) or len(stem) > MAX_ID:
        propose = f"{_propose_stem(stem)}.yml"
        yield problem(name, (NOWHERE, NOWHERE), "nom-de-fichier", fichier=f"{stem}.yml", propose=propose)
    elif kind.name == "actualite":
        dated = _DATED.match(stem)
        if not dated or not is_calendar(dated[1]):
            yield problem(name, (NOWHERE, NOWHERE), "actualite-sans-date", fichier=f"{stem}.yml")


def _propose_stem(stem: str) -> str:
    return slug(stem)[:MAX_ID].strip("-") or "nom-de-la-cop"


def _read(root: Path, name: str, kind: Kind, schema: Schema, cache: Cache, instead: Mapping[str, bytes]) -> Read:
    """What one file says by itself; one that has not changed since it was last read is not read again."""
    if name in instead:
        return read_entry(name, instead[name], kind, schema)
    path = root / name
    stat = path.stat()
    stamp = stat.st_mtime_ns, stat.st_size
    cached = cache.files.get(name)
    if cached and cached[0] == stamp:
        return cached[1]
    # One byte more than allowed is enough to refuse: a file of 10 GB is not read into memory.
    with path.open("rb") as file:
        read = read_entry(name, file.read(MAX_ENTRY_BYTES + 1), kind, schema)
    cache.files[name] = stamp, read
    return read


def read_entry(name: str, raw: bytes, kind: Kind, schema: Schema) -> Read:
    """One file from its bytes: the entry if it could be read, what it says wrong by itself, its text."""
    source = read_source(name, raw, schema.keys)
    if source.data is None:
        return None, tuple(bound(source.problems)), source.text
    data, breaches = schema.check(source)
    folder = name.split("/")[1] if kind.depth else ""
    entry = Entry(kind.name, name.rsplit("/", 1)[-1].removesuffix(".yml"), folder, source, data)
    return entry, tuple(bound([*source.locate(source.problems), *breaches])), source.text

"""One YAML file as text-first data, with the place of every key and value.

Nothing is guessed: `18:30`, `no` and `0223456701` stay the text that was written; the schema types them later.
"""

import re
from bisect import bisect_right
from collections.abc import Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from generator.entries.yaml.careful_read import MAX_DEPTH, MAX_VALUES, Reader, Reading
from generator.entries.yaml.careful_read import Where as Where
from generator.entries.yaml.quick_read import quick_data
from generator.entries.yaml.yaml_traps import Span as Span
from generator.problems.problem import NOWHERE, Position, Problem, problem

MAX_BYTES = 256 * 1024


@dataclass(frozen=True, slots=True)
class Source:
    """A file read. `data` holds only dict, list and str; it is None when the file could not be read."""

    path: str
    text: str
    data: dict[str, Any] | None
    keys: Mapping[Where, Span] = field(default_factory=dict)  # where the key of a mapping entry stands
    values: Mapping[Where, Span] = field(default_factory=dict)
    problems: tuple[Problem, ...] = ()

    def span(self, where: Where) -> Span:
        """Where a value stands; a missing one points at its nearest parent that has a key, the root at 1:1."""
        while where:
            if where in self.values:
                return self.values[where]
            where = where[:-1]
        return NOWHERE, NOWHERE

    def key_span(self, where: Where) -> Span:
        """Where the key of a value stands, else the value itself (an item of a list), else its parent."""
        while where:
            if where in self.keys:
                return self.keys[where]
            if where in self.values:
                return self.values[where]
            where = where[:-1]
        return NOWHERE, NOWHERE

    def locate(self, problems: Iterable[Problem], passages: bool = False) -> Iterator[Problem]:
        """The same problems, those found in the text told of the value or the key that holds their place.

        What follows a value on its line, as a comment does, is told of that value. With `passages`, what does not begin
        with the value is told of some of its words only.
        """
        places: tuple[Sequence[Position], Sequence[tuple[Where, Position]]] | None = None
        for found in problems:
            if found.where or found.end == NOWHERE:
                yield found
                continue
            places = places or self._sorted_places()
            where = self._where(found.start, *places)
            row, column = found.start
            begins = self.values.get(where, (NOWHERE,))[0] in {(row, column), (row, column - 1)}  # within its quotes
            yield replace(found, where=where, is_passage=passages and not begins)

    def _sorted_places(self) -> tuple[Sequence[Position], Sequence[tuple[Where, Position]]]:
        """Where keys and values start, in the order of the text; with the way to each, and where it ends."""
        spans = sorted((*self.values.items(), *self.keys.items()), key=lambda item: (item[1][0], len(item[0])))
        return [start for _, (start, _) in spans], [(where, end) for where, (_, end) in spans]

    def _where(self, place: Position, starts: Sequence[Position], spans: Sequence[tuple[Where, Position]]) -> Where:
        where, end = spans[bisect_right(starts, place) - 1] if starts and starts[0] <= place else ((), place)
        while where and end[0] < place[0]:
            where = where[:-1]
            end = self.values[where][1]
        return where

    def find(self, pattern: re.Pattern[str], where: Where = ()) -> Iterator[tuple[Span, re.Match[str]]]:
        """Where a pattern is met in the text of the file, or in that of one value; comments are read too."""
        start, end = self.span(where) if where else (NOWHERE, NOWHERE)
        text, row, column = (self.text, 1, 1) if start == end else (_cut(self.text, start, end), *start)
        seen, line_start = 0, 1 - column  # counted on from the last match: a file may hold thousands
        for found in pattern.finditer(text):
            breaks = text.count("\n", seen, found.start())
            if breaks:
                row += breaks
                line_start = text.rfind("\n", seen, found.start()) + 1
            seen = found.start()
            place = row, seen - line_start + 1
            yield (place, (place[0], place[1] + len(found.group()))), found


def _cut(text: str, start: Position, end: Position) -> str:
    """The text between two places."""
    lines = text.split("\n")[start[0] - 1 : end[0]]
    if lines and len(lines) > end[0] - start[0]:
        lines[-1] = lines[-1][: end[1] - 1]
    return "\n".join([lines[0][start[1] - 1 :], *lines[1:]]) if lines else ""


def read_source(path: str, raw: bytes, known: Collection[str] = ()) -> Source:
    """Read one file; `path` is how messages name it. Content mistakes are in `problems`, nothing is raised.

    `known` are the names of keys, to tell a key without its colon from the end of a text.
    """
    if len(raw) > MAX_BYTES:
        return Source(path, "", None, problems=(problem(path, (NOWHERE, NOWHERE), "fichier-trop-gros"),))
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in raw[:2]:
        return Source(path, "", None, problems=(problem(path, (NOWHERE, NOWHERE), "encodage-utf16"),))
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(raw[: error.start].decode("utf-8"))
        guess = raw[error.start : error.start + 1].decode("windows-1252", "replace")
        readable = raw.decode("windows-1252", "replace")
        return Source(path, readable, None, problems=(problem(path, _one(place), "encodage", signe=guess),))
    if found := _FORBIDDEN.search(text) or ("\r" in text and _LONE_RETURN.search(text)) or None:
        return Source(path, text, None, problems=(_forbidden(path, _one(_place(text[: found.start()])), found),))
    reader = Reader(path, text, known)
    data = quick_data(text, reader.odd, MAX_DEPTH, MAX_VALUES)
    if data is None:
        careful = reader.read()
        return Source(path, text, careful.data, careful.keys, careful.values, careful.problems)
    places = _Places(path, text)  # made anew when asked: a reader is heavy to keep, and to hand to another process
    return Source(path, text, data, _Later(places, "keys"), _Later(places, "values"))


class _Places:
    """The places of a file, looked for once, by the careful reading."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.reading: Reading | None = None

    def __reduce__(self) -> tuple[Any, ...]:
        """What is handed to another process is found again there, where it is asked for."""
        return _Places, (self.path, self.text)

    def found(self, which: str) -> Mapping[Where, Span]:
        self.reading = self.reading or Reader(self.path, self.text, ()).read()
        return self.reading.keys if which == "keys" else self.reading.values


class _Later(Mapping[Where, Span]):
    """The places of the keys or of the values, when the first one is asked for: most files have nothing to show."""

    def __init__(self, places: _Places, which: str) -> None:
        self.places = places
        self.which = which

    def __getitem__(self, where: Where) -> Span:
        return self.places.found(self.which)[where]

    def __iter__(self) -> Iterator[Where]:
        return iter(self.places.found(self.which))

    def __len__(self) -> int:
        return len(self.places.found(self.which))


# Libyaml counts NEL, LS, PS and a lone CR as line breaks, editors do not: every later line number would be wrong.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufeff\ufffe\uffff]"
)
_LONE_RETURN = re.compile(r"\r(?!\n)")

_LINE_BREAKS = "\r\v\f\x85\u2028\u2029"


def forbidden_sign(path: str, span: Span, value: str) -> Iterator[Problem]:
    """The same sign where it was written by its number, between double quotes: the file itself does not show it."""
    if found := _FORBIDDEN.search(value) or _LONE_RETURN.search(value):
        yield _forbidden(path, span, found)


def _forbidden(path: str, span: Span, found: re.Match[str]) -> Problem:
    sign = found.group()
    return problem(path, span, "signe-interdit", signe=f"U+{ord(sign):04X}", nom=_name(sign))


def _name(sign: str) -> str:
    if sign in _LINE_BREAKS:
        return "un saut de ligne d’un autre logiciel"
    if sign >= "\u061c" and sign not in "\ufeff\ufffe\uffff":
        return "un sens d’écriture forcé"
    return "un signe de commande"


def _place(before: str) -> Position:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _one(place: Position) -> Span:
    return place, (place[0], place[1] + 1)

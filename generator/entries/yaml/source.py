"""One YAML file as text-first data, with the place of every key and value.

Nothing is guessed: `18:30`, `no` and `0223456701` stay the text that was written; the schema types them later.
"""

import re
from bisect import bisect_right
from collections.abc import Callable, Collection, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from functools import cached_property, partial
from typing import Any

from generator.entries.rules import TEXTS
from generator.entries.yaml.reader import Where as Where
from generator.entries.yaml.reader import read_text
from generator.entries.yaml.traps import Span as Span
from generator.problems.problem import NOWHERE, Position, Problem, problem

MAX_ENTRY_BYTES = 256 * 1024

Search = Callable[[str], Iterator[re.Match[str]]]
"""What finds passages in a text, in their order."""

Places = tuple[Mapping[Where, Span], Mapping[Where, Span]]
"""Where the key of each mapping entry stands, and where each value does."""


def _find_no_place() -> Places:
    return {}, {}


@dataclass(frozen=True)
class Source:
    """A file read. `data` holds only dict, list and str; it is None when the file could not be read."""

    path: str
    text: str
    data: dict[str, Any] | None
    problems: tuple[Problem, ...] = ()
    # Called once, when a first place is asked for.
    find_places: Callable[[], Places] = field(default=_find_no_place, compare=False, repr=False)

    @cached_property
    def _places(self) -> Places:
        return self.find_places()

    @property
    def keys(self) -> Mapping[Where, Span]:
        return self._places[0]

    @property
    def values(self) -> Mapping[Where, Span]:
        return self._places[1]

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
        for bare in problems:
            if bare.where or bare.end == NOWHERE:
                yield bare
                continue
            places = places or self._sorted_places()
            where = self._where(bare.start, *places)
            row, column = bare.start
            begins = self.values.get(where, (NOWHERE,))[0] in {(row, column), (row, column - 1)}  # within its quotes
            yield replace(bare, where=where, is_passage=passages and not begins)

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

    def find(self, search: Search, where: Where = ()) -> Iterator[tuple[Span, re.Match[str]]]:
        """Where a search meets something in the text of the file, or in that of one value; comments are read too."""
        start, end = self.span(where) if where else (NOWHERE, NOWHERE)
        text, row, column = (self.text, 1, 1) if start == end else (_cut(self.text, start, end), *start)
        seen, line_start = 0, 1 - column  # counted on from the last match: a file may hold thousands
        for match in search(text):
            breaks = text.count("\n", seen, match.start())
            if breaks:
                row += breaks
                line_start = text.rfind("\n", seen, match.start()) + 1
            seen = match.start()
            place = row, seen - line_start + 1
            yield (place, (place[0], place[1] + len(match.group()))), match


def _cut(text: str, start: Position, end: Position) -> str:
    """The text between two places."""
    lines = text.split("\n")[start[0] - 1 : end[0]]
    if lines and len(lines) > end[0] - start[0]:
        lines[-1] = lines[-1][: end[1] - 1]
    return "\n".join([lines[0][start[1] - 1 :], *lines[1:]]) if lines else ""


def read_source(path: str, raw: bytes, known_keys: Collection[str] = ()) -> Source:
    """Read one file; `path` is how messages name it. Content mistakes are in `problems`, nothing is raised.

    `known_keys` are the names of keys, to tell a key without its colon from the end of a text.
    """
    if len(raw) > MAX_ENTRY_BYTES:
        return Source(path, "", None, (problem(path, (NOWHERE, NOWHERE), "fichier-trop-gros"),))
    text, problems = decode(path, raw)
    if problems:
        return Source(path, text, None, problems)
    reading = read_text(path, text, known_keys)
    return Source(path, text, reading.data, reading.problems, partial(_find_places, path, text))


def decode(path: str, raw: bytes) -> tuple[str, tuple[Problem, ...]]:
    """A text from its bytes, as far as it can be read, and why it cannot be read further."""
    if raw[:2] in {b"\xff\xfe", b"\xfe\xff"} or b"\0" in raw[:2]:
        return "", (problem(path, (NOWHERE, NOWHERE), "encodage-utf16"),)
    raw = raw.removeprefix(b"\xef\xbb\xbf")
    try:
        text = raw.decode("utf-8")
    except UnicodeDecodeError as error:
        place = _place(raw[: error.start].decode("utf-8"))
        guess = raw[error.start : error.start + 1].decode("windows-1252", "replace")
        readable = raw.decode("windows-1252", "replace")
        return readable, (problem(path, _make_span(place), "encodage", signe=guess),)
    if text.replace("\n", "").isprintable():  # as most files are: no forbidden sign can be printed
        return text, ()
    signs = "".join(set(text))  # each rule forbids one sign: eighty are looked at before thousands
    for rule in FORBIDDEN:
        for match in rule.find(text) if rule.pattern.search(signs) else ():
            span = _make_span(_place(text[: match.start()]))
            return text, (problem(path, span, rule.code, **rule.describe(match)),)
    return text, ()


def _find_places(path: str, text: str) -> Places:
    """The same reading again, with places: most files have none to show."""
    reading = read_text(path, text, places=True)
    return reading.keys, reading.values


# Libyaml counts NEL, LS, PS and a lone CR as line breaks, editors do not: every later line number would be wrong.
FORBIDDEN = [rule for rule in TEXTS if rule.code == "signe-interdit" and not rule.file]


def _place(before: str) -> Position:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _make_span(place: Position) -> Span:
    return place, (place[0], place[1] + 1)

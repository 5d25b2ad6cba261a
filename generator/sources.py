"""One YAML file as text-first data, with the place of every key and value.

Nothing is guessed: `18:30`, `no` and `0223456701` stay the text that was written; the schema types them later. We read
libyaml's events ourselves, so that tags, anchors and aliases are refused before they can do anything, depth is bounded
before it can hurt, and both places of a duplicate key are known.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.events import (
    AliasEvent,
    CollectionEndEvent,
    CollectionStartEvent,
    DocumentStartEvent,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from generator.problems import NOWHERE, Edit, Position, Problem, problem
from generator.yaml_errors import explain
from generator.yaml_traps import HARD_SPACES, QUOTES, damaged, not_an_entry, reserved

Span = tuple[Position, Position]
Where = tuple[str | int, ...]
"""The way to a value: `("rencontres", 0, "debut")`."""

MAX_BYTES = 256 * 1024
MAX_DEPTH = 20
MAX_VALUES = 10_000


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

    def find(self, pattern: re.Pattern[str], where: Where = ()) -> Iterator[tuple[Span, re.Match[str]]]:
        """Where a pattern is met in the text of the file, or in that of one value; comments are read too."""
        start, end = self.span(where) if where else (NOWHERE, NOWHERE)
        text, row, column = (self.text, 1, 1) if start == end else (_cut(self.text, start, end), *start)
        for found in pattern.finditer(text):
            before = text[: found.start()]
            place = (
                row + before.count("\n"),
                len(before) - before.rfind("\n") + (column - 1 if "\n" not in before else 0),
            )
            yield (place, (place[0], place[1] + len(found.group()))), found


def _cut(text: str, start: Position, end: Position) -> str:
    """The text between two places."""
    lines = text.split("\n")[start[0] - 1 : end[0]]
    if lines and len(lines) > end[0] - start[0]:
        lines[-1] = lines[-1][: end[1] - 1]
    return "\n".join([lines[0][start[1] - 1 :], *lines[1:]]) if lines else ""


def read(path: str, raw: bytes, known: Collection[str] = ()) -> Source:
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
        place = _place(text[: found.start()])
        sign = f"U+{ord(found.group()):04X}"
        said = problem(path, _one(place), "signe-interdit", signe=sign, nom=_name(found.group()))
        return Source(path, text, None, problems=(said,))
    return _Reader(path, text, known).read()


# Libyaml counts NEL, LS, PS and a lone CR as line breaks, editors do not: every later line number would be wrong.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff"
    "\ufeff\ufffe\uffff]"
)
_LONE_RETURN = re.compile(r"\r(?!\n)")

_LINE_BREAKS = "\r\v\f\x85\u2028\u2029"


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


class _Stop(Exception):  # noqa: N818 (not an error of the program: the file cannot be read further)
    def __init__(self, found: Problem) -> None:
        self.found = found


class _Reader:
    """One pass over the events of one file."""

    def __init__(self, path: str, text: str, known: Collection[str]) -> None:
        self.path = path
        self.known = known
        self.text = text
        odd = [sign for sign in f"#{HARD_SPACES}" if sign in text]  # they may change what YAML reads on their line
        self.lines = [line.removesuffix("\r") for line in text.split("\n")]
        self.keys: dict[Where, Span] = {}
        self.values: dict[Where, Span] = {}
        self.problems: list[Problem] = []
        self.odd = {row for row, line in enumerate(self.lines, 1) if any(sign in line for sign in odd)}
        self.next: Callable[[], Any] = CParser(text).get_event

    def read(self) -> Source:
        data: dict[str, Any] | None = None
        try:
            data = self._document()
        except _Stop as stop:
            self.problems.append(stop.found)
        except yaml.YAMLError as error:
            self.problems.append(explain(self.path, self.lines, error, self.known))
        return Source(self.path, self.text, data, self.keys, self.values, tuple(self.problems))

    def _document(self) -> dict[str, Any]:
        self.next()  # start of stream
        start = self.next()
        if isinstance(start, StreamEndEvent):
            raise self._stop((NOWHERE, NOWHERE), "fichier-vide")
        if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
            raise self._stop(_line(_start(start), self.lines), "directive")
        first = self.next()
        data = self._node(first, (), 0)
        if not isinstance(data, dict):
            empty = isinstance(first, ScalarEvent) and not first.value
            if empty:
                raise self._stop((NOWHERE, NOWHERE), "fichier-vide")
            raise _Stop(not_an_entry(self.path, self.lines, _span(first)))
        self.next()  # end of document
        second = self.next()
        if isinstance(second, DocumentStartEvent):
            raise self._stop(_line(_start(second), self.lines), "deux-documents")
        return data

    def _node(self, event: Any, where: Where, depth: int) -> Any:
        if event.anchor or event.tag:
            self._refuse(event)
        if depth > MAX_DEPTH or len(self.values) > MAX_VALUES:
            raise self._stop(_one(_start(event)), "trop-profond")
        if isinstance(event, ScalarEvent):
            value: str = event.value
            span = _span(event)
            self.values[where] = span
            (row, _), (last, _) = span
            # Whether YAML may have read another text than was written: a quick look, for thousands of values.
            if not event.style and (row != last or last in self.odd or value[:1] in QUOTES):
                self.problems.extend(damaged(self.path, self.lines, value, span))
            return value
        start = _start(event)
        node: dict[str, Any] | list[Any]
        node, end = self._mapping(where, depth) if isinstance(event, MappingStartEvent) else self._list(where, depth)
        self.values[where] = start, end
        return node

    def _refuse(self, event: Any) -> None:
        """Anchors, aliases and tags: signs that begin a text and would eat its first word."""
        code = "ancre" if isinstance(event, AliasEvent) or event.anchor else "etiquette"
        raise _Stop(reserved(self.path, self.lines, _span(event), code))

    def _list(self, where: Where, depth: int) -> tuple[list[Any], Position]:
        items: list[Any] = []
        while not isinstance(event := self.next(), SequenceEndEvent):
            items.append(self._node(event, (*where, len(items)), depth + 1))
        return items, _end(event)

    def _mapping(self, where: Where, depth: int) -> tuple[dict[str, Any], Position]:
        node: dict[str, Any] = {}
        while not isinstance(event := self.next(), MappingEndEvent):
            if event.anchor or event.tag:
                self._refuse(event)
            if not isinstance(event, ScalarEvent):
                raise self._stop(_one(_start(event)), "cle-illisible")
            key, span = event.value, _span(event)
            if not key.isidentifier():
                key = self._bare_key(key, span)
            here = (*where, key)
            if key in node:
                first = self.keys[here][0][0]
                self.problems.append(problem(self.path, span, "cle-en-double", cle=key, ligne=first))
                self._skip(depth)
                continue
            self.keys[here] = span
            node[key] = self._node(self.next(), here, depth + 1)
        return node, _end(event)

    def _bare_key(self, key: str, span: Span) -> str:
        """The key as it was meant: a no-break space beside it is told and left out."""
        bare = key.strip(_BLANKS)
        if key[:1] in _BLANKS[:2] and key:
            margin = span[0], (span[0][0], span[0][1] + len(key) - len(key.lstrip(_BLANKS)))
            plain = Edit(*margin, " " * (len(key) - len(key.lstrip(_BLANKS))))
            raise _Stop(problem(self.path, margin, "espace-insecable-marge", plain))
        if bare != key:
            fix = Edit(*span, bare)
            self.problems.append(problem(self.path, span, "espace-insecable", fix, cle=bare))
        return bare

    def _skip(self, depth: int) -> None:
        """Pass over the value of a key that is given twice: the first one is kept for the other rules."""
        level = 0
        while True:
            event = self.next()
            if isinstance(event, CollectionEndEvent):
                level -= 1
            else:
                if event.anchor or event.tag:
                    self._refuse(event)
                level += isinstance(event, CollectionStartEvent)
            if level + depth > MAX_DEPTH:
                raise self._stop(_one(_start(event)), "trop-profond")
            if level == 0:
                return

    def _stop(self, span: Span, code: str) -> _Stop:
        return _Stop(problem(self.path, span, code))


_BLANKS = "\u00a0\u202f \t"


def _start(event: Any) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _end(event: Any) -> Position:
    return event.end_mark.line + 1, event.end_mark.column + 1


def _span(event: Any) -> Span:
    start, end = event.start_mark, event.end_mark
    return (start.line + 1, start.column + 1), (end.line + 1, end.column + 1)


def _line(place: Position, lines: Sequence[str]) -> Span:
    """The whole line of a place."""
    return (place[0], 1), (place[0], len(lines[place[0] - 1].rstrip()) + 1)

"""The careful reading of a YAML file: its data, the place of every key and value, and what is to be said of it.

We read libyaml's events ourselves, so that tags, anchors and aliases are refused before they can do anything, depth is
bounded before it can hurt, and both places of a duplicate key are known.
"""

import re
from collections.abc import Callable, Collection, Iterator, Mapping, Sequence
from functools import cached_property
from itertools import islice
from typing import Any, NamedTuple

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

from generator.entries.yaml.yaml_errors import explain
from generator.entries.yaml.yaml_traps import (
    HARD_SPACES,
    QUOTES,
    Span,
    damaged,
    misread_elsewhere,
    not_an_entry,
    reserved,
)
from generator.problems.problem import NOWHERE, Edit, Position, Problem, problem

Where = tuple[str | int, ...]
"""The way to a value: `("rencontres", 0, "debut")`."""

MAX_DEPTH = 20
MAX_VALUES = 10_000


class Reading(NamedTuple):
    """What a file holds; `data` is None when it could not be read."""

    data: dict[str, Any] | None
    keys: Mapping[Where, Span]  # where the key of a mapping entry stands
    values: Mapping[Where, Span]
    problems: tuple[Problem, ...]


MAX_PROBLEMS = 500
"""Mistakes of one file after which it is not read further: nobody reads them, and each costs time to tell."""


class _Stop(Exception):  # noqa: N818 (not an error of the program: the file cannot be read further)
    def __init__(self, found: Problem) -> None:
        self.found = found


_ODD = re.compile(f"[#{HARD_SPACES}]")


def _odd_rows(text: str) -> Iterator[int]:
    """Numbers of the lines whose signs may change what YAML reads there."""
    row, seen = 1, 0
    for found in _ODD.finditer(text):
        row += text.count("\n", seen, found.start())
        seen = found.start()
        yield row


class Reader:
    """One pass over the events of one file."""

    def __init__(self, path: str, text: str, known: Collection[str]) -> None:
        self.path = path
        self.known = known
        self.text = text
        self.keys: dict[Where, Span] = {}
        self.values: dict[Where, Span] = {}
        self.problems: list[Problem] = []
        self.odd = set(_odd_rows(text))
        self.signed: list[Any] = []  # texts between quotes, or that follow | or >
        self.next: Callable[[], Any]

    @cached_property
    def lines(self) -> list[str]:
        return [line.removesuffix("\r") for line in self.text.split("\n")]

    def read(self) -> Reading:
        data: dict[str, Any] | None = None
        self.next = self._noting(CParser(self.text).get_event)
        try:
            data = self._document()
        except _Stop as stop:
            self.problems.append(stop.found)
        except yaml.YAMLError as error:
            self.problems.append(explain(self.path, self.lines, error, self.known))
        return Reading(data, self.keys, self.values, tuple(self.problems))

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
        texts = [(_span(event), event.style) for event in self.signed]
        self.problems += islice(misread_elsewhere(self.path, self.lines, texts), MAX_PROBLEMS)
        return data

    def _noting(self, following: Callable[[], Any]) -> Callable[[], Any]:
        def event() -> Any:
            found = following()
            if isinstance(found, ScalarEvent) and found.style:
                self.signed.append(found)
            return found

        return event

    def _node(self, event: Any, where: Where, depth: int) -> Any:
        if event.anchor or event.tag:
            self._refuse(event)
        if depth > MAX_DEPTH or len(self.values) > MAX_VALUES or len(self.problems) > MAX_PROBLEMS:
            raise self._stop(_sign(_start(event)), "trop-profond")
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
                raise self._stop(_sign(_start(event)), "cle-illisible")
            key, span = event.value, _span(event)
            if not key.isidentifier():
                key = self._bare_key(key, span)
            here = (*where, key)
            if key in node:
                first = self.keys[here][0][0]
                self.problems.append(problem(self.path, span, "cle-en-double", cle=key, ligne=first))
                if len(self.problems) > MAX_PROBLEMS:
                    raise self._stop(span, "trop-profond")
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
                raise self._stop(_sign(_start(event)), "trop-profond")
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


def _sign(place: Position) -> Span:
    return place, (place[0], place[1] + 1)

"""The one reading of a YAML text: its data, what is to be said of it and, where they are asked for, all its places.

We read libyaml's events ourselves, so that tags, anchors and aliases are refused before they can do anything, depth is
bounded before it can hurt, and both places of a duplicate key are known.
"""

import re
from collections.abc import Callable, Collection, Iterator
from functools import cached_property
from itertools import islice
from sys import intern
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

from generator.entries.yaml.errors import explain
from generator.entries.yaml.traps import (
    HARD_SPACES,
    QUOTES,
    Span,
    explain_reserved,
    find_damage,
    find_misread,
    not_an_entry,
)
from generator.problems.problem import NOWHERE, Edit, Position, Problem, problem

Where = tuple[str | int, ...]
"""The way to a value: `("rencontres", 0, "debut")`."""

MAX_DEPTH = 20
MAX_VALUES = 10_000
MAX_PROBLEMS = 500
"""Mistakes of one file after which it is not read further: nobody reads them, and each costs time to tell."""


class TextReading(NamedTuple):
    """What a text holds; `data` (dict, list and str only) is None when it could not be read."""

    data: dict[str, Any] | None
    problems: tuple[Problem, ...]
    keys: dict[Where, Span]  # where the key of a mapping entry stands; empty unless places were asked for
    values: dict[Where, Span]


def read_text(path: str, text: str, known_keys: Collection[str] = (), *, places: bool = False) -> TextReading:
    """Read one text. Mistakes are in `problems`, nothing is raised.

    Without `places` it takes half the time and the memory: most files are right, and nobody asks where they say what.
    """
    return _Reader(path, text, known_keys, places).read()


class _Stop(Exception):  # noqa: N818 (not an error of the program: the file cannot be read further)
    def __init__(self, problem: Problem) -> None:
        self.problem = problem


_BLANKS = "\u00a0\u202f \t"
_WARY = re.compile(f"[#{HARD_SPACES}]")
_STUCK = re.compile(r"#(?:(?<=[|>]#)|(?<=[|>][-+\d]#)|(?<=[|>][-+\d]{2}#))")  # from its sign, which is found at once


class _Reader:
    """One pass over the events of one text."""

    def __init__(self, path: str, text: str, known_keys: Collection[str], places: bool) -> None:
        self.path = path
        self.text = text
        self.known_keys = known_keys
        self.places = places
        self.keys: dict[Where, Span] = {}
        self.values: dict[Where, Span] = {}
        self.problems: list[Problem] = []
        self.read_values = 0
        self.wary_lines = set(_wary_lines(text))
        self.next: Callable[[], Any] = CParser(text).get_event

    @cached_property
    def lines(self) -> list[str]:
        return [line.removesuffix("\r") for line in self.text.split("\n")]

    def read(self) -> TextReading:
        data: dict[str, Any] | None = None
        try:
            data = self._read_document()
        except _Stop as stop:
            self.problems.append(stop.problem)
        except yaml.YAMLError as error:
            self.problems.append(explain(self.path, self.lines, error, self.known_keys))
        return TextReading(data, tuple(self.problems), self.keys, self.values)

    def _read_document(self) -> dict[str, Any]:
        self.next()  # start of stream
        start = self.next()
        if isinstance(start, StreamEndEvent):
            raise self._stop((NOWHERE, NOWHERE), "fichier-vide")
        if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
            raise self._stop(self._line_of(start), "directive")
        root = self.next()
        data = self._read_node(root, (), 0)
        if not isinstance(data, dict):
            if isinstance(root, ScalarEvent) and not root.value:
                raise self._stop((NOWHERE, NOWHERE), "fichier-vide")
            raise _Stop(not_an_entry(self.path, self.lines, _span(root)))
        self.next()  # end of document
        after = self.next()
        if isinstance(after, DocumentStartEvent):
            raise self._stop(self._line_of(after), "deux-documents")
        if "\t" in self.text or _STUCK.search(self.text):
            misread = find_misread(self.path, self.lines, _styled_texts(self.text))
            self.problems += islice(misread, MAX_PROBLEMS)
        return data

    def _read_node(self, event: Any, where: Where, depth: int) -> Any:
        self.read_values += 1
        if event.anchor or event.tag:
            raise self._refuse(event)
        if depth > MAX_DEPTH or self.read_values > MAX_VALUES or len(self.problems) > MAX_PROBLEMS:
            raise self._stop(_sign(event), "trop-profond")
        if isinstance(event, ScalarEvent):
            value: str = event.value
            if not event.style and self._may_be_damaged(event):
                self.problems.extend(find_damage(self.path, self.lines, value, _span(event)))
            if self.places:
                self.values[where] = _span(event)
            return value
        start = _start(event)
        node: dict[str, Any] | list[Any]
        if isinstance(event, MappingStartEvent):
            node, end = self._read_mapping(where, depth)
        else:
            node, end = self._read_list(where, depth)
        if self.places:
            self.values[where] = start, _end(end)
        return node

    def _read_list(self, where: Where, depth: int) -> tuple[list[Any], Any]:
        items: list[Any] = []
        while not isinstance(event := self.next(), SequenceEndEvent):
            items.append(self._read_node(event, (*where, len(items)) if self.places else where, depth + 1))
        return items, event

    def _read_mapping(self, where: Where, depth: int) -> tuple[dict[str, Any], Any]:
        node: dict[str, Any] = {}
        first: dict[str, Any] = {}  # the event of each key
        while not isinstance(event := self.next(), MappingEndEvent):
            if event.anchor or event.tag:
                raise self._refuse(event)
            if not isinstance(event, ScalarEvent):
                raise self._stop(_sign(event), "cle-illisible")
            key = intern(event.value)  # the same few names in every file
            if not key.isidentifier():
                key = self._strip_key(key, _span(event))
            if key in node:
                self.problems.append(
                    problem(self.path, _span(event), "cle-en-double", cle=key, ligne=_start(first[key])[0])
                )
                if len(self.problems) > MAX_PROBLEMS:
                    raise self._stop(_span(event), "trop-profond")
                self._skip_value(depth)
                continue
            first[key] = event
            child_where = where
            if self.places:
                child_where = (*where, key)
                self.keys[child_where] = _span(event)
            node[key] = self._read_node(self.next(), child_where, depth + 1)
        return node, event

    def _may_be_damaged(self, event: Any) -> bool:
        """Whether YAML may have read another text than was written: a quick look, for thousands of values."""
        last = event.end_mark.line
        return last + 1 in self.wary_lines or event.value[:1] in QUOTES or event.start_mark.line != last

    def _strip_key(self, key: str, span: Span) -> str:
        """The key as it was meant: a no-break space beside it is told and left out."""
        bare = key.strip(_BLANKS)
        if key[:1] in _BLANKS[:2] and key:
            indent = len(key) - len(key.lstrip(_BLANKS))
            margin = span[0], (span[0][0], span[0][1] + indent)
            raise _Stop(problem(self.path, margin, "espace-insecable-marge", Edit(*margin, " " * indent)))
        if bare != key:
            fix = Edit(*span, bare)
            self.problems.append(problem(self.path, span, "espace-insecable", fix, cle=bare))
        return bare

    def _skip_value(self, depth: int) -> None:
        """Pass over the value of a key that is given twice: the first one is kept for the other rules."""
        level = 0
        while True:
            event = self.next()
            if isinstance(event, CollectionEndEvent):
                level -= 1
            else:
                if event.anchor or event.tag:
                    raise self._refuse(event)
                level += isinstance(event, CollectionStartEvent)
            if level + depth > MAX_DEPTH:
                raise self._stop(_sign(event), "trop-profond")
            if level == 0:
                return

    def _refuse(self, event: Any) -> _Stop:
        """Anchors, aliases and tags: signs that begin a text and would eat its first word."""
        code = "ancre" if isinstance(event, AliasEvent) or event.anchor else "etiquette"
        return _Stop(explain_reserved(self.path, self.lines, _span(event), code))

    def _stop(self, span: Span, code: str) -> _Stop:
        return _Stop(problem(self.path, span, code))

    def _line_of(self, event: Any) -> Span:
        """The whole line of what an event begins."""
        row, _ = _start(event)
        return (row, 1), (row, len(self.lines[row - 1].rstrip()) + 1)


def _wary_lines(text: str) -> Iterator[int]:
    """Numbers of the lines whose signs may change what YAML reads there."""
    row, seen = 1, 0
    for sign in _WARY.finditer(text):
        row += text.count("\n", seen, sign.start())
        seen = sign.start()
        yield row


def _styled_texts(text: str) -> list[tuple[Span, str]]:
    """The texts between quotes, or after | or >, of a text that was read to its end."""
    parser = CParser(text)
    texts = []
    while not isinstance(event := parser.get_event(), StreamEndEvent):
        if isinstance(event, ScalarEvent) and event.style:
            texts.append((_span(event), event.style))
    return texts


def _start(event: Any) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _end(event: Any) -> Position:
    return event.end_mark.line + 1, event.end_mark.column + 1


def _span(event: Any) -> Span:
    return _start(event), _end(event)


def _sign(event: Any) -> Span:
    """The first sign of what an event begins."""
    row, column = _start(event)
    return (row, column), (row, column + 1)

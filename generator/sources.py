"""One YAML file as text-first data, with the place of every key and value.

Nothing is guessed: `18:30`, `no` and `0223456701` stay the text that was written; the schema types them later. We read
libyaml's events ourselves, so that tags, anchors and aliases are refused before they can do anything, depth is bounded
before it can hurt, and both places of a duplicate key are known.
"""

import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.events import (
    AliasEvent,
    DocumentStartEvent,
    Event,
    MappingEndEvent,
    MappingStartEvent,
    ScalarEvent,
    SequenceEndEvent,
    StreamEndEvent,
)

from generator.problems import NOWHERE, Edit, Position, Problem, problem
from generator.yaml_errors import explain, quote

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


def read(path: str, raw: bytes) -> Source:
    """Read one file; `path` is how messages name it. Content mistakes are in `problems`, nothing is raised."""
    if len(raw) > MAX_BYTES:
        return Source(path, "", None, problems=(problem(path, (NOWHERE, NOWHERE), "fichier-trop-gros"),))
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError as error:
        place = _place(raw[: error.start].decode("utf-8-sig", "replace"))
        guess = raw[error.start : error.start + 1].decode("windows-1252", "replace")
        readable = raw.decode("windows-1252", "replace")
        return Source(path, readable, None, problems=(problem(path, _one(place), "encodage", signe=guess),))
    if found := _FORBIDDEN.search(text):
        place = _place(text[: found.start()])
        name = f"U+{ord(found.group()):04X}"
        return Source(path, text, None, problems=(problem(path, _one(place), "signe-interdit", signe=name),))
    return _Reader(path, text).read()


# Libyaml counts NEL, LS, PS and a lone CR as line breaks, editors do not: every later line number would be wrong.
_FORBIDDEN = re.compile(
    "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff\ufeff]|\r(?!\n)"
)


def _place(before: str) -> Position:
    return before.count("\n") + 1, len(before) - (before.rfind("\n") + 1) + 1


def _one(place: Position) -> Span:
    return place, (place[0], place[1] + 1)


class _Stop(Exception):  # noqa: N818 (not an error of the program: the file cannot be read further)
    def __init__(self, found: Problem) -> None:
        self.found = found


class _Reader:
    """One pass over the events of one file."""

    def __init__(self, path: str, text: str) -> None:
        self.path = path
        self.text = text
        self.lines = text.split("\n")
        self.keys: dict[Where, Span] = {}
        self.values: dict[Where, Span] = {}
        self.problems: list[Problem] = []
        self.next: Callable[[], Any] = CParser(text).get_event

    def read(self) -> Source:
        data: Any = None
        try:
            data = self._document()
        except _Stop as stop:
            self.problems.append(stop.found)
        except yaml.YAMLError as error:
            self.problems.append(explain(self.path, self.lines, error))
        readable = data if isinstance(data, dict) and not self.fatal else None
        return Source(self.path, self.text, readable, self.keys, self.values, tuple(self.problems))

    @property
    def fatal(self) -> bool:
        return any(found.is_error for found in self.problems)

    def _document(self) -> Any:
        self.next()  # start of stream
        start = self.next()
        if isinstance(start, StreamEndEvent):
            raise self._stop((NOWHERE, NOWHERE), "fichier-vide")
        if isinstance(start, DocumentStartEvent) and (start.version or start.tags):
            raise self._stop(_span(start), "directive")
        first = self.next()
        data = self._node(first, (), 0)
        if not isinstance(data, dict):
            empty = isinstance(first, ScalarEvent) and not first.value
            raise self._stop((NOWHERE, NOWHERE), "fichier-vide" if empty else "fiche-sans-cles")
        self.next()  # end of document
        second = self.next()
        if isinstance(second, DocumentStartEvent):
            raise self._stop(_span(second), "deux-documents")
        return data

    def _node(self, event: Event, where: Where, depth: int) -> Any:
        if isinstance(event, AliasEvent) or getattr(event, "anchor", None):
            raise self._stop(_span(event), "ancre")
        if getattr(event, "tag", None):
            raise self._stop(_span(event), "etiquette")
        if depth > MAX_DEPTH or len(self.values) > MAX_VALUES:
            raise self._stop(_span(event), "trop-profond")
        if isinstance(event, ScalarEvent):
            return self._scalar(event, where)
        start = _start(event)
        node: dict[str, Any] | list[Any]
        node, end = self._mapping(where, depth) if isinstance(event, MappingStartEvent) else self._list(where, depth)
        self.values[where] = start, end
        return node

    def _scalar(self, event: ScalarEvent, where: Where) -> str:
        value: str = event.value
        span = _span(event)
        self.values[where] = span
        if not event.style:
            self.problems.extend(self._plain(value, span))
        return value

    def _plain(self, value: str, span: Span) -> Iterator[Problem]:
        """What YAML does in silence to an unquoted text."""
        line = self.lines[span[1][0] - 1]
        rest = line[span[1][1] - 1 :]
        if value and rest.startswith(" #") and not rest.startswith(" # "):
            whole = line[span[0][1] - 1 :].rstrip() if span[0][0] == span[1][0] else value + rest
            fix = Edit(span[0], (span[1][0], len(line.rstrip()) + 1), quote(whole))
            place = (span[1][0], span[1][1] + 1)
            yield problem(self.path, (place, (place[0], len(line) + 1)), "diese", fix, corrige=quote(whole))
        if len(value) > 1 and value[0] in "“”«‘" and value[-1] in "”“»’":
            inner = value[1:-1].strip(" \u00a0\u202f")
            yield problem(self.path, span, "guillemets-courbes", Edit(*span, quote(inner)), corrige=quote(inner))

    def _list(self, where: Where, depth: int) -> tuple[list[Any], Position]:
        items: list[Any] = []
        while not isinstance(event := self.next(), SequenceEndEvent):
            items.append(self._node(event, (*where, len(items)), depth + 1))
        return items, _end(event)

    def _mapping(self, where: Where, depth: int) -> tuple[dict[str, Any], Position]:
        node: dict[str, Any] = {}
        while not isinstance(event := self.next(), MappingEndEvent):
            if not isinstance(event, ScalarEvent):
                raise self._stop(_span(event), "cle-illisible")
            key, span = event.value, _span(event)
            here = (*where, key)
            self._check_key(key, span, node, here)
            self.keys[here] = span
            node[key] = self._node(self.next(), here, depth + 1)
        return node, _end(event)

    def _check_key(self, key: str, span: Span, node: dict[str, Any], here: Where) -> None:
        if key in node:
            first = self.keys[here][0][0]
            self.problems.append(problem(self.path, span, "cle-en-double", cle=key, ligne=first))
        if key != key.strip("\u00a0\u202f \t"):
            self.problems.append(problem(self.path, span, "espace-insecable", cle=key.strip("\u00a0\u202f \t")))

    def _stop(self, span: Span, code: str) -> _Stop:
        return _Stop(problem(self.path, span, code))


def _start(event: Any) -> Position:
    return event.start_mark.line + 1, event.start_mark.column + 1


def _end(event: Any) -> Position:
    return event.end_mark.line + 1, event.end_mark.column + 1


def _span(event: Event) -> Span:
    return _start(event), _end(event)

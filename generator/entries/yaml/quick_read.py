"""The data of a YAML file that has nothing unusual, without any place: twice as fast as the careful reading.

Most files are right, and the places of their values are never asked for. Whatever could deserve a word (an anchor, a
key given twice, a text cut by ` #`…) sends the file to the careful reading, in `sources`.
"""

from collections.abc import Callable, Collection
from sys import intern
from typing import Any

import yaml
from yaml.cyaml import CParser  # type: ignore[attr-defined]
from yaml.events import MappingEndEvent, MappingStartEvent, ScalarEvent, SequenceEndEvent, SequenceStartEvent

from generator.entries.yaml.yaml_traps import QUOTES

_BLOCKS = {"|", ">"}


class _Unusual(Exception):  # noqa: N818 (nothing is wrong yet)
    pass


def quick_data(text: str, odd: Collection[int], deepest: int, most: int) -> dict[str, Any] | None:
    """The data, dict, list and str only; None for a file to read with care. `odd` are the lines to be wary of."""
    if "\t" in text:  # libyaml reads it, others do not: where it stands decides
        return None
    try:
        reader = _Reader(CParser(text).get_event, odd, deepest, most)
        reader.next()  # start of stream
        start = reader.next()
        if getattr(start, "version", None) or getattr(start, "tags", None):
            return None
        first = reader.next()
        if not isinstance(first, MappingStartEvent):
            return None
        data = reader.node(first, 0)
        reader.next()  # end of document
        return data if reader.next().__class__.__name__ == "StreamEndEvent" else None
    except (_Unusual, yaml.YAMLError):
        return None


class _Reader:
    def __init__(self, following: Callable[[], Any], odd: Collection[int], deepest: int, most: int) -> None:
        self.next = following
        self.odd = odd
        self.deepest = deepest
        self.left = most

    def node(self, event: Any, depth: int) -> Any:
        self.left -= 1
        if event.anchor or event.tag or depth > self.deepest or self.left < 0:
            raise _Unusual
        kind = event.__class__
        if kind is ScalarEvent:
            value = event.value
            if event.style in _BLOCKS and event.start_mark.line + 1 in self.odd:
                raise _Unusual
            if not event.style and value:
                row = event.end_mark.line + 1
                if row in self.odd or value[0] in QUOTES or event.start_mark.line + 1 != row:
                    raise _Unusual
            elif not value and event.end_mark.line + 1 in self.odd:
                raise _Unusual
            return value
        if kind is MappingStartEvent:
            return self._mapping(depth + 1)
        if kind is SequenceStartEvent:
            items = []
            while (event := self.next()).__class__ is not SequenceEndEvent:
                items.append(self.node(event, depth + 1))
            return items
        raise _Unusual

    def _mapping(self, depth: int) -> dict[str, Any]:
        node: dict[str, Any] = {}
        while (event := self.next()).__class__ is not MappingEndEvent:
            if event.__class__ is not ScalarEvent or event.anchor or event.tag:
                raise _Unusual
            key = intern(event.value)  # the same few names in every file
            if key in node or not key.isidentifier():
                raise _Unusual
            node[key] = self.node(self.next(), depth)
        return node

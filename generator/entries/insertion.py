"""Where one more meeting goes in the text of an entry, so that every other byte of the file stays as it is.

Only the lines that begin a key are looked at, and only where they are sure: each key of the file begins a line of its
own, once. A file that is written otherwise (one mapping between braces, a list between brackets) has no such place.
"""

import re
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from generator.entries.schemas.fields import Field
from generator.entries.writer import write_item

_KEY = re.compile(r"^([a-z_]+):(?=[ \r\n]|$)", re.MULTILINE)
_EMPTY = re.compile(r"[ ]+\[[ ]*\](?=[ ]*\r?$)", re.MULTILINE)
_NOTHING = re.compile(r"[ ]*(?:#.*)?\r?")
_DASH = re.compile(r"^([ ]*)-(?=[ \r\n])", re.MULTILINE)
_KEPT_BLANKS = re.compile(r"[|>][0-9]?\+")
_SEVERAL = re.compile(r"^(?:---|\.\.\.)", re.MULTILINE)


@dataclass(frozen=True, slots=True)
class Insertion:
    """What stands between two places of a text gives way to a new item."""

    start: int  # characters
    end: int
    before: str  # up to the item's first key
    margin: str  # that of its other keys
    after: str
    line_end: str


def find_insertion(text: str, list_field: Field, fields: Field, data: Mapping[str, Any]) -> Insertion | None:
    """Where an item is added to a list of an entry; None where the file is written in a way that is not ours.

    `fields` are those of the file, `data` what it says.
    """
    keys = [(key[1], key.start()) for key in _KEY.finditer(text)]
    starts = dict(keys)
    if len(keys) != len(starts) or starts.keys() != data.keys() or _SEVERAL.search(text):
        return None
    line_end = "\r\n" if "\r\n" in text else "\n"
    if list_field.name not in starts:
        return _begin_list(text, list_field.name, [*fields.children], starts, line_end)
    return _continue_list(text, list_field.name, starts, line_end)


def add_item(text: str, insertion: Insertion, item: Mapping[str, Any], item_field: Field | None) -> str:
    """The text with one more item."""
    written = write_item(item, item_field, insertion.margin).replace("\n", insertion.line_end)
    return "".join((text[: insertion.start], insertion.before, written, insertion.after, text[insertion.end :]))


def _begin_list(text: str, name: str, order: list[str], starts: Mapping[str, int], line_end: str) -> Insertion | None:
    """Before the first key that the schema puts after the list, else at the end."""
    later = order[order.index(name) + 1 :]
    place = _climb(text, min((starts[key] for key in starts if key in later), default=len(text)))
    before = "" if not place or text[place - 1] == "\n" else line_end
    return Insertion(place, place, f"{before}{name}:{line_end}  - ", "    ", line_end, line_end)


def _continue_list(text: str, name: str, starts: Mapping[str, int], line_end: str) -> Insertion | None:
    """After its last item; in place of an empty list."""
    head = starts[name] + len(name) + 1
    if empty := _EMPTY.match(text, head):
        return Insertion(head, empty.end(), f"{line_end}  - ", "    ", "", line_end)
    line = text.find("\n", head)
    dash = _DASH.search(text, head)
    end = min((start for start in starts.values() if start > head), default=len(text))
    if line < 0 or not _NOTHING.fullmatch(text, head, line) or not dash or dash.start() > end:
        return None
    block = text[head:end]
    place = end if _KEPT_BLANKS.search(block) else head + len(_strip_notes(block))
    margin = dash[1]
    before = "" if text[place - 1] == "\n" else line_end
    return Insertion(place, place, f"{before}{margin}- ", f"{margin}  ", line_end, line_end)


def _climb(text: str, place: int) -> int:
    """Above the comments that lie just over a key: they speak of it."""
    lines = text[:place].split("\n")
    if lines[-1]:
        return place
    count = next((n for n, line in enumerate(reversed(lines[:-1])) if not line.startswith("#")), 0)
    over = sum(len(line) + 1 for line in lines[len(lines) - 1 - count : -1])
    return place - over


def _strip_notes(block: str) -> str:
    """A list without the blank lines and the comments at the margin that follow it."""
    lines = block.splitlines(keepends=True)
    while lines and (not lines[-1].strip() or lines[-1].startswith("#")):
        lines.pop()
    return "".join(lines)

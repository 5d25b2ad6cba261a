"""The order of a file's keys: that of its schema. Whole entries move, with the comments above them; no sign changes."""

import re
from collections.abc import Mapping, Sequence
from typing import Any

from generator.entries.yaml.source import Source

_FIRST = re.compile(r"#.*yaml-language-server|%")
"""Lines that mean something only at the top of a file."""


def is_ordered(data: Mapping[str, Any], order: Sequence[str]) -> bool:
    """Whether the keys stand in that order; a key that it does not know settles the question: nothing is moved."""
    rank = {key: index for index, key in enumerate(order)}
    ranks = [rank.get(key, -1) for key in data]
    return -1 in ranks or ranks == sorted(ranks)


def order_keys(source: Source, order: Sequence[str]) -> str:
    """The text of a file that could be read, its top-level entries in that order."""
    text = source.text
    if source.data is None or is_ordered(source.data, order) or not text.endswith("\n"):
        return text
    rows = {key: source.keys[key,][0] for key in source.data}
    starts = [row for row, _ in rows.values()]
    lines = text.splitlines(keepends=True)
    alone = starts == sorted(set(starts)) and all(column == 1 for _, column in rows.values())
    if not alone or any(re.match(r"---|\.\.\.", line) for line in lines):
        return text
    tops = [_find_top(lines, row) for row in starts]
    ends = [*tops[1:], _find_end(lines)]
    blocks = {key: lines[top:end] for key, top, end in zip(rows, tops, ends, strict=True)}
    body = [line for key in sorted(blocks, key=list(order).index) for line in blocks[key]]
    return "".join([*lines[: tops[0]], *body, *lines[ends[-1] :]])


def _find_top(lines: Sequence[str], row: int) -> int:
    """Where the entry of a key begins, from 0: with the comments and the empty lines above it."""
    top = row - 1
    while top and (not lines[top - 1].strip() or lines[top - 1].startswith("#")) and not _FIRST.match(lines[top - 1]):
        top -= 1
    # Above the first key, what an empty line parts from it speaks of the whole file.
    if not top or _FIRST.match(lines[top - 1]):
        empty = [row_above for row_above in range(top, row - 1) if not lines[row_above].strip()]
        top = empty[-1] + 1 if empty else top
    return top


def _find_end(lines: Sequence[str]) -> int:
    """Comments and empty lines at the bottom stay there."""
    end = len(lines)
    while end and (not lines[end - 1].strip() or lines[end - 1].startswith("#")):
        end -= 1
    return end

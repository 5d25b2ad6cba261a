"""An entry pasted in a text: out of its block of code, or out of a message whose lines were cut on the way."""

import re
from collections.abc import Collection

from generator.entries.writer import SCHEMA_LINE

_FENCE = re.compile(r"`{3,9}|~{3,9}")
_KEY = re.compile(r"([a-z][a-z0-9_]*):(?:[ \t]|$)")
_ITEM = re.compile(r"- |#|-$")
_NAMED = re.compile(
    r"(?:cops/[a-z0-9-]{2,40}|content/(?:formations|actualites))/[a-z0-9]{1,80}(?:-[a-z0-9]{1,80}){0,40}\.yml"
)
_ENOUGH = 3
"""Keys of an entry, each at the beginning of its line, by which a text holds one."""
_CUT = 50
"""Signs of the shortest line that a program cuts: they do so near the seventieth or the hundredth."""


def open_fences(text: str) -> str:
    """The text of a block of code, without its fences: who pastes a whole block gives the forge two of them."""
    opened = False
    while True:
        first, *lines = text.strip().split("\n")
        fence = _FENCE.match(first)
        if not (fence and lines):
            break
        closed = lines[-1].startswith(fence[0]) and not lines[-1].strip("`~ ")
        text, opened = "\n".join(lines[:-1] if closed else lines), True
    return text.rstrip("\n") + "\n" if opened else text


def find_entry_text(text: str, keys: Collection[str]) -> str:
    """The entry that stands in a text, from its first key to its last line; empty where there is none.

    `keys` are those of an entry. What somebody wrote before and after is left out; the end of a line that a program cut
    goes back to its place, since nothing of a file begins at the margin but a key, an item or a comment.
    """
    lines = text.split("\n")
    start = next((row for row, line in enumerate(lines) if _reads(line, keys)), len(lines))
    kept = [line for line in lines[max(0, start - 1) : start] if "$schema=" in line]
    for line in lines[start:]:
        blank = not (kept and kept[-1].strip())
        if not line.strip() or line.startswith(" ") or _KEY.match(line) or _ITEM.match(line):
            kept.append(line.rstrip())
        elif blank or _FENCE.match(line) or len(kept[-1]) < _CUT:
            break
        else:
            kept[-1] = f"{kept[-1]} {line.strip()}"
    text = "\n".join(kept).strip("\n") + "\n"
    return text if count_keys(text, keys) >= _ENOUGH else ""


def count_keys(text: str, keys: Collection[str]) -> int:
    """How many keys of an entry begin a line of a text."""
    return len({match[1] for line in text.split("\n") if (match := _reads(line, keys))})


def _reads(line: str, keys: Collection[str]) -> re.Match[str] | None:
    match = _KEY.match(line)
    return match if match and match[1] in keys else None


def add_schema_line(text: str, kind: str) -> str:
    """A file with the line by which editors help, where a message left it out."""
    head = "" if "$schema=" in text[:500] else SCHEMA_LINE.format("../../", kind)
    return f"{head}{text}" if text.endswith("\n") else f"{head}{text}\n"


def find_path(text: str) -> str:
    """The path of an entry that a text names; empty where it names none."""
    named = _NAMED.search(text)
    return named[0] if named else ""

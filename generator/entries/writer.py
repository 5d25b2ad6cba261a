"""The YAML text of an entry, as the repository keeps it.

The rules are those of the form's own writer, assets/entries/writer.js: a test holds both to the same bytes. A text
is written bare where no reader of YAML could take it for something else: on one line, a Latin letter or a digit first,
no colon nor # beside a blank, and nothing that reads as a number or as yes or no, dates excepted. A text of several
lines is a block after `|`, unless it begins with a blank or one of its lines ends with a space. Everything else stands
between double quotes, on one line.
"""

import re
from collections.abc import Mapping
from typing import Any

from generator.entries.rules import DATA, compile_pattern
from generator.entries.schemas.fields import Field, write_simple
from generator.entries.schemas.schema import Schema

SCHEMA_LINE = "# yaml-language-server: $schema={}schema/{}.schema.json\n"
"""First line of every file that a tool writes, so that editors help; nothing requires it."""

_YAML = {name: compile_pattern(pattern) for name, pattern in DATA["yaml"].items()}


def as_yaml(data: Mapping[str, Any], schema: Schema, kind: str, depth: int) -> str:
    """A file's text: the schema's line, then the keys in the schema's order. `depth` counts folders up to the root."""
    return SCHEMA_LINE.format("../" * depth, kind) + (_group(data, schema.fields, "") if data else "{}") + "\n"


def write_item(item: Mapping[str, Any], field: Field | None, margin: str) -> str:
    """One item of a list, after its dash; `margin` is that of its other keys."""
    return _group(item, field, margin)


def _group(data: Mapping[str, Any], field: Field | None, margin: str) -> str:
    """The lines of a mapping, the first one without its margin."""
    children = field.children if field else {}
    keys = [*(key for key in children if key in data), *(key for key in data if key not in children)]
    lines = (f"{_text(key, None)}:{_after(data[key], children.get(key), margin)}" for key in keys)
    return f"\n{margin}".join(lines)


def _after(value: Any, field: Field | None, margin: str) -> str:
    """What follows the colon of a key, or the dash of an item."""
    inner = f"{margin}  "
    if isinstance(value, list):
        return _list(value, field and field.item, inner)
    if isinstance(value, Mapping):
        return f"\n{inner}{_group(value, field, inner)}" if value else " {}"
    # Yes, no and a number stand as they are typed: the schema, not a tag, makes them what they are.
    return f" {_text(value, inner) if isinstance(value, str) else write_simple(value)}"


def _list(values: list[Any], item: Field | None, margin: str) -> str:
    """The words of a list of choices, codes or ids on one line; anything else, one item a line."""
    if all(isinstance(value, str) and _YAML["word"].search(value) for value in values):
        return f" [{', '.join(_text(value, None) for value in values)}]"
    groups = (isinstance(value, Mapping) and value for value in values)
    return "".join(
        f"\n{margin}-" + (f" {_group(value, item, f'{margin}  ')}" if group else _after(value, item, margin))
        for value, group in zip(values, groups, strict=True)
    )


def _text(raw: str, margin: str | None) -> str:
    """One text; `margin` is that of a block, without it the text holds on one line."""
    # A browser's form sends the line ends of Windows; half a sign cannot be written at all.
    value = re.sub("[\ud800-\udfff]", "\ufffd", raw.replace("\r\n", "\n").replace("\r", "\n"))
    other = _YAML["read_otherwise"].search(value.lower()) and not _YAML["date"].search(value)
    if _YAML["bare"].search(value) and not _YAML["not_bare"].search(value) and not other:
        return value
    if margin is not None and "\n" in value and not _YAML["not_block"].search(value):
        lines = (line and f"{margin}{line}" for line in value.removesuffix("\n").split("\n"))
        return "\n".join(["|" if value.endswith("\n") else "|-", *lines])
    return f'"{_YAML["escaped"].sub(_by_number, value)}"'


def _by_number(match: re.Match[str]) -> str:
    """What YAML cannot hold, or cannot be seen, is written by its number."""
    sign, number = match[0], ord(match[0])
    named = {"\n": "\\n", "\t": "\\t", '"': '\\"', "\\": "\\\\"}.get(sign)
    return named or (f"\\x{number:02X}" if number < 0x100 else f"\\u{number:04X}")

"""Entries as YAML, the way a careful person would type them: quotes only where they are needed."""

import json
import re
from collections.abc import Iterator, Mapping
from textwrap import wrap
from typing import Any

from generator.entries.schemas.fields import write_simple

# A text that YAML reads back as it is, whatever the version of YAML: begins with a letter, holds no « : » nor « # ».
_PLAIN = re.compile(r"[A-Za-zÀ-ÿŒœ](?:[^:#\n\"{}\[\],&*|>`@]|:(?=\S))*(?<![\s:])")
_DATE = re.compile(r"\d{4}(?:-\d{2}(?:-\d{2}(?: \d{2}:\d{2})?)?)?")
_SHORT = 90  # a list of words that is not longer stands on one line
_LONG = 110  # a text that is longer is folded


def as_yaml(data: Mapping[str, Any], schema_path: str) -> str:
    """The text of a file; `schema_path` leads from the file's folder to its schema, for editors."""
    lines = [f"# yaml-language-server: $schema={schema_path}", *_mapping(data, "")]
    return "\n".join(lines) + "\n"


def _mapping(data: Mapping[str, Any], margin: str) -> Iterator[str]:
    for key, value in data.items():
        yield from _entry(f"{margin}{key}:", value, margin)


def _entry(start: str, value: Any, margin: str) -> Iterator[str]:
    """`start` is a key with its colon, or the dash of an item; what does not fit follows, two spaces deeper."""
    inner = f"{margin}  "
    if isinstance(value, dict):
        yield start
        yield from _mapping(value, inner)
    elif isinstance(value, list):
        yield from _list(start, value, inner)
    elif isinstance(value, str) and "\n" in value.rstrip("\n"):
        yield f"{start} |"
        yield from (f"{inner}{line}" if line else "" for line in value.rstrip("\n").split("\n"))
    elif isinstance(value, str) and len(value) > _LONG:
        yield f"{start} >-"
        yield from (f"{inner}{line}" for line in wrap(value, _LONG, break_long_words=False, break_on_hyphens=False))
    else:
        yield f"{start} {_scalar(value)}"


def _list(start: str, values: list[Any], inner: str) -> Iterator[str]:
    if not any(isinstance(value, dict) for value in values):
        row = f"{start} [{', '.join(_scalar(value) for value in values)}]"
        if len(row) <= _SHORT:
            yield row
            return
    yield start
    for value in values:
        if isinstance(value, dict):
            first, *rest = _mapping(value, f"{inner}  ")
            yield f"{inner}- {first.lstrip()}"
            yield from rest
        else:
            yield f"{inner}- {_scalar(value)}"


def _scalar(value: Any) -> str:
    if not isinstance(value, str):
        return write_simple(value)
    if _DATE.fullmatch(value) or _PLAIN.fullmatch(value):
        return value
    return json.dumps(value, ensure_ascii=False)  # a JSON text is a quoted YAML text

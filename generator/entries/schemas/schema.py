"""The JSON Schemas of schema/: typing of the text that was read, and every breach as a Problem in French.

The schema is the only place of rules. Two annotations choose the words: `x-motif` beside a `pattern` names what is
expected there, `x-regle` beside an `if` names the condition.
"""

import json
import re
import unicodedata
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from jsonschema_rs import ValidationError, Validator

from generator.entries.schemas.breaches import say
from generator.entries.schemas.fields import NULL, Field, make_fields
from generator.entries.schemas.guesses import Node
from generator.entries.schemas.reasons import find_breaches
from generator.entries.schemas.verdict import compile_schema
from generator.entries.tree import read_plain
from generator.entries.yaml.source import Source
from generator.failures import UnreadableRules
from generator.problems.problem import Problem

ENDING = ".schema.json"
MAX_SCHEMA_BYTES = 1_000_000


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of file: the schema as published, the same with `$ref` inlined, and what checks against it."""

    published: Node
    inlined: Node
    fields: Field  # the same as a tree of fields: the file's, and below it each key
    validator: Validator  # whether data keep the rules, and which they break
    keys: frozenset[str]  # every name of a key, at any depth

    def check(self, source: Source) -> tuple[Node, list[Problem]]:
        """Typed data and the breaches of one file that could be read."""
        if source.data is None:
            raise ValueError(f"{source.path} could not be read")
        data = type_data(source.data, self.fields)
        if self.validator.is_valid(data):  # as nearly every file is
            return data, []
        return data, say(find_breaches(source, data, self.inlined, self.fields, self.validator))


def load_schema(folder: Path, name: str) -> Schema:
    """Read `schema/<name>.schema.json`. Raises NotPlain, UnreadableRules, OSError."""
    path = folder / f"{name}{ENDING}"
    published = _read_json(path)
    try:
        inlined = inline(published, published.get("$defs", {}))
        validator = compile_schema(inlined)
        fields = make_fields(inlined)
    except RecursionError:
        raise UnreadableRules(str(path)) from None
    except ValidationError as error:
        place = ".".join(map(str, error.instance_path))
        raise UnreadableRules(f"{path}, « {place} » n’est pas du JSON Schema") from None
    except ValueError as error:
        raise UnreadableRules(f"{path}, {error}") from None
    names = frozenset(field.name for field in fields.walk())
    return Schema(published, inlined, fields, validator, names)


def read_published(folder: Path) -> dict[str, bytes]:
    """The schemas of a folder as they are published, by name of file."""
    return {path.name: read_plain(path, MAX_SCHEMA_BYTES) for path in sorted(folder.glob(f"*{ENDING}"))}


def _read_json(path: Path) -> Node:
    try:
        published: Node = json.loads(read_plain(path, MAX_SCHEMA_BYTES))
    except (ValueError, RecursionError):
        raise UnreadableRules(str(path)) from None
    return published


def inline(node: Any, definitions: Node) -> Any:
    """Replace each `$ref` by what it names, once: following it at every value costs a third of the time."""
    if isinstance(node, list):
        return [inline(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    plain = {key: inline(value, definitions) for key, value in node.items() if key not in {"$ref", "$defs"}}
    if "$ref" not in node:
        return plain
    name = node["$ref"].removeprefix("#/$defs/")
    if name not in definitions:
        raise ValueError(f"« $ref » nomme « {name} », qui n’est pas dans « $defs »")
    target = inline(definitions[name], definitions)
    return target | plain  # what stands beside the reference (title, help) wins


def type_data(value: Any, field: Field | None) -> Any:
    """What was read, as text at every depth, becomes what the schema says; what it does not know stays as it is."""
    if isinstance(value, str):
        return _typed_text(value, field)
    if isinstance(value, list):
        return [type_data(item, field and field.item) for item in value]
    if not isinstance(value, dict):  # an example of the schema, which is typed already
        return value
    children = field.children if field else {}
    return {key: type_data(child, children.get(key)) for key, child in value.items()}


def _typed_text(value: str, field: Field | None) -> Any:
    """A text that is no number, or neither yes nor no, stays a text, which the check refuses."""
    if field and value in field.typed:
        return field.typed[value]
    if field and field.nullable and value == NULL:
        return None
    if field and field.kind in _TYPES and (typed := _TYPES[field.kind](value, field)) is not None:
        return typed
    # A folded text (`resume: >`, `>+`) ends with line breaks that nobody means. « é » typed in two signs is one.
    text = value.rstrip("\n")
    return text if text.isascii() else unicodedata.normalize("NFC", text)


_INTEGER = re.compile(r"-?[0-9]{1,15}")
_NUMBER = re.compile(r"-?\d{1,15}(?:[.,]\d{1,4})?", re.ASCII)


def _read_integer(value: str, _field: Field) -> int | None:
    return int(value) if _INTEGER.fullmatch(value) else None


def _read_number(value: str, _field: Field) -> int | float | None:
    if not _NUMBER.fullmatch(value):
        return None
    number = float(value.replace(",", "."))
    return int(number) if number.is_integer() else number


def _read_answer(value: str, field: Field) -> bool | None:
    answers = dict(zip((choice.value for choice in field.choices), (True, False), strict=True))
    return answers.get(value)


_TYPES: Mapping[str, Callable[[str, Field], Any]] = {
    "integer": _read_integer,
    "number": _read_number,
    "boolean": _read_answer,
}

"""The JSON Schemas of schema/: typing of the text that was read, and every breach as a Problem in French.

The schema is the only place of rules. Two annotations choose the words: `x-motif` beside a `pattern` names what is
expected there, `x-regle` beside an `if` names the condition.
"""

import json
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.entries.schemas.fields import Field, make_fields
from generator.entries.schemas.fits import Fits, compiled
from generator.entries.schemas.guesses import Node
from generator.entries.yaml.source import Source
from generator.problems.problem import Problem


@dataclass(frozen=True, slots=True)
class Schema:
    """One kind of file: the schema as published, the same with `$ref` inlined, and what checks against it."""

    published: Node
    inlined: Node
    fields: Field  # the same as a tree of fields: the file's, and below it each key
    validator: Fits  # whether data keep the rules
    keys: frozenset[str] = frozenset()  # every name of a key, at any depth
    reasons: "Reasons | None" = None  # why data break them

    def check(self, source: Source) -> tuple[Node, list[Problem]]:
        """Typed data and the breaches of one file that could be read."""
        if source.data is None:
            raise ValueError(f"{source.path} could not be read")
        data = type_data(source.data, self.inlined)
        if self.validator(data):
            return data, []
        reasons = self.reasons or Reasons(self.inlined)
        return data, reasons.problems(source, data)


class Reasons:
    """The library's validator of one schema, made when a first file breaks it: its import alone takes 0.1 s."""

    def __init__(self, schema: Node) -> None:
        self.schema = schema
        self.made: Any = None

    def problems(self, source: Source, data: Node) -> list[Problem]:
        """What is said of the data of one file."""
        from generator.entries.schemas import reasons

        self.made = self.made or reasons.validator()(self.schema)
        return reasons.say(reasons.breaches(source, data, self.schema, self.made))


def load_schema(folder: Path, name: str) -> Schema:
    """Read `schema/<name>.schema.json`."""
    published = json.loads((folder / f"{name}.schema.json").read_text(encoding="utf-8"))
    inlined = _inline(published, published.get("$defs", {}))
    fields = make_fields(inlined)
    names = frozenset(field.name for field in fields.walk())
    return Schema(published, inlined, fields, compiled(inlined), names, Reasons(inlined))


def _inline(node: Any, definitions: Node) -> Any:
    """Replace each `$ref` by what it names, once: following it at every value costs a third of the time."""
    if isinstance(node, list):
        return [_inline(item, definitions) for item in node]
    if not isinstance(node, dict):
        return node
    plain = {key: _inline(value, definitions) for key, value in node.items() if key not in {"$ref", "$defs"}}
    if "$ref" not in node:
        return plain
    target = _inline(definitions[node["$ref"].removeprefix("#/$defs/")], definitions)
    return target | plain  # what stands beside the reference (title, help) wins


def type_data(value: Any, schema: Node) -> Any:
    """Text becomes a number only where the schema says exactly `integer`; settings also know true, false and null."""
    if isinstance(value, str):
        kind = schema.get("type")
        # A folded text (`resume: >`) ends with a line break that nobody wrote.
        return value.removesuffix("\n") if kind == "string" else _typed_text(value, kind)
    if isinstance(value, list):
        items = schema.get("items", {})
        return [type_data(item, items) for item in value]
    properties = schema.get("properties", {})
    return {key: type_data(item, properties.get(key, {})) for key, item in value.items()}


_WORDS_OF_TYPES: Mapping[str, Mapping[str, Any]] = {"boolean": {"true": True, "false": False}, "null": {"null": None}}


def _typed_text(value: str, kind: Any) -> Any:
    if kind == "integer":
        return int(value) if value.isascii() and value.isdigit() and len(value) <= 15 else value
    for name in kind if isinstance(kind, list) else [kind]:
        words = _WORDS_OF_TYPES.get(name, {})
        if value in words:
            return words[value]
    return value.removesuffix("\n")

"""French labels of the closed values: each `enum` of the schemas beside its `enumDescriptions`."""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

from generator.entries.schemas.schema import Schema

Choices = Mapping[str, str]  # value → label, in the order of the schema


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by the dotted names that lead to a value, without list indexes: `cop.statut`, `cop.rencontres.statut`."""

    _by_path: Mapping[str, Choices]

    def of(self, path: str, value: str) -> str:
        """The label of one value; KeyError where the path has no closed values or the value is none of them."""
        return self._by_path[path][value]

    def choices(self, path: str) -> Choices:
        """Every value with its label; KeyError where the path has no closed values."""
        return self._by_path[path]


def load_labels(schemas: Mapping[str, Schema]) -> Labels:
    """The labels of the schemas, each under its kind: `cop`, `formation`, `actualite`. ValueError if one is missing."""
    found = {path: choices for kind, schema in schemas.items() for path, choices in _walk(schema.inlined, kind)}
    return Labels(MappingProxyType(found))


def _walk(node: Mapping[str, Any], path: str) -> Iterator[tuple[str, Choices]]:
    if "enum" in node:
        labels = node.get("enumDescriptions", ())
        if len(labels) != len(node["enum"]):
            raise ValueError(f"{path}: {len(node['enum'])} values and {len(labels)} labels in the schema")
        yield path, MappingProxyType(dict(zip(node["enum"], labels, strict=True)))
    for name, child in node.get("properties", {}).items():
        yield from _walk(child, f"{path}.{name}")
    if "items" in node:
        yield from _walk(node["items"], path)

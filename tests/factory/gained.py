"""Answers to the keys that a schema gains, so that fictitious entries hold them the day they exist."""

from collections.abc import Mapping
from typing import Any

from msgspec import Struct

from generator.entries.example import sample_value
from generator.entries.schemas.fields import Field
from generator.entries.schemas.schema import load_schema
from generator.model.fields import ActualiteFields, CopFields, FormationFields
from generator.model.others import list_unplaced
from tests.factory.parts import Draw
from tests.support.paths import ROOT

Data = dict[str, Any]
STRUCTURES: Mapping[str, type[Struct]] = {
    "cop": CopFields,
    "formation": FormationFields,
    "actualite": ActualiteFields,
}
GAINED = {
    kind: tuple(list_unplaced(load_schema(ROOT / "schema", kind).fields, own)) for kind, own in STRUCTURES.items()
}


def answer_gained(d: Draw, kind: str, data: Data) -> Data:
    """The entry, with an answer to each such key of the groups and items that it has."""
    for field in GAINED[kind]:
        *around, name = field.place
        for group in _groups(data, around):
            group[str(name)] = _answer(d, field)
    return data


def _groups(data: Any, steps: list[str | int]) -> list[Data]:
    """The mappings that the steps lead to, 0 standing for each item."""
    if not steps:
        return [data]
    inside = data if steps[0] == 0 else [data[steps[0]]] if steps[0] in data else []
    return [group for each in inside for group in _groups(each, steps[1:])]


def _answer(d: Draw, field: Field) -> Any:
    """A choice in turn; of anything else, the schema's example."""
    if field.labels:
        values = list(field.labels)
        value = values[d.index % len(values)]
        return [value] if field.item else value
    return sample_value(field, "2026-11-24")

"""The minimal entries that the site offers to copy, from the examples of the schemas."""

from typing import Any

from generator.entries.schemas.fields import Field
from generator.entries.schemas.schema import Schema, type_data
from generator.entries.writer import as_yaml


def example_entry(schema: Schema, today: str) -> dict[str, Any]:
    """The minimal entry: each required key with the schema's example, the day of entry being today."""
    required = {name: field for name, field in schema.fields.children.items() if field.required}
    sample = {name: today if field.is_day_of_entry else sample_value(field, today) for name, field in required.items()}
    typed: dict[str, Any] = type_data(sample, schema.fields)
    return typed


def sample_value(field: Field, today: str) -> Any:
    """The schema's first example; without any, something that may stand there."""
    if field.examples:
        return field.examples[0]
    if field.item:
        return [sample_value(field.item, today)]
    if field.children:
        return {name: sample_value(child, today) for name, child in field.children.items() if child.required}
    known = {"integer": 1, "number": 1, "date": today, "url": "https://exemple.example/"}
    return next(iter(field.labels), known.get(field.kind, "…"))


def example_file(schema: Schema, kind: str, today: str) -> str:
    """The file that the site offers to copy."""
    return as_yaml(example_entry(schema, today), schema, kind, 2)


def example_meeting(schema: Schema) -> str:
    """The lines that announce a meeting, in the file of a COP."""
    data = {"rencontres": [schema.fields["rencontres"].element.examples[0]]}
    return as_yaml(data, schema, "cop", 2).partition("\n")[2]

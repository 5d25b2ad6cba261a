"""The minimal entries that the site offers to copy, from the examples of the schemas."""

from typing import Any

from generator.entries.schemas.schema import Schema
from generator.entries.writer import as_yaml


def example_entry(schema: Schema, today: str) -> dict[str, Any]:
    """The minimal entry: each required key with the schema's example, the day of entry being today."""
    required = {name: field for name, field in schema.fields.children.items() if field.required}
    return {name: today if field.is_day_of_entry else field.examples[0] for name, field in required.items()}


def example_file(schema: Schema, kind: str, today: str) -> str:
    """The file that the site offers to copy."""
    return as_yaml(example_entry(schema, today), schema, kind, 2)


def example_meeting(schema: Schema) -> str:
    """The lines that announce a meeting, in the file of a COP."""
    data = {"rencontres": [schema.fields["rencontres"].element.examples[0]]}
    return as_yaml(data, schema, "cop", 2).partition("\n")[2]

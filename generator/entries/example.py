"""The minimal entry that the site offers to copy, from the examples of the schema."""

from typing import Any

from generator.entries.schemas.schema import Schema
from generator.entries.writer import as_yaml


def example_entry(schema: Schema, today: str) -> dict[str, Any]:
    """The minimal entry: each required key with the schema's example."""
    required = {name: field for name, field in schema.fields.children.items() if field.required}
    return {name: field.examples[0] for name, field in required.items()} | {"inscrite_le": today}


def example_file(schema: Schema, today: str) -> str:
    """The file that the site offers to copy."""
    return as_yaml(example_entry(schema, today), schema, "cop", 2)

"""Whether data keep a schema, answered in microseconds, and each rule that they break, by jsonschema-rs.

What JSON Schema cannot say is a keyword of ours: a text whose `x-motif` is that of a date is in the calendar.
"""

from typing import Any

from jsonschema_rs import Draft202012Validator, Validator

from generator.entries.schemas.fields import DATES
from generator.entries.schemas.guesses import Node, is_calendar


class _Motif:
    """The keyword `x-motif`, for the library."""

    def __init__(self, _around: Node, motif: str, _path: Any) -> None:
        self.is_date = motif in DATES

    def validate(self, value: Any) -> None:
        if self.is_date and isinstance(value, str) and not is_calendar(value):
            raise ValueError(value)


def compile_schema(schema: Node) -> Validator:
    """What judges by a schema, `$ref` inlined."""
    # The published address is relative, which means nothing to what was read.
    rules = {key: value for key, value in schema.items() if key != "$id"}
    return Draft202012Validator(rules, keywords={"x-motif": _Motif})

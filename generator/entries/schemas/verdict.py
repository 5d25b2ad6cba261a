"""Whether data keep a schema, answered in microseconds, and each rule that they break, by jsonschema-rs.

What JSON Schema cannot say is a keyword of ours: a text whose `x-motif` is that of a date is in the calendar.
"""

from typing import Any

from jsonschema_rs import Draft202012Validator, Validator

from generator.entries.schemas.fields import DATES
from generator.entries.schemas.guesses import Node, is_calendar


class _Calendar:
    """The keyword `x-motif` of a date, for the library."""

    def __init__(self, _around: Node, _motif: str, _path: Any) -> None:
        pass

    def validate(self, value: Any) -> None:
        if isinstance(value, str) and not is_calendar(value):
            raise ValueError(value)


def compile_schema(schema: Node) -> Validator:
    """What judges by a schema, `$ref` inlined."""
    # The published address is relative, which means nothing to what was read.
    rules = {key: value for key, value in schema.items() if key != "$id"}
    return Draft202012Validator(_keep_dates(rules), keywords={"x-motif": _Calendar})


def _keep_dates(node: Any) -> Any:
    """The schema without the motifs of other texts: asking Python about each one costs more than all else."""
    if isinstance(node, list):
        return [_keep_dates(item) for item in node]
    if not isinstance(node, dict):
        return node
    return {key: _keep_dates(value) for key, value in node.items() if key != "x-motif" or value in DATES}

"""Whether data keep a schema, answered in microseconds: nearly every file is right, and only a wrong one needs reasons.

jsonschema-rs says yes or no for the whole file; what JSON Schema cannot say, that a date is in the calendar, is added.
"""

from collections.abc import Callable
from typing import Any

from jsonschema_rs import Draft202012Validator

from generator.entries.schemas.fields import DATES
from generator.entries.schemas.guesses import Node, is_calendar

Fits = Callable[[Any], bool]


def compile_fits(schema: Node) -> Fits:
    """The question as a function, for a schema or a part of one, `$ref` inlined."""
    # The published address is relative, which means nothing to a part alone.
    rules = Draft202012Validator({key: value for key, value in schema.items() if key != "$id"}).is_valid
    dates = _dates(schema)
    return (lambda data: rules(data) and dates(data)) if dates else rules


def _dates(schema: Node) -> Fits | None:
    """Whether each date within is in the calendar; None where a schema holds no date."""
    if schema.get("x-motif") in DATES:
        return lambda value: not isinstance(value, str) or is_calendar(value)
    keys = {key: test for key, about in schema.get("properties", {}).items() if (test := _dates(about))}
    each = _dates(schema["items"]) if "items" in schema else None
    if each:
        return lambda value: not isinstance(value, list) or all(map(each, value))
    if keys:
        return lambda value: (
            not isinstance(value, dict) or all(test(value[key]) for key, test in keys.items() if key in value)
        )
    return None


class Parts:
    """The same question for any part of a schema, each compiled when it is first asked."""

    def __init__(self) -> None:
        self._made: dict[int, Fits] = {}

    def fit(self, part: Node, value: Any) -> bool:
        """`part` is an object of the schema in use: it is known by its identity."""
        fits = self._made.get(id(part))
        if fits is None:
            fits = self._made[id(part)] = compile_fits(part)
        return fits(value)

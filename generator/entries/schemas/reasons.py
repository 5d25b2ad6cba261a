"""Why data break a schema: jsonschema names each rule that is broken, `breaches` says it in French."""

import re
from collections.abc import Iterator
from typing import Any

from jsonschema import Draft202012Validator, validators
from jsonschema.exceptions import ValidationError

from generator.entries.schemas.breaches import Breach, say
from generator.entries.schemas.fields import DATES, Field
from generator.entries.schemas.fits import Parts
from generator.entries.schemas.guesses import Node, is_calendar
from generator.entries.yaml.source import Source

__all__ = ["find_breaches", "say"]


def find_breaches(source: Source, data: Node, root: Node, fields: Field, validator: Any) -> Iterator[Breach]:
    """Each rule that the typed data of a file break, in the order of their places."""
    for error in sorted(validator.iter_errors(data), key=lambda error: [str(step) for step in error.absolute_path]):
        yield _breach(source, root, fields, error)


def validator() -> Any:
    """The library's validator, which does not enter the parts of the data that fit: nine tenths of them."""
    parts = Parts()

    def properties(own: Any, known: Node, instance: Any, _: Node) -> Iterator[ValidationError]:
        if isinstance(instance, dict):
            for key, about in known.items():
                if key in instance and not parts.fit(about, instance[key]):
                    yield from own.descend(instance[key], about, path=key, schema_path=key)

    def items(own: Any, about: Node, instance: Any, _: Node) -> Iterator[ValidationError]:
        if isinstance(instance, list):
            for index, item in enumerate(instance):
                if not parts.fit(about, item):
                    yield from own.descend(item, about, path=index)

    keywords = {"pattern": _pattern, "properties": properties, "items": items}
    return validators.extend(Draft202012Validator, keywords)  # type: ignore[no-untyped-call]


def _pattern(validator: Any, pattern: str, instance: Any, schema: Node) -> Iterator[ValidationError]:
    """A date fits its pattern only if it is in the calendar."""
    del validator
    if isinstance(instance, str) and (
        not re.search(pattern, instance) or (schema.get("x-motif") in DATES and not is_calendar(instance))
    ):
        yield ValidationError(f"{instance!r} does not match {pattern!r}")


def _breach(source: Source, root: Node, fields: Field, error: Any) -> Breach:
    where = tuple(error.absolute_path)
    keyword, rule = error.validator, _rule(root, error)
    missing = ""
    if keyword == "required":  # one error for each missing key, which only its sentence names
        missing = next((key for key in error.validator_value if error.message.startswith(f"{key!r} ")), "")
    expected, motif = error.validator_value, error.schema.get("x-motif", "")
    return Breach(source, fields, where, keyword, expected, error.instance, motif, missing, rule)


_CONDITIONS = {"if", "then", "else", "allOf", "anyOf", "not"}


def _rule(root: Node, error: Any) -> str | None:
    """The `x-regle` nearest to the breach, met on the way from the root of the schema."""
    node: Any = root
    rule: str | None = None
    for step in error.absolute_schema_path:
        if isinstance(node, dict) and step in _CONDITIONS:
            rule = node.get("x-regle", rule)
        node = node[step] if isinstance(node, list) or step in node else {}
    return rule

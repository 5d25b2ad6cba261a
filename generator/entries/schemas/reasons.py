"""Why data break a schema: the library names each rule that is broken, `breaches` says it in French."""

from collections.abc import Iterable, Iterator
from typing import Any

from jsonschema_rs import ValidationError, ValidationErrorKind, Validator

from generator.entries.schemas.breach import Breach
from generator.entries.schemas.fields import Field
from generator.entries.schemas.guesses import Node
from generator.entries.yaml.source import Source


def find_breaches(source: Source, data: Node, root: Node, fields: Field, validator: Validator) -> Iterator[Breach]:
    """Each rule that the typed data of a file break."""
    for error in validator.iter_errors(data):
        yield _breach(source, data, root, fields, error)


def _breach(source: Source, data: Node, root: Node, fields: Field, error: ValidationError) -> Breach:
    where, (*way, keyword) = tuple(error.instance_path), error.schema_path
    around = _follow(root, way)
    expected = around[keyword]
    if isinstance(error.kind, ValidationErrorKind.FalseSchema):  # the last step is the key that may not stand there
        keyword, around = "false", {}
    if keyword == "x-motif":  # a date that is not in the calendar breaks its pattern
        keyword = "pattern"
    missing = error.kind.property if isinstance(error.kind, ValidationErrorKind.Required) else ""
    motif, found = around.get("x-motif", ""), _follow(data, where)
    rule = _rule(root, error.schema_path)
    return Breach(source, fields, where, str(keyword), expected, found, motif, missing, rule)


def _follow(node: Any, way: Iterable[str | int]) -> Any:
    for step in way:
        node = node[step]
    return node


_CONDITIONS = {"if", "then", "else", "allOf", "anyOf", "oneOf", "not"}


def _rule(root: Node, way: Iterable[str | int]) -> str | None:
    """The `x-regle` nearest to the breach, met on the way from the root of the schema."""
    node: Any = root
    rule: str | None = None
    for step in way:
        if isinstance(node, dict) and step in _CONDITIONS:
            rule = node.get("x-regle", rule)
        node = node[step]
    return rule

"""The frozen objects hold what the schemas say: names, nesting, kinds, what may be absent, what stands in its place.

A key that a schema gains needs no line there: `others` tells it as it is. A line that no schema bears is a mistake.
"""

from collections.abc import Iterator
from types import NoneType
from typing import Any, get_args, get_origin

import pytest
from msgspec import NODEFAULT, structs

from generator.entries.schemas.fields import Field
from generator.model.fields import ActualiteFields, CopFields, FormationFields
from tests.support.annuaires import SCHEMAS

STRUCTURES = {"cop": CopFields, "formation": FormationFields, "actualite": ActualiteFields}
TYPES: dict[str, type] = {"integer": int, "number": float, "boolean": bool}
"""Of the kinds that are no text."""


def differences(field: Field, struct: Any) -> Iterator[str]:
    for own in structs.fields(struct):
        child = field.children.get(own.name)
        if child is None:
            yield f"{struct.__name__}.{own.name}: no such key in {field.path or 'the file'}"
            continue
        bare, optional = _bare(own.type)
        has_default = own.default is not NODEFAULT or own.default_factory is not NODEFAULT
        if child.required and optional:
            yield f"{child.path}: required, and optional in {struct.__name__}"
        if not child.required and not has_default:
            yield f"{child.path}: optional, and required in {struct.__name__}"
        if child.default is not None and own.default != child.default:
            yield f"{child.path}: {child.default!r} where it is absent, and {own.default!r} in {struct.__name__}"
        yield from _kinds(child, bare)


def _bare(kind: Any) -> tuple[Any, bool]:
    """A type without None, and whether it had it."""
    arms = [arm for arm in get_args(kind) if arm is not NoneType] if NoneType in get_args(kind) else [kind]
    return arms[0], NoneType in get_args(kind)


def _kinds(field: Field, kind: Any) -> Iterator[str]:
    if field.item:
        if get_origin(kind) is not tuple:
            yield f"{field.path}: a list, and {kind} in Python"
        else:
            yield from _kinds(field.item, get_args(kind)[0])
    elif field.kind == "object":
        yield from differences(field, kind)
    elif kind is not TYPES.get(field.kind, str):
        yield f"{field.path}: {field.kind}, and {kind} in Python"


@pytest.mark.parametrize("name", STRUCTURES)
def test_the_objects_are_those_of_the_schema(name: str) -> None:
    assert list(differences(SCHEMAS[name].fields, STRUCTURES[name])) == []

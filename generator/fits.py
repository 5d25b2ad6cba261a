"""A schema as one function that answers yes or no: nearly every file is right, and only a wrong one needs reasons.

jsonschema takes 1 ms a file because it builds a validator for each value; this takes a tenth of it. It knows the
keywords that our schemas use and refuses to load another one; tests/test_schemas.py holds it against the library.
"""

import re
from collections.abc import Callable, Mapping
from typing import Any

from generator.guesses import DATES, Node, is_calendar

Fits = Callable[[Any], bool]

_TYPES: Mapping[str, tuple[type, ...]] = {
    "string": (str,),
    "integer": (int,),
    "number": (int, float),
    "object": (dict,),
    "array": (list,),
    "boolean": (bool,),
    "null": (type(None),),
}

_OF_OBJECTS = ("properties", "required", "additionalProperties")  # together, in `_object`
_ANNOTATIONS = ("$schema", "$id", "$comment", "title", "description", "examples", "enumDescriptions", "default")
_KNOWN = frozenset((*_OF_OBJECTS, *_ANNOTATIONS, "then", "else"))  # the last two go with `if`


def compiled(schema: Node) -> Fits:
    """The function of one schema, `$ref` inlined. Raises ValueError on a keyword that it does not know."""
    tests = [_object(schema)] if any(keyword in schema for keyword in _OF_OBJECTS) else []
    for keyword, value in schema.items():
        if keyword in _MAKERS:
            tests.append(_MAKERS[keyword](value, schema))
        elif keyword not in _KNOWN and not keyword.startswith("x-"):
            raise ValueError(f"keyword of a schema not known here: {keyword}")
    if len(tests) == 1:
        return tests[0]
    return lambda value: all([test(value) for test in tests])  # noqa: C419 (a list is twice as fast as a generator)


def _type(names: str | list[str], _: Node) -> Fits:
    wanted = [names] if isinstance(names, str) else names
    # Exact classes: for Python True is an int, for JSON Schema it is not.
    classes = frozenset(kind for name in wanted for kind in _TYPES[name])
    return lambda value: value.__class__ in classes


def _object(schema: Node) -> Fits:
    """`properties`, `required` and `additionalProperties` together, in one pass over the keys."""
    properties = {key: compiled(about) for key, about in schema.get("properties", {}).items()}
    required = tuple(schema.get("required", ()))
    closed = schema.get("additionalProperties") is False

    def fits(value: Any) -> bool:
        if value.__class__ is not dict:
            return True
        for key in required:
            if key not in value:
                return False
        for key, held in value.items():
            check = properties.get(key)
            if check is None:
                if closed:
                    return False
            elif not check(held):
                return False
        return True

    return fits


def _items(schema: Node, _: Node) -> Fits:
    one = compiled(schema)
    return lambda value: value.__class__ is not list or all(map(one, value))


def _enum(choices: list[Any], _: Node) -> Fits:
    known = {(choice.__class__, choice) for choice in choices}
    return lambda value: value.__class__ not in {dict, list} and (value.__class__, value) in known


def _pattern(pattern: str, schema: Node) -> Fits:
    search = re.compile(pattern).search
    if schema.get("x-motif") in DATES:
        return lambda value: value.__class__ is not str or (search(value) is not None and is_calendar(value))
    return lambda value: value.__class__ is not str or search(value) is not None


def _length(classes: set[type], good: Callable[[int, int], bool]) -> Callable[[int, Node], Fits]:
    return lambda limit, _: lambda value: value.__class__ not in classes or good(len(value), limit)


def _number(good: Callable[[float, float], bool]) -> Callable[[float, Node], Fits]:
    return lambda limit, _: lambda value: value.__class__ not in {int, float} or good(value, limit)


def _unique(wanted: bool, _: Node) -> Fits:
    return lambda value: (
        not wanted or value.__class__ is not list or all(one not in value[:at] for at, one in enumerate(value))
    )


def _all(schemas: list[Node], _: Node) -> Fits:
    each = [compiled(schema) for schema in schemas]
    return lambda value: all([one(value) for one in each])  # noqa: C419


def _any(schemas: list[Node], _: Node) -> Fits:
    each = [compiled(schema) for schema in schemas]
    return lambda value: any(one(value) for one in each)


def _not(schema: Node, _: Node) -> Fits:
    one = compiled(schema)
    return lambda value: not one(value)


def _if(condition: Node, schema: Node) -> Fits:
    when, then, other = (compiled(part) for part in (condition, schema.get("then", {}), schema.get("else", {})))
    return lambda value: then(value) if when(value) else other(value)


_MAKERS: Mapping[str, Callable[[Any, Node], Fits]] = {
    "type": _type,
    "items": _items,
    "enum": _enum,
    "const": lambda value, schema: _enum([value], schema),
    "pattern": _pattern,
    "minLength": _length({str}, lambda size, limit: size >= limit),
    "maxLength": _length({str}, lambda size, limit: size <= limit),
    "minItems": _length({list}, lambda size, limit: size >= limit),
    "maxItems": _length({list}, lambda size, limit: size <= limit),
    "uniqueItems": _unique,
    "minimum": _number(lambda value, limit: value >= limit),
    "maximum": _number(lambda value, limit: value <= limit),
    "allOf": _all,
    "anyOf": _any,
    "not": _not,
    "if": _if,
}

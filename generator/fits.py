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


Parts = dict[int, Fits]
"""The function of each part of a schema, by the part's `id`: the schema must be kept as long as they are."""


def compiled(schema: Node, parts: Parts) -> Fits:
    """The function of one schema, `$ref` inlined; those of its parts go into `parts`.

    Raises ValueError on a keyword that it does not know.
    """
    tests = [_object(schema, parts)] if any(keyword in schema for keyword in _OF_OBJECTS) else []
    for keyword, value in schema.items():
        if keyword in _MAKERS:
            tests.append(_MAKERS[keyword](value, schema, parts))
        elif keyword not in _KNOWN and not keyword.startswith("x-"):
            raise ValueError(f"keyword of a schema not known here: {keyword}")
    parts[id(schema)] = tests[0] if len(tests) == 1 else _every(tests)
    return parts[id(schema)]


def _every(tests: list[Fits]) -> Fits:
    def fits(value: Any) -> bool:
        for test in tests:  # noqa: SIM110 (a loop is twice as fast as `all` of a generator)
            if not test(value):
                return False
        return True

    return fits


def _type(names: str | list[str], *_: Any) -> Fits:
    wanted = [names] if isinstance(names, str) else names
    # Exact classes: for Python True is an int, for JSON Schema it is not.
    classes = frozenset(kind for name in wanted for kind in _TYPES[name])
    return lambda value: value.__class__ in classes


def _object(schema: Node, parts: Parts) -> Fits:
    """`properties`, `required` and `additionalProperties` together, in one pass over the keys."""
    properties = {key: compiled(about, parts) for key, about in schema.get("properties", {}).items()}
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


def _items(schema: Node, _: Node, parts: Parts) -> Fits:
    one = compiled(schema, parts)
    return lambda value: value.__class__ is not list or all(map(one, value))


def _enum(choices: list[Any], *_: Any) -> Fits:
    known = {(choice.__class__, choice) for choice in choices}
    return lambda value: value.__class__ not in {dict, list} and (value.__class__, value) in known


def _pattern(pattern: str, schema: Node, _: Parts) -> Fits:
    search = re.compile(pattern).search
    if schema.get("x-motif") in DATES:
        return lambda value: value.__class__ is not str or (search(value) is not None and is_calendar(value))
    return lambda value: value.__class__ is not str or search(value) is not None


def _length(kind: type[Any], good: Callable[[int, int], bool]) -> Callable[..., Fits]:
    def made(limit: int, *_: Any) -> Fits:
        return lambda value: not isinstance(value, kind) or good(len(value), limit)

    return made


def _number(good: Callable[[float, float], bool]) -> Callable[..., Fits]:
    def made(limit: float, *_: Any) -> Fits:
        return lambda value: value.__class__ not in {int, float} or good(value, limit)

    return made


def _unique(wanted: bool, *_: Any) -> Fits:
    return lambda value: (
        not wanted or value.__class__ is not list or all(one not in value[:at] for at, one in enumerate(value))
    )


def _all(schemas: list[Node], _: Node, parts: Parts) -> Fits:
    return _every([compiled(schema, parts) for schema in schemas])


def _any(schemas: list[Node], _: Node, parts: Parts) -> Fits:
    each = [compiled(schema, parts) for schema in schemas]
    return lambda value: any(one(value) for one in each)


def _not(schema: Node, _: Node, parts: Parts) -> Fits:
    one = compiled(schema, parts)
    return lambda value: not one(value)


def _if(condition: Node, schema: Node, parts: Parts) -> Fits:
    when, then, other = (compiled(part, parts) for part in (condition, schema.get("then", {}), schema.get("else", {})))
    return lambda value: then(value) if when(value) else other(value)


_MAKERS: Mapping[str, Callable[..., Fits]] = {
    "type": _type,
    "items": _items,
    "enum": _enum,
    "const": lambda value, *_: _enum([value]),
    "pattern": _pattern,
    "minLength": _length(str, lambda size, limit: size >= limit),
    "maxLength": _length(str, lambda size, limit: size <= limit),
    "minItems": _length(list, lambda size, limit: size >= limit),
    "maxItems": _length(list, lambda size, limit: size <= limit),
    "uniqueItems": _unique,
    "minimum": _number(lambda value, limit: value >= limit),
    "maximum": _number(lambda value, limit: value <= limit),
    "allOf": _all,
    "anyOf": _any,
    "not": _not,
    "if": _if,
}

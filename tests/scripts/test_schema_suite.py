"""Both readings of a schema, in Python and in the script, know all that our schemas say, and say it as the standard.

The official suite of JSON Schema comes with the sources of the library that we use; what is tried of it is what our
schemas may say: their keywords, and `$ref` where it names one of the `$defs`.
"""

import json
import re
import tarfile
from collections.abc import Iterator
from importlib.metadata import version
from typing import Any

import pytest

from generator.entries.schemas.schema import inline
from generator.entries.schemas.verdict import compile_schema
from tests.support import pypi
from tests.support.browser import Scripts
from tests.support.paths import ROOT

WHERE_SCHEMAS_STAND = ("items", "additionalProperties", "not", "if", "then", "else", "contains", "propertyNames")
SUITE = re.compile(r"[^/]+/json/tests/draft2020-12/[^/]+\.json")


def children(schema: dict[str, Any]) -> Iterator[tuple[str, Any]]:
    """Each schema that stands in a schema, with its keyword."""
    for keyword, value in schema.items():
        if keyword in {"properties", "$defs", "patternProperties"}:
            yield from ((keyword, child) for child in value.values())
        elif keyword in {"allOf", "anyOf", "oneOf"}:
            yield from ((keyword, child) for child in value)
        elif keyword in WHERE_SCHEMAS_STAND:
            yield keyword, value


def nodes(schema: dict[str, Any]) -> Iterator[dict[str, Any]]:
    """A schema and each schema within it, but for a mere true or false."""
    yield schema
    for _, child in children(schema):
        if isinstance(child, dict):
            yield from nodes(child)


def keywords(schema: Any) -> set[str]:
    """What a schema says, our own annotations left out."""
    return {keyword for node in nodes(schema) for keyword in node if not keyword.startswith("x-")}


def types(schema: Any) -> set[str]:
    named = (node.get("type", []) for node in nodes(schema))
    return {name for type_ in named for name in ([type_] if isinstance(type_, str) else type_)}


@pytest.mark.parametrize("name", ["cop", "formation", "actualite", "settings"])
def test_the_script_knows_every_word_of_our_schemas(scripts: Scripts, name: str) -> None:
    published = json.loads((ROOT / f"schema/{name}.schema.json").read_text("utf-8"))
    ((known, known_types),) = scripts.each("[fiche.CONNUS, fiche.TYPES_CONNUS]", [0])
    assert sorted(keywords(published) - set(known)) == []
    assert sorted(types(published) - set(known_types)) == []


@pytest.fixture(scope="module")
def groups(scripts: Scripts, request: pytest.FixtureRequest) -> list[dict[str, Any]]:
    """The groups of the suite that our schemas could write."""
    ((known,),) = scripts.each("[fiche.CONNUS]", [0])
    found: list[dict[str, Any]] = []
    with tarfile.open(pypi.source(request.config, f"jsonschema=={version('jsonschema')}")) as archive:
        for member in archive:
            file = archive.extractfile(member) if SUITE.fullmatch(member.name) else None
            found += json.load(file) if file else []
    return [group for group in found if is_ours(group["schema"], set(known))]


def is_ours(schema: Any, known: set[str]) -> bool:
    """Whether a schema keeps to our keywords, and names by `$ref` only a definition of its own that names no other.

    Ours know a mere true or false as `additionalProperties` only.
    """
    if not isinstance(schema, dict):
        return False
    mere = [word for node in nodes(schema) for word, child in children(node) if not isinstance(child, dict)]
    text = json.dumps(schema)
    named = [node for node in nodes(schema) if "$ref" in node]
    definitions = schema.get("$defs", {})
    plain = all(
        isinstance(node["$ref"], str)
        and node["$ref"].removeprefix("#/$defs/") in definitions
        and len(node) - ("$defs" in node) - ("$schema" in node) == 1
        for node in named
    )
    alone = text.count('"$ref"') == len(named) and "$ref" not in str(definitions)
    return keywords(schema) <= known and plain and alone and set(mere) <= {"additionalProperties"}


def test_the_suite_says_what_both_say(scripts: Scripts, groups: list[dict[str, Any]]) -> None:
    cases = [(group, test) for group in groups for test in group["tests"]]
    assert len(cases) > 250
    assert {keyword for group in groups for keyword in keywords(group["schema"])} >= {
        *("type", "enum", "const", "required", "properties", "additionalProperties", "items", "pattern", "allOf"),
        *("anyOf", "not", "if", "then", "minimum", "maximum", "minLength", "maxLength", "minItems", "maxItems"),
        *("uniqueItems", "$ref", "else", "oneOf", "contains", "dependentRequired", "multipleOf", "minProperties"),
        *("maxProperties", "exclusiveMinimum", "exclusiveMaximum"),
    }
    asked = [{"schema": group["schema"], "data": test["data"]} for group, test in cases]
    answers = scripts.each("fiche.convient(fiche.ouvre(v.schema), v.data)", asked)
    wrong = [
        (group["description"], test["description"])
        for (group, test), answer in zip(cases, answers, strict=True)
        if not answer == ours(group["schema"], test["data"]) == test["valid"]
    ]
    assert wrong == []


def ours(schema: Any, data: Any) -> bool:
    """Our own reading: the verdict, with which the reasons agree."""
    validator = compile_schema(inline(schema, schema.get("$defs", {})))
    verdict = validator.is_valid(data)
    assert verdict == (not [*validator.iter_errors(data)])
    return verdict

"""The schemas are the one source of rules, labels and help: here they are held complete and closed."""

import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml
from jsonschema import Draft202012Validator

from tests.support.paths import ROOT

NAMES = ["cop", "formation", "actualite", "settings"]
SCHEMAS: dict[str, dict[str, Any]] = {
    name: json.loads((ROOT / "schema" / f"{name}.schema.json").read_text("utf-8")) for name in NAMES
}
MOTIFS = {"date", "date-partielle", "moment", "nombre", "texte-simple", "identifiant"}
MOTIFS |= {"adresse", "courriel", "telephone", "siren", "code-insee", "code-insee-ou-siren", "code-territoire"}
MOTIFS |= {"code-collectivite", "code-departement"}
CONDITIONS = ("if", "then", "else", "not", "allOf", "anyOf", "oneOf")
REFUSED_KEYWORDS = {"format", "unevaluatedProperties", "unevaluatedItems", "$dynamicRef", "patternProperties", "oneOf"}
FILES = sorted(
    [*ROOT.glob("cops/*/*.yml"), *ROOT.glob("content/formations/*.yml"), *ROOT.glob("content/actualites/*.yml")]
)

Node = dict[str, Any]


def children(node: Node) -> Iterator[tuple[str, Node]]:
    """The sub-schemas right under `node`, each with the keyword that holds it."""
    for keyword in ("properties", "$defs"):
        for child in node.get(keyword, {}).values():
            yield keyword, child
    for keyword in ("items", *CONDITIONS):
        held = node.get(keyword, [])
        for child in held if isinstance(held, list) else [held]:
            yield keyword, child


def nodes(node: Node, *, conditions: bool = False) -> Iterator[Node]:
    """Every sub-schema; those that only restate a property inside a condition come on demand."""
    yield node
    for keyword, child in children(node):
        if conditions or keyword not in CONDITIONS:
            yield from nodes(child, conditions=conditions)


def resolve(node: Node, schema: Node) -> Node:
    """`node` with its local `$ref` replaced; what stands beside the reference wins, as in the loader."""
    if "$ref" not in node:
        return node
    target = schema["$defs"][node["$ref"].removeprefix("#/$defs/")]
    return {**resolve(target, schema), **{key: value for key, value in node.items() if key != "$ref"}}


def types(node: Node) -> list[str]:
    held = node.get("type", [])
    return held if isinstance(held, list) else [held]


def label(node: Node) -> str:
    return json.dumps(node, ensure_ascii=False)[:160]


each_schema = pytest.mark.parametrize("name", NAMES)


@each_schema
def test_schema_is_valid_and_uses_only_what_the_loader_knows(name: str) -> None:
    schema = SCHEMAS[name]
    Draft202012Validator.check_schema(schema)
    assert schema["$id"] == f"{name}.schema.json"
    for node in nodes(schema, conditions=True):
        assert not REFUSED_KEYWORDS & set(node), label(node)
        assert node.get("$ref", "#/$defs/").startswith("#/$defs/"), label(node)


@each_schema
def test_every_definition_is_used(name: str) -> None:
    text = json.dumps(SCHEMAS[name])
    assert [key for key in SCHEMAS[name].get("$defs", {}) if f'"#/$defs/{key}"' not in text] == []


@each_schema
def test_every_value_is_explained_and_its_examples_are_right(name: str) -> None:
    schema = SCHEMAS[name]
    for node in list(nodes(schema))[1:]:
        whole = resolve(node, schema)
        assert whole.get("title"), label(node)
        assert whole.get("description"), label(node)
        assert whole.get("examples"), label(node)
        validator = Draft202012Validator({**whole, "$defs": schema.get("$defs", {})})
        for example in whole["examples"]:
            value = typed(example, whole, schema)
            assert [error.message for error in validator.iter_errors(value)] == [], label(node)


@each_schema
def test_texts_for_people_have_french_typography(name: str) -> None:
    for node in nodes(SCHEMAS[name]):
        for text in (node.get("title", ""), node.get("description", ""), *node.get("enumDescriptions", [])):
            assert not re.search(r"'| [:;!?»]|« ", text), text


@each_schema
def test_every_value_is_bounded_and_typed(name: str) -> None:
    for node in nodes(SCHEMAS[name]):
        kinds = types(node)
        assert kinds or "$ref" in node, label(node)
        if "object" in kinds:
            assert node["additionalProperties"] is False, label(node)
            assert set(node.get("required", [])) <= set(node["properties"])
        if "array" in kinds:
            assert node["maxItems"] <= 50, label(node)
            assert "items" in node, label(node)
        if "integer" in kinds and "string" not in kinds:
            assert {"minimum", "maximum"} <= set(node), label(node)
        if "string" in kinds and "enum" not in node:
            assert "maxLength" in node, label(node)
            assert "x-texte" in node or "x-motif" in node, label(node)


@each_schema
def test_every_choice_has_its_label(name: str) -> None:
    for node in nodes(SCHEMAS[name]):
        if "enum" in node:
            assert len(node["enum"]) == len(set(node["enum"])) == len(node["enumDescriptions"]), label(node)


@each_schema
def test_every_pattern_names_its_kind_and_bounds_the_end(name: str) -> None:
    for node in nodes(SCHEMAS[name], conditions=True):
        assert node.get("x-motif", "date") in MOTIFS, label(node)
        assert node.get("x-texte", "ligne") in {"ligne", "bloc", "markdown"}, label(node)
        if "pattern" in node:
            assert "x-motif" in node, label(node)
            # In Python `$` also matches before a last line break; only one-line texts may end with one (`resume: >`).
            assert node["pattern"].endswith("\\n?$" if node["x-motif"] == "texte-simple" else "$(?!\\n)"), label(node)


def test_what_several_schemas_define_is_the_same_everywhere() -> None:
    seen: dict[str, Node] = {}
    for name in NAMES:
        for key, node in SCHEMAS[name].get("$defs", {}).items():
            assert seen.setdefault(key, node) == node, f"{name}: {key}"


def test_every_field_of_a_cop_has_its_group_in_the_form() -> None:
    schema = SCHEMAS["cop"]
    assert {node["x-groupe"] for node in schema["properties"].values()} == set(schema["x-groupes"])
    essential = {key for key, node in schema["properties"].items() if node["x-groupe"] == "essentiel"}
    assert essential == {*schema["required"], "verifiee_le"}


def typed(value: Any, node: Node, schema: Node) -> Any:
    """Text-first data typed by the schema: a number only where the type is exactly `integer`, yes or no `boolean`."""
    node = resolve(node, schema)
    if isinstance(value, dict):
        props = node.get("properties", {})
        return {key: typed(held, props.get(key, {}), schema) for key, held in value.items()}
    if isinstance(value, list):
        return [typed(held, node.get("items", {}), schema) for held in value]
    if node.get("type") == "boolean" and value in ("oui", "non"):
        return value == "oui"
    is_number = node.get("type") == "integer" and isinstance(value, str) and value.isascii() and value.isdigit()
    return int(value) if is_number else value


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_real_entries_are_valid_and_in_the_order_of_the_schema(path: Path) -> None:
    text = path.read_text("utf-8")
    first = text.splitlines()[0]
    prefix = "# yaml-language-server: $schema="
    assert first.startswith(prefix)
    target = (path.parent / first.removeprefix(prefix)).resolve()
    schema = SCHEMAS[target.name.removesuffix(".schema.json")]
    assert target == ROOT.resolve() / "schema" / target.name
    data = typed(yaml.load(text, yaml.BaseLoader), schema, schema)
    assert [error.message for error in Draft202012Validator(schema).iter_errors(data)] == []
    assert list(data) == [key for key in schema["properties"] if key in data]


def test_the_three_cop_of_the_call_are_there() -> None:
    assert {path.parent.name for path in FILES if path.parent.parent.name == "cops"} >= {"29", "35"}

"""What goes with a value stands in the schema, beside it: noted, explained, and in no table of ours."""

import ast
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from generator.model.facets import DERIVED, list_facets
from tests.support import annuaires
from tests.support.paths import ROOT

SCHEMAS = {path.name.partition(".")[0]: json.loads(path.read_text("utf-8")) for path in ROOT.glob("schema/*.json")}
README = (ROOT / "schema/README.md").read_text("utf-8")
OURS = ROOT / "generator"


def nodes(node: Any) -> Iterator[dict[str, Any]]:
    if isinstance(node, dict):
        yield node
        for child in node.values():
            yield from nodes(child)
    elif isinstance(node, list):
        for child in node:
            yield from nodes(child)


NOTES = {key for schema in SCHEMAS.values() for node in nodes(schema) for key in node if key.startswith("x-")}


def test_every_note_is_explained_once_and_no_other() -> None:
    told = re.findall(r"`(x-[a-z-]+)`(?=[^|\n]*\|)", "\n".join(re.findall(r"^\| `x-.*$", README, re.MULTILINE)))
    assert sorted(told) == sorted(NOTES)


def test_a_status_has_a_sign_that_the_style_sheet_draws() -> None:
    sheet = (OURS / "theme/css/50-signes.css").read_text("utf-8")
    drawn = set(re.findall(r"\.statut--(\w+)::before", sheet))
    used = {sign for schema in SCHEMAS.values() for node in nodes(schema) for sign in node.get("x-signe", {}).values()}
    assert used == drawn


def test_a_status_means_one_of_three_things_for_the_counter() -> None:
    assert set(SCHEMAS["cop"]["properties"]["statut"]["x-compte"].values()) == {"comptee", "prevue", "finie"}


def test_what_goes_with_a_form_are_values_of_the_schema() -> None:
    properties, bearers = SCHEMAS["cop"]["properties"], SCHEMAS["cop"]["$defs"]["collectivite"]["properties"]["type"]
    forms = properties["type"]
    for form, usual in forms["x-base-legale"].items():
        assert form in forms["enum"]
        assert set(usual.values()) <= set(properties["base_legale"]["enum"])
        assert set(usual) <= set(forms["x-echelle"].get(form, bearers["enum"]))
    assert set(forms["x-echelle"]) <= set(forms["enum"])
    assert {bearer for named in forms["x-echelle"].values() for bearer in named} <= set(bearers["enum"])
    assert set(bearers["x-phrase"]) == set(bearers["enum"])


def test_a_question_asked_with_another_names_one_of_its_values() -> None:
    properties = SCHEMAS["cop"]["properties"]
    asked = [pair for node in properties.values() for pair in node.get("x-avec", {}).items()]
    assert asked
    assert all(value in properties[key]["enum"] for key, value in asked)


def test_the_facets_are_those_of_the_schema_in_their_order() -> None:
    found = list_facets(annuaires.build({"a": annuaires.cop()}))
    notes = [note for node in nodes(SCHEMAS["cop"]) for note in node.get("x-facette", {}).items()]
    ordered = sorted(notes, key=lambda note: note[1].get("rang", float("inf")))
    names = [facet.name for facet in found]
    assert names == [name for name, _ in ordered if name in names]
    assert names[:3] == ["departement", "statut", "theme"]
    assert {facet.title for facet in found} >= {"Département", "Intercommunalité", "Rejoindre"}
    read = {n["lit"] for node in nodes(SCHEMAS["cop"]) for n in node.get("x-facette", {}).values() if "lit" in n}
    assert read == set(DERIVED)


# No table of ours ----------------------------------------------------------------------------------------------------

_TERRITORIES = {"commune", "epci", "syndicat-mixte", "departement", "region"}
"""The levels of a territory are how the state is laid out: each has its own code, shapes and name in the reference."""

_WORDS = {"formation", "public", "mois", "jour", "avis", "eau"}
"""Values that are also ordinary words of a page or of a program: they mean nothing by themselves."""

VALUES = {
    value
    for kind in ("cop", "formation", "actualite")
    for node in nodes(SCHEMAS[kind])
    if "enumDescriptions" in node and "title" in node
    for value in node["enum"]
    if value not in {"oui", "non", *_TERRITORIES, *_WORDS}
}


def listed(tree: ast.AST) -> Iterator[tuple[int, list[str]]]:
    """Keys of each table, items of each set or list, with their line."""
    for node in ast.walk(tree):
        held = node.keys if isinstance(node, ast.Dict) else node.elts if isinstance(node, ast.Set | ast.List) else []
        texts = [item.value for item in held if isinstance(item, ast.Constant) and isinstance(item.value, str)]
        yield getattr(node, "lineno", 0), texts


def tables(path: Path) -> Iterator[str]:
    """Where a file lists two values or more of the schema."""
    text = path.read_text("utf-8")
    if path.suffix == ".py":
        for line, texts in listed(ast.parse(text)):
            if len(VALUES & set(texts)) > 1:
                yield f"{path.relative_to(ROOT)}:{line}: {', '.join(texts)}"
    else:
        # A table of a script or a template, or a list between brackets: no other brackets inside.
        for held in re.finditer(r"[\[{(][^\[\]{}()]*[\]})]", text):
            names = re.findall(r"""(?:["']([\w-]+)["']|\b([a-z_]+))(?=\s*[:,\]})])""", held.group())
            found = VALUES & {quoted or bare for quoted, bare in names}
            if len(found) > 1:
                yield f"{path.relative_to(ROOT)}: {', '.join(sorted(found))}"


def written() -> list[Path]:
    found = [path for kind in ("py", "js", "html") for path in OURS.rglob(f"*.{kind}")]
    return [path for path in sorted(found) if "__pycache__" not in path.parts]


def test_no_table_of_ours_is_keyed_by_values_of_the_schema() -> None:
    assert [where for path in written() for where in tables(path)] == []


@pytest.mark.parametrize(
    ("name", "text"),
    [
        ("a.py", 'ODD = {"eau": "6", "climat-energie": "7", "mobilites": "11"}\n'),
        ("b.py", 'COUNTED = frozenset({"active", "en-renouvellement"})\n'),
        ("c.js", 'const ORDRE = ["en-projet", "active"];\n'),
        ("d.js", "const couleurs = { elus: 1, habitants: 2 };\n"),
        ("e.html", '{{ {"realise": "plein", "abandonne": "barre"}[statut] }}\n'),
    ],
)
def test_such_a_table_is_found(tmp_path: Path, monkeypatch: pytest.MonkeyPatch, name: str, text: str) -> None:
    monkeypatch.setattr(f"{__name__}.ROOT", tmp_path)
    (tmp_path / name).write_text(text, encoding="utf-8")
    assert len(list(tables(tmp_path / name))) == 1


def test_the_sheets_name_no_value_of_the_schema() -> None:
    sheets = "\n".join(path.read_text("utf-8") for path in sorted(OURS.rglob("theme/css/*.css")))
    named = set(re.findall(r"(?:--|\")([a-z]+(?:-[a-z0-9]+)+)(?=[\s\":.,])", sheets))
    assert named & {value for value in VALUES if "-" in value} == set()


LENGTHS = re.compile(r"(?:de|en) ((?:\d+ à )?[\d \u00a0\u202f]+) caractères")


def test_a_help_tells_the_length_that_the_rule_asks() -> None:
    told = [
        (node["title"], [int(re.sub(r"\D", "", number)) for number in text.split(" à ")], node)
        for schema in SCHEMAS.values()
        for node in nodes(schema)
        for text in LENGTHS.findall(str(node.get("description")))
    ]
    assert len(told) >= 9
    for title, numbers, node in told:
        assert numbers == [node["minLength"], node["maxLength"]][-len(numbers) :], title

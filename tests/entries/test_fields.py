"""The tree of fields says what the schema says, whatever way the schema says it."""

from typing import Any

import pytest

from generator.entries.schemas.fields import Field, make_fields
from generator.entries.schemas.schema import load_schema
from tests.support.paths import ROOT

COP = load_schema(ROOT / "schema", "cop").fields


@pytest.mark.parametrize(
    ("path", "kind"),
    [
        ("nom", "text"),
        ("description", "markdown"),
        ("type", "choice"),
        ("themes", "list"),
        ("themes.0", "choice"),
        ("autres_noms.0", "text"),
        ("contact", "object"),
        ("contact.courriel", "email"),
        ("contact.page", "url"),
        ("contact.telephone", "phone"),
        ("collectivite.code", "code"),
        ("anciens_ids.0", "code"),
        ("composition.total", "integer"),
        ("inscrite_le", "date"),
        ("creee_le", "date"),
        ("rencontres.0", "object"),
        ("rencontres.0.debut", "date"),
        ("pacte.piliers.vision.etat", "choice"),
    ],
)
def test_kind_of_a_field(path: str, kind: str) -> None:
    assert COP[path].kind == kind


def test_a_field_is_found_with_or_without_the_number_of_an_item() -> None:
    field = COP["rencontres.0.debut"]
    assert field is COP["rencontres.debut"] is COP.find(("rencontres", 4, "debut"))
    assert (field.path, field.indexed, field.name) == ("rencontres.debut", "rencontres.0.debut", "debut")
    assert COP.find("rencontres.absent") is None
    assert COP.find("nom.absent") is None
    with pytest.raises(KeyError):
        COP["absent"]


def test_every_key_is_met_once_each_before_those_it_holds() -> None:
    paths = [field.path for field in COP.walk()]
    assert len(paths) == len(set(paths))
    assert paths[0] == "nom"
    at = paths.index("rencontres")
    assert paths[at : at + 3] == ["rencontres", "rencontres.id", "rencontres.debut"]
    assert "pacte.piliers.vision.etat" in paths


def test_what_stands_beside_a_reference_wins() -> None:
    assert COP["creee_le"].label == "Créée le"
    assert COP["creee_le"].motif == "date-partielle"
    assert COP["rencontres.debut"].required
    assert not COP["rencontres.fin"].required


def _closed(**annotations: Any) -> Field:
    node = {"enum": ["a", "b"], "enumDescriptions": ["A", "B"], "title": "Lettre", **annotations}
    return make_fields({"properties": {"lettre": node}})["lettre"]


def test_what_is_noted_beside_a_value_is_read_as_a_list_or_a_mapping() -> None:
    field = _closed(**{"x-rang": [1, None], "x-pluriel": {"b": "des b"}, "x-facette": {"titre": "Lettres"}})
    assert [choice.annotations for choice in field.choices] == [{"x-rang": 1}, {"x-pluriel": "des b"}]
    assert field.annotations["x-facette"] == {"titre": "Lettres"}
    assert field.labels == {"a": "A", "b": "B"}


@pytest.mark.parametrize("noted", [["un seul"], {"b": "des b", "c": "des c"}])
def test_what_is_noted_for_other_values_is_found_at_loading(noted: Any) -> None:
    with pytest.raises(ValueError, match=r"lettre\.x-pluriel"):
        _closed(**{"x-pluriel": noted})


def test_a_value_without_label_is_found_at_loading() -> None:
    with pytest.raises(ValueError, match="lettre"):
        _closed(enumDescriptions=["A"])


def test_yes_and_no_are_the_choices_of_a_boolean() -> None:
    field = make_fields({"properties": {"accessible": {"title": "Accessible", "type": "boolean"}}})["accessible"]
    assert field.kind == "boolean"
    assert field.labels == {"oui": "Oui", "non": "Non"}


def test_a_list_says_the_choices_of_its_items() -> None:
    assert COP["themes"].labels == COP["themes.0"].labels
    assert (COP["themes"].min_items, COP["themes"].max_items) == (1, 5)
    assert COP["themes"].topic == "essentiel"
    assert COP["rencontres.revision"].is_of_tools

"""The questions of the form: every key of the schema is asked, once, in the words of the schema."""

from collections.abc import Iterator

import pytest

from generator.entries.schemas.fields import Field
from generator.entries.schemas.schema import load_schema
from generator.pages import form
from generator.repository import forge, settings
from tests.support.paths import ROOT

SCHEMAS = {name: load_schema(ROOT / "schema", name) for name in ("cop", "formation", "actualite")}
PARTS = {name: form.list_parts(schema.fields) for name, schema in SCHEMAS.items()}
MEETING = SCHEMAS["cop"].fields["rencontres"].element


def single(controls: tuple[form.Control, ...]) -> Iterator[form.Control]:
    """The controls that hold one answer."""
    for control in controls:
        if control.widget in {"group", "list"}:
            yield from single(control.controls)
        else:
            yield control


def leaves(field: Field) -> Iterator[str]:
    """The dotted names of the values of a file, items of a list under 0, without what tools write."""
    for own in field.children.values():
        if own.is_of_tools:
            continue
        if own.children:
            yield from leaves(own)
        elif own.item and own.item.kind == "object":
            yield from leaves(own.item)
        else:
            yield own.item.indexed if own.item and own.item.kind != "choice" else own.indexed


def ask(parts: tuple[form.Part, ...]) -> list[form.Control]:
    return [control for part in parts for control in single(part.controls)]


ASKED = ask(PARTS["cop"])


@pytest.mark.parametrize("kind", SCHEMAS)
def test_every_key_is_asked_once(kind: str) -> None:
    names = [control.name for control in ask(PARTS[kind])]
    assert len(names) == len(set(names))
    assert sorted(names) == sorted(leaves(SCHEMAS[kind].fields))
    assert not [name for name in names if name.endswith((".id", ".revision", ".modifie_le"))]


@pytest.mark.parametrize("kind", SCHEMAS)
def test_what_is_required_comes_first(kind: str) -> None:
    fields, first = SCHEMAS[kind].fields, PARTS[kind][0].controls
    required = {field.name for field in fields.children.values() if field.required}
    # The day of entry is already filled in, at the end.
    assert {name for name in required if not fields[name].is_day_of_entry} <= {control.name for control in first}
    assert [control.name for control in first] == fields.annotations["x-premieres"]
    # A list that may be empty needs no answer.
    listed = {name for name in required if fields[name].item and not fields[name].min_items}
    assert {control.name for control in first if control.required} == {
        control.name for control in first if control.name in required - listed
    }


def test_a_meeting_is_four_questions_and_the_rest() -> None:
    questions, more = form.list_item_parts(MEETING)
    assert [control.words for control in questions.controls] == [
        f"{words}\u202f?" for words in ("Quand", "Quoi", "Où", "Ouverte à qui")
    ]
    assert [control.name for control in questions.controls if control.required] == [
        "rencontres.0.debut",
        "rencontres.0.objet",
    ]
    assert sorted(control.name for control in ask((questions, more))) == sorted(leaves(MEETING))


def test_a_group_that_may_stay_empty_requires_nothing() -> None:
    required = {control.name for control in ASKED if control.required}
    assert "rejoindre.mode" not in required
    assert {"collectivite.code", "rencontres.0.debut", "engagements.0.titre"} <= required


def test_closed_lists_offer_their_values_under_their_labels() -> None:
    kinds = next(control for control in ASKED if control.name == "type")
    assert kinds.widget == "select"
    assert kinds.field.labels["cop-locale"] == "COP locale"
    themes = next(control for control in ASKED if control.name == "themes")
    assert (themes.widget, len(themes.field.labels)) == ("checkboxes", len(SCHEMAS["cop"].fields["themes"].labels))


def test_every_list_says_what_one_adds() -> None:
    asked = [control for parts in PARTS.values() for part in parts for control in part.controls]
    lists = [control for control in asked if control.widget == "list"]
    assert lists
    assert [control.name for control in lists if control.singular == "un élément"] == []


# The forge's pages ----------------------------------------------------------------------------------------------------

NEW = {
    "https://github.com/exemple/annuaire": (
        "https://github.com/exemple/annuaire/new/main?filename={chemin}&value={texte}",
        "https://github.com/exemple/annuaire/edit/main/{chemin}",
    ),
    "https://codeberg.org/exemple/annuaire": (
        "https://codeberg.org/exemple/annuaire/_new/main/?filename={chemin}&value={texte}",
        "https://codeberg.org/exemple/annuaire/_edit/main/{chemin}",
    ),
    "https://gitlab.com/exemple/annuaire": (
        "https://gitlab.com/exemple/annuaire/-/new/main?file_name={chemin}",
        "https://gitlab.com/exemple/annuaire/-/edit/main/{chemin}",
    ),
}


@pytest.mark.parametrize("depot", NEW)
def test_a_known_host_says_which_forge_it_is(depot: str) -> None:
    own, _ = settings.load(ROOT, {"DEPOT": depot})
    assert (forge.new_file_pattern(own), forge.edit_pattern(own)) == NEW[depot]


def test_an_unknown_host_offers_no_page_that_may_not_exist() -> None:
    own, _ = settings.load(ROOT, {"DEPOT": "https://forge.example/annuaire"})
    assert own.depot == "https://forge.example/annuaire"
    assert (own.forge, forge.new_file_pattern(own), forge.edit_pattern(own)) == (None, None, None)

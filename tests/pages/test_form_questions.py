"""The questions of the form: every key of the schema is asked, once, in the words of the schema."""

from collections.abc import Iterator, Mapping
from typing import Any

import pytest

from generator.entries.schemas.schema import load_schema
from generator.pages import form
from generator.repository import forge, settings
from tests.support.paths import ROOT

SCHEMA = load_schema(ROOT / "schema", "cop")
PARTS = form.parts({"cop": SCHEMA})


def controls(questions: tuple[form.Question, ...]) -> Iterator[form.Question]:
    """The questions that have a control of their own."""
    for question in questions:
        if question.genre in {"groupe", "liste"}:
            yield from controls(question.questions)
        else:
            yield question


def leaves(node: Mapping[str, Any], path: str) -> Iterator[str]:
    """The dotted names of the values of a schema, items of a list under 0, without what tools write."""
    if node.get("x-outil"):
        return
    items = node.get("items", {})
    if "properties" in node:
        for key, about in node["properties"].items():
            yield from leaves(about, f"{path}.{key}" if path else key)
    elif items and "enum" not in items:
        yield from leaves(items, f"{path}.0")
    else:
        yield path


ASKED = [question for part in PARTS for question in controls(part.questions)]


def test_every_key_is_asked_once() -> None:
    names = [question.nom for question in ASKED]
    assert len(names) == len(set(names))
    assert sorted(names) == sorted(leaves(SCHEMA.inlined, ""))
    assert not [name for name in names if name.endswith((".id", ".revision", ".modifie_le"))]


def test_what_is_required_comes_first() -> None:
    first = {question.nom for question in PARTS[0].questions}
    assert set(SCHEMA.inlined["required"]) - first == {"inscrite_le"}  # already filled in, at the end
    assert [question.nom for question in PARTS[0].questions if question.obligatoire] == [
        name for name in form.FIRST if name in SCHEMA.inlined["required"]
    ]


def test_a_group_that_may_stay_empty_requires_nothing() -> None:
    required = {question.nom for question in ASKED if question.obligatoire}
    assert "rejoindre.mode" not in required
    assert {"collectivite.code", "rencontres.0.debut", "engagements.0.titre"} <= required


def test_closed_lists_offer_their_values_under_their_labels() -> None:
    kinds = next(question for question in ASKED if question.nom == "type")
    assert kinds.genre == "choix"
    assert ("cop-locale", "COP locale") in kinds.choix
    themes = next(question for question in ASKED if question.nom == "themes")
    assert (themes.genre, len(themes.choix)) == ("cases", 13)


def test_every_list_says_what_one_adds() -> None:
    lists = [question for part in PARTS for question in part.questions if question.genre == "liste"]
    assert lists
    assert [question.nom for question in lists if not question.un] == []


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

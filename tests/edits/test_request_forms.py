"""The forms of the forge: what the schema gives, what the forge reads, and the addresses that fill them in."""

import re
from dataclasses import replace
from urllib.parse import parse_qs, urlsplit

import pytest
import yaml

from generator.edits.requests.answers import find_form, parse_request
from generator.french import fold
from generator.repository.forge import field_id, issue_url
from generator.repository.request_forms import ADD
from tests.support import tools
from tests.support.annuaires import SCHEMAS, SETTINGS
from tests.support.paths import ROOT
from tests.support.request_texts import FORMS
from tests.tools.issue_forms import FOLDER, files

COP = SCHEMAS["cop"]
FILES = {path.stem: yaml.safe_load(path.read_text("utf-8")) for path in FOLDER.glob("*.yml")}
each_form = pytest.mark.parametrize("name", FORMS)


def test_the_files_are_what_the_schema_gives() -> None:
    assert {path.name: path.read_text("utf-8") for path in FOLDER.iterdir()} == files(), "relancez : make refaire"


def test_the_forge_reads_them() -> None:
    forms = [FOLDER / f"{name}.yml" for name in FORMS]
    told = tools.run("check-jsonschema", "--builtin-schema", "vendor.github-issue-forms", *forms)
    assert told.returncode == 0, told.stdout
    told = tools.run("check-jsonschema", "--builtin-schema", "vendor.github-issue-config", FOLDER / "config.yml")
    assert told.returncode == 0, told.stdout


@each_form
def test_what_no_schema_of_the_forge_says(name: str) -> None:
    """The rules of its documentation: names and labels once each, choices once each, none called « None »."""
    asked = [one for one in FILES[name]["body"] if one["type"] != "markdown"]
    ids = [one["id"] for one in asked]
    labels = [fold(one["attributes"]["label"]) for one in asked]
    assert len(set(ids)) == len(ids)
    assert len(set(labels)) == len(labels)
    assert all(re.fullmatch(r"[A-Za-z0-9_-]+", one) for one in ids)
    for one in asked:
        choices = [o if isinstance(o, str) else o["label"] for o in one["attributes"].get("options", ())]
        assert all(isinstance(choice, str) for choice in choices)
        assert len({fold(choice) for choice in choices}) == len(choices)
        assert "none" not in map(fold, choices)


def test_all_that_a_file_must_hold_is_asked() -> None:
    asked = {path.split(".")[0] for path in (own.path for own in FORMS[ADD].prompts)}
    # The day of entry is that of the request.
    assert {field.name for field in COP.fields.children.values() if field.required} - asked == {"inscrite_le"}


@each_form
def test_nothing_speaks_of_a_file_to_who_fills_a_form(name: str) -> None:
    for own in FORMS[name].prompts:
        if own.path != "fichier":
            assert not re.search(r"guillemets|\byml\b|YAML|\bclé\b|à la ligne", own.help), own.help


@each_form
def test_every_form_says_that_it_is_public(name: str) -> None:
    assert "public" in FORMS[name].welcome


def test_one_consent_for_both_doors() -> None:
    template = (ROOT / ".github" / "pull_request_template.md").read_text("utf-8")
    boxes = re.findall(r"- \[ \] (.*)", template)
    asked = {own.path: own for own in FORMS[ADD].prompts}
    assert [fold(box) for box in boxes] == [fold(text) for text in asked["accord"].choices.values()]


@each_form
def test_every_form_is_known_by_its_prompts(name: str) -> None:
    titles = "\n\n".join(f"### {own.label}\n\n_No response_" for own in FORMS[name].prompts)
    known = find_form(titles, FORMS)
    assert known
    assert known.name == name


# Addresses ------------------------------------------------------------------------------------------------------------

DEPOT = "https://forge.example/reseau/annuaire"
HOSTILE = "a&b=c#d?e f/é\n### Titre\n${{ x }}"


def address(forge: str, **champs: str) -> tuple[str, dict[str, str]]:
    told = issue_url(replace(SETTINGS, depot=DEPOT, forge=forge), FORMS["corriger-une-fiche"], "Corriger : x", **champs)
    assert told
    assert re.fullmatch(r"[\x21-\x7e]+", told)
    return urlsplit(told).path, {key: one for key, (one,) in parse_qs(urlsplit(told).query).items()}


def test_an_address_of_github() -> None:
    path, query = address("github", **{"fiche": "a", "contact.page": HOSTILE, "type": "autre"})
    assert path == "/reseau/annuaire/issues/new"
    assert query == {
        "template": "corriger-une-fiche.yml",
        "title": "Corriger : x",
        "fiche": "a",
        "contact-page": HOSTILE,
        "cop-type": "autre",
    }


def test_an_address_of_forgejo() -> None:
    path, query = address("forgejo", fiche=HOSTILE)
    assert path == "/reseau/annuaire/issues/new"
    assert query["template"] == ".github/ISSUE_TEMPLATE/corriger-une-fiche.yml"
    assert query["field:fiche"] == HOSTILE


def test_an_address_of_gitlab_is_read_back() -> None:
    path, query = address("gitlab", fiche="langon", changement="Le nom.\n\nEt la page.")
    assert path == "/reseau/annuaire/-/issues/new"
    assert query["issue[title]"] == "Corriger : x"
    form = find_form(query["issue[description]"], FORMS)
    assert form is not None
    assert form.name == "corriger-une-fiche"
    assert parse_request(query["issue[description]"], form) == {
        "fiche": "langon",
        "changement": "Le nom.\n\nEt la page.",
        "accord": ("licence", "droit", "prive"),  # the text states what GitLab has no boxes for
    }


def test_no_address_is_invented() -> None:
    assert issue_url(SETTINGS, FORMS["corriger-une-fiche"], "x", fiche="a") is None


def test_no_prompt_bears_a_name_of_the_forge() -> None:
    ids = {field_id(own.path) for form in FORMS.values() for own in form.prompts}
    assert not ids & {"title", "body", "template", "labels", "assignees", "milestone", "projects", "type"}

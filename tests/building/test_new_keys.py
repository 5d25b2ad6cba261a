"""A key that the schema gains is known everywhere, without a line of Python.

The schema of a temporary repository gains an optional key of each kind, at the top, in a group and in the items of a
list: they are asked, told, checked, written, and come back from a table.
"""

import csv
import io
import json
import re
import shutil
from pathlib import Path
from typing import Any

import pytest

from generator.edits.interview import Interview
from generator.edits.requests.answers import Answers
from generator.edits.requests.new_entries import make_data
from generator.entries.schemas.schema import Schema, load_schema
from generator.entries.writer import as_yaml
from generator.entries.yaml.source import read_source
from generator.repository.request_forms import ADD, make_forms
from generator.repository.snapshot import read_snapshot
from generator.upkeep.card import make_card
from tests.support import annuaires, html_pages, repository
from tests.support.annuaires import SCHEMAS
from tests.support.paths import ROOT
from tests.support.repository import TODAY

pytestmark = pytest.mark.lent

CHOICES = {
    "type": "string",
    "enum": ["francais", "breton", "gallo"],
    "enumDescriptions": ["Français", "Breton", "Gallo"],
}


def _key(title: str, example: Any, about: dict[str, Any]) -> dict[str, Any]:
    return {"title": title, "description": f"{title}, pour l’essai.", "examples": [example], **about}


def _keys(name: str) -> dict[str, Any]:
    """One optional key of each kind; `name` makes them unlike those of another group."""
    return {
        f"{name}_accessible": _key(f"Accessible ({name})", "oui", {"type": "boolean"}),
        f"{name}_garderie": _key(
            f"Garderie ({name})", "oui", {"type": "string", "enum": ["oui", "non"], "enumDescriptions": ["Oui", "Non"]}
        ),
        f"{name}_places": _key(f"Places assises ({name})", 40, {"type": "integer", "minimum": 1, "maximum": 900}),
        f"{name}_distance": _key(f"Distance en kilomètres ({name})", 2.5, {"type": "number", "maximum": 99}),
        f"{name}_relu_le": _key(f"Relu le ({name})", "2026-11-24", {"$ref": "#/$defs/date"}),
        f"{name}_langues": _key(
            f"Langues parlées ({name})", ["breton"],
            {"type": "array", "maxItems": 3, "uniqueItems": True, "items": _key("Langue", "breton", CHOICES)},
        ),
    }  # fmt: skip


def _answers(name: str) -> dict[str, Any]:
    return {
        f"{name}_accessible": True,
        f"{name}_garderie": "non",
        f"{name}_places": 40,
        f"{name}_distance": 2.5,
        f"{name}_relu_le": "2026-10-01",
        f"{name}_langues": ["francais", "breton"],
    }


TOLD = {
    "accessible": "Oui",
    "garderie": "Non",
    "places": "40",
    "distance": "2,5",
    "relu_le": "1er octobre 2026",
    "langues": "Français, Breton",
}
"""What a reader reads of the answers above."""

TITLES = ("Accessible", "Garderie", "Places assises", "Distance en kilomètres", "Relu le", "Langues parlées")


def _edit(folder: Path) -> None:
    """The schema of a COP gains its keys."""
    file = folder / "cop.schema.json"
    schema = json.loads(file.read_text("utf-8"))
    schema["properties"] |= {key: about | {"x-groupe": "participer"} for key, about in _keys("cop").items()}
    schema["properties"]["contact"]["properties"] |= _keys("contact")
    schema["$defs"]["rencontre"]["properties"] |= _keys("rencontre")
    file.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")


DATA: dict[str, Any] = {
    "nom": "Commission fictive aux clés nouvelles",
    "type": "commission-extra-municipale",
    "collectivite": {"type": "commune", "code": "56001", "nom": "Allaire"},
    "statut": "active",
    "themes": ["eau"],
    "resume": annuaires.RESUME,
    "contact": {"page": "https://exemple.example/", **_answers("contact")},
    "inscrite_le": TODAY,
    "rencontres": [{"debut": "2027-01-14", "objet": "Rencontre fictive", **_answers("rencontre")}],
    **_answers("cop"),
}
PATH = "cops/56/allaire-commission-fictive-aux-cles-nouvelles.yml"


@pytest.fixture(scope="module")
def root(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository whose schema gained the keys, with one entry that uses them all."""
    made = repository.make(tmp_path_factory.mktemp("cles") / "depot")
    (made / "schema").unlink()
    shutil.copytree(ROOT / "schema", made / "schema")
    _edit(made / "schema")
    (made / PATH).parent.mkdir(exist_ok=True)
    (made / PATH).write_text(as_yaml(DATA, load_schema(made / "schema", "cop"), "cop", 2), encoding="utf-8")
    return made


@pytest.fixture(scope="module")
def schema(root: Path) -> Schema:
    return load_schema(root / "schema", "cop")


@pytest.fixture(scope="module")
def site(root: Path) -> Path:
    done = repository.build(root)
    assert done.returncode == 0, done.stderr
    return root / "site"


def test_the_writer_writes_them_in_the_order_of_the_schema_and_they_read_back(root: Path, schema: Schema) -> None:
    text = (root / PATH).read_text("utf-8")
    written = dict(reversed(list(DATA.items())))
    assert as_yaml(written, schema, "cop", 2) == text
    assert "\ncop_accessible: oui\n" in text
    assert "\ncop_distance: 2.5\n" in text
    assert text.index("cop_accessible") < text.index("cop_places") < text.index("cop_langues: [francais, breton]")
    data, problems = schema.check(read_source(PATH, text.encode(), schema.keys))
    assert (data, problems) == (DATA, [])


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("cop_accessible: peut-être", "choix-inconnu"),
        ("cop_accessible: vrai", "choix-proche"),
        ("cop_garderie: parfois", "choix-inconnu"),
        ("cop_places: 0", "nombre-trop-petit"),
        ("cop_places: quarante", "type-integer"),
        ("cop_distance: deux", "motif-nombre"),
        ("cop_distance: 120,5", "nombre-trop-grand"),
        ("cop_relu_le: 2026-02-30", "date-impossible"),
        ("cop_relu_le: 24/11/2026", "date-a-ecrire"),
        ("cop_langues: [francais, francais]", "liste-en-double"),
        ("cop_langues: [anglais]", "choix-inconnu"),
    ],
)
def test_the_check_refuses_what_they_cannot_hold(schema: Schema, line: str, code: str) -> None:
    entry = as_yaml({key: value for key, value in DATA.items() if not key.startswith("cop_")}, schema, "cop", 2)
    _, problems = schema.check(read_source(PATH, f"{entry}{line}\n".encode(), schema.keys))
    assert [problem.code for problem in problems] == [code]


def test_the_page_tells_them(site: Path) -> None:
    pages = html_pages.read(site)
    shown = _plain(re.sub("<[^>]+>", " ", pages[f"cops/{Path(PATH).stem}/index.html"].text))
    for title, words in zip(TITLES, TOLD.values(), strict=True):
        assert f" {title} (cop) {words}" in shown
        assert f"Contact : {title} (contact) {words}" in shown
        assert f"Rencontre fictive : {title} (rencontre) {words}" in shown
    with_others = [page.path for page in pages.values() if "Autres informations" in page.shown]
    assert with_others == [f"cops/{Path(PATH).stem}/index.html"]


def _plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


def test_the_form_asks_them_and_the_documentation_lists_them(site: Path) -> None:
    pages = html_pages.read(site)
    names = {attributes.get("name") for attributes in pages["ajouter/index.html"].all("input", "select", "textarea")}
    asked = pages["ajouter/index.html"].shown
    for kind in TOLD:
        assert {f"cop_{kind}", f"contact.contact_{kind}", f"rencontres.0.rencontre_{kind}"} <= names
        assert f"contact.contact_{kind}" in pages["contribuer/champs/index.html"].text
    assert all(f"{title} (cop)" in asked for title in TITLES)


def test_the_request_asks_them_and_its_answers_make_the_entry(schema: Schema) -> None:
    prompts = {prompt.path: prompt for prompt in make_forms(SCHEMAS | {"cop": schema})[ADD].prompts}
    sorts = {kind: prompts[f"cop_{kind}"].sort for kind in TOLD}
    assert sorts == {
        "accessible": "dropdown",
        "garderie": "dropdown",
        "places": "input",
        "distance": "input",
        "relu_le": "input",
        "langues": "checkboxes",
    }
    assert "contact.contact_places" in prompts
    answers: Answers = {
        "cop_accessible": "oui", "cop_garderie": "non", "cop_places": "40", "cop_distance": "2,5",
        "cop_relu_le": "2026-10-01", "cop_langues": ("francais", "breton"), "contact.contact_accessible": "non",
    }  # fmt: skip
    assert make_data(answers, schema) == _answers("cop") | {"contact": {"contact_accessible": False}}


def test_the_table_holds_them_and_gives_the_entry_back(root: Path, site: Path, tmp_path: Path) -> None:
    rows = list(csv.DictReader(io.StringIO((site / "donnees" / "cops.csv").read_text("utf-8"), newline="")))
    row = next(row for row in rows if row["id"] == Path(PATH).stem)
    assert [row[f"cop_{kind}"] for kind in TOLD] == ["oui", "non", "40", "2.5", "2026-10-01", "francais|breton"]
    assert row["rencontres.0.rencontre_accessible"] == "oui"
    described = json.loads((site / "donnees" / "cops.csv-metadata.json").read_text("utf-8"))["tableSchema"]["columns"]
    kinds = {column["name"]: column["datatype"] for column in described}
    assert kinds["cop_accessible"] == {"base": "boolean", "format": "oui|non"}
    assert (kinds["cop_places"], kinds["cop_distance"]) == ("integer", "number")

    own = tmp_path / "depot"
    shutil.copytree(root, own, symlinks=True, ignore=shutil.ignore_patterns("site"))
    text = (own / PATH).read_text("utf-8")
    (own / PATH).unlink()
    done = repository.call("--root", own, "import", site / "donnees" / "cops.csv", "--write", "--date", TODAY)
    assert done.returncode == 0, done.stdout + done.stderr
    assert (own / PATH).read_text("utf-8") == text


def test_the_card_tells_them(root: Path) -> None:
    after = read_snapshot(root, {"SITE_URL": "", "DEPOT": "", "CONTACT": ""}, TODAY)
    before = read_snapshot(ROOT, {"SITE_URL": "", "DEPOT": "", "CONTACT": ""}, TODAY)
    card = _plain(make_card(before, after))
    for title, words in zip(TITLES, TOLD.values(), strict=True):
        assert f"| {title} (cop) | {words} |" in card
        assert f"{title} (contact) : {words}" in card


def test_the_interview_asks_what_becomes_required(root: Path, tmp_path: Path) -> None:
    own = tmp_path / "depot"
    shutil.copytree(root, own, symlinks=True, ignore=shutil.ignore_patterns("site"))
    file = own / "schema" / "cop.schema.json"
    schema = json.loads(file.read_text("utf-8"))
    schema["required"].append("cop_accessible")
    file.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    snapshot = read_snapshot(own, {"SITE_URL": "", "DEPOT": "", "CONTACT": ""}, TODAY)
    given = {key: DATA[key] for key in ("type", "nom", "statut", "themes", "resume")}
    asked = Interview(snapshot, given=given | {"contact.courriel": "mairie@exemple.example"}, passed={"contact.page"})
    asked.place = snapshot.territories.communes["56001"]
    question = asked.next()
    assert question
    assert (question.key, list(question.choices.values())) == ("cop_accessible", ["Oui", "Non"])
    assert "« jamais »" in _plain(asked.answer(question, "jamais"))
    assert asked.answer(question, "Oui") == ""
    assert asked.next() is None

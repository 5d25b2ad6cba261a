"""The schema is the source: what is added there alone is asked, told, checked, filtered, published and read back.

One repository whose schemas gained a theme, a form and a key of each kind at every level (`tests/support/grown.py`),
and one build of it.
"""

import csv
import html
import io
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.edits.interview import Interview
from generator.edits.requests.answers import find_form, parse_request
from generator.edits.requests.new_entries import make_data
from generator.entries.corpus import KINDS
from generator.entries.schemas.fields import write_simple
from generator.entries.schemas.schema import Schema, load_schema
from generator.entries.writer import as_yaml
from generator.entries.yaml.source import read_source
from generator.french import typographie
from generator.pages.entries.records import record_cop
from generator.pages.frame.record import list_typed_words
from generator.pages.site import Site
from generator.repository.added_forms import MEETING, NEWS, TRAINING
from generator.repository.prompts import Form, Prompt
from generator.repository.request_forms import ADD, make_forms
from generator.repository.snapshot import Snapshot, read_snapshot
from generator.upkeep.card import make_card
from tests.support import grown, html_pages, repository
from tests.support.grown import ENTRIES, ID, THEME, TYPE
from tests.support.new_keys import FACETS, KEYS
from tests.support.paths import ROOT

Data = dict[str, Any]
UNSET = {"SITE_URL": "", "DEPOT": "", "CONTACT": ""}


@pytest.fixture(scope="module")
def snapshot(grown_root: Path) -> Snapshot:
    return read_snapshot(grown_root, UNSET, repository.TODAY)


@pytest.fixture(scope="module")
def schemas(grown_root: Path) -> Mapping[str, Schema]:
    return {kind.name: load_schema(grown_root / "schema", kind.name) for kind in KINDS}


def page(root: Path, address: str) -> html_pages.Page:
    path = f"{address}index.html"
    return html_pages.parse(path, (root / "site" / path).read_text("utf-8"))


def plain(text: str) -> str:
    return " ".join(text.replace("\u00a0", " ").replace("\u202f", " ").split())


# The check ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ENTRIES)
def test_the_writer_writes_them_in_the_order_of_the_schema_and_they_read_back(
    schemas: Mapping[str, Schema], kind: str
) -> None:
    path, data = ENTRIES[kind]
    schema = schemas[kind]
    text = as_yaml(dict(reversed(list(data.items()))), schema, kind, 2)
    assert text == as_yaml(data, schema, kind, 2)
    assert schema.check(read_source(path, text.encode(), schema.keys)) == (data, [])


@pytest.mark.parametrize("place", ["", "contact", "rencontres.0"])
def test_the_check_refuses_what_they_cannot_hold(schemas: Mapping[str, Schema], place: str) -> None:
    schema = schemas["cop"]
    told = {}
    for name, key in KEYS.items():
        for wrong, code in key.wrong.items():
            if code == "formule":  # a rule on texts, which every text has
                continue
            field = schema.fields.find(f"{place}.{_called(place)}_{name}".lstrip("."))
            assert field
            text = _with_line(schema, place, f"{field.name}: {wrong}")
            _, problems = schema.check(read_source("a.yml", text.encode(), schema.keys))
            told[name] = ([problem.code for problem in problems], [code])
    assert [name for name, (found, expected) in told.items() if found != expected] == []


def _called(place: str) -> str:
    return {"": "cop", "contact": "contact", "rencontres.0": "rencontre"}[place]


def _with_line(schema: Schema, place: str, line: str) -> str:
    """An entry without any new key but that of the line, written in the group of that name."""
    bare = {key: value for key, value in grown.COP.items() if not key.startswith("cop_")}
    bare["contact"], bare["rencontres"] = {"page": "https://exemple.example/"}, [{"debut": "2027-01-14", "objet": "a"}]
    after = {"": "\n", "contact": "page: https://exemple.example/\n", "rencontres.0": "debut: 2027-01-14\n"}[place]
    text = as_yaml(bare, schema, "cop", 2)
    margin = {"": "", "contact": "  ", "rencontres.0": "    "}[place]
    return text.replace(after, f"{after}{margin}{line}\n", 1)


# The pages ------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("address", "groups"),
    [
        (f"cops/{ID}/", {"cop": "", "contact": "Contact : ", "rencontre": "Rencontre fictive : "}),
        ("formations/essai-de-croissance/", {"formation": "", "session": "14 janvier 2027 : "}),
        ("actualites/2026-06-01-essai-de-croissance/", {"actualite": "", "rencontre": "Événement annoncé : "}),
    ],
)
def test_the_page_says_them(grown_root: Path, address: str, groups: Mapping[str, str]) -> None:
    text = page(grown_root, address).text
    told = plain(html.unescape(re.sub("</?[a-z][^>]*>", " ", text[text.index("Autres informations") :])))
    for place, around in groups.items():
        for name, key in KEYS.items():
            assert f"{around}{name.capitalize()} ({place}) {key.said}" in told.replace("gras .", "gras.")


def test_an_address_is_a_link_and_a_text_is_escaped(grown_root: Path) -> None:
    told = page(grown_root, f"cops/{ID}/")
    links = {attributes.get("href") for attributes in told.all("a")}
    assert {"https://exemple.example/?a=b&c=d", "mailto:accueil@a.example", "tel:0261910001"} <= links
    assert "https://exemple.example/a,b|c" in links
    assert "&lt;b&gt;gras&lt;/b&gt;" in told.text
    assert "<strong>gras</strong>" in told.text


def test_no_other_page_has_the_rubric(grown_root: Path) -> None:
    pages = html_pages.read(grown_root / "site").values()
    assert sum("Autres informations" in page.shown for page in pages) == len(ENTRIES)


def test_the_theme_and_the_form_have_their_pages(grown_root: Path) -> None:
    theme, form = (plain(page(grown_root, address).shown) for address in (f"themes/{THEME}/", f"types/{TYPE}/"))
    assert "1ᵉʳ essai : « l’eau » & l’air" in theme
    assert re.search(r"Objectifs de développement durable ?7 et 11", theme)
    assert "Essai de croissance" in theme
    assert "peut être portée par la commune ou l’intercommunalité" in form
    assert "texte le plus courant : Article L5211-10-1 du CGCT" in form
    assert "Quatorze thèmes" in page(grown_root, "themes/").shown
    assert "Onze formes" in page(grown_root, "types/").shown


@pytest.mark.parametrize(
    ("address", "places"),
    [
        ("ajouter/", {"cop": "", "contact": "contact.", "rencontre": "rencontres.0."}),
        ("ajouter/formation/", {"formation": "", "session": "sessions.0."}),
        ("ajouter/actualite/", {"actualite": "", "rencontre": "evenement."}),
    ],
)
def test_the_form_asks_them_and_the_documentation_lists_them(
    grown_root: Path, address: str, places: Mapping[str, str]
) -> None:
    asked, listed = page(grown_root, address), page(grown_root, "contribuer/champs/").text
    names = {str(attributes.get("name")) for attributes in asked.all("input", "select", "textarea")}
    for place, before in places.items():
        for name in KEYS:
            path = f"{before}{place}_{name}"
            assert path in names or any(other.startswith(f"{path}.") for other in names), path
            assert f"<code>{path.replace('.0', '')}</code>" in listed
    assert {THEME, "choix-39", "2e-choix"} <= {a.get("value") for a in asked.all("input", "option")}


def test_the_facets_are_shown_and_published(grown_root: Path) -> None:
    shown = {a.get("data-facette") for a in page(grown_root, "cops/").all("details", "div")}
    published = json.loads((grown_root / "site/donnees/annuaire.json").read_text("utf-8"))
    facets = {facet["nom"]: dict(facet["choix"]) for facet in published["facettes"]}
    assert set(FACETS) <= shown & facets.keys()
    assert facets["annees"] == {"2020": "Mandat 2020", "2026": "Mandat 2026"}
    assert (facets["entier"], facets["mois"]) == ({"-12": "-12"}, {"2026-03": "mars 2026"})
    row = next(row for row in published["cops"] if row[0] == ID)
    ranks = dict(zip(facets, row[published["colonnes"].index("facettes")], strict=True))
    for name in FACETS:
        value = KEYS[name].value
        values = value if isinstance(value, list) else [value]
        assert [list(facets[name])[rank] for rank in ranks[name]] == list(map(write_simple, values))


def test_what_they_say_is_found(snapshot: Snapshot) -> None:
    annuaire = snapshot.annuaire()
    site = Site(annuaire, snapshot.settings, snapshot.corpus.schemas)
    found = set(list_typed_words(record_cop(site, annuaire.par_id[ID]).texts))
    assert {"liste", "mandat", "trois", "deux"} <= found


# The data -------------------------------------------------------------------------------------------------------------


def test_the_data_hold_them(grown_root: Path) -> None:
    data = grown_root / "site" / "donnees"
    cops = json.loads((data / "cops.json").read_text("utf-8"))["cops"]
    formations = json.loads((data / "formations.json").read_text("utf-8"))["formations"]
    item = json.loads((data / "actualites/2026-06-01-essai-de-croissance.json").read_text("utf-8"))["donnees"]
    assert next(cop for cop in cops if cop["id"] == ID).items() >= grown.COP.items()
    assert next(one for one in formations if one["id"] == "essai-de-croissance").items() >= grown.FORMATION.items()
    assert item == grown.ACTUALITE
    described = json.loads((data / "cops.csv-metadata.json").read_text("utf-8"))["tableSchema"]["columns"]
    kinds = {column["name"]: column["datatype"] for column in described}
    assert kinds["cop_vrai"] == {"base": "boolean", "format": "oui|non"}
    assert (kinds["cop_entier"], kinds["cop_nombre"]) == ("integer", "number")


@pytest.mark.parametrize(("kind", "options"), [("cop", ()), ("formation", ("--formations",))])
def test_the_table_goes_out_and_comes_back(
    grown_root: Path, tmp_path: Path, kind: str, options: tuple[str, ...]
) -> None:
    table, other = tmp_path / "tableau.csv", tmp_path / "depot"
    out = repository.run("--root", grown_root, "export", *options, "--csv", table, "--date", repository.TODAY)
    assert out.returncode == 0, out.stderr
    shutil.copytree(grown_root, other, symlinks=True, ignore=shutil.ignore_patterns("site"))
    path = ENTRIES[kind][0]
    folder = other / ("cops" if kind == "cop" else Path(path).parent)
    for entry in folder.rglob("*.yml"):
        entry.unlink()
    back = repository.run("--root", other, "import", *options, table, "--write", "--date", repository.TODAY)
    assert back.returncode == 0, back.stdout + back.stderr
    assert (other / path).read_bytes() == (grown_root / path).read_bytes()
    if kind == "cop":
        row = next(csv.DictReader(io.StringIO(table.read_text("utf-8-sig"), newline=""), delimiter=";"))
        assert {"cop_vrais", "cop_textes.0", "rencontres.0.rencontre_groupe.dedans.ouvert"} <= row.keys()


# The doors ------------------------------------------------------------------------------------------------------------


def _body(form: Form, data: Data) -> str:
    """A request that says all that the form asks of some data."""
    return "\n\n".join(f"### {typographie(own.label)}\n\n{_say(own, _read(data, own.path))}" for own in form.prompts)


def _read(data: Any, path: str) -> Any:
    for step in path.split("."):
        held = data[0:1] if step == "0" else data.get(step) if isinstance(data, dict) else None
        data = held[0] if step == "0" and held else held
        if data is None:
            return None
    return data


def _say(own: Prompt, value: Any) -> str:
    values = list(map(write_simple, value)) if isinstance(value, list) else []
    if own.sort == "checkboxes":
        boxes = (
            f"- [{'x' if choice in values else ' '}] {typographie(words)}" for choice, words in own.choices.items()
        )
        return "\n".join(boxes)
    if value is None:
        return "_No response_"
    if own.sort == "dropdown":
        return typographie(own.choices[write_simple(value)])
    return "\n".join(values) or write_simple(value)


@pytest.mark.parametrize(
    ("name", "kind", "places"),
    [
        (ADD, "cop", {"cop": "", "contact": "contact."}),
        (MEETING, "cop", {"rencontre": "rencontres.0."}),
        (TRAINING, "formation", {"formation": "", "session": "sessions.0."}),
        (NEWS, "actualite", {"actualite": ""}),
    ],
)
def test_the_request_asks_them_and_its_answers_make_the_entry(
    schemas: Mapping[str, Schema], name: str, kind: str, places: Mapping[str, str]
) -> None:
    forms = make_forms(schemas)
    sorts = {own.path: own.sort for own in forms[name].prompts}
    for place, before in places.items():
        asked = {name: sorts.get(f"{before}{place}_{name}", "") for name in KEYS}
        assert asked == {name: key.sort for name, key in KEYS.items()}
        assert {f"{before}{place}_groupe.dedans.ouvert", f"{before}{place}_groupes.0.jours"} <= sorts.keys()
    data = ENTRIES[kind][1]
    body = _body(forms[name], data)
    assert find_form(body, forms) == forms[name]
    made = make_data(parse_request(body, forms[name]), schemas[kind])
    asked_paths = [path for path in sorts if _read(data, path) is not None]
    assert len(asked_paths) > len(KEYS)
    assert [path for path in asked_paths if _read(made, path) != _read(data, path)] == []


def test_the_card_tells_them(snapshot: Snapshot) -> None:
    card = plain(make_card(read_snapshot(ROOT, UNSET, repository.TODAY), snapshot))
    for name in ("vrai", "entier", "nombre", "mois", "plusieurs"):
        title = f"{name.capitalize()} (cop)"
        assert re.search(rf"\| {re.escape(title)} \| [^|]*{re.escape(KEYS[name].said[-6:])} \|", card), title


def test_the_interview_asks_what_becomes_required(snapshot: Snapshot, tmp_path: Path) -> None:
    own = tmp_path / "depot"
    shutil.copytree(snapshot.root, own, symlinks=True, ignore=shutil.ignore_patterns("site"))
    file = own / "schema" / "cop.schema.json"
    schema = json.loads(file.read_text("utf-8"))
    schema["required"] += [f"cop_{name}" for name in KEYS]
    for key in schema["properties"].values():
        key.pop("examples", None) if key["title"].endswith("(cop)") and "$ref" not in key else None
    file.write_text(json.dumps(schema, ensure_ascii=False), encoding="utf-8")
    asked = Interview(
        read_snapshot(own, UNSET, repository.TODAY),
        given={
            **{key: grown.COP[key] for key in ("type", "nom", "statut", "themes", "resume")},
            "contact.courriel": "mairie@exemple.example",
        },
        passed={"contact.page"},
    )
    asked.place = snapshot.territories.communes["29233"]
    assert list(_interview(asked)) == []
    wanted = grown.COP | {"cop_groupe": {"nom": "Un nom"}, "cop_groupes": [{"nom": "Un"}]}
    assert {key: wanted[key] for key in wanted if key.startswith("cop_")}.items() <= asked.data().items()


def _interview(asked: Interview) -> Iterator[str]:
    """Answer all; what was wrongly taken or refused."""
    while question := asked.next():
        name = question.key.partition("_")[2].partition(".")[0]
        key = KEYS[name]
        if key.sort:
            for wrong, code in key.wrong.items():
                if code not in ("choix-proche", "date-a-ecrire") and not asked.answer(question, wrong.strip("[]")):
                    yield f"{question.key}: {wrong}"
                    del asked.given[question.key]
        value = _read(grown.COP, question.key)
        values = value if isinstance(value, list) else [value]
        if refused := asked.answer(question, f"{question.sign} ".join(map(write_simple, values))):
            yield refused
            return

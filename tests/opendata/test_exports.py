"""The open data is read back: JSON, CSV and GeoJSON say the same, and a CSV row gives the typed entry back."""

import csv
import io
import json
import re
from typing import Any

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from generator.entries import corpus
from generator.entries.schemas.fields import Field
from generator.entries.schemas.schema import type_data
from generator.french import sort_key
from generator.model.annuaire import Annuaire, build_annuaire
from generator.opendata import cells, columns, exports, publication
from tests.support import annuaires
from tests.support.annuaires import SCHEMA_FILES, SCHEMAS, SETTINGS, TODAY, build
from tests.support.paths import ROOT

COP = SCHEMAS["cop"].fields

FULL = """\
sigle: CTL
autres_noms: ["Commission | du temps", "L’autre nom fictif"]
nom_br: "Kuzul an amzer hir c'h"
description: |
  + Une liste, « entre guillemets », qu'un tableur prendrait pour une formule.
  + Une suite, avec "des guillemets", des virgules ; et ]]> & 🌊.
deliberation: {date: 2021-01-20, numero: 2021-01, objet: Création}
creee_le: 2021-01
mandat: {debut: 2020, fin: 2026}
perimetre: [29233, "29236"]
demarche:
  - {type: pcaet, nom: Plan fictif, etat: en-cours}
  - {type: pat}
composition: {total: 16, elus: 8, parite: oui}
parties:
  - {nom: Association fictive, college: associations}
designation: [volontariat, tirage-au-sort]
rejoindre: {mode: ouvert, comment: "Écrivez : c'est ouvert !"}
rencontres:
  - debut: 2027-01-14 18:30
    objet: Première rencontre fictive
    lieu: {nom: Salle fictive, code: 29233}
    revision: 2
  - {debut: 2027-03-01, objet: Deuxième}
pacte: {signe_le: 2021-01-20, piliers: {vision: {etat: en-cours}}}
formations: [f]
liens: []
# un commentaire
"""


@pytest.fixture(scope="module")
def annuaire() -> Annuaire:
    return build(
        {
            "simple": annuaires.cop(nom="COP fictive simple"),
            "complete": annuaires.cop(nom='"Étonnante COP : fictive, avec tout"', more=FULL),
            "35/projet": annuaires.cop(nom="COP fictive en projet").replace("statut: active", "statut: en-projet"),
        },
        {"f": annuaires.formation()},
    )


@pytest.fixture(scope="module")
def made(annuaire: Annuaire) -> dict[str, bytes]:
    return publication.make_files(annuaire, SETTINGS, COP, SCHEMA_FILES)


def _json(made: dict[str, bytes], path: str) -> Any:
    return json.loads(made[path])


def _rows(raw: bytes) -> list[dict[str, str]]:
    return list(csv.DictReader(io.StringIO(raw.decode(), newline=""), strict=True))


# Every file ----------------------------------------------------------------------------------------------------------


def test_every_promised_file_is_there(made: dict[str, bytes]) -> None:
    data = {
        "modele-import.csv",
        "cops.json",
        "cops.csv",
        "cops-tableur.csv",
        "cops.csv-metadata.json",
        "cops.geojson",
        "formations.json",
        "compteur.json",
        "couverture.json",
        "cops.gogocarto.json",
        "catalogue.rdf",
        "catalogue.jsonld",
        "datapackage.json",
        "schema/cops.tableschema.json",
        "sommes-sha256.txt",
    }
    one = {f"cops/{name}.json" for name in ("simple", "complete", "projet")} | {"formations/f.json"}
    schema = {f"schema/{name}.schema.json" for name in ("cop", "formation", "actualite", "settings")}
    assert set(made) == {f"donnees/{name}" for name in data | one | schema}


OWN_WORDS = ("csv", "metadata.json", "datapackage.json", "catalogue.rdf", "catalogue.jsonld", ".txt")
"""Files whose format has its own names for all this, or no place for it."""


def test_every_json_says_version_date_licence_and_source(made: dict[str, bytes]) -> None:
    for path in made:
        if "schema/" in path or path.endswith(OWN_WORDS):
            continue
        read = _json(made, path)
        assert read["version"] == exports.DATA_VERSION, path
        assert read["date"] == TODAY
        assert read["licence"] == {"id": "etalab-2.0", "nom": "Licence Ouverte 2.0"}
        assert read["source"] == {"nom": SETTINGS.site_name, "url": SETTINGS.site_url}
        assert made[path].endswith(b"}\n")


def test_schemas_are_published_as_they_are(made: dict[str, bytes]) -> None:
    assert all(made[f"donnees/schema/{name}"] == raw for name, raw in SCHEMA_FILES.items())


def test_two_builds_are_byte_identical(annuaire: Annuaire, made: dict[str, bytes]) -> None:
    assert publication.make_files(annuaire, SETTINGS, COP, SCHEMA_FILES) == made


def test_an_empty_directory_has_all_its_files() -> None:
    made = publication.make_files(build(), SETTINGS, COP, SCHEMA_FILES)
    assert _json(made, "donnees/cops.json")["cops"] == []
    assert _json(made, "donnees/cops.geojson")["features"] == []
    assert made["donnees/cops.csv"].decode().count("\r\n") == 1


# JSON ----------------------------------------------------------------------------------------------------------------


def test_one_cop_keeps_typed_and_derived_apart(annuaire: Annuaire, made: dict[str, bytes]) -> None:
    read = _json(made, "donnees/cops/complete.json")
    head = {"version", "date", "licence", "source", "id", "dossier"}
    assert {*read} == {*head, "donnees", "derive", "commentaires", "texte", "ajout"}
    assert (read["id"], read["dossier"]) == ("complete", "29")
    assert read["donnees"] == annuaire.par_id["complete"].donnees
    assert read["commentaires"] is True
    assert _json(made, "donnees/cops/simple.json")["commentaires"] is False
    # The mandate ended with the elections of March 2026: typed and shown status differ.
    assert read["donnees"]["statut"] == "active"
    assert read["derive"]["statut_affiche"] == "a-confirmer"
    assert read["derive"]["url"] == "https://exemple.org/sous-dossier/cops/complete/"
    assert (read["derive"]["departements"], read["derive"]["epci"]) == (["29"], ["242900694"])


def test_all_cops_stand_in_one_file_with_their_address(annuaire: Annuaire, made: dict[str, bytes]) -> None:
    cops = _json(made, "donnees/cops.json")["cops"]
    assert [cop["nom"] for cop in cops] == sorted((cop["nom"] for cop in cops), key=sort_key)
    for cop in cops:
        own = dict(cop)
        derived = own.pop("derive")
        assert own.pop("url") == derived["url"]
        source = annuaire.par_id[own.pop("id")]
        assert own.pop("dossier") == source.dossier
        assert own == source.donnees


def test_trainings_keep_their_keys(annuaire: Annuaire, made: dict[str, bytes]) -> None:
    (read,) = _json(made, "donnees/formations.json")["formations"]
    assert read["url"] == read["derive"]["url"] == "https://exemple.org/sous-dossier/formations/f/"
    assert annuaire.formations[0].donnees.items() <= read.items()
    assert read["derive"]["prochaine_session"] is None


def test_counter_has_exactly_its_keys(annuaire: Annuaire, made: dict[str, bytes]) -> None:
    read = _json(made, "donnees/compteur.json")
    figures = "value objectif date a_confirmer en_projet collectivites par_departement par_type".split()
    assert list(read) == [*figures, "version", "licence", "source"]
    assert (read["value"], read["objectif"], read["a_confirmer"], read["en_projet"]) == (2, 1000, 1, 1)
    assert sum(read["par_departement"].values()) == sum(read["par_type"].values()) == read["value"]


def test_letters_are_written_as_they_are(made: dict[str, bytes]) -> None:
    assert "🌊" in made["donnees/cops.json"].decode()
    assert "Étonnante" in made["donnees/cops.csv"].decode()


# GeoJSON -------------------------------------------------------------------------------------------------------------


def test_points_lie_in_the_perimeter(made: dict[str, bytes]) -> None:
    read = _json(made, "donnees/cops.geojson")
    assert read["type"] == "FeatureCollection"
    for feature in read["features"]:
        assert feature["type"] == "Feature"
        assert feature["geometry"]["type"] == "Point"
        longitude, latitude = feature["geometry"]["coordinates"]
        assert -5.2 < longitude < -0.9
        assert 46.8 < latitude < 49.0
        assert feature["properties"]["id"] == feature["id"]


def test_a_cop_that_cannot_be_placed_stays_in_the_list() -> None:
    # A syndicat mixte is in no reference; here neither is the commune of its perimeter.
    nowhere = "{type: syndicat-mixte, code: 200000008, nom: Syndicat fictif}"
    text = annuaires.cop(more="perimetre: [29999]\n")
    text = text.replace('{type: commune, code: "29233", nom: Quimperlé}', nowhere)
    made = publication.make_files(build({"bretagne/x": text}), SETTINGS, COP, SCHEMA_FILES)
    (feature,) = _json(made, "donnees/cops.geojson")["features"]
    assert feature["geometry"] is None
    (row,) = _rows(made["donnees/cops.csv"])
    assert row["derive.longitude"] == row["derive.latitude"] == ""


# CSV -----------------------------------------------------------------------------------------------------------------


def test_every_file_counts_the_same(annuaire: Annuaire, made: dict[str, bytes]) -> None:
    ids = [cop.id for cop in annuaire.cops]
    assert [row["id"] for row in _rows(made["donnees/cops.csv"])] == ids
    assert [cop["id"] for cop in _json(made, "donnees/cops.json")["cops"]] == ids
    assert [feature["id"] for feature in _json(made, "donnees/cops.geojson")["features"]] == ids


def test_columns_follow_the_schema(made: dict[str, bytes]) -> None:
    header = next(csv.reader(io.StringIO(made["donnees/cops.csv"].decode(), newline="")))
    assert header[:4] == ["id", "dossier", "nom", "type"]
    assert len(header) == len(set(header))
    first = [name.partition(".")[0] for name in header[2:]]
    keys = [key for key in COP.children if key in first]
    assert list(dict.fromkeys(first)) == [*keys, "derive"]
    assert {"collectivite.code", "pacte.piliers.vision.etat", "rencontres.1.debut", "autres_noms.1"} <= set(header)
    assert "rencontres.2.debut" not in header


def test_cells_of_lists_and_derived_values(made: dict[str, bytes]) -> None:
    row = next(row for row in _rows(made["donnees/cops.csv"]) if row["id"] == "complete")
    assert row["themes"] == "climat-energie|eau"
    assert row["perimetre"] == "29233|29236"
    assert row["autres_noms.0"] == "Commission | du temps"
    assert row["rencontres.0.revision"] == "2"
    assert (row["derive.comptee"], row["derive.epci_noms"]) == ("oui", "Quimperlé Communauté")


def test_no_cell_is_a_formula(made: dict[str, bytes]) -> None:
    text = made["donnees/cops.csv"].decode()
    assert not text.startswith("\ufeff")
    written = [cell for row in csv.reader(io.StringIO(text, newline="")) for cell in row]
    assert not [cell for cell in written if RUN_BY_A_SPREADSHEET.search(cell) and not NUMBER.fullmatch(cell)]
    assert any(cell.startswith("-") for cell in written), "a longitude of Brittany"


SIGNS = st.sampled_from(
    ["=", "+", "-", "@", "＝", "'", '"', ";", "\t", "\r", "\n", " ", "\u00a0", ",", "|", "a", "1", "é"]
)


@given(st.lists(SIGNS, max_size=12).map("".join))
@example("- une liste\n- une autre")
@example("l’été ; - 3 °C")
def test_guarding_a_cell_loses_nothing(value: str) -> None:
    cell = cells.text(value)
    assert cells.untext(cell) == value
    assert not RUN_BY_A_SPREADSHEET.search(cell)


RUN_BY_A_SPREADSHEET = re.compile(r"""(?:^|[,;\t\r\n])[ \u00a0"]*[=+@＝-]""")
"""A formula where a cell may begin, in a table read with another separator than its own, or with all of them."""
NUMBER = re.compile(r"-?[0-9.]+")


@given(st.lists(st.lists(SIGNS, max_size=8).map("".join), min_size=2, max_size=3), st.sampled_from(",;"))
@example(["COP,=1+1", "COP;=1+1"], ";")
@example(["COP,=1+1", "COP;=1+1"], ",")
def test_a_table_read_with_another_separator_runs_nothing(row: list[str], own: str) -> None:
    written = cells.write_csv([["id", *row]], own)
    assert not RUN_BY_A_SPREADSHEET.search(written)  # whatever separates
    for separator in ",;\t":
        for read in csv.reader(io.StringIO(written, newline=""), delimiter=separator):
            assert [cell for cell in read if RUN_BY_A_SPREADSHEET.match(cell)] == []


def test_a_number_stays_one() -> None:
    assert [cells.text(value) for value in (-3.52, 48, True, None, "-3.52")] == ["-3.52", "48", "oui", "", "'-3.52"]


def test_joined_values_cannot_hold_the_separator() -> None:
    for column in columns.columns(COP, []):
        if column.joined:
            assert not column.field.element.is_free
            assert column.field.labels or column.field.element.motif
            assert all("|" not in value for value in column.field.labels)


def test_companion_describes_every_column(made: dict[str, bytes]) -> None:
    read = _json(made, "donnees/cops.csv-metadata.json")
    header = next(csv.reader(io.StringIO(made["donnees/cops.csv"].decode(), newline="")))
    described = read["tableSchema"]["columns"]
    assert [column["name"] for column in described] == header
    assert read["dc:date"] == TODAY
    assert "etalab-2.0" in read["dc:rights"]
    assert read["dc:source"] == {"@id": SETTINGS.site_url}
    kinds = {column["name"]: (column["datatype"], column.get("separator")) for column in described}
    assert kinds["themes"] == ("string", "|")
    assert kinds["composition.total"] == ("integer", None)
    assert kinds["derive.longitude"] == ("number", None)
    assert kinds["derive.comptee"][0] == {"base": "boolean", "format": "oui|non"}
    assert all(column["dc:title"] for column in described)


# Round trip ----------------------------------------------------------------------------------------------------------


def _rebuilt(row: dict[str, str]) -> Any:
    """The typed entry of one CSV row, from the row and the schema alone."""
    tree: dict[str, Any] = {}
    for name, cell in row.items():
        head = name.partition(".")[0]
        if cell and head not in {"id", "dossier", "derive"}:
            _put(tree, name.split("."), cell)
    return type_data(_lists(tree, COP), COP)


def _put(tree: dict[str, Any], names: list[str], cell: str) -> None:
    for name in names[:-1]:
        tree = tree.setdefault(name, {})
    tree[names[-1]] = cell


def _lists(value: Any, field: Field) -> Any:
    if isinstance(value, str):
        return value.split("|") if field.item else cells.untext(value)
    if field.item:
        return [_lists(value[key], field.item) for key in sorted(value, key=int)]
    return {key: _lists(child, field.children[key]) for key, child in value.items()}


def _without_empty(value: Any) -> Any:
    """A row cannot tell an empty list or mapping from an absent one; they mean the same."""
    if isinstance(value, dict):
        kept = {key: _without_empty(child) for key, child in value.items()}
        return {key: child for key, child in kept.items() if child not in ([], {}, "")}
    return [_without_empty(child) for child in value] if isinstance(value, list) else value


def test_a_row_gives_the_typed_entry_back(annuaire: Annuaire, made: dict[str, bytes]) -> None:
    for row in _rows(made["donnees/cops.csv"]):
        assert _rebuilt(row) == _without_empty(annuaire.par_id[row["id"]].donnees)


def test_the_real_entries_come_back_too() -> None:
    context = annuaires.context()
    real = build_annuaire(corpus.load(ROOT), context)
    rows = _rows(publication.make_files(real, SETTINGS, COP, SCHEMA_FILES)["donnees/cops.csv"])
    assert len(rows) == len(list((ROOT / "cops").rglob("*.yml")))
    for row in rows:
        assert _rebuilt(row) == _without_empty(real.par_id[row["id"]].donnees)

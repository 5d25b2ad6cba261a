"""Tables as people make them: what stands above the titles, what parts the cells, what a spreadsheet did to a value."""

import json
from collections.abc import Mapping, Sequence
from itertools import islice
from pathlib import Path
from typing import Any

import pytest
import xlsxwriter
from click.testing import CliRunner

from generator.cli.command import main
from generator.edits.importing import plans, workbooks
from generator.opendata.headings import group_by_title
from generator.repository.snapshot import read_snapshot
from generator.territories.reference import load_territories
from tests.support import repository
from tests.support.annuaires import RESUME
from tests.support.repository import TODAY
from tests.support.spreadsheets import csv_bytes

ROW: dict[str, str] = {
    "nom": "Commission fictive de l’eau",
    "type": "commission-extra-municipale",
    "collectivite.nom": "Allaire",
    "statut": "en-projet",
    "themes": "eau",
    "resume": RESUME,
    "contact.courriel": "mairie@exemple.example",
    "fiche.source": "collectivite",
}


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = tmp_path_factory.mktemp("tableaux") / "depot"
    repository.make_entries(root, 0, 0, 0, is_whole=True)
    return root


class Told(dict[str, Any]):
    """What a program is told of a table, and the notes for a person."""

    notes: str = ""

    def codes(self) -> list[tuple[int, str]]:
        return [(problem["row"], problem["code"]) for problem in self["problems"]]


def bring(depot: Path, raw: bytes | Path, kind: str = "csv") -> Told:
    path = raw if isinstance(raw, Path) else depot.parent / f"tableau.{kind}"
    if isinstance(raw, bytes):
        path.write_bytes(raw)
    given = ["--root", str(depot), "import", str(path), "--format", "json", "--date", TODAY]
    done = CliRunner(env=dict.fromkeys(repository.OURS)).invoke(main, given)
    assert done.exception is None or isinstance(done.exception, SystemExit), done.exception
    told = Told(json.loads(done.stdout) if done.stdout.startswith("{") else {"problems": []})
    told.notes = done.stderr
    return told


def table(*rows: Mapping[str, str], above: Sequence[Sequence[str]] = (), **options: str) -> bytes:
    titles = list(dict.fromkeys(title for row in rows for title in row))
    return csv_bytes([*above, titles, *([row.get(title, "") for title in titles] for row in rows)], **options)


# Above the titles, between the cells ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("raw", "row"),
    [
        *(
            (f"sep={sign}{end}".encode() + table(ROW, delimiter=sign, end=end), 1)
            for sign, end in ((",", "\r\n"), (";", "\n"), (";", "\r"), ("\t", "\r\n"))
        ),
        (b'"sep=;"\r\n' + table(ROW, delimiter=";"), 1),
        (table(ROW, above=[["Commissions, mise à jour mars 2026"]], delimiter=";"), 2),
        (table(ROW, above=[["", ""]], delimiter=";"), 2),
        (table(ROW, above=[["Titre"], [], ["Notes ; autres ; notes"]], delimiter=","), 4),
        *((table(ROW, delimiter=sign, end="\r"), 1) for sign in ",;\t"),
        (table(ROW | {"Nom en breton (sans sigle, sans lieu, court)": "Bodad an dour"}, delimiter=";"), 1),
    ],
)  # fmt: skip
def test_the_titles_and_what_parts_the_cells_are_found(depot: Path, raw: bytes, row: int) -> None:
    told = bring(depot, raw)
    assert (told["problems"], len(told["files"])) == ([], 1)
    assert (f"ligne {row}" in told.notes.replace("\u00a0", " ")) == (row > 1)
    assert told["files"][0]["row"] > row


def workbook(path: Path, sheets: Mapping[str, Sequence[Sequence[str]]]) -> Path:
    with xlsxwriter.Workbook(path) as book:
        for name, rows in sheets.items():
            sheet = book.add_worksheet(name)
            for number, row in enumerate(rows):
                sheet.write_row(number, 0, row)
    return path


def test_the_sheet_with_the_titles_is_read_and_named(depot: Path, tmp_path: Path) -> None:
    rows = [["COMMISSIONS"], [], [*ROW], [*ROW.values()]]
    aside: list[dict[str, list[list[str]]]] = [{}, {"Lisez-moi": [["Mode d’emploi"]]}, {"Vide": []}]
    for before in aside:
        told = bring(depot, workbook(tmp_path / "t.xlsx", {**before, "Liste": rows, "Notes": [["à faire"]]}))
        assert (told["problems"], len(told["files"])) == ([], 1)
        assert "Liste" in told.notes
        assert "ligne" in told.notes


def test_titles_as_people_write_them(depot: Path) -> None:
    titles = ["Nom", "Forme", "Commune", "Code postal", "État", "Thème *", "Résumé\n(280 signes)", "Mail", "Source"]
    told = bring(depot, csv_bytes([titles, [ROW["nom"], ROW["type"], "Allaire", "56350", *[*ROW.values()][3:]]], ";"))
    assert (told["problems"], len(told["files"])) == ([], 1)
    former = csv_bytes([["Type de COP" if key == "type" else key for key in ROW], [*ROW.values()]])
    assert bring(depot, former)["problems"] == []
    both = csv_bytes([[*ROW, "Code INSEE", "CP"], [*ROW.values(), "56001", "56350"]])
    assert bring(depot, both)["problems"] == []


BESIDE: Sequence[tuple[Mapping[str, str], str]] = [
    # What several columns tell of one place, and its code, or the problem that is told.
    ({"Commune": "Le Faouët", "Code postal": "56320"}, "56057"),
    ({"Département": "22", "Commune": "Le Faouët"}, "22057"),
    ({"Région": "Bretagne", "EPCI": "Redon Agglomération", "Commune": "Allaire"}, "56001"),
    ({"EPCI": "Redon Agglomération", "Commune": "néant"}, "243500741"),
    ({"EPCI": "Redon Agglomération", "Commune": "Redon", "collectivite.type": "Communauté d’agglo"}, "243500741"),
    ({"Code INSEE": "", "CP": "29200", "Ville": "Brest"}, "29019"),
    ({"CP": "29300", "Ville": "Le Trévoux"}, "29300"),
    ({"CP": "29300"}, "code-postal-partage"),
    ({"SIREN": "215600016", "Code INSEE": "56001", "SIRET": "21560001600013"}, "56001"),
    ({"Commune": "Allaire", "Département": "Finistère"}, "lieux-contraires"),
    ({"Commune": "Nantes"}, "lieu-hors-perimetre"),
    ({"Commune": "Lorient Agglomération", "collectivite.type": "Mairie"}, "lieu-d-une-autre-sorte"),
    ({"Commune": "Allaire", "collectivite.type": "Association"}, "choix-inconnu"),
]


@pytest.mark.parametrize(("cells", "answer"), BESIDE)
def test_a_place_is_told_by_several_columns(depot: Path, cells: Mapping[str, str], answer: str) -> None:
    row = {key: cell for key, cell in ROW.items() if key != "collectivite.nom"}
    snapshot = read_snapshot(depot, {}, TODAY)
    path = depot.parent / "lieux.csv"
    path.write_bytes(table({**row, "type": "autre", "type_precision": "Comité fictif", **cells}))
    planned = plans.plan_import(snapshot, workbooks.read(path, group_by_title(snapshot.corpus.schemas["cop"]).keys()))
    found = [finding.problem.code for finding in planned.findings]
    assert found == ([answer] if "-" in answer else [])
    assert "-" in answer or f'code: "{answer}"\n' in planned.files[0].text


def test_a_remark_and_an_empty_column_are_no_entry(depot: Path) -> None:
    rows = [[*ROW, "Observations"], [*ROW.values(), ""], ["TOTAL", "1"], ["", "", ""], ["* à confirmer"]]
    told = bring(depot, csv_bytes(rows, ";"))
    assert told.codes() == [(3, "ligne-sans-fiche"), (5, "ligne-sans-fiche")]
    assert "TOTAL, 1" in told["problems"][0]["message"]


def test_rows_without_a_name_are_not_read(depot: Path) -> None:
    told = bring(depot, csv_bytes([["Intitulé", "Commune"], *([f"Commission {n}", "Allaire"] for n in range(1_000))]))
    assert {row for row, _ in told.codes()} == {1}
    assert (1, "colonne-inconnue") in told.codes()


# Cells ---------------------------------------------------------------------------------------------------------------


NAMES = (
    "Airelle Bouleau Cormier Dauphin Écureuil Fougère Genêt Houx Iris Jonquille Kiwi Lierre Menthe Noyer Orme".split()
)


def test_what_stands_right_of_the_last_title_is_never_lost(depot: Path) -> None:
    told = bring(depot, table(ROW, ROW | {"nom": "Comité des haies"}, delimiter=";").rstrip() + b";suite\r\n")
    assert told.codes() == [(3, "cellule-de-trop")]
    assert "suite" in told["problems"][0]["message"]
    assert bring(depot, table(ROW, delimiter=";").rstrip() + b";;;\r\n")["problems"] == []


def test_a_cell_in_error_is_named_alone(depot: Path) -> None:
    cells = ["#N/A", "#REF!", "#NOM?", "#VALEUR!", "#DIV/0!", "#NAME?", "Err:502", "########"]
    keys = ["resume", "collectivite.nom", "statut", "contact.courriel"]
    rows = [ROW | {"nom": f"Comité {name}"} for name in NAMES]
    wrong = [row | {keys[n % 4]: cells[n % 8]} for n, row in enumerate(rows)]
    assert bring(depot, table(*wrong)).codes() == [(row, "cellule-en-erreur") for row in range(2, 2 + len(rows))]


@pytest.mark.parametrize("encoding", ["cp850", "mac_roman"])
def test_letters_of_dos_and_mac_are_refused(depot: Path, encoding: str) -> None:
    for words in ("Comité de l'eau", "Très près", "Où ça, là-bas, forêt", "Théâtre à l'île, déjà"):
        told = bring(
            depot,
            table(ROW | {"nom": words, "resume": "Un comite."}, delimiter=";", encoding="utf-8")
            .decode()
            .replace("’", "'")
            .encode(encoding),
        )
        assert "DOS" in told.notes, words
    windows = table(ROW | {"nom": "L’œuvre déjà prête… à Noël", "resume": f"{RESUME} « Où ? »"}, encoding="cp1252")
    assert "DOS" not in bring(depot, windows).notes


WRITTEN = [
    ("creee_le", "43905", "2020-03-15"),
    ("creee_le", "janv-20", "2020-01"),
    ("creee_le", "15/03/20", "2020-03-15"),
    ("creee_le", "dimanche 15 mars 2020", "2020-03-15"),
    ("creee_le", "15 03 2020", "2020-03-15"),
    ("creee_le", "2020-03-15 00:00:00", "2020-03-15"),
    ("creee_le", "15/03/2020 18h30", "date-a-ecrire"),
    ("creee_le", "31/04/2020", "date-impossible"),
    ("creee_le", "lundi 15 mars 2020", "jour-de-semaine"),
    ("rencontres.0.debut", "46401,75", "2027-01-14 18:00"),
    ("rencontres.0.debut", "jeudi 14 janvier 2027 à 18h30", "2027-01-14 18:30"),
    ("rencontres.0.debut", "14/01/2027\n18:30:00", "2027-01-14 18:30"),
    ("rencontres.0.debut", "Vendredi 14 janvier 2027 18h30", "jour-de-semaine"),
    ("contact.telephone", "2,97000000E+08", "0297000000"),
    ("contact.telephone", "2,97E+08", "motif-telephone"),
    ("contact.telephone", "02/97/00/00/00", "02 97 00 00 00"),
    ("contact.telephone", "0 800 123 456", "08 00 12 34 56"),
    ("contact.telephone", "02 97 00 00 00 ou 02 97 00 00 01", "telephone-a-choisir"),
    ("contact.telephone", "02  97 00 00 00", "02 97 00 00 00"),
]


def test_a_value_is_read_or_questioned(depot: Path) -> None:
    communes = load_territories().communes.values()
    rows = [ROW | {"collectivite.nom": c.nom, "collectivite.code": c.code} for c in islice(communes, len(WRITTEN))]
    for row, (key, cell, _) in zip(rows, WRITTEN, strict=True):
        row |= {key: cell, "rencontres.0.objet": "Réunion" if "rencontres" in key else ""}
    told = bring(depot, table(*rows))
    after = {correction["row"]: correction["after"] for correction in told["corrections"]}
    assert [after.get(n) or dict(told.codes())[n] for n in range(2, 2 + len(rows))] == [value for *_, value in WRITTEN]


def test_a_workbook_does_not_say_a_day_that_nobody_gave(depot: Path, tmp_path: Path) -> None:
    for day, shown in (("2020-01-01", "2020 ou 2020-01"), ("2020-03-01", "2020-03")):
        told = bring(depot, workbook(tmp_path / "t.xlsx", {"COP": [[*ROW, "creee_le"], [*ROW.values(), day]]}))
        assert told.codes() == [(2, "premier-du-mois")]
        assert shown in told["problems"][0]["remedy"]

"""The page where cells are pasted reads a table as `cop import` does: the same rows, mistakes and files."""

from pathlib import Path

import pytest
from playwright.sync_api import Browser

from generator.edits.fixing.fix_rules import SAFE
from generator.entries.rules import DATA
from generator.opendata.headings import group_by_title
from generator.opendata.titles import fold_title
from generator.repository.snapshot import Snapshot, read_snapshot
from tests.support.annuaires import RESUME, SCHEMAS
from tests.support.browser import screen, served, visitor
from tests.support.pasted import read_by_import, read_in_page, without_ids
from tests.support.paths import ROOT
from tests.support.repository import TODAY
from tests.support.spreadsheets import csv_bytes

CASES = sorted((ROOT / "tests/edits/cases").glob("*.csv"))
TOO_LONG = "40-mille-lignes-titres-inconnus.csv"
"""A thousand rows: the page leaves them to the command."""

ROW = {
    "Nom": "Commission fictive de l’eau",
    "Forme": "Commission extra-municipale",
    "Commune": "Mairie d’Allaire",
    "État": "en projet",
    "Thème *": "Eau, Climat et énergie",
    "Résumé\n(280 signes)": f'{RESUME}\nElle dit « oui » ; puis "non".',
    "E-mail": "mairie@exemple.example",
    "Tél": "02.97.00.00.00",
    "Date de création": "janvier 2020",
    "rencontres.0.debut": "14/01/2027 18h30",
    "rencontres.0.objet": "Réunion publique fictive",
    "rencontres.2.debut": "2027-02-14",
    "rencontres.2.objet": "Visite fictive",
    "sources.0.titre": "Délibération fictive",
    "sources.0.url": "https://exemple.example/page",
    "Source": "collectivite",
}
OTHERS = [
    ROW | {"Nom": "Comité fictif des haies", "Commune": "56350 Allaire", "Date de création": "31/04/2020"},
    ROW | {"Nom": "Comité fictif des haies ", "Commune": "Allaire"},  # the same once more
    ROW | {"Nom": "'=Commission", "Commune": "Le Faouët"},
    ROW | {"Nom": "Comité fictif", "Commune": "Nullepart", "Forme": "Comité", "Thème *": "Haies"},
    ROW | {"Nom": "Conseil fictif", "Résumé\n(280 signes)": "#REF!", "E-mail": "jean.dupont@free.fr"},
    ROW | {"Nom": "<img src=x onerror=alert(1)>", "Tél": ""},
]
RAW = [[*ROW], *([*row.values()] for row in (ROW, *OTHERS))]
PASTED = csv_bytes(RAW, "\t", end="\n")
PLACES = ["Région", "Département", "EPCI", "Commune", "Code INSEE", "Code postal", "Type de collectivité"]
AROUND = [
    ["Bretagne", "Morbihan", "", "Le Faouët", "", "56320", ""],
    ["", "22", "", "Le Faouët", "néant", "", "Mairie"],
    ["", "29 - Finistère", "Brest Métropole", "Brest", "", "29200", "Commune"],
    ["", "", "Redon Agglomération", "Allaire", "", "", "Communauté d’agglomération"],
    ["", "", "Redon Agglomération", "N/A", "", "", ""],
    ["", "Finistère", "", "Allaire", "", "", ""],
    ["", "", "", "", "", "29300", ""],
    ["", "", "", "Le Trévoux", "", "29300", ""],
    ["", "", "", "Nantes", "", "44000", ""],
    ["", "", "", "Lorient Agglomération", "", "", "Commune"],
    ["", "", "", "Rennes (quartier Villejean)", "", "", "Association"],
    ["", "Morbihan", "", "", "", "", ""],
]
SAID = {"Thème *": "Eau / Mobilités", "E-mail": "Mairie <mairie@exemple.example>", "Tél": "néant", "fin": "20h30"}
KEPT = [title for title in ROW if title != "Commune"]
TOLD = [
    ["Notes", *PLACES, *(f"{number}. {title}" for number, title in enumerate(KEPT, 1)), "rencontres.0.fin"],
    *(
        ["", *place, f"Comité {name} fictif", *((ROW | SAID)[title] for title in KEPT[1:]), SAID["fin"]]
        for name, place in zip("abcdefghijkl", AROUND, strict=True)
    ),
    ["", "TOTAL", "12"],
]
MADE = {
    "autour.csv": csv_bytes(TOLD, "|"),
    "colle.txt": PASTED,
    "virgules.csv": csv_bytes([["Liste des COP"], [], *RAW], ","),
    "sep.csv": b"sep=;\r\n" + csv_bytes(RAW, ";"),
    "marque.csv": b"\xef\xbb\xbf" + csv_bytes(RAW, ";", end="\r"),
    "excel.csv": csv_bytes(RAW, ";", encoding="windows-1252"),
    "unicode.txt": csv_bytes(RAW, "\t", encoding="utf-16"),
    "dos.csv": csv_bytes([["nom", "collectivite.nom"], ["Comité de l'eau", "Allaire"]], ";", encoding="cp850"),
    "en-double.csv": csv_bytes([[*ROW, "Mail", "Année", ""], [*ROW.values(), "a@exemple.example", "2020", "suite"]]),
    "trop.csv": csv_bytes([[*ROW], [*ROW.values(), "suite"]]),
    "guillemet.csv": b'nom,collectivite.nom\n"Comit\xc3\xa9,Allaire\n',
    "classeur.xlsx": b"PK\x03\x04",
}
REPAIRED = {
    # What a spreadsheet does to a number is set right by the command alone: the page asks.
    "04-nombres-scientifiques.csv": {2},
    "06-dates.csv": {4},
    "12-codes-siren-siret-scientifique.csv": {11, 16, 18},
}


@pytest.fixture(scope="module")
def snapshot(depot: Path) -> Snapshot:
    return read_snapshot(depot, {}, TODAY)


def test_the_page_reads_a_table_as_the_command_does(
    chromium: Browser, site: Path, snapshot: Snapshot, tmp_path: Path
) -> None:
    tables = {path.name: path.read_bytes() for path in CASES} | MADE
    words = group_by_title(SCHEMAS["cop"])
    notes = [str(column.field.annotations.get("x-titres", "")) for column in words.values()]
    titles = [*words, *", ".join(notes).split(", "), *ROW, "Nom (sans sigle", "Sources 2 : ADRESSES", "Œuvre ¹", ""]
    with served(site) as address, visitor(chromium, address, **screen(1280)) as visit:
        page = visit.open("404.html").page
        readings, folded = read_in_page(page, [*tables.items()], titles, TODAY)
        assert (visit.complaints, visit.strangers) == ([], [])
    assert folded == [fold_title(title) for title in titles]
    sound = 0
    for (name, raw), mine in zip(tables.items(), readings, strict=True):
        path = tmp_path / name
        path.write_bytes(raw)
        theirs = read_by_import(snapshot, path)
        assert mine.refused == (theirs.refused or name == TOO_LONG), name
        if mine.refused:
            continue
        nameless = {"colonne-manquante"} & {*mine.titles}
        # A required column that no table has is told on each row by the page, where it can be answered.
        assert {*mine.titles} == {*theirs.titles} or nameless, name
        for row in () if nameless else {*theirs.errors, *theirs.texts, *mine.errors, *mine.texts}:
            if row in REPAIRED.get(name, ()):
                assert row in mine.errors, (name, row)
                assert row in theirs.repaired, (name, row)
                continue
            assert mine.errors.get(row, []) == sorted(theirs.errors.get(row, [])), (name, row)
            assert without_ids(mine.texts.get(row, "")) == theirs.texts.get(row, ""), (name, row)
            sound += row in mine.texts
    assert sound > 50


def test_what_the_page_sets_right_the_command_does_too() -> None:
    assert set(DATA["table"]["certain"]) <= SAFE.keys()

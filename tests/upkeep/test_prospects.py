"""Where to act: who is asked what, in a table that any spreadsheet opens, and what was asked already."""

import csv
import io
from collections import Counter
from dataclasses import replace
from pathlib import Path

import pytest
from click.testing import CliRunner
from python_calamine import load_workbook

from generator.cli.command import main
from generator.edits.importing import workbooks
from generator.model.annuaire import Annuaire
from generator.model.prospects import COMMUNE, COMPLETE, EPCI, KINDS, RENEW, Prospects
from generator.repository.settings import LOCAL_URL
from generator.upkeep.prospects import (
    COLUMNS,
    FOLLOWED,
    Asked,
    ProspectRow,
    RowMaker,
    WrongFollowing,
    read_asked,
    write_prospects_csv,
    write_prospects_xlsx,
)
from tests.support import annuaires, repository

COUNCIL = """\
nom: Conseil fictif
type: conseil-de-developpement
collectivite: {type: epci, code: "200067932"}
statut: active
themes: [eau]
resume: Un conseil inventé pour les essais, où élus et habitants préparent ensemble les transitions.
contact: {courriel: contact@exemple.example}
inscrite_le: 2026-06-01
"""
"""Of Golfe du Morbihan – Vannes Agglomération."""


def found(annuaire: Annuaire, kind: str) -> list[str]:
    return [one.code for one in Prospects(annuaire).all if one.sorte == kind]


def row(annuaire: Annuaire, key: str, last: Asked | None = None) -> ProspectRow:
    (prospect,) = (one for one in Prospects(annuaire).all if one.cle == key)
    return RowMaker(annuaire, annuaires.SETTINGS, {key: last} if last else {}).make(prospect)


def test_every_commune_of_the_perimeter_without_a_cop_of_its_own() -> None:
    empty = annuaires.build()
    assert len(found(empty, COMMUNE)) == len(empty.territories.communes)
    ended = annuaires.cop(more="terminee_le: 2021\n").replace("active", "terminee")
    assert "29233" in found(annuaires.build({"a": ended}), COMMUNE)
    annuaire = annuaires.build({"a": annuaires.cop("COP de Quimperlé"), "56/c": COUNCIL})
    assert "29233" not in found(annuaire, COMMUNE)
    vannes = row(annuaire, "commune-sans-cop/56260")
    assert (vannes.cop_plus_large, vannes.intercommunalite) == (
        "Conseil fictif",
        "Golfe du Morbihan – Vannes Agglomération",
    )
    near = row(annuaire, "commune-sans-cop/29230")  # Querrien, beside Quimperlé
    assert near.cop_la_plus_proche == "COP de Quimperlé, Quimperlé"
    assert near.distance_km is not None
    assert 5 < near.distance_km < 15


def test_the_law_asks_for_a_council_above_fifty_thousand_inhabitants() -> None:
    annuaire = annuaires.build({"56/c": COUNCIL})
    large = {epci.code for epci in annuaire.territories.epci.values() if epci.population > 50_000}
    assert set(found(annuaire, EPCI)) == large - {"200067932"}
    ended = COUNCIL.replace("active", "terminee") + "terminee_le: 2022\n"
    assert set(found(annuaires.build({"56/c": ended}), EPCI)) == large
    message = row(annuaires.build(), "epci-sans-conseil/200067932").message
    assert "L5211-10-1" in message
    assert "n’en a recensé aucun" in message


def test_a_council_of_several_serves_each() -> None:
    shared = COUNCIL + 'perimetre: ["200067932", "200042174"]\n'
    assert not {"200067932", "200042174"} & set(found(annuaires.build({"56/c": shared}), EPCI))


def test_a_municipal_commission_of_the_last_term_is_to_be_renewed() -> None:
    old, new = annuaires.cop(inscrite_le="2025-06-01"), annuaires.cop(inscrite_le="2026-06-01")
    annuaire = annuaires.build({"vieille": old, "neuve": new})
    assert found(annuaire, RENEW) == ["vieille"]
    assert "mars 2026" in row(annuaire, "cop-a-renouveler/vieille").message


def test_an_entry_that_says_little_is_to_be_completed() -> None:
    said = "frequence: mensuelle\ncreee_le: 2026\nseances_publiques: oui\nrejoindre: {mode: ouvert}\n"
    more = said + "designation: [volontariat]\ndecision: [consensus]\ndescription: Une COP inventée.\n"
    annuaire = annuaires.build({"courte": annuaires.cop(more=said), "longue": annuaires.cop(more=more)})
    assert found(annuaire, COMPLETE) == ["courte"]
    missing = row(annuaire, "fiche-a-completer/courte").manque
    assert "documents" in missing
    assert "fréquence" not in missing


def test_a_territory_has_its_own() -> None:
    annuaire = annuaires.build()
    quimperle = annuaire.territories.epci["242900694"]
    own = Prospects(annuaire).of(quimperle)
    assert Counter(one.sorte for one in own) == {COMMUNE: len(quimperle.membres), EPCI: 1}
    finistere = Prospects(annuaire).of(annuaire.territories.departements["29"])
    assert {one.code for one in own} < {one.code for one in finistere}
    assert sum(one.sorte == COMMUNE for one in finistere) == 277
    bretagne = next(iter(annuaire.territories.regions.values()))
    assert Prospects(annuaire).of(bretagne) == Prospects(annuaire).all


def test_no_address_of_a_person_and_none_that_is_invented() -> None:
    annuaire = annuaires.build({"a": annuaires.cop(inscrite_le="2025-06-01"), "56/c": COUNCIL})
    rows = [RowMaker(annuaire, annuaires.SETTINGS, {}).make(one) for one in Prospects(annuaire).all]
    mairies = {mairie.courriel for mairie in annuaire.territories.mairies.values()}
    assert {one.courriel for one in rows} <= mairies | {"", "contact@exemple.example"}
    assert not [one for one in rows if "@" in one.message]
    assert all(one.message.startswith("Bonjour,\n\n") and one.objet for one in rows)


@pytest.mark.parametrize("address", ["untel@free.fr", "anne-martin@asso.example"])
def test_an_address_that_may_be_that_of_a_person_is_written_to_nobody(tmp_path: Path, address: str) -> None:
    text = annuaires.cop(inscrite_le="2025-06-01").replace('page: "https://exemple.org/"', f"courriel: {address}")
    root = repository.make(tmp_path / "depot", 0, 0, 0)
    path = root / "cops/29/quimperle-fictive.yml"
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(text, encoding="utf-8")
    done = CliRunner().invoke(main, ["--root", str(root), "prospects", "--date", annuaires.TODAY])
    assert (done.exit_code, address in done.stdout) == (0, False), done.stderr
    assert "quimperle-fictive" in done.stdout


def test_without_the_address_of_the_site_no_link_is_invented() -> None:
    annuaire = annuaires.build({"a": annuaires.cop(inscrite_le="2025-06-01")})
    maker = RowMaker(annuaire, replace(annuaires.SETTINGS, site_url=LOCAL_URL), {})
    rows = [maker.make(one) for one in Prospects(annuaire).all]
    assert not [one for one in rows if "http" in one.message + one.page]


# Tables ---------------------------------------------------------------------------------------------------------------

NASTY = annuaires.cop('"=2+5 & <b>"', inscrite_le="2025-06-01").replace('nom: "=', 'nom: "a ; =')


def test_both_tables_say_the_same_and_no_cell_is_a_formula(tmp_path: Path) -> None:
    annuaire = annuaires.build({"a": NASTY})
    maker = RowMaker(annuaire, annuaires.SETTINGS, {})
    rows = [maker.make(one) for one in Prospects(annuaire).of(annuaire.territories.communes["29233"])]
    rows += [maker.make(one) for one in Prospects(annuaire).all if one.sorte in (RENEW, COMPLETE)]
    book = tmp_path / "a.xlsx"
    book.write_bytes(write_prospects_xlsx(rows, "2026-11-24"))
    sheet = load_workbook(str(book)).get_sheet_by_index(0).to_python()
    text = write_prospects_csv(rows).decode("utf-8-sig")
    table = list(csv.reader(io.StringIO(text, newline=""), delimiter=";"))
    assert sheet[0] == table[0] == list(COLUMNS)
    assert len(sheet) == len(table) == 1 + len(rows) >= 3
    for line, cells in zip(sheet[1:], table[1:], strict=True):
        assert [str(int(cell)) if isinstance(cell, float) else cell for cell in line] == cells
    assert not [cell for line in table for cell in line if cell.startswith("=")]
    assert write_prospects_xlsx(rows, "2026-11-24") == book.read_bytes()


# What was asked -------------------------------------------------------------------------------------------------------


def asked(tmp_path: Path, text: str) -> dict[str, Asked]:
    path = tmp_path / "suivi.csv"
    path.write_text(text, encoding="utf-8")
    table = workbooks.read(path, FOLLOWED)
    return dict(read_asked(table.titles, ((row.number, row.cells) for row in table.rows)))


def test_the_last_thing_asked_of_each_is_read_back(tmp_path: Path) -> None:
    key = "commune-sans-cop/29236"
    read = asked(tmp_path, f"cle;date;quoi;note\n{key};2026-10-01;courriel;x\n{key};03/11/2026;appel;\n;;;\n")
    assert read == {key: Asked("2026-11-03", "appel")}
    line = row(annuaires.build(), key, last=read[key])
    assert (line.demande_le, line.demande) == ("2026-11-03", "appel")


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("cle;quoi\na;b\n", "Il manque au fichier de suivi : date."),
        ("cle;date;quoi\na;bientôt;b\n", "Ligne 2 du fichier de suivi : « bientôt » n’est pas une date."),
    ],
)
def test_a_file_that_cannot_be_read_back_is_told(tmp_path: Path, text: str, words: str) -> None:
    with pytest.raises(WrongFollowing, match=words.replace(".", r"\.")):
        asked(tmp_path, text)


def test_the_command(depot: Path, tmp_path: Path) -> None:
    following = tmp_path / "suivi.csv"
    following.write_text("cle;date;quoi\ncommune-sans-cop/29236;2026-11-03;courriel\n", encoding="utf-8")
    target = tmp_path / "a.csv"
    asking = ("--root", depot, "prospects", "--date", "2026-11-24", "--territoire", "Finistère", "--sortie", target)
    done = repository.call(*asking, "--suivi", following)
    assert done.returncode == 0, done.stderr
    rows = list(csv.DictReader(target.read_text("utf-8-sig").splitlines(keepends=True), delimiter=";"))
    assert {one["a_faire"] for one in rows} <= set(KINDS.values())
    assert [one["demande"] for one in rows if one["code"] == "29236"] == ["courriel"]
    repository.refused(repository.call(*asking), 2)  # it is not written over
    following.write_text("cle;quoi\n", encoding="utf-8")
    wrong = repository.call(*asking[:-1], tmp_path / "b.xlsx", "--suivi", following)
    repository.refused(wrong, 2)
    assert "Il manque au fichier de suivi" in wrong.stderr

"""A thousand rows at once: fifty mistakes told one by one, then a thousand files that pass, equal in data."""

import csv
import io
import json
from collections.abc import Mapping, Sequence
from pathlib import Path
from typing import Any

import pytest
from click.testing import CliRunner, Result

from generator.cli.command import main
from generator.edits.importing.headings import letters
from generator.entries import corpus
from generator.entries.corpus import Entry
from generator.opendata import columns
from tests.support import repository, spreadsheets
from tests.support.repository import TODAY, tree

COPS = 1000

FAULTS: Sequence[tuple[str, str, str, str]] = (
    # column, what somebody typed there, the code and how the sentence begins
    ("statut", "en cours", "choix-inconnu", "« en cours » n’est pas un choix possible pour « statut »."),
    ("contact.courriel", "anne.le-goff@exemple.org", "courriel-personnel", "« anne.le-goff@exemple.org » semble être"),
    ("resume", "Trop court", "trop-court", "« resume » est trop court : 10 caractères, 40 au moins."),
    ("contact.telephone", "06 12 34 56 78", "portable", "Un numéro de mobile est écrit ici."),
    ("inscrite_le", "2027-01-01", "date-future", "« inscrite_le » est dans le futur (2027-01-01) ; nous sommes le"),
    ("nom", "@tous les habitants", "formule", "« nom » commence par « @ »."),
    ("themes", "tous", "choix-tous", "« tous » n’est pas un choix possible pour « themes.1 »."),
    ("description", "# Un titre", "titre-de-niveau-1", "« description » contient un titre de niveau 1, une ligne"),
    ("contact.page", "voir le site", "motif-adresse", "« voir le site » n’est pas une adresse de page."),
    ("collectivite.nom", "Atlantis", "nom-contredit-code", "Le code « "),
)
"""Ten sorts of mistakes, each made in five rows."""

Table = list[list[str]]


@pytest.fixture(scope="module")
def demo(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository.make_entries(tmp_path_factory.mktemp("demo") / "depot", COPS, 20, 0)


@pytest.fixture(scope="module")
def exported(demo: Path) -> bytes:
    done = call(demo, "export", "--csv")
    assert done.exit_code == 0
    return done.stdout_bytes


@pytest.fixture
def empty(tmp_path: Path) -> Path:
    """The trainings that the entries name, and not one COP."""
    root = repository.make_entries(tmp_path / "depot", 0, 20, 0)
    (root / "cops").mkdir()
    return root


def call(root: Path, *arguments: str | Path) -> Result:
    given = ["--root", str(root), *map(str, arguments), "--date", TODAY]
    return CliRunner(env=dict.fromkeys(repository.OURS)).invoke(main, given)


def rows_of(raw: bytes) -> Table:
    return list(csv.reader(io.StringIO(raw.decode("utf-8-sig"), newline=""), delimiter=";"))


def data(root: Path) -> Mapping[str, Any]:
    return {entry.path: _bare(entry.data) for entry in corpus.load(root).of("cop")}


def _bare(value: Any) -> Any:
    """An empty list and an absent key are the same empty cell."""
    if isinstance(value, dict):
        return {key: _bare(child) for key, child in value.items() if child not in ([], {})}
    return [_bare(child) for child in value] if isinstance(value, list) else value


@pytest.mark.parametrize(("kind", "count"), [("csv", COPS), ("xlsx", 60), ("ods", 60)])
def test_fifty_mistakes_then_a_thousand_files(demo: Path, empty: Path, exported: bytes, kind: str, count: int) -> None:
    """What was exported comes back unchanged, and leaves again to the letter.

    Workbooks hold fewer rows: what follows their reading is the same, and writing them for a test is slow.
    """
    good = rows_of(exported) if count == COPS else shortened(rows_of(exported), count)
    bad, expected = spoiled(good)
    before = tree(empty)
    path = spreadsheets.write(empty.parent / f"tableau.{kind}", bad)
    told = call(empty, "import", path, "--write")
    assert (told.exit_code, told.stderr) == (1, "")
    *mistakes, outcome = plain(told.stdout).split("\n\n")
    read = f"{count:,}".replace(",", " ")
    assert outcome == f"{read} lignes lues : 50 erreurs. Rien n’est écrit tant qu’il reste une erreur.\n"
    assert len(mistakes) == len(expected) == 50
    for said, ((row, column), (name, code, words)) in zip(mistakes, sorted(expected.items()), strict=True):
        named = f"« {name} »" if kind == "csv" else f"{letters(column - 1)} ({name})"
        assert said.startswith(f"ligne {row}, colonne {named} : {words}")
        assert said.split("\n")[0].endswith(f"[{code}]")
    assert tree(empty) == before
    if kind == "csv":
        path.write_bytes(exported)
    else:
        spreadsheets.write(path, good)
    done = call(empty, "import", path, "--write")
    assert (done.exit_code, done.stderr) == (0, ""), done.stdout
    assert plain(done.stdout).startswith(f"{read} lignes lues : {read} fiches écrites.")
    assert len(set(tree(empty)) - set(before)) == count
    checked = call(empty, "check")
    assert checked.exit_code == 0
    assert "cops/" not in checked.stdout
    if count == COPS:
        assert json.dumps(data(empty), sort_keys=True) == json.dumps(data(demo), sort_keys=True)
        assert call(empty, "export", "--csv").stdout_bytes == exported


def spoiled(good: Table) -> tuple[Table, dict[tuple[int, int], tuple[str, str, str]]]:
    """The table with fifty mistakes, and where each is: (row, column) from 1 → name of the column, code, words."""
    at = {title: index for index, title in enumerate(good[0])}
    bad, expected = [list(row) for row in good], {}
    fit = fit_numbers(good)
    for turn in range(50):
        column, typed, code, words = FAULTS[turn % len(FAULTS)]
        number = fit[turn]
        bad[number - 1][at[column]] = typed
        expected[number, at[column] + 1] = (column, code, words)
    return bad, expected


def fit_numbers(good: Table) -> list[int]:
    """Rows where a mistake has no other effect: active entries of communes that no other names."""
    titles, *rows = good
    at = {title: index for index, title in enumerate(titles)}
    named = {row[at["remplacee_par"]] for row in rows}
    return [
        number
        for number, row in enumerate(rows, 2)
        if row[at["statut"]] == "active" and row[at["collectivite.type"]] == "commune" and row[at["contact.page"]]
        and row[at["type"]] == "cop-locale" and row[at["id"]] not in named
    ]  # fmt: skip


def shortened(good: Table, count: int) -> Table:
    """So many rows, those that may be spoiled among them, none that names another entry."""
    fit, replaced = set(fit_numbers(good)[:50]), good[0].index("remplacee_par")
    others = [number for number, row in enumerate(good[1:], 2) if number not in fit and not row[replaced]]
    return [good[0], *(good[number - 1] for number in sorted((*fit, *others[: count - 50])))]


def plain(text: str) -> str:
    """With ordinary spaces."""
    return text.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_cell_is_the_reverse_of_a_value(demo: Path) -> None:
    fields = corpus.load(demo).schemas["cop"].fields
    entries: list[Entry] = list(corpus.load(demo).of("cop"))
    known = columns.columns(fields, [entry.data for entry in entries])
    assert [columns.column(fields, one.name) for one in known] == list(known)

"""A table of trainings: what `cop export --formations` writes, `cop import --formations` reads back unchanged."""

from pathlib import Path
from typing import Any

from generator.entries.schemas.schema import type_data
from generator.entries.yaml.source import read_source
from tests.support import repository
from tests.support.annuaires import SCHEMAS
from tests.support.repository import TODAY

TITLES = "Titre de la formation;Nom de l’organisateur;Site de l’organisateur;Résumé;Publics;Modalité;Sorte de tarif"
TITLES += ";Page d’inscription;sessions.0.debut"
ROW = "Animer une COP;Organisme fictif;https://organisme.example/;Une journée inventée pour apprendre.;Élus, agents"
ROW += ";En présentiel;Gratuit;https://organisme.example/inscription;14/01/2027 9h30"


def run(root: Path, *arguments: str | Path) -> tuple[int, str]:
    done = repository.call("--root", root, *arguments, "--date", TODAY)
    return done.returncode, (done.stdout + done.stderr).replace("\u00a0", " ").replace("\u202f", " ")


def read(path: Path) -> Any:
    """What a file says: a long text ends with a line break that nobody wrote."""
    return type_data(read_source(path.name, path.read_bytes()).data, SCHEMAS["formation"].fields)


def test_an_export_comes_back_equal(tmp_path: Path) -> None:
    root, empty = tmp_path / "depot", tmp_path / "vide"
    repository.make_entries(root, 0, 12, 0, is_whole=True)
    repository.make_entries(empty, 0, 0, 0, is_whole=True)
    table = tmp_path / "formations.csv"
    assert run(root, "export", "--formations", "--csv", table) == (0, f"12 formations écrites dans {table}.\n")
    code, told = run(root, "import", "--formations", table)
    assert (code, told.split("\n")[0]) == (0, "12 fiches sont déjà là, à l’identique :")
    assert run(empty, "import", "--formations", table, "--write")[0] == 0
    for path in sorted((root / "content/formations").glob("*.yml")):
        made = empty / "content/formations" / path.name
        assert read(made) == read(path)


def test_a_table_typed_by_hand(tmp_path: Path) -> None:
    root, table = tmp_path / "depot", tmp_path / "formations.csv"
    repository.make_entries(root, 0, 0, 0, is_whole=True)
    table.write_text(f"{TITLES}\n{ROW}\n", encoding="utf-8")
    code, told = run(root, "import", "--formations", table, "--write")
    assert code == 0, told
    text = (root / "content/formations/animer-une-cop.yml").read_text("utf-8")
    assert "publics: [elus, agents]\n" in text
    assert f"publiee_le: {TODAY}\n" in text
    assert "- debut: 2027-01-14 09:30\n" in text
    assert run(root, "check")[0] == 0


def test_what_lacks_is_told(tmp_path: Path) -> None:
    root, table = tmp_path / "depot", tmp_path / "formations.csv"
    repository.make_entries(root, 0, 0, 0, is_whole=True)
    table.write_text("Titre de la formation;dossier\nAnimer une COP;29\n", encoding="utf-8")
    code, told = run(root, "import", "--formations", table)
    assert code == 1
    assert "Organisateur" in told
    assert "« dossier »" in told
    assert "Publiée le" not in told

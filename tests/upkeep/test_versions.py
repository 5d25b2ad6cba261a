"""What a change forgets is told from the version before it, and the revision of a meeting that moved is written."""

import shutil
import subprocess
from collections.abc import Mapping
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.command import main
from tests.support import repository
from tests.support.annuaires import cop
from tests.support.paths import ROOT
from tests.support.repository import TODAY

FILE = "cops/29/quimperle-cop-fictive.yml"
BLOCK = cop(more="rencontres:\n  - debut: 2027-01-14 18:30\n    objet: Réunion fictive\n")
FLOW = cop(more="rencontres:\n  - {id: une, debut: 2027-01-14 18:30, objet: Réunion fictive, revision: 2}\n")


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    root = repository.make(tmp_path / "depot", 0, 0, 0)
    (root / "schema").unlink()  # a link, which git does not follow
    shutil.copytree(ROOT / "schema", root / "schema")
    return root


def check(root: Path, *options: str) -> Result:
    given = ["--root", str(root), "check", "--since", "HEAD", "--date", TODAY, *options]
    return CliRunner(env=dict.fromkeys(repository.OURS)).invoke(main, given)


def commit(root: Path) -> None:
    me = ("-c", "user.name=x", "-c", "user.email=x@example.org")
    for words in (("init", "--quiet"), ("add", "."), (*me, "commit", "--quiet", "--message", "x")):
        subprocess.run(["git", "-C", str(root), *words], check=True, capture_output=True)


def change(root: Path, before: Mapping[str, str], after: Mapping[str, str]) -> None:
    """A directory of which one version is known, and the files that a hand has changed."""
    for files in (before, after):
        for path in before:
            (root / path).unlink(missing_ok=True)
        for path, text in files.items():
            (root / path).parent.mkdir(parents=True, exist_ok=True)
            (root / path).write_text(text, encoding="utf-8")
        if files is before:
            commit(root)


@pytest.mark.parametrize(
    ("text", "written"),
    [
        (BLOCK, "  - debut: 2027-01-14 19:00\n    revision: 1\n    modifie_le: 2026-"),
        (BLOCK.replace("    objet", "    lieu:\n      nom: Salle fictive\n    objet"), "19:00\n    revision: 1\n"),
        (FLOW, "debut: 2027-01-14 19:00, modifie_le: 2026-"),
    ],
)
def test_a_meeting_that_moved_gets_its_revision(depot: Path, text: str, written: str) -> None:
    moved = text.replace("18:30", "19:00")
    change(depot, {FILE: text}, {FILE: moved})
    assert "[revision-oubliee]" in check(depot).stdout
    fixed = check(depot, "--fix", "--force")
    assert "[revision-oubliee]" not in fixed.stdout.partition("corrigé")[2]
    after = (depot / FILE).read_text("utf-8")
    assert written in after
    assert ("revision: 3" in after) == (text is FLOW)
    assert "[revision-oubliee]" not in check(depot).stdout


def test_what_no_calendar_shows_needs_no_revision(depot: Path) -> None:
    change(depot, {FILE: BLOCK}, {FILE: BLOCK.replace("Réunion", "Grande réunion")})
    assert "revision-oubliee" not in check(depot).stdout


def test_a_renamed_file_keeps_its_address(depot: Path) -> None:
    other = "cops/29/quimperle-autre-nom.yml"
    change(depot, {FILE: BLOCK}, {other: BLOCK})
    told = check(depot).stdout
    assert "[fichier-renomme]" in told
    assert "anciens_ids: [quimperle-cop-fictive]" in told
    (depot / other).write_text(BLOCK + "anciens_ids: [quimperle-cop-fictive]\n", encoding="utf-8")
    assert "fichier-renomme" not in check(depot).stdout

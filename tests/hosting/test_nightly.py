"""The line of cron that makes the site each night: silent when all is well, else it says what went wrong."""

import os
import subprocess
from pathlib import Path

import pytest

from tests.support.paths import ROOT

CRON = ROOT / ".hebergement" / "chaque-nuit.cron"
PROGRAMS = ("git", "make", ".hebergement/comprimer", "python3")


@pytest.fixture
def repository(tmp_path: Path) -> Path:
    """A folder whose programs only say that they ran."""
    for name in PROGRAMS:
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text('#!/bin/sh\necho "${0##*/} $*" | tee -a "$JOURNAL" >&2\n', "utf-8")
        path.chmod(0o755)
    return tmp_path


def run_line(repository: Path) -> subprocess.CompletedProcess[str]:
    """As cron does: `sh -c`, what it says is a letter."""
    [line] = [line for line in CRON.read_text("utf-8").splitlines() if line.startswith("17 ")]
    assert "%" not in line  # cron would end the command there
    command = line.split(None, 6)[6].replace("/srv/annuaire", str(repository))
    environ = {"PATH": f"{repository}:{os.environ['PATH']}", "JOURNAL": str(repository / "journal")}
    return subprocess.run(["sh", "-c", command], env=environ, capture_output=True, encoding="utf-8", check=False)


def test_it_is_silent_when_all_is_well(repository: Path) -> None:
    done = run_line(repository)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    ran = (repository / "journal").read_text("utf-8").splitlines()
    assert ran == ["git pull --ff-only", "make publier", "comprimer site", "python3 .github/publier.py site/etat.json"]


@pytest.mark.parametrize("rank", range(len(PROGRAMS)))
def test_it_says_what_went_wrong_and_stops_there(repository: Path, rank: int) -> None:
    with (repository / PROGRAMS[rank]).open("a") as program:
        program.write('echo "panne" >&2; exit 1\n')
    done = run_line(repository)
    assert done.stdout.splitlines()[-1] == "panne"
    assert len((repository / "journal").read_text("utf-8").splitlines()) == rank + 1


def test_a_folder_that_is_gone_is_told(repository: Path) -> None:
    assert run_line(repository / "absent").stderr

"""The jobs of .gitlab-ci.yml, run by npm's gitlab-ci-local in a clone: `make forge`.

Played: the container of each job (its commands run in the shell of this machine), the packages (a copy of .venv) and
Pages.
`essais` and `eprouver` are not run: they call `.ci/run` and `make fuzz`, which say for themselves whether they pass.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.proposed import GOOD, NEW

PROGRAM = "gitlab-ci-local@4.55.0"  # those after it compile a library of C++ where they are installed
STANDINS = ROOT / "tests/support/standins.py"


@pytest.fixture(scope="module")
def program(tmp_path_factory: pytest.TempPathFactory) -> Path:
    missing = [command for command in ("npm", "rsync") if shutil.which(command) is None]
    if missing:
        pytest.skip(f"{' et '.join(missing)} manque : .gitlab-ci.yml n’a pas tourné")
    folder = tmp_path_factory.mktemp("npm")
    subprocess.run(
        ["npm", "install", "--silent", "--ignore-scripts", "--prefix", folder, PROGRAM], check=True, timeout=300
    )
    return folder / "node_modules/.bin/gitlab-ci-local"


@pytest.fixture
def clone(tmp_path: Path) -> Path:
    folder = tmp_path / "annuaire"
    subprocess.run(["git", "clone", "--quiet", ROOT, folder], check=True)
    git(folder, "checkout", "--quiet", "-B", "main")
    # The tool reads the project's name from the address of its origin; it is never asked.
    git(folder, "remote", "set-url", "origin", "git@gitlab.example:reseau/annuaire.git")
    # A job that names an image would ask for a container.
    pipeline = folder / ".gitlab-ci.yml"
    pipeline.write_text(
        re.sub(r"^  image: .*\n", "", pipeline.read_text("utf-8"), flags=re.MULTILINE), encoding="utf-8"
    )
    own = os.environ | {"FORGE_VENV": str(ROOT / ".venv")}
    subprocess.run([sys.executable, STANDINS, "actions/setup-python"], cwd=folder, check=True, env=own)
    return folder


def git(folder: Path, *words: str) -> str:
    own = ["-c", "user.name=Une habitante", "-c", "user.email=x@x"]
    done = subprocess.run(["git", *own, *words], cwd=folder, check=True, stdout=subprocess.PIPE, text=True)
    return done.stdout.strip()


def run(program: Path, clone: Path, job: str, **variables: str) -> subprocess.CompletedProcess[str]:
    given = [word for one in variables.items() for word in ("--variable", "=".join(one))]
    # Its own copy of GitLab's schema is older than `pages: true`; test_workflows.py holds the file against today's.
    words: list[str | Path] = [program, job, "--json-schema-validation=false", "--artifacts-to-source", *given]
    return subprocess.run(words, cwd=clone, capture_output=True, text=True, timeout=300)


@pytest.mark.parametrize(
    ("wrong", "right"), [("", ""), ("statut: en-projet", "statut: projet")], ids=["bonne", "à corriger"]
)
def test_a_merge_request(program: Path, clone: Path, wrong: str, right: str) -> None:
    base = git(clone, "rev-parse", "HEAD")
    git(clone, "checkout", "--quiet", "-b", "proposition")
    (clone / NEW).write_text(GOOD.replace(wrong, right) if wrong else GOOD, encoding="utf-8")
    git(clone, "add", NEW)
    git(clone, "commit", "--quiet", "--message=Ajoute une fiche")
    source = {"CI_PIPELINE_SOURCE": "merge_request_event", "CI_MERGE_REQUEST_DIFF_BASE_SHA": base}
    told = run(program, clone, "fiches", **source)
    assert told.returncode == (1 if wrong else 0), told.stdout
    assert "Commission fictive du climat" in (clone / "carte.md").read_text("utf-8")
    found = json.loads((clone / "qualite.json").read_text("utf-8"))
    assert [one["location"] for one in found] == ([{"path": NEW, "lines": {"begin": 4}}] if wrong else [])
    assert (clone / "site/index.html").exists() is not bool(wrong)


def test_the_publication_with_compressed_copies(program: Path, clone: Path) -> None:
    told = run(program, clone, "pages", CI_PAGES_URL="https://reseau.example/annuaire")
    assert told.returncode == 0, told.stdout
    assert (clone / "public/index.html.gz").exists()
    status = json.loads((clone / "public/etat.json").read_text("utf-8"))
    assert status["revision"] == git(clone, "rev-parse", "HEAD")
    told = run(program, clone, "fiches-en-attente")
    assert told.returncode == 0, told.stdout


def test_the_monthly_report_outlives_the_network(program: Path, clone: Path) -> None:
    told = run(program, clone, "entretien", CI_PIPELINE_SOURCE="schedule", ENTRETIEN="oui")
    assert told.returncode == 0, told.stdout
    assert "## " in (clone / "fiches.md").read_text("utf-8")
    assert (clone / "liens.md").read_text("utf-8").strip()

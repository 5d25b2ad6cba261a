"""The recipes of ARCHITECTURE.md, applied as they are written to a copy of the repository: each does what it says."""

import json
import re
import shutil
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.paths import ROOT
from tests.support.repository import TODAY, environment

pytestmark = pytest.mark.lent

TEXT = (ROOT / "ARCHITECTURE.md").read_text(encoding="utf-8")
COPIED = (".github", "content", "cops", "generator", "schema", "tests", "mkdocs.yml", "pyproject.toml")
LOST = shutil.ignore_patterns("__pycache__", "bench", "browser", "published")
COMMAND = "from generator.cli.command import entry; entry()"


def read_patch(title: str) -> str:
    """The patches of one recipe."""
    recipe = TEXT.partition(f"### Recette : {title}\n")[2].partition("\n### ")[0]
    patches = re.findall(r"^```diff\n(.*?)^```$", recipe, re.MULTILINE | re.DOTALL)
    assert patches, title
    return "".join(patches)


@pytest.fixture
def copy(tmp_path: Path) -> Iterator[Path]:
    """The repository with its own generator, to be changed."""
    root = tmp_path / "copie"
    root.mkdir()
    for name in COPIED:
        if (ROOT / name).is_dir():
            shutil.copytree(ROOT / name, root / name, ignore=LOST)
        else:
            shutil.copyfile(ROOT / name, root / name)
    subprocess.run(["git", "init", "--quiet", root], check=True)
    yield root
    shutil.rmtree(root)


def apply(root: Path, title: str) -> None:
    # The numbers of lines move with every commit: the lines around say where.
    done = subprocess.run(
        ["git", "apply", "--whitespace=nowarn", "-"],
        cwd=root, input=read_patch(title), text=True, capture_output=True, check=False,
    )  # fmt: skip
    assert done.returncode == 0, f"ARCHITECTURE.md, « {title} » : {done.stderr}"


def run(root: Path, *arguments: str) -> subprocess.CompletedProcess[str]:
    return subprocess.run(
        [sys.executable, *arguments],
        cwd=root, env=environment(PYTHONPATH=str(root), PYTHONDONTWRITEBYTECODE="1", PYTHONIOENCODING="utf-8"),
        text=True, capture_output=True, check=False, encoding="utf-8", timeout=120,
    )  # fmt: skip


def build(root: Path) -> Path:
    done = run(root, "-c", COMMAND, "build", "--date", TODAY, "--no-index")
    assert done.returncode == 0, done.stderr
    return root / "site"


def add_line(root: Path, line: str) -> Path:
    """One real entry with one more line."""
    entry = sorted(root.glob("cops/*/*.yml"))[0]
    entry.write_text(entry.read_text("utf-8") + f"{line}\n", encoding="utf-8")
    return entry


def test_every_recipe_is_tried() -> None:
    assert re.findall(r"^### Recette : (.*)$", TEXT, re.MULTILINE) == [
        "un champ",
        "un contrôle",
        "une sorte de page",
        "un flux",
    ]


def test_a_field(copy: Path) -> None:
    apply(copy, "un champ")
    request = run(copy, "-m", "tests.tools.issue_forms")
    assert request.returncode == 0, request.stderr
    assert "Lieu accessible en fauteuil roulant" in (copy / ".github/ISSUE_TEMPLATE/ajouter-une-cop.yml").read_text(
        "utf-8"
    )
    entry = add_line(copy, "accessible: oui")
    site = build(copy)
    assert "Lieu accessible en fauteuil roulant" in (site / "ajouter/index.html").read_text("utf-8")
    assert "Lieu accessible en fauteuil roulant" in (site / "contribuer/champs/index.html").read_text("utf-8")
    assert "Lieu accessible en fauteuil roulant" in (site / f"cops/{entry.stem}/index.html").read_text("utf-8")
    assert "accessible" in (site / "donnees/cops.csv").read_text("utf-8-sig").partition("\n")[0].split(",")
    assert 'data-facette="accessible"' in (site / "cops/index.html").read_text("utf-8")
    entry.write_text(entry.read_text("utf-8").replace("accessible: oui", "accessible: peut-être"), encoding="utf-8")
    checked = run(copy, "-c", COMMAND, "check", "--date", TODAY)
    assert checked.returncode == 1
    assert "accessible" in checked.stdout


def test_a_check(copy: Path) -> None:
    apply(copy, "un contrôle")
    for tool in ("problem_answers", "problem_examples"):
        made = run(copy, "-m", f"tests.tools.{tool}")
        assert made.returncode == 0, made.stderr
    case = "tests/problems/cop/rythme-d-une-cop-terminee"
    assert "[rythme-d-une-cop-terminee]" in (copy / f"{case}.txt").read_text("utf-8")
    shutil.copyfile(copy / f"{case}.yml", copy / "cops/29/essai-fictif.yml")
    checked = run(copy, "-c", COMMAND, "check", "--date", TODAY, "--format", "json")
    codes = [problem["code"] for problem in json.loads(checked.stdout)["problems"]]
    assert "rythme-d-une-cop-terminee" in codes
    assert "rythme-d-une-cop-terminee" in (build(copy) / "contribuer/erreurs/index.html").read_text("utf-8")


def test_a_kind_of_page(copy: Path) -> None:
    apply(copy, "une sorte de page")
    add_line(copy, "frequence: mensuelle")
    site = build(copy)
    page = (site / "rythmes/mensuelle/index.html").read_text("utf-8")
    assert "Mensuelle" in page
    assert 'href="mensuelle/"' in (site / "rythmes/index.html").read_text("utf-8")
    assert "rythmes/mensuelle/" in (site / "sitemap.xml").read_text("utf-8")
    assert "1 fiche" in page.replace("\u00a0", " ").replace("\u202f", " ")


def test_a_feed(copy: Path) -> None:
    apply(copy, "un flux")
    site = build(copy)
    kind = "commission-extra-municipale"
    entries = [path for path in ROOT.glob("cops/*/*.yml") if f"type: {kind}\n" in path.read_text("utf-8")]
    assert (site / f"flux/types/{kind}.rss").read_text("utf-8").count("<item>") == len(entries) > 0
    assert f"flux/types/{kind}.rss" in (site / f"types/{kind}/index.html").read_text("utf-8")

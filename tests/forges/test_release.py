"""A version is made from a clean tree, a dated journal and tests that pass; a .venv that runs no more is made again."""

import hashlib
import shutil
import subprocess
from pathlib import Path

import pytest

from tests.support.paths import ROOT

CHANGELOG = "# Journal\n\n## À venir\n\n## 1.2.3, 2026-11-24\n\n- Une chose.\n"


def git(root: Path, *words: str) -> None:
    identity = ("-c", "user.name=Essai", "-c", "user.email=essai@annuaire.example", "-c", "commit.gpgsign=false")
    subprocess.run(["git", *identity, *words], cwd=root, check=True, capture_output=True)


@pytest.fixture
def root(tmp_path: Path) -> Path:
    """A small project ready to be released."""
    (tmp_path / ".ci").mkdir()
    shutil.copy(ROOT / ".ci/release", tmp_path / ".ci/release")
    (tmp_path / "pyproject.toml").write_text('[project]\nversion = "1.2.3"\n', "utf-8")
    (tmp_path / "CHANGELOG.md").write_text(CHANGELOG, "utf-8")
    (tmp_path / ".gitignore").write_text("dist/\n", "utf-8")
    git(tmp_path, "init", "-q")
    git(tmp_path, "add", ".")
    git(tmp_path, "commit", "-qm", "début")
    return tmp_path


def release(root: Path, tests: str = "true") -> subprocess.CompletedProcess[str]:
    environ = {"PATH": "/usr/bin:/bin:/usr/local/bin", "ESSAIS": tests, "HOME": str(root)}
    return subprocess.run([root / ".ci/release"], env=environ, capture_output=True, encoding="utf-8", check=False)


def test_a_release_is_two_archives_and_their_digests(root: Path) -> None:
    done = release(root)
    assert done.returncode == 0, done.stderr
    digests = (root / "dist/annuaire-cop-1.2.3.sha256").read_text("utf-8").splitlines()
    for line, ending in zip(digests, ("tar.gz", "zip"), strict=True):
        raw = (root / f"dist/annuaire-cop-1.2.3.{ending}").read_bytes()
        assert line.split() == [hashlib.sha256(raw).hexdigest(), f"annuaire-cop-1.2.3.{ending}"]
    assert release(root).returncode == 0
    assert (root / "dist/annuaire-cop-1.2.3.sha256").read_text("utf-8").splitlines() == digests


def test_what_is_not_ready_is_not_released(root: Path) -> None:
    assert release(root, "false").returncode == 1
    (root / "oubli").touch()
    assert "ne sont pas enregistrés" in release(root).stderr
    (root / "oubli").unlink()
    git(root, "tag", "v1.2.3")
    assert "déjà publiée" in release(root).stderr
    (root / "pyproject.toml").write_text('[project]\nversion = "1.2.4"\n', "utf-8")
    git(root, "commit", "-qam", "suite")
    assert "## 1.2.4, AAAA-MM-JJ" in release(root).stderr
    assert not (root / "dist").exists()


@pytest.mark.skipif(not shutil.which("make"), reason="make n’est pas installé")
@pytest.mark.parametrize(
    ("place", "python", "again"), [(None, "true", False), ("/ailleurs", "true", True), (None, "false", True)]
)
def test_a_venv_that_runs_no_more_is_made_again(tmp_path: Path, place: str | None, python: str, again: bool) -> None:
    shutil.copy(ROOT / "Makefile", tmp_path / "Makefile")
    for name in ("requirements.txt", "pyproject.toml"):
        (tmp_path / name).touch()
    programs = tmp_path / ".venv/bin"
    programs.mkdir(parents=True)
    (programs / "cop").write_text(f"#!{place or tmp_path}/.venv/bin/python\n", "utf-8")
    (programs / "python").symlink_to(shutil.which(python) or "/bin/" + python)
    (programs / "pip").touch()
    (tmp_path / ".venv/.site").touch()
    told = subprocess.run(["make", "-n", "site"], cwd=tmp_path, capture_output=True, encoding="utf-8", check=True)
    assert ("venv --clear" in told.stdout) is again

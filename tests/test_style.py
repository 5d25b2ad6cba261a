"""Scripts, style sheets and texts keep the form of .editorconfig; `make format` gives it back."""

import re
import shutil
import subprocess
import tarfile
from pathlib import Path

import pytest

from tests.support import npm
from tests.support.paths import ROOT

GENERATOR = ROOT / "generator"
SCRIPTS = sorted(GENERATOR.rglob("*.js"))
SHEETS = sorted(GENERATOR.rglob("*.css"))
MEANT = re.compile(r"tests/(problems|feeds/published|edits/cases)/|\.png$")
"""Files whose signs are the subject of a test, and pictures."""

STARTS = r"(?:const|let|return|throw|export|import|await|function|async|for|if|while|document|window)\b"


def test_prettier_has_nothing_to_change(request: pytest.FixtureRequest, tmp_path: Path) -> None:
    node = shutil.which("node")
    if node is None:
        pytest.skip("node manque")
    with tarfile.open(npm.package(request.config, npm.PRETTIER)) as archive:
        archive.extractall(tmp_path, filter="data")
    prettier = tmp_path / "package" / "bin" / "prettier.cjs"
    done = subprocess.run(
        [node, prettier, "--list-different", *SCRIPTS, *SHEETS], cwd=ROOT, capture_output=True, text=True, timeout=300
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, "", ""), "relancez : make format"


@pytest.mark.parametrize("path", SCRIPTS, ids=lambda path: path.relative_to(GENERATOR).as_posix())
def test_a_statement_ends_with_its_semicolon(path: Path) -> None:
    """Without prettier: before a line that begins a statement, none is left without its end."""
    code = re.sub(r"/\*.*?\*/|(?<![:\"'`])//[^\n]*", "", path.read_text("utf-8"), flags=re.DOTALL)
    ends = re.findall(rf"^(?!\s*(?:if|for|while)\b.*\)$|.*\belse$)(.*[\w)\]\"'`])\s*\n\s*{STARTS}", code, re.MULTILINE)
    assert ends == []


@pytest.mark.parametrize("path", SHEETS, ids=lambda path: path.name)
def test_a_declaration_has_its_line(path: Path) -> None:
    code = re.sub(r"/\*.*?\*/", "", path.read_text("utf-8"), flags=re.DOTALL)
    assert re.findall(r"^.*;[^\n\"()]*[\w-]+:.*$|^.*\{[^\n}]*\S.*$", code, re.MULTILINE) == []


def test_every_text_ends_as_editors_end_it() -> None:
    listed = subprocess.run(["git", "ls-files", "-z"], cwd=ROOT, capture_output=True, text=True, check=False)
    if listed.returncode:
        pytest.skip("ce dossier n’est pas suivi par git")
    for name in filter(None, listed.stdout.split("\0")):
        if not MEANT.search(name) and (ROOT / name).is_file():
            text = (ROOT / name).read_bytes().decode("utf-8")
            assert text.endswith("\n") or not text, name
            assert "\r" not in text, name
            assert name.endswith(".md") or not re.search(r"[ \t]$", text, re.MULTILINE), name

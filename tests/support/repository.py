"""Whole small repositories on the disk, and the command run on them as a person would."""

import hashlib
import os
import re
import subprocess
import sys
from collections.abc import Mapping
from functools import cache
from pathlib import Path

from click.testing import CliRunner

from generator.building.manifest import write_manifest
from generator.cli.command import main
from tests.factory import repositories
from tests.support.paths import ROOT

TODAY = "2026-11-24"
COMMAND = Path(sys.executable).with_name("cop")
OURS = ("SITE_URL", "DEPOT", "CONTACT", "SOURCE_DATE_EPOCH", "COP_BUILD", "REVISION", "MOTEUR")
"""Variables that change a build."""
SHARED = (30, 9, 8)
"""COP, trainings and news items of the repository that all tests read."""


def make(root: Path, cops: int = 3, formations: int = 1, actualites: int = 1, is_whole: bool = False) -> Path:
    """A repository of fictitious entries at `root`, ready for `cop build`.

    Unless it is to be whole, it is that of one département: a page for each commune of the region is most of a build.
    """
    repositories.write(root, cops, formations, actualites, today=TODAY)
    if not is_whole:
        narrow(root)
    return root


def make_entries(root: Path, cops: int = 3, formations: int = 1, actualites: int = 1, is_whole: bool = False) -> Path:
    """The same without the pages written by hand: checking them is most of what reading a small repository takes."""
    make(root, cops, formations, actualites, is_whole)
    for page in root.glob("content/**/*.md"):
        page.unlink()
    return root


def narrow(root: Path) -> None:
    """Leave one département in the perimeter of a repository."""
    file = root / "mkdocs.yml"
    text, found = re.subn(r"departements: \[.*\]", 'departements: ["29"]', file.read_text("utf-8"))
    assert found == 1
    file.write_text(text, encoding="utf-8")


def environment(**more: str) -> dict[str, str]:
    """The machine's own, without the variables that change a build."""
    return {key: value for key, value in os.environ.items() if key not in OURS} | more


def run(
    *arguments: str | Path, cwd: Path = ROOT, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`cop …` in its own process, its texts read as UTF-8."""
    command: list[str | Path] = [COMMAND, *arguments]
    return subprocess.run(
        command,
        cwd=cwd,
        env=environment(PYTHONIOENCODING="utf-8", **variables or {}),
        capture_output=True,
        text=True,
        encoding="utf-8",
        check=False,
        timeout=120,
    )


def call(*arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """The same within this process, in a fifth of the time, where neither usage nor the process is the subject."""
    words = [str(one) for one in arguments]
    done = CliRunner(env=dict.fromkeys(OURS)).invoke(main, words, prog_name="cop", catch_exceptions=False)
    return subprocess.CompletedProcess(words, done.exit_code, done.stdout, done.stderr)


@cache
def read_help(command: str = "") -> str:
    """What `cop --help`, or that of one command, says."""
    return call(*command.split(), "--help").stdout


def build(
    root: Path, *more: str | Path, variables: Mapping[str, str] | None = None
) -> subprocess.CompletedProcess[str]:
    """`cop build` at the tests' own day, without the search index."""
    return run("--root", root, "build", "--date", TODAY, "--no-index", *more, variables=variables)


def tree(folder: Path) -> Mapping[str, str]:
    """Every file of a folder, hidden ones too, by path: the digest of its bytes."""
    return {
        path.relative_to(folder).as_posix(): hashlib.sha256(path.read_bytes()).hexdigest()
        for path in sorted(folder.rglob("*"))
        if path.is_file()
    }


def beside(output: Path) -> list[str]:
    """What an interrupted build may leave beside the site."""
    return sorted(path.name for path in output.parent.glob(f".{output.name}.*"))


# A repository to spoil -----------------------------------------------------------------------------------------------

_FORMER = "l’ancien site\n"
_FORMER_FILES = [".cop-site.json", "index.html", "sitemap.xml"]
_ENGLISH = ("Traceback", "Error", "error", "warning", "Warning", "No such", "Invalid")


def with_former_site(root: Path) -> Path:
    """A small repository that has a site already."""
    make(root)
    write_former(root / "site")
    return root


def write_former(site: Path) -> None:
    """A site that a build has made."""
    site.mkdir()
    for name in _FORMER_FILES[1:]:
        (site / name).write_text(_FORMER, encoding="utf-8")
    (site / _FORMER_FILES[0]).write_bytes(write_manifest(_FORMER_FILES))


def former(output: Path) -> bool:
    """That site stands as it was, and nothing is left beside it."""
    same = sorted(tree(output)) == _FORMER_FILES
    return same and all((output / n).read_text("utf-8") == _FORMER for n in _FORMER_FILES[1:]) and not beside(output)


def refused(done: subprocess.CompletedProcess[str], code: int) -> None:
    """It stopped in French."""
    assert done.returncode == code, done.stderr
    assert done.stdout == ""
    assert [word for word in _ENGLISH if word in done.stderr] == []

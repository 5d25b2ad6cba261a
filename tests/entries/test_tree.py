"""What stands in cops/ and content/ that is no plain file: told apart, told in French, and never opened."""

import os
import shutil
import socket
import unicodedata
from collections.abc import Callable, Mapping
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.command import main
from generator.entries.content.allowed import DATA
from generator.entries.schemas.schema import read_published
from generator.failures import NotPlain
from generator.problems.problem import Problem
from generator.problems.renderings import compose
from generator.problems.reports import as_text
from generator.repository.snapshot import read_snapshot
from tests.support import repository
from tests.support.paths import ROOT

FOLDERS = {"cops/29": "yml", "content": "md", "content/formations": "yml", "content/images": "png"}


def make_socket(path: Path) -> None:
    # The path of a socket is short: it is made where we stand.
    here = Path.cwd()
    os.chdir(path.parent)
    try:
        with socket.socket(socket.AF_UNIX) as made:
            made.bind(path.name)
    finally:
        os.chdir(here)


def make_full_folder(path: Path) -> None:
    path.mkdir()
    (path / "autre.yml").write_text("nom: x\n", encoding="utf-8")


ODD: Mapping[str, tuple[str, Callable[[Path], None]]] = {
    "lien-vers-un-secret": ("lien-symbolique", lambda path: path.symlink_to("/proc/self/environ")),
    "lien-sans-fin": ("lien-symbolique", lambda path: path.symlink_to("/dev/zero")),
    "lien-casse": ("lien-symbolique", lambda path: path.symlink_to("nulle-part")),
    "lien-en-boucle": ("lien-symbolique", lambda path: path.symlink_to(path.name)),
    "lien-vers-dossier": ("lien-symbolique", lambda path: path.symlink_to("..")),
    "tube": ("fichier-special", os.mkfifo),
    "prise": ("fichier-special", make_socket),
    "dossier": ("dossier-pour-fichier", Path.mkdir),
    "dossier-plein": ("dossier-pour-fichier", make_full_folder),
}


@pytest.fixture
def root(tmp_path: Path) -> Path:
    made = repository.make(tmp_path / "depot", 2, 1, 1)
    for folder in FOLDERS:
        (made / folder).mkdir(parents=True, exist_ok=True)
    return made


def told(root: Path) -> list[Problem]:
    snapshot = read_snapshot(root, {}, repository.TODAY)
    problems = [problem for problem in snapshot.problems if problem.path != "mkdocs.yml"]
    assert as_text(problems, snapshot.lines) or not problems  # the lines that it shows are read from the files
    return problems


def test_odd_files_are_refused_unopened(root: Path) -> None:
    expected = {}
    for folder, extension in FOLDERS.items():
        for name, (code, make) in ODD.items():
            path = f"{folder}/{name}.{extension}"
            make(root / path)
            expected[path] = code
    problems = told(root)
    assert {problem.path: problem.code for problem in problems} == expected
    assert len(problems) == len(expected)
    assert all(compose(problem).remedy for problem in problems)


def test_the_folders_themselves_are_no_links(root: Path, tmp_path: Path) -> None:
    for folder in ("cops", "content/formations", "content/images"):
        (root / folder).rename(tmp_path / folder.replace("/", "-"))
        (root / folder).symlink_to(tmp_path / folder.replace("/", "-"))
    codes = {problem.path: problem.code for problem in told(root)}
    assert codes == dict.fromkeys(("cops", "content/formations", "content/images"), "lien-symbolique")


def copy_rules(root: Path) -> Path:
    """The rules as files of the repository: those of the factory are a link to ours."""
    (root / "schema").unlink()
    shutil.copytree(ROOT / "schema", root / "schema")
    return root / "schema"


def test_what_stands_beside_the_rules_is_looked_at_too(root: Path) -> None:
    """Every file of rules is published as it is."""
    folder = copy_rules(root)
    (folder / ".DS_Store").write_bytes(b"")
    expected = {}
    for name, (code, make) in ODD.items():
        make(folder / f"{name}.schema.json")
        expected[f"schema/{name}.schema.json"] = code
    assert {problem.path: problem.code for problem in told(root)} == expected
    with pytest.raises(NotPlain):
        read_published(folder)


DEPENDED_ON = ("schema/cop.schema.json", "schema/settings.schema.json", "mkdocs.yml", "journal.json")


@pytest.mark.parametrize("name", DEPENDED_ON)
def test_what_everything_depends_on_is_a_plain_file(root: Path, name: str) -> None:
    copy_rules(root)
    for odd in ("lien-vers-un-secret", "tube", "dossier"):
        (root / name).unlink(missing_ok=True)
        ODD[odd][1](root / name)
        done = CliRunner().invoke(main, ["--root", str(root), "review", "--date", repository.TODAY])
        assert (done.exit_code, done.stdout) == (2, "")
        assert len(done.stderr.splitlines()) == 1


@pytest.mark.parametrize("text", ["", "{", "[" * 90_000, "\ufffe", '{"a": 1e999', '"' + "x" * 1_000_001 + '"'])
def test_rules_that_do_not_read_are_told(root: Path, text: str) -> None:
    (copy_rules(root) / "cop.schema.json").write_text(text, encoding="utf-16" if text == "\ufffe" else "utf-8")
    done = CliRunner().invoke(main, ["--root", str(root), "check", "--date", repository.TODAY])
    assert done.exit_code == 2
    assert "Les règles des fiches ne se lisent pas" in done.stderr


def test_what_editors_and_systems_leave_is_said_once_and_stops_nothing(root: Path) -> None:
    names = (".DS_Store", "._a.yml", "Thumbs.db", "desktop.ini", ".a.yml.swp", "a.yml~", "#a.yml#", ".~lock.a.ods#")
    for folder in FOLDERS:
        for name in names:
            (root / folder / name).write_bytes(b"\0\xff")
        (root / folder / ".#a.yml").symlink_to("quelqu-un@machine.1234:1")  # as Emacs holds a file
    problems = told(root)
    assert {problem.code for problem in problems} == {"fichier-de-passage"}
    assert len(problems) == 3  # in cops/, in content/, among the trainings
    assert not any(problem.is_error for problem in problems)
    assert repository.build(root).returncode == 0
    assert not [path for path in root.rglob("site/**/*") if path.name in {*names, ".#a.yml"}]


def test_an_entry_never_looks_like_something_left_behind() -> None:
    kept = [path.name for folder in ("cops", "content") for path in (ROOT / folder).rglob("*.*")]
    assert len(kept) > 20
    assert [name for name in kept for pattern in DATA["left_behind"] if fnmatchcase(name, pattern)] == []


@pytest.mark.parametrize("folder", FOLDERS)
def test_names_that_some_systems_take_for_the_same(root: Path, folder: str) -> None:
    extension = FOLDERS[folder]
    for name in ("pacte", "Pacte", "PACTE", "é", unicodedata.normalize("NFD", "é")):
        (root / folder / f"{name}.{extension}").write_bytes(b"")
    alike = {problem.value("fichier") for problem in told(root) if problem.code == "noms-confondus"}
    assert alike == {f"{name}.{extension}" for name in ("Pacte", "PACTE", unicodedata.normalize("NFD", "é"))}


def test_an_empty_folder_or_submodule_is_told(root: Path) -> None:
    for folder in ("cops/module", "cops/29/module", "content/module", "content/formations/module"):
        (root / folder).mkdir()
    problems = told(root)
    assert [problem.code for problem in problems] == ["dossier-vide"] * 4
    assert not any(problem.is_error for problem in problems)


def test_a_directory_without_any_cop_is_built(root: Path) -> None:
    for path in (*root.glob("cops/*/*.yml"), *root.glob("content/*/*.yml")):
        path.unlink()
    for folder in (*root.glob("cops/*"), root / "cops"):  # git keeps no empty folder
        folder.rmdir()
    assert repository.run("check", "--date", repository.TODAY, cwd=root / "content").returncode == 0
    done = repository.build(root)
    assert done.returncode == 0, done.stderr
    assert (root / "site" / "cops" / "index.html").is_file()

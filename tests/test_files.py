"""Files written whole or not at all, folders for passing work: whoever is killed, or has no room, leaves nothing."""

import ast
import os
import resource
import shutil
import stat
import subprocess
import sys
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from click.testing import CliRunner

from generator.cli.command import main
from generator.files import PassingFolder, remove_abandoned, write_new, write_over
from generator.upkeep.links import memory
from tests.support import repository, spreadsheets
from tests.support.paths import ROOT
from tests.support.repository import TODAY, tree

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="il faut être root pour donner un fichier à quelqu’un d’autre")


@contextmanager
def without_room(most: int = 0) -> Iterator[None]:
    """No file may grow beyond so many bytes: what a full disk does, without one."""
    former = resource.getrlimit(resource.RLIMIT_FSIZE)
    resource.setrlimit(resource.RLIMIT_FSIZE, (most, former[1]))
    try:
        yield
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, former)


# One file -------------------------------------------------------------------------------------------------------------


def test_a_new_file_never_takes_the_place_of_another(tmp_path: Path) -> None:
    path = tmp_path / "29" / "a.yml"
    write_new(path, b"un\n")
    with pytest.raises(FileExistsError) as raised:
        write_new(path, b"deux\n")
    assert raised.value.filename == str(path)
    assert [item.name for item in path.parent.iterdir()] == ["a.yml"]
    assert path.read_bytes() == b"un\n"
    assert stat.S_IMODE(path.stat().st_mode) & 0o600 == 0o600


def test_a_disk_that_knows_one_name_a_file(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    def refuse(*_: object) -> None:
        raise PermissionError(1, "Operation not permitted")

    monkeypatch.setattr(os, "link", refuse)
    test_a_new_file_never_takes_the_place_of_another(tmp_path)


@pytest.mark.parametrize("most", [0, 3, 4096])
def test_without_room_nothing_is_left(tmp_path: Path, most: int) -> None:
    (tmp_path / "a").write_text("ancien", encoding="utf-8")
    with without_room(most):
        for write, path in ((write_new, tmp_path / "b" / "c" / "d"), (write_over, tmp_path / "a")):
            with pytest.raises(OSError) as raised:
                write(path, b"neuf\n" * 1000)
            assert raised.value.filename == str(path)
    assert [item.name for item in tmp_path.iterdir()] == ["a"]
    assert (tmp_path / "a").read_text("utf-8") == "ancien"


@AS_ROOT
def test_a_file_keeps_its_owner_its_group_and_its_rights(tmp_path: Path) -> None:
    path = tmp_path / "a.yml"
    path.write_text("nom: A\n", encoding="utf-8")
    for owner, group, mode in ((12345, 54321, 0o640), (0, 54321, 0o2664), (12345, 0, 0o600)):
        os.chown(path, owner, group)
        path.chmod(mode)
        write_over(path, b"nom: B\n")
        now = path.stat()
        assert (now.st_uid, now.st_gid, stat.S_IMODE(now.st_mode)) == (owner, group, mode)


RESUME = "Une COP inventée pour les essais, où élus et habitants préparent ensemble les transitions."
TABLE = {"nom": "COP fictive", "collectivite.code": "29233", "themes": "eau", "resume": RESUME}
GIVEN = ("--nom", "COP fictive", "--theme", "eau", "--resume", RESUME, "--page", "https://exemple.org/")


def test_no_command_leaves_half_a_file(tmp_path: Path) -> None:
    """The commands that write one, where the disk has no room: one French line, and everything as it was."""
    root = repository.make(tmp_path / "depot")
    entry = next((root / "cops").rglob("*.yml"))
    entry.write_text(entry.read_text("utf-8").rstrip("\n"), encoding="utf-8")
    table = spreadsheets.csv_bytes([list(TABLE), list(TABLE.values())])
    (tmp_path / "t.csv").write_bytes(table)
    before = tree(tmp_path)
    for command in (
        ("new", "Allaire", *GIVEN),
        ("export", "--csv", tmp_path / "sortie.csv"),
        ("check", "--fix", "--force"),
    ):
        with without_room():
            done = CliRunner().invoke(main, ["--root", str(root), *map(str, command), "--date", TODAY])
        assert (command, done.exit_code) == (command, 2), done.output
        assert done.stderr.startswith("Ce fichier dépasse la taille permise sur cette machine\u00a0: ")
        assert tree(tmp_path) == before
    with without_room(), pytest.raises(OSError):
        memory.save_memory(tmp_path / "liens.json", {})
    assert tree(tmp_path) == before


WRITERS = {"write_text", "write_bytes", "NamedTemporaryFile", "mkstemp", "TemporaryDirectory", "mkdtemp"}


@pytest.mark.parametrize("folder", ["cli", "edits", "repository", "upkeep", "hook.py"])
def test_what_commands_write_goes_through_one_door(folder: str) -> None:
    place = ROOT / "generator" / folder
    for path in [place] if place.is_file() else place.rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call):
                name = ast.unparse(node.func).rpartition(".")[2]
                mode = "".join(arg.value for arg in node.args if isinstance(arg, ast.Constant) and arg.value in MODES)
                assert name not in WRITERS, f"{path}:{node.lineno}"
                assert not (name == "open" and set(mode) & set("wxa")), f"{path}:{node.lineno}"


MODES = {f"{how}{kind}" for how in "wxa" for kind in ("", "b")}


# Passing work ---------------------------------------------------------------------------------------------------------


@pytest.fixture
def passing(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.setattr("tempfile.tempdir", str(tmp_path))
    return tmp_path


def killed(then: Callable[[PassingFolder], None]) -> None:
    """Another run, which is killed while it has its folder."""
    if child := os.fork():
        os.waitpid(child, 0)
        return
    try:
        then(PassingFolder("index"))
    finally:
        os.kill(os.getpid(), 9)


def fill(folder: PassingFolder) -> None:
    (folder.path / "a" / "b").mkdir(parents=True)
    (folder.path / "a" / "b" / "c").touch()


def test_what_a_killed_run_left_goes_with_the_next(passing: Path) -> None:
    killed(fill)
    (left,) = passing.iterdir()
    with PassingFolder("moteur") as folder:
        assert list(passing.iterdir()) == [folder]
        assert folder != left
        killed(fill)
    assert list(passing.iterdir()) == []


def test_a_folder_in_use_is_left_alone(passing: Path) -> None:
    """Used by this run, or by a program that outlives a killed one."""
    note = passing / "note"

    def start(folder: PassingFolder) -> None:
        running = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(60)"], pass_fds=folder.lock)
        note.write_text(f"{running.pid}\n{folder.path}", encoding="utf-8")

    with PassingFolder("index") as mine:
        killed(start)
        program, theirs = note.read_text("utf-8").split("\n")
        remove_abandoned()
        assert mine.is_dir()
        assert Path(theirs).is_dir()
        os.kill(int(program), 9)
        deadline = time.monotonic() + 10
        while Path(theirs).is_dir() and time.monotonic() < deadline:
            remove_abandoned()
    assert list(passing.iterdir()) == [note]


@pytest.mark.parametrize("name", ["annuaire-cop-index", "annuaire-cop-index-notes", "annuaire-cop-A-12345678", "cop"])
def test_what_is_not_ours_is_left_alone(passing: Path, name: str) -> None:
    (passing / name).mkdir()
    remove_abandoned()
    assert (passing / name).is_dir()


@AS_ROOT
def test_what_belongs_to_somebody_else_is_left_alone(passing: Path) -> None:
    others = passing / "annuaire-cop-index-abcdefgh"
    others.mkdir()
    os.chown(others, 12345, 12345)
    link = passing / "annuaire-cop-index-abcdefgi"
    target = passing / "a-moi"
    target.mkdir()
    link.symlink_to(target)
    remove_abandoned()
    assert others.is_dir()
    assert target.is_dir()
    shutil.rmtree(others)

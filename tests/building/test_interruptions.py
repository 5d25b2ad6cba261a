"""Full disks, read-only folders, Ctrl-C, a swap cut in two: the former site stays whole, the message is French."""

import os
import shutil
import signal
import subprocess
import time
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from generator.building import output as outputs
from generator.building.signals import hold_signals
from generator.french import nombre
from tests.support import repository
from tests.support.paths import ROOT
from tests.support.repository import COMMAND, TODAY, beside, environment, former, refused, tree

AS_ROOT = pytest.mark.skipif(os.geteuid() != 0, reason="il faut être root pour monter un système de fichiers")


@pytest.fixture(autouse=True)
def ctrl_c() -> Iterator[None]:
    """Ctrl-C is heard, by us and by what we start: a shell makes what it runs in the background deaf to it."""
    before = signal.signal(signal.SIGINT, signal.default_int_handler)
    yield
    signal.signal(signal.SIGINT, before)


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    """A small repository to spoil, with a former site."""
    return repository.with_former_site(tmp_path / "depot")


# The machine around ----------------------------------------------------------------------------------------------


@pytest.fixture
def mounted(tmp_path: Path) -> Iterator[Callable[..., Path]]:
    """Mounts that the test made, undone at its end, read-only or full as they may be."""
    places: list[Path] = []

    def mount(*options: str) -> Path:
        place = tmp_path / f"monte-{len(places)}"
        place.mkdir()
        done = subprocess.run(["mount", "-t", "tmpfs", *options, "tmpfs", place], capture_output=True, check=False)
        if done.returncode:
            pytest.skip("cette machine ne permet pas de monter un système de fichiers")
        places.append(place)
        return place

    yield mount
    for place in places:
        subprocess.run(["umount", place], check=True)


def take_over(depot: Path, place: Path) -> Path:
    """The former site, moved to another file system."""
    shutil.copytree(depot / "site", place / "site")
    return place / "site"


@AS_ROOT
def test_read_only_output(depot: Path, mounted: Callable[..., Path]) -> None:
    place = mounted()
    output = take_over(depot, place)
    subprocess.run(["mount", "-o", "remount,ro", place], check=True)
    done = repository.build(depot, "--output", output)
    refused(done, 2)
    assert done.stderr.startswith("Ce dossier est en lecture seule\u00a0: ")
    assert str(output) in done.stderr or ".site.cop" in done.stderr
    assert former(place / "site")


@AS_ROOT
@pytest.mark.parametrize("size", ["size=16k", "size=300k"])
def test_full_disk(depot: Path, mounted: Callable[..., Path], size: str) -> None:
    place = mounted("-o", size)
    output = take_over(depot, place)
    done = repository.build(depot, "--output", output)
    refused(done, 2)
    assert done.stderr.startswith("Le disque est plein")
    assert "\u00a0: ." not in done.stderr
    assert former(place / "site")


@AS_ROOT
def test_output_is_a_mount_point(depot: Path, mounted: Callable[..., Path]) -> None:
    output = mounted()
    for file in (depot / "site").iterdir():
        shutil.copy(file, output)
    done = repository.build(depot, "--output", output)
    refused(done, 2)
    assert done.stderr.startswith("Ce dossier est un point de montage et ne peut pas être remplacé\u00a0: ")
    assert f"{output}." in done.stderr
    assert sorted(tree(output)) == [".cop-site.json", "index.html", "sitemap.xml"]
    assert beside(output) == []


@pytest.mark.parametrize("output", [".", "..", "cops", "content", "mkdocs.yml"])
def test_output_that_is_no_site_is_not_replaced(depot: Path, output: str) -> None:
    before = tree(depot)
    done = repository.run("--root", depot, "build", "--no-index", "--output", output, cwd=depot)
    refused(done, 2)
    assert "--output" in done.stderr
    assert tree(depot) == before


def test_new_output_with_its_parents_and_the_last_line_that_tells_it(depot: Path, tmp_path: Path) -> None:
    output = tmp_path / "a" / "b" / "public"
    done = repository.build(depot, "--output", output)
    assert done.returncode == 0
    assert done.stdout.startswith(f"{nombre(len(tree(output)))} fichiers écrits dans {output}, ")
    assert "mentions-manquantes" in done.stderr  # warnings are told, and do not stop
    assert (output / "index.html").is_file()
    assert former(depot / "site")


def test_output_that_is_a_link(depot: Path, tmp_path: Path) -> None:
    (depot / "site").rename(tmp_path / "public")
    (depot / "site").symlink_to(tmp_path / "public")
    assert repository.build(depot, "--quiet").returncode == 0
    assert (depot / "site").is_symlink()
    assert (tmp_path / "public" / "cops" / "index.html").is_file()
    assert beside(tmp_path / "public") == beside(depot / "site") == []


# Interruptions ------------------------------------------------------------------------------------------------------

INTERRUPTED = """\
import os, signal, sys, threading
from generator.building import {module}
from generator.cli import command
real = {module}.{name}
def slow(*given, **named):
    print("ici", flush=True)
    os.kill(os.getpid(), signal.{signal})
    return real(*given, **named)
{module}.{name} = slow
sys.argv = ["cop", "--root", sys.argv[1], "build", "--date", "{today}", "--no-index"]
command.entry()
"""


# All three are heard in the same way, save while the swap holds them back.
@pytest.mark.parametrize(
    ("module", "name", "signal_name"),
    [
        ("build", "read", "SIGHUP"),
        ("build", "write", "SIGTERM"),
        ("build", "do_all", "SIGINT"),
        *(("output", "swap", name) for name in ("SIGINT", "SIGTERM", "SIGHUP")),
    ],
)
def test_interrupted_at(depot: Path, module: str, name: str, signal_name: str) -> None:
    code = INTERRUPTED.format(module=module, name=name, signal=signal_name, today=TODAY)
    command: list[str | Path] = [COMMAND.with_name("python"), "-c", code, depot]
    done = subprocess.run(command, cwd=ROOT, env=environment(), capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout) == (130, "ici\n"), done.stderr
    assert "Interrompu. Rien n’est resté à moitié fait." in done.stderr
    assert "Traceback" not in done.stderr
    assert former(depot / "site")


ENDED = """\
import os, signal, sys
from generator.building import search
from generator.cli import command
real = search.Indexing.start
def start(indexing, notices):
    real(indexing, notices)
    os.kill(os.getpid(), signal.SIGTERM)
search.Indexing.start = start
sys.argv = ["cop", "--root", *sys.argv[1:]]
command.entry()
"""


@pytest.mark.parametrize("arguments", [("build",), ("serve", "--port", "0")])
def test_asked_to_end_it_leaves_nothing_behind(depot: Path, tmp_path: Path, arguments: tuple[str, ...]) -> None:
    """A runner that cancels a job, a machine that shuts down: they do not press Ctrl-C."""
    passing = tmp_path / "passage"
    passing.mkdir()
    command: list[str | Path] = [COMMAND.with_name("python"), "-c", ENDED, depot, *arguments]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(TMPDIR=str(passing)), capture_output=True, text=True, timeout=60, check=False
    )
    assert done.returncode == 130, done.stderr
    assert "Traceback" not in done.stderr
    assert list(passing.glob("annuaire-cop-*")) == []  # the compiled templates stay, for the next build
    assert beside(depot / "site") == []


WAITING = """\
import os, signal, subprocess, sys
import pagefind_bin
from generator.cli import command
real = subprocess.Popen.communicate
def communicate(process, *given, **named):
    if process.args[0] == slow:
        os.kill(os.getpid(), signal.SIGTERM)
    return real(process, *given, **named)
subprocess.Popen.communicate = communicate
slow, sys.argv = sys.argv[1], ["cop", "--root", sys.argv[2], "build"]
pagefind_bin.get_executable = lambda: slow
command.entry()
"""


def test_asked_to_end_while_the_index_is_made(depot: Path, tmp_path: Path) -> None:
    """The index is not left to its maker, which would write in the next site."""
    slow, passing = tmp_path / "lent", tmp_path / "passage"
    slow.write_text(f"#!/bin/sh\necho $$ > {tmp_path}/numero\nexec sleep 60\n", encoding="utf-8")
    slow.chmod(0o755)
    passing.mkdir()
    command: list[str | Path] = [COMMAND.with_name("python"), "-c", WAITING, slow, depot]
    done = subprocess.run(
        command, cwd=ROOT, env=environment(TMPDIR=str(passing)), capture_output=True, text=True, timeout=50, check=False
    )
    assert done.returncode == 130, done.stderr
    assert list(passing.glob("annuaire-cop-*")) == []
    assert former(depot / "site")
    if (tmp_path / "numero").exists():  # it may have been ended before its first word
        with pytest.raises(ProcessLookupError):
            os.kill(int((tmp_path / "numero").read_text()), 0)


def engine_runs(parent: int) -> bool:
    """Whether a child of that process has been started with MkDocs."""
    for task in Path("/proc").glob("[0-9]*"):
        try:
            stat = (task / "stat").read_text().rpartition(")")[2].split()
            if int(stat[1]) == parent and b"mkdocs" in (task / "cmdline").read_bytes():
                return True
        except (OSError, IndexError):
            continue
    return False


@pytest.mark.skipif(not Path("/proc/self/stat").exists(), reason="il faut /proc pour savoir que le moteur tourne")
def test_ctrl_c_while_the_engine_runs(depot: Path) -> None:
    command: list[str | Path] = [COMMAND, "--root", depot, "build", "--date", TODAY]
    with subprocess.Popen(
        command, env=environment(), stderr=subprocess.PIPE, text=True, start_new_session=True
    ) as running:
        for _ in range(400):
            if engine_runs(running.pid):
                break
            time.sleep(0.02)
        os.killpg(running.pid, signal.SIGINT)  # as a terminal does: the whole group
        _, said = running.communicate(timeout=60)
        assert not engine_runs(running.pid)
    assert (running.returncode, said) == (130, "Interrompu. Rien n’est resté à moitié fait.\n")
    assert former(depot / "site")


# The swap -----------------------------------------------------------------------------------------------------------


def make_new(folder: Path) -> int:
    (folder / "index.html").touch()
    return 1


def test_a_swap_cut_in_two_is_repaired(depot: Path) -> None:
    output, passage = depot / "site", depot / ".site.cop"
    passage.mkdir()
    (passage / "marque").touch()
    output.rename(passage / "ancien")
    with outputs.hold(output):
        pass
    assert former(depot / "site")


def test_leftovers_are_thrown_away(depot: Path) -> None:
    (depot / ".site.cop" / "reste").mkdir(parents=True)
    (depot / ".site.cop" / "marque").touch()
    with outputs.hold(depot / "site"):
        pass
    assert former(depot / "site")


def test_a_swap_that_fails_gives_the_former_back(depot: Path) -> None:
    with outputs.hold(depot / "site"), pytest.raises(OSError):
        outputs.swap(depot / "nulle-part", depot / "site")
    assert former(depot / "site")


def test_ctrl_c_between_the_two_renames(depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    rename = Path.rename

    def interrupted(path: Path, target: Path) -> Path:
        moved = rename(path, target)
        os.kill(os.getpid(), signal.SIGINT)
        return moved

    monkeypatch.setattr(Path, "rename", interrupted)
    with pytest.raises(KeyboardInterrupt), outputs.hold(depot / "site"):
        outputs.replace(depot / "site", make_new)
    assert sorted(tree(depot / "site")) == [".cop-site.json", "index.html"]
    assert beside(depot / "site") == []


def test_a_signal_waits_for_the_end_of_the_swap(depot: Path) -> None:
    received = []
    handler = signal.signal(signal.SIGTERM, lambda *_: received.append((depot / "site" / "index.html").stat().st_size))
    try:
        with outputs.hold(depot / "site"), hold_signals():
            os.kill(os.getpid(), signal.SIGTERM)
            assert received == []
            outputs.replace(depot / "site", make_new)
        assert received == [0]
    finally:
        signal.signal(signal.SIGTERM, handler)

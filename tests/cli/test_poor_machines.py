"""Machines that lack something: memory, processes, a terminal. One French sentence, the code 2, no more."""

import ast
import errno
import inspect
import os
import subprocess
import threading
from importlib import metadata
from pathlib import Path

import pytest

from generator import engine, failures
from generator.building import search, workers
from generator.cli import terminal
from generator.engine import Engine
from generator.failures import Failure, NoAnswer
from generator.pages.frame import stylesheet
from generator.repository import settings
from tests.support import repository
from tests.support.paths import ROOT
from tests.support.repository import COMMAND, TODAY, environment, tree


def run_shell(line: str, *given: str | Path) -> subprocess.CompletedProcess[str]:
    command: list[str | Path] = ["sh", "-c", line, COMMAND, *given]
    return subprocess.run(command, env=environment(), capture_output=True, encoding="utf-8", timeout=120, check=False)


@pytest.fixture(scope="module")
def depot(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return repository.make(tmp_path_factory.mktemp("pauvre"), 1, 0, 0)


# Streams --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("command", "closed"),
    [
        *(("check", closed) for closed in (">&-", "2>&-", "<&-", "<&- >&- 2>&-")),
        *((command, "<&- >&- 2>&-") for command in ("export --csv", "review")),
    ],
)
def test_a_closed_stream_changes_nothing_else(depot: Path, command: str, closed: str) -> None:
    done = run_shell(f'"$0" --root "$1" {command} --date {TODAY} {closed}', depot)
    assert (done.returncode, done.stderr) == (0, "")


def test_a_site_is_built_without_anybody_to_tell(tmp_path: Path) -> None:
    root = repository.with_former_site(tmp_path / "depot")
    done = run_shell(f'"$0" --root "$1" build --no-index --date {TODAY} <&- >&- 2>&-', root)
    assert (done.returncode, done.stdout, done.stderr) == (0, "", "")
    assert (root / "site" / "cops" / "index.html").is_file()


@pytest.mark.skipif(not Path("/dev/full").exists(), reason="il faut /dev/full pour jouer un disque plein")
@pytest.mark.parametrize("full", [">/dev/full", ">/dev/full 2>&1"])
def test_a_full_stream_ends_in_french(depot: Path, full: str) -> None:
    done = run_shell(f'"$0" --root "$1" check --date {TODAY} {full}', depot)
    assert done.returncode == 2
    assert done.stderr in ("", "Le disque est plein. Libérez de la place, puis recommencez.\n")


# Memory ---------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kilobytes", [45_000, 60_000, 80_000])
def test_without_memory_it_ends_in_french(tmp_path: Path, kilobytes: int) -> None:
    root = repository.with_former_site(tmp_path / "depot")
    before = tree(root / "site")
    for command in ("check", "build --no-index --quiet"):
        done = run_shell(f'ulimit -v {kilobytes}; exec "$0" --root "$1" {command} --date {TODAY}', root)
        if done.returncode:
            # A library that is not Python's gives up by a signal, in words of its own.
            assert done.returncode == 2 or "memory allocation of" in done.stderr, done.stderr
            assert "Traceback" not in done.stderr
            assert tree(root / "site") == before


@pytest.mark.parametrize(
    "error",
    [
        MemoryError(),
        ImportError("x.so: failed to map segment from shared object"),
        RuntimeError("can't start new thread"),
    ],
)
def test_each_way_to_say_that_the_system_refuses(error: Exception, capsys: pytest.CaptureFixture[str]) -> None:
    with pytest.raises(SystemExit) as ended, terminal.in_french():
        raise error
    assert ended.value.code == 2
    assert capsys.readouterr().err.endswith("puis recommencez.\n")


def test_a_mistake_of_ours_is_not_hidden() -> None:
    with pytest.raises(RuntimeError, match="de nous"), terminal.in_french():
        raise RuntimeError("de nous")


# Errors of the system -------------------------------------------------------------------------------------------------


@pytest.mark.parametrize("number", [*sorted(errno.errorcode), 0, 4321])
def test_every_error_of_the_system_says_its_cause(number: int) -> None:
    for error in (OSError(number, os.strerror(number), "cops/29"), OSError(number, os.strerror(number))):
        said = terminal.tell_error(error)
        assert " ." not in said
        assert "\u00a0." not in said
        assert number in terminal._DISK or said.endswith(f"\n{os.strerror(number)}")


def test_an_error_without_a_number_says_its_cause() -> None:
    said = terminal.tell_error(OSError("Cannot call rmtree on a symbolic link"))
    assert said.endswith("Voici ce qu’il dit\u00a0:\nCannot call rmtree on a symbolic link")


def test_every_failure_has_its_sentence() -> None:
    kinds = {kind for _, kind in inspect.getmembers(failures, inspect.isclass) if issubclass(kind, Failure)} - {Failure}
    for kind in kinds:
        assert "inventée" in terminal.tell_failure(kind("inventée")) or "{error}" not in terminal._SENTENCES[kind]


# Programs that do not end, threads that do not start ------------------------------------------------------------------


def test_an_index_that_never_ends_is_not_waited_for(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    slow = tmp_path / "lent"
    slow.write_text("#!/bin/sh\nexec sleep 60\n", encoding="utf-8")
    slow.chmod(0o755)
    monkeypatch.setattr("pagefind_bin.get_executable", lambda: slow)
    monkeypatch.setattr(search, "LONGEST", 0.2)
    with pytest.raises(NoAnswer, match="pagefind"), search.Indexing(tmp_path / "index") as indexing:
        indexing.start({"pages/index.html": b"<p>x</p>"})
    with pytest.raises(NoAnswer, match="pagefind"):
        for _ in search.again([lambda: {"pages/index.html": b"<p>x</p>"}]):
            pass


def test_an_engine_that_never_ends_is_not_waited_for(depot: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(engine, "LONGEST", 0.01)
    with pytest.raises(NoAnswer), Engine(depot, settings.load(depot, {})[0]) as running:
        running.finish()


def test_every_program_has_its_time() -> None:
    """Each is given so many seconds, and its words are read as UTF-8 whatever the machine speaks."""
    for path in (ROOT / "generator").rglob("*.py"):
        if "refresh" in path.parts:
            continue
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if not isinstance(node, ast.Call):
                continue
            name, given = ast.unparse(node.func), {keyword.arg for keyword in node.keywords}
            assert name != "subprocess.run" or "timeout" in given, f"{path}:{node.lineno}"
            assert not name.startswith("subprocess.") or not given & {"text", "universal_newlines"}, path
            assert not name.endswith(".communicate") or "timeout" in given, f"{path}:{node.lineno}"


@pytest.mark.parametrize("most", range(6))
def test_where_threads_are_refused_one_process_does_it_all(most: int, monkeypatch: pytest.MonkeyPatch) -> None:
    """The system gives so many, then none: nobody waits for one that never came."""
    real, started = threading.Thread.start, []

    def start(thread: threading.Thread) -> None:
        started.append(thread)
        if len(started) > most:
            raise RuntimeError("can't start new thread")
        real(thread)

    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)
    monkeypatch.setattr(threading.Thread, "start", start)
    assert len(workers.do_all([os.getpid] * 3)) == 3


# What is shown -------------------------------------------------------------------------------------------------------

HARMFUL = "Com\x1b]0;PWN\x07a\u202emission : « x » !"


def test_what_is_quoted_is_as_it_was_but_for_what_a_terminal_obeys(capsys: pytest.CaptureFixture[str]) -> None:
    terminal.say("Voici : {nom} !", nom='code: "29233" ; a!')
    terminal.complain("Voici : {nom} !", nom=HARMFUL)
    said, complained = capsys.readouterr()
    assert said == 'Voici\u00a0: code: "29233" ; a!\u202f!\n'
    assert not {"\x1b", "\x07", "\u202e"} & set(complained)
    assert "mission : « x » !" in complained


def test_no_sentence_is_made_french_with_data_in_it() -> None:
    """What is given to `say`, `complain` or the typography is written here, or comes from a text of ours."""
    for path in (ROOT / "generator" / "cli").rglob("*.py"):
        for node in ast.walk(ast.parse(path.read_text("utf-8"))):
            if isinstance(node, ast.Call) and isinstance(node.func, ast.Name) and node.args:
                name, given = node.func.id, node.args[0]
                if name in ("say", "complain", "fill", "Unclear") and isinstance(given, ast.JoinedStr):
                    quoted = {ast.unparse(part.value) for part in given.values if isinstance(part, ast.FormattedValue)}
                    assert quoted <= {"number", "close", "place"}, f"{path}:{node.lineno}"
                if name == "typographie" and path.name != "terminal.py":  # what cannot be read quotes nothing
                    assert not any(isinstance(part, ast.Name) and part.id == "str" for part in ast.walk(given))


def test_without_its_style_sheets_the_build_says_what_to_install(monkeypatch: pytest.MonkeyPatch) -> None:
    def missing(_name: str) -> None:
        raise metadata.PackageNotFoundError

    monkeypatch.setattr(metadata, "distribution", missing)
    with pytest.raises(failures.NoTheme):
        stylesheet.material()

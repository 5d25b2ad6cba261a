"""Parts done on every core: all of them, in their order, and nobody is left whatever happens."""

import os
import signal
import subprocess
import sys
import threading
import time
from functools import partial
from pathlib import Path

import pytest

from generator.building.workers import do_all
from generator.failures import ChildFailed
from tests.support.paths import ROOT

FORKS = pytest.mark.skipif(sys.platform != "linux", reason="ailleurs, tout se fait dans un seul processus")


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine has."""
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0, 1}, raising=False)


def slowly(value: int) -> tuple[int, int]:
    time.sleep(0.01)
    return value, os.getpid()


def is_running(process: int) -> bool:
    try:
        os.kill(process, 0)
    except ProcessLookupError:
        return False
    return True


@FORKS
def test_answers_come_in_order_from_two_processes() -> None:
    answers = do_all([partial(slowly, value) for value in range(40)])
    assert [value for value, _ in answers] == list(range(40))
    makers = {maker for _, maker in answers}
    assert len(makers) == 2
    assert os.getpid() not in makers
    assert not any(map(is_running, makers))


@FORKS
def test_what_fails_in_a_process_is_raised_here_and_nobody_is_left(tmp_path: Path) -> None:
    def fail() -> None:
        raise ValueError("inventée")

    def wait() -> None:
        (tmp_path / f"{os.getpid()}").touch()
        time.sleep(30)

    started = time.monotonic()
    with pytest.raises(ValueError, match="inventée"):
        do_all([fail, wait])
    assert time.monotonic() - started < 20
    assert not any(is_running(int(path.name)) for path in tmp_path.iterdir())


@FORKS
def test_a_process_that_is_killed_is_told() -> None:
    with pytest.raises(ChildFailed):
        do_all([lambda: os.kill(os.getpid(), signal.SIGKILL)] * 2)


@FORKS
def test_a_process_ends_as_any_program_does_when_it_is_asked_to() -> None:
    """With the parent's manners it would clean up after it."""

    def manners() -> tuple[object, ...]:
        return signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM), signal.getsignal(signal.SIGHUP)

    before = signal.signal(signal.SIGTERM, signal.default_int_handler)
    try:
        assert set(do_all([manners] * 2)) == {(signal.SIG_IGN, signal.SIG_DFL, signal.SIG_DFL)}
        assert signal.getsignal(signal.SIGTERM) == signal.default_int_handler
    finally:
        signal.signal(signal.SIGTERM, before)


@FORKS
def test_where_a_fork_is_refused_one_process_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    fork = os.fork
    made: list[int] = []

    def no_second() -> int:
        if made:
            raise BlockingIOError
        made.append(fork())
        return made[0]

    monkeypatch.setattr(os, "fork", no_second)
    assert do_all([os.getpid] * 3) == [os.getpid()] * 3
    assert not is_running(made[0])


def test_one_core_does_it_all(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(os, "sched_getaffinity", lambda _: {0}, raising=False)
    assert do_all([os.getpid] * 3) == [os.getpid()] * 3


def test_beside_another_thread_nobody_forks() -> None:
    over = threading.Event()
    other = threading.Thread(target=over.wait)
    other.start()
    try:
        assert do_all([os.getpid] * 3) == [os.getpid()] * 3
    finally:
        over.set()
        other.join()


PROGRAM = """\
import os, signal, time
os.sched_getaffinity = lambda _: {0, 1}
from generator.building.workers import do_all
def part():
    os.write(1, f"{os.getpid()}\\n".encode())  # whole, beside what the other writes
    time.sleep(30)
do_all([part, part])
"""


@FORKS
@pytest.mark.parametrize("asked", ["SIGKILL", "SIGINT"])
def test_no_process_outlives_its_parent(asked: str) -> None:
    command = [sys.executable, "-c", f"import signal; signal.signal(2, signal.default_int_handler)\n{PROGRAM}"]
    with subprocess.Popen(command, cwd=ROOT, stdout=subprocess.PIPE, stderr=subprocess.PIPE, text=True) as running:
        assert running.stdout
        children = [int(running.stdout.readline()) for _ in range(2)]
        running.send_signal(getattr(signal, asked))
        running.wait(timeout=20)
    for _ in range(200):
        if not any(map(is_running, children)):
            return
        time.sleep(0.05)
    raise AssertionError(children)

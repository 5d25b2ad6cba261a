"""Tasks done on every core: all of them, in their order, and whoever yields gives its own time only."""

import os
import signal
import subprocess
import sys
import time
from functools import partial

import pytest

from generator import parallel
from generator.failures import ChildFailed
from generator.parallel import POLITE, shared
from tests.support.paths import ROOT

FORKS = pytest.mark.skipif(sys.platform != "linux", reason="ailleurs, tout se fait dans un seul processus")


@pytest.fixture(autouse=True)
def two_cores(monkeypatch: pytest.MonkeyPatch) -> None:
    """Whatever the machine has."""
    monkeypatch.setattr(parallel, "_cores", lambda: 2)


def slowly(value: int) -> tuple[int, int]:
    time.sleep(0.01)
    return value, os.getpid()


@FORKS
@pytest.mark.parametrize("yielding", [False, True])
def test_answers_come_in_order_from_two_processes(yielding: bool) -> None:
    answers = shared([partial(slowly, value) for value in range(20)], yielding)
    assert [value for value, _ in answers] == list(range(20))
    makers = {maker for _, maker in answers}
    assert len(makers) == 2
    assert (os.getpid() in makers) != yielding


@FORKS
def test_who_yields_is_polite_and_the_parent_keeps_its_time() -> None:
    before = os.nice(0)
    asked = [lambda: os.nice(0)] * 2
    assert shared(asked, yielding=True) == [min(before + POLITE, 19)] * 2
    assert os.nice(0) == before
    assert shared(asked) == [before] * 2


@FORKS
@pytest.mark.parametrize("yielding", [False, True])
def test_what_fails_in_a_child_is_raised_here(yielding: bool) -> None:
    parent = os.getpid()

    def fail() -> None:
        time.sleep(0.05)  # each process takes one
        if os.getpid() != parent:
            raise ValueError("inventée")

    with pytest.raises(ValueError, match="inventée"):
        shared([fail, fail], yielding)


@FORKS
def test_a_child_ends_as_any_program_does_when_it_is_asked_to() -> None:
    """With the parent's manners it would clean up after it."""

    def manners() -> tuple[object, ...]:
        time.sleep(0.05)
        heard = signal.getsignal(signal.SIGINT), signal.getsignal(signal.SIGTERM)
        return os.getpid(), *heard, signal.pthread_sigmask(signal.SIG_BLOCK, [])

    for child, *found in shared([manners] * 2, yielding=True):
        assert child != os.getpid()
        assert found == [signal.SIG_DFL, signal.SIG_DFL, set()]


@FORKS
def test_no_child_is_left_when_another_cannot_be_made(monkeypatch: pytest.MonkeyPatch) -> None:
    fork = os.fork
    made: list[int] = []

    def no_second() -> int:
        if made:
            raise BlockingIOError
        made.append(fork())
        return made[0]

    monkeypatch.setattr(os, "fork", no_second)
    with pytest.raises(BlockingIOError):
        shared([lambda: time.sleep(30)] * 2, yielding=True)
    with pytest.raises(ProcessLookupError):
        os.kill(made[0], 0)
    assert signal.pthread_sigmask(signal.SIG_BLOCK, []) == set()


@FORKS
def test_a_child_that_is_killed_is_told() -> None:
    with pytest.raises(ChildFailed):
        shared([lambda: os.kill(os.getpid(), 9)] * 2, yielding=True)


@pytest.mark.parametrize("yielding", [False, True])
def test_one_core_does_it_all(monkeypatch: pytest.MonkeyPatch, yielding: bool) -> None:
    monkeypatch.setattr(parallel, "_cores", lambda: 1)
    assert shared([os.getpid] * 3, yielding) == [os.getpid()] * 3


ORPHAN = """\
import os, sys, time
from generator import parallel
parallel._cores = lambda: 2
def task():
    if os.getpid() != parent:
        print(os.getpid(), flush=True)
        time.sleep(0.2)
    else:
        time.sleep(0.1)
        os.kill(parent, 9)
    return b"x" * 1_000_000
parent = os.getpid()
parallel.shared([task, task])
"""


@FORKS
def test_a_child_does_not_outlive_a_parent_that_was_killed() -> None:
    """What it has to say is more than a pipe holds, and nobody listens."""
    done = subprocess.run(
        [sys.executable, "-c", ORPHAN], cwd=ROOT, capture_output=True, text=True, timeout=30, check=False
    )
    assert done.returncode == -signal.SIGKILL
    for _ in range(100):
        try:
            os.kill(int(done.stdout), 0)
        except ProcessLookupError:
            return
        time.sleep(0.05)
    raise AssertionError(done.stdout)

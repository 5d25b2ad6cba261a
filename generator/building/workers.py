"""Independent parts of the work on every core, each done by a process that inherits all that it needs.

A part writes files of its own and answers little. Where forks are refused or not safe (one core, another system,
another thread runs), the parts are done one after the other.
"""

import gc
import os
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Sequence
from concurrent.futures import FIRST_EXCEPTION, ProcessPoolExecutor, wait
from concurrent.futures.process import BrokenProcessPool
from contextlib import contextmanager, suppress
from multiprocessing import active_children, get_context, parent_process
from types import FrameType
from typing import Any, TypeVar

from generator.building.signals import hold_signals
from generator.failures import ChildFailed

Answer = TypeVar("Answer")

STEP = 1.0  # seconds of waiting at once

_parts: list[Callable[[], Any]] = []
"""The parts under way, set before the fork: a process is told only the rank of the one to do."""


def do_all(parts: Sequence[Callable[[], Answer]]) -> list[Answer]:
    """The answer of each part, in their order. An exception is raised here, and no process is left, whatever happens.

    Raises ChildFailed where a process was killed.
    """
    workers = min(_count_cores(), len(parts))
    if workers > 1:
        with suppress(_NoFork):
            return _do_in_forks(parts, workers)
    return [part() for part in parts]


class _NoFork(Exception):  # noqa: N818 (nothing is wrong, and nothing was done yet)
    pass


def _count_cores() -> int:
    if sys.platform != "linux" or threading.active_count() > 1 or not _can_start_threads():
        return 1
    return len(os.sched_getaffinity(0))


def _can_start_threads() -> bool:
    """Whether the system gives the two that a pool needs: it waits for ever for one that is refused."""
    over = threading.Event()
    started: list[threading.Thread] = []
    try:
        for _ in range(2):
            started.append(threading.Thread(target=over.wait))
            started[-1].start()
    except RuntimeError:
        started.pop()
        return False
    finally:
        over.set()
        for thread in started:
            thread.join()
    return True


def _do_in_forks(parts: Sequence[Callable[[], Answer]], workers: int) -> list[Answer]:
    _parts[:] = parts
    gc.freeze()  # the children would look through all that they inherit, and so copy it
    try:
        pool = ProcessPoolExecutor(workers, get_context("fork"), _start_worker)
    except (OSError, NotImplementedError):  # no memory to share
        raise _NoFork from None
    try:
        with _note_dead_threads() as dead:
            with hold_signals():  # until the pool knows every process that it has made
                try:
                    answers = [pool.submit(_do, rank) for rank in range(len(parts))]
                except (OSError, RuntimeError):  # no process, no thread
                    raise _NoFork from None
            waiting = set(answers)
            while waiting:
                done, waiting = wait(waiting, STEP, FIRST_EXCEPTION)
                for answer in done:
                    answer.result()  # what one of them raised is raised at once
                if dead:  # before it gave anybody anything to do
                    raise _NoFork
        return [answer.result() for answer in answers]
    except BaseException as error:
        for process in active_children():
            process.kill()
            process.join()
        if isinstance(error, BrokenProcessPool):
            raise ChildFailed from None
        raise
    finally:
        with suppress(RuntimeError):  # its thread never started
            pool.shutdown(cancel_futures=True)
        _parts.clear()
        gc.unfreeze()


@contextmanager
def _note_dead_threads() -> Iterator[list[object]]:
    """The threads that ended by an exception: a pool would wait for ever for its own."""
    dead: list[object] = []
    former, threading.excepthook = threading.excepthook, dead.append
    try:
        yield dead
    finally:
        threading.excepthook = former


def _do(rank: int) -> Any:
    return _parts[rank]()


def _start_worker() -> None:
    """Ctrl-C reaches every process of a terminal: the first one ends the others, which end with it in any case."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    for number in (signal.SIGTERM, signal.SIGHUP):
        signal.signal(number, signal.SIG_DFL)
    # An alarm, not a thread, which the system may refuse.
    signal.signal(signal.SIGALRM, _end_with_parent)
    signal.setitimer(signal.ITIMER_REAL, 0.5, 0.5)


def _end_with_parent(number: int, frame: FrameType | None) -> None:
    del number, frame
    parent = parent_process()
    if parent and parent.pid != os.getppid():
        os._exit(1)

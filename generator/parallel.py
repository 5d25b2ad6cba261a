"""Time saved: tasks done on every core, and the garbage collector asked to wait.

Forked children take their part of the tasks and send their answers back. A task is pure, or writes files of its own:
a child needs nothing but what it inherits. Where forking is not possible or not safe (another thread runs, one core,
another system), the tasks are simply done one after the other.
"""

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager, suppress
from typing import Any, TypeVar

from generator.failures import ChildFailed

A = TypeVar("A")
Task = Callable[[], A]

MOST = 30_000
"""Tasks at once: a pipe holds so many tickets."""

POLITE = 10
"""nice(2) of who yields: a tenth of the time of who does not, where cores are wanting; all of it where they are not."""


def shared(tasks: Sequence[Task[A]], yielding: bool = False) -> list[A]:
    """The answer of each task, in their order; whoever is free takes the next one. An exception is raised here.

    `yielding`: in the time that another program leaves, for which this one waits as well; on one core, all the time.
    """
    cores = min(_cores(), len(tasks))
    if cores < 2:
        return [task() for task in tasks]
    tickets = _tickets(len(tasks))
    children: list[tuple[int, int]] = []
    answers: dict[int, A] = {}
    try:
        for _ in range(cores if yielding else cores - 1):
            with _unasked():  # until it is written down, nobody would end it
                children.append(_child(tasks, tickets, yielding))
        if not yielding:
            answers |= _work(tasks, tickets)
        for _, reader in children:
            answers |= _answer(reader)
    finally:
        os.close(tickets)
        for child, reader in children:
            os.kill(child, signal.SIGKILL)  # one that has answered is over already
            os.waitpid(child, 0)
            os.close(reader)
    return [answers[rank] for rank in range(len(tasks))]


def _cores() -> int:
    if sys.platform != "linux" or threading.active_count() > 1:
        return 1
    return len(os.sched_getaffinity(0))


def _tickets(count: int) -> int:
    """A pipe that holds the number of every task: reading one from it is taking it, whoever else reads."""
    assert count <= MOST
    reader, writer = os.pipe()
    os.write(writer, b"".join(rank.to_bytes(2, "big") for rank in range(count)))
    os.close(writer)
    return reader


def _work(tasks: Sequence[Task[A]], tickets: int) -> dict[int, A]:
    done: dict[int, A] = {}
    while ticket := os.read(tickets, 2):
        rank = int.from_bytes(ticket, "big")
        done[rank] = tasks[rank]()
    return done


def _child(tasks: Sequence[Task[Any]], tickets: int, yielding: bool) -> tuple[int, int]:
    """A child at work: its number, and where its answers will be read. It never returns into the parent's code."""
    reader, writer = os.pipe()
    child = os.fork()
    if child:
        os.close(writer)
        return child, reader
    status = 1
    try:
        os.close(reader)  # were the parent to die, writing would fail: nobody else may hold the other end
        for ending in _ENDINGS:
            signal.signal(ending, signal.SIG_DFL)
        signal.pthread_sigmask(signal.SIG_UNBLOCK, _ENDINGS)
        if yielding:
            with suppress(OSError):  # it is only politeness
                os.nice(POLITE)
        answers: dict[int, Any] = {}
        error = None
        try:
            answers = _work(tasks, tickets)
        except Exception as raised:  # noqa: BLE001 (it is raised again by the parent)
            error = raised
            while os.read(tickets, 2 * MOST):  # nobody needs to go on
                pass
        with os.fdopen(writer, "wb") as pipe:
            pickle.dump((answers, error), pipe, pickle.HIGHEST_PROTOCOL)
        status = 0
    finally:
        os._exit(status)


_ENDINGS = (signal.SIGINT, signal.SIGTERM)


@contextmanager
def _unasked() -> Iterator[None]:
    """Whoever asks this process to end is heard after the block."""
    before = signal.pthread_sigmask(signal.SIG_BLOCK, _ENDINGS)
    try:
        yield
    finally:
        signal.pthread_sigmask(signal.SIG_SETMASK, before)


def _answer(reader: int) -> Mapping[int, Any]:
    answers: Mapping[int, Any]
    with open(reader, "rb", closefd=False) as pipe:
        try:
            answers, error = pickle.load(pipe)  # noqa: S301 (our own child wrote it)
        except (EOFError, pickle.UnpicklingError):
            raise ChildFailed from None
    if error:
        raise error
    return answers


@contextmanager
def uncollected() -> Iterator[None]:
    """Without the garbage collector: a fifth of the time, where hundreds of thousands of objects hold no cycle."""
    collecting = gc.isenabled()
    gc.disable()
    try:
        yield
    finally:
        if collecting:
            gc.enable()

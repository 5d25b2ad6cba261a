"""Time saved: two halves of one piece of work on two cores, and the garbage collector asked to wait.

A forked child computes one half and sends its answer back.

Rendering is pure, so the child needs nothing but what it inherits. Where forking is not possible or not safe (another
thread runs, one core, another system), the halves are simply computed one after the other.
"""

import gc
import os
import pickle
import signal
import sys
import threading
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from typing import TypeVar

from generator.failures import ChildFailed

A = TypeVar("A")
B = TypeVar("B")


def both(first: Callable[[], A], second: Callable[[], B]) -> tuple[A, B]:
    """Compute `first` here and `second` in a child. An exception of either is raised here."""
    if sys.platform != "linux" or (os.cpu_count() or 1) < 2 or threading.active_count() > 1:
        return first(), second()
    reader, writer = os.pipe()
    child = os.fork()
    if not child:
        _answer(writer, second)
    os.close(writer)
    try:
        mine = first()
        with os.fdopen(reader, "rb") as pipe:
            sent = pipe.read()
    except BaseException:
        os.kill(child, signal.SIGKILL)
        raise
    finally:
        os.waitpid(child, 0)
    if not sent:
        raise ChildFailed
    succeeded, theirs = pickle.loads(sent)  # noqa: S301 (our own child wrote it)
    if not succeeded:
        raise theirs
    return mine, theirs


def _answer(writer: int, work: Callable[[], object]) -> None:
    """The child's whole life: it never returns into the parent's code."""
    signal.signal(signal.SIGINT, signal.SIG_DFL)
    status = 1
    try:
        try:
            answer = pickle.dumps((True, work()), pickle.HIGHEST_PROTOCOL)
        except Exception as error:  # noqa: BLE001 (it is raised again by the parent)
            answer = pickle.dumps((False, error))
        with os.fdopen(writer, "wb") as pipe:
            pipe.write(answer)
        status = 0
    finally:
        os._exit(status)


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

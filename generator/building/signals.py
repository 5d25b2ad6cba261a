"""Signals that wait for the end of what must not be cut in two."""

import os
import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def hold_signals() -> Iterator[None]:
    """Ctrl-C and termination wait until the end of the block."""
    received: list[int] = []

    def note(number: int, frame: FrameType | None) -> None:
        del frame
        received.append(number)

    handlers = [(number, signal.signal(number, note)) for number in (signal.SIGINT, signal.SIGTERM)]
    try:
        yield
    finally:
        for held, handler in handlers:
            signal.signal(held, handler)
        for number in received:
            os.kill(os.getpid(), number)

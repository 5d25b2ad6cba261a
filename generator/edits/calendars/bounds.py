"""What a calendar written by anybody may cost: bytes, events, repetitions, and seconds whatever it holds."""

import signal
from collections.abc import Iterator
from contextlib import contextmanager
from types import FrameType

MAX_BYTES = 1_000_000
MOST_EVENTS = 3_000
MOST_DATES = 60
"""Of one event in the year that comes: more than a meeting a week is no meeting of a COP."""
SECONDS = 5.0
"""For one calendar: a second is enough for one of a million bytes."""


class WrongCalendar(Exception):  # noqa: N818
    """A calendar, or one event of it, that is not taken; the message says why, in French."""


class _TooLong(BaseException):
    """Not an Exception: no library that forgives errors may swallow it."""


@contextmanager
def limit_time() -> Iterator[None]:
    """Stop what is inside after SECONDS: a repetition may have no date at all until the year 9999.

    Raises WrongCalendar. Only the main thread may use it.
    """

    def stop(_signal: int, _frame: FrameType | None) -> None:
        raise _TooLong

    former = signal.signal(signal.SIGALRM, stop)
    signal.setitimer(signal.ITIMER_REAL, SECONDS)
    try:
        yield
    except _TooLong:
        raise WrongCalendar("il est trop long à lire : une répétition sans fin, sans doute") from None
    finally:
        signal.setitimer(signal.ITIMER_REAL, 0)
        signal.signal(signal.SIGALRM, former)

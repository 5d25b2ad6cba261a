"""The command at a terminal of its own."""

import os
import pty
import select
import subprocess
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from tests.support.repository import COMMAND, environment


@contextmanager
def terminal(*arguments: str | Path) -> Iterator[tuple[int, "subprocess.Popen[bytes]"]]:
    """The command at a terminal of its own: what is written to it is typed, what is read was shown."""
    ours, theirs = pty.openpty()
    process = subprocess.Popen(
        [COMMAND, *arguments], stdin=theirs, stdout=theirs, stderr=theirs, env=environment(TERM="xterm", LANG="C.UTF-8")
    )
    os.close(theirs)
    try:
        yield ours, process
    finally:
        process.kill()
        process.wait()
        os.close(ours)


READY = "\x1b[?2004h"
"""What a terminal is told when a line may be typed."""


def shown(screen: int, words: str) -> str:
    """What is shown until these words are, or until the command ends."""
    seen = ""
    while words not in seen and select.select([screen], [], [], 60)[0]:
        try:
            seen += os.read(screen, 65536).decode("utf-8", "replace")
        except OSError:  # the other end is closed
            break
    return seen

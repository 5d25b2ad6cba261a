"""Whole processes, measured: wall time, processor time, peak memory."""

import os
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from tests.support.paths import ROOT

COP = Path(sys.executable).with_name("cop")
_ENVIRONMENT = {"NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": ""}  # compiled modules are used, as at a user's


class CommandError(Exception):
    """A command to be measured failed; the message is the end of what it printed."""


@dataclass(frozen=True)
class Cost:
    """What one process and its children took."""

    wall: float  # seconds
    cpu: float  # seconds, user and system
    peak: int  # bytes of the largest process


def run(
    command: Sequence[str | Path], folder: Path, allowed: int = 0, environ: Mapping[str, str] | None = None
) -> Cost:
    """Run to its end, which must be success or `allowed`.

    The caller stays small: Linux counts its memory as the child's until the child starts.
    """
    with tempfile.TemporaryFile() as said:
        start = time.perf_counter()
        process = subprocess.Popen(
            command,
            cwd=folder,
            env=os.environ | _ENVIRONMENT | dict(environ or {}),
            stdout=said,
            stderr=subprocess.STDOUT,
        )
        _, status, usage = os.wait4(process.pid, 0)
        wall = time.perf_counter() - start
        process.returncode = os.waitstatus_to_exitcode(status)  # waited for here: subprocess must not do it again
        if process.returncode not in {0, allowed}:
            said.seek(0)
            end = said.read().decode(errors="replace")[-2000:]
            words = f"{Path(command[0]).name} {' '.join(map(str, command[1:]))}\n{end}"
            raise CommandError(words.replace(str(folder), "…").replace(str(ROOT), "…"))
    unit = 1 if sys.platform == "darwin" else 1024
    return Cost(wall, usage.ru_utime + usage.ru_stime, usage.ru_maxrss * unit)


def median(times: int, once: Callable[[], Cost]) -> Cost:
    """The middle one of several runs, figure by figure; one run before them fills the disk's cache."""
    if times > 1:
        once()
    return middle([once() for _ in range(times)])


def middle(costs: Sequence[Cost]) -> Cost:
    """The median of each figure."""
    return Cost(
        statistics.median(c.wall for c in costs),
        statistics.median(c.cpu for c in costs),
        int(statistics.median(c.peak for c in costs)),
    )


def size(folder: Path) -> int:
    """Bytes of all files."""
    return sum(path.stat().st_size for path in folder.rglob("*") if path.is_file())

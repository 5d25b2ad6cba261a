"""What is made once for all the processes of a run."""

import fcntl
import os
from collections.abc import Callable
from pathlib import Path

import pytest


def make_once(tmp_path_factory: pytest.TempPathFactory, name: str, make: Callable[[Path], object]) -> Path:
    """A path that several processes read, whose content the first one to ask for it makes: the others wait."""
    base = tmp_path_factory.getbasetemp()
    common = base.parent if "PYTEST_XDIST_WORKER" in os.environ else base
    with (common / f"{name}.verrou").open("a") as lock:
        fcntl.flock(lock, fcntl.LOCK_EX)
        # Asked of the disk: its size when it was opened may be from before another process made the thing.
        if not os.fstat(lock.fileno()).st_size:
            make(common / name)
            lock.write("fait")
    return common / name

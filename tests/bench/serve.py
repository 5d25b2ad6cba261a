"""The time from a saved entry to the page that shows it, with `cop serve` running."""

import importlib.util
import re
import signal
import statistics
import subprocess
import time
import urllib.error
import urllib.request
from collections.abc import Callable
from pathlib import Path
from typing import TypeVar

from tests.bench.run import COP, CommandError

Answer = TypeVar("Answer")
_PATIENCE = 60.0  # seconds; past them something is broken


def rebuild(root: Path, times: int) -> float | None:
    """Median seconds of several edits of one COP; None where nothing serves yet."""
    if importlib.util.find_spec("generator.building.serve") is None:
        return None
    log = root.parent / "serve.log"
    with log.open("wb") as said:
        server = subprocess.Popen([COP, "--root", root, "serve", "--port", "0"], stdout=said, stderr=subprocess.STDOUT)
    try:
        host = _wait(lambda: _address(log))
        entry = sorted(root.glob("cops/*/*.yml"))[0]
        page = f"{host}cops/{entry.stem}/"
        _wait(lambda: _get(page))
        return statistics.median(_edit(entry, page, f"motdessai{step}") for step in range(times))
    finally:
        server.send_signal(signal.SIGINT)
        server.wait()


def _edit(entry: Path, page: str, word: str) -> float:
    text = entry.read_text(encoding="utf-8")
    entry.write_text(re.sub(r"^nom: \"?\S+", lambda found: f"{found[0]} {word}", text, flags=re.M), encoding="utf-8")
    start = time.perf_counter()
    _wait(lambda: word in _get(page))
    return time.perf_counter() - start


def _address(log: Path) -> str:
    found = re.search(r"https?://[^\s»]+", log.read_text(encoding="utf-8", errors="replace"))
    return found[0].rstrip("/.") + "/" if found else ""


def _get(address: str) -> str:
    try:
        with urllib.request.urlopen(address, timeout=5) as answer:
            return str(answer.read().decode("utf-8"))
    except urllib.error.URLError:
        return ""


def _wait(ask: Callable[[], Answer]) -> Answer:
    end = time.monotonic() + _PATIENCE
    while time.monotonic() < end:
        if answer := ask():
            return answer
        time.sleep(0.01)
    raise CommandError("cop serve ne répond pas.")

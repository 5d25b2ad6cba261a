"""Packages of npm that tests read: taken once, kept in pytest's cache; without npm or a network the test is skipped."""

import shutil
import subprocess
from pathlib import Path

import pytest

PRETTIER = "prettier@3.10.1"
"""What puts scripts and style sheets in form; `make format` reads its name here."""


def package(config: pytest.Config, wanted: str) -> Path:
    """The archive of `name@version`. Packed: nothing of it is installed."""
    if config.cache is None:
        pytest.skip("pytest n’a pas de cache (-p no:cacheprovider)")
    folder = config.cache.mkdir(wanted.replace("@", "-"))
    if not list(folder.glob("*.tgz")):
        _fetch(folder, wanted)
    return next(folder.glob("*.tgz"))


def _fetch(folder: Path, wanted: str) -> None:
    npm = shutil.which("npm")
    if npm is None:
        pytest.skip(f"npm manque : {wanted} n’a pas pu être pris")
    words = [npm, "pack", wanted, "--silent", "--fetch-retries=1", "--fetch-timeout=20000"]
    try:
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=60)
    except subprocess.TimeoutExpired:
        pytest.skip(f"npm ne répond pas : {wanted} n’a pas pu être pris")
    if done.returncode:
        pytest.skip(f"le réseau manque : {wanted} n’a pas pu être pris")

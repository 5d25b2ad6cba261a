"""Checkers that come as commands of the development environment."""

import shutil
import subprocess
import sys
from pathlib import Path

import pytest

from tests.support.paths import ROOT


def run(tool: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    """A command from beside this Python, else from the PATH; the test fails where there is none."""
    own = Path(sys.executable).with_name(tool)
    found = str(own) if own.is_file() else shutil.which(tool)
    if found is None:
        pytest.fail(f"{tool} manque : il est dans le groupe « dev », que « make test » installe")
    return subprocess.run(
        [found, *arguments], cwd=ROOT, capture_output=True, text=True, encoding="utf-8", check=False, timeout=120
    )

"""The scripts of the dot-folders as modules, and the archives that one job of a workflow hands to another."""

import importlib.util
import io
import sys
import zipfile
from pathlib import Path
from types import ModuleType

from tests.support.paths import ROOT


def load(path: str) -> ModuleType:
    """A script as a module, under the name by which the scripts beside it import it."""
    name = Path(path).stem
    if name in sys.modules:
        return sys.modules[name]
    spec = importlib.util.spec_from_file_location(name, ROOT / path)
    assert spec
    assert spec.loader
    module = importlib.util.module_from_spec(spec)
    sys.modules[name] = module
    spec.loader.exec_module(module)
    return module


def archive(**files: str) -> bytes:
    """A zip of some texts; `__` stands for the dot of a name."""
    raw = io.BytesIO()
    with zipfile.ZipFile(raw, "w") as made:
        for name, text in files.items():
            made.writestr(name.replace("__", "."), text)
    return raw.getvalue()

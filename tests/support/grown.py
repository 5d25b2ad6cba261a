"""A repository whose schema was edited, and nothing else: a theme, a type and a question more than ours."""

import json
import shutil
from pathlib import Path
from typing import Any

import pytest

from tests.support import repository
from tests.support.annuaires import cop
from tests.support.once import make_once
from tests.support.paths import ROOT

THEME = "essai-lumiere"
TYPE = "conseil-d-essai"
KEY = "accueil_enfants"
ENTRY = "cops/29/quimperle-essai-de-croissance.yml"


def make(root: Path, kind: str) -> Path:
    """A few fictitious COP, and one that uses what was added: all three, the question being of that kind."""
    repository.make(root, 6, 2, 1)
    (root / "schema").unlink()
    shutil.copytree(ROOT / "schema", root / "schema")
    for name in ("cop", "formation", "actualite"):
        _edit(root / f"schema/{name}.schema.json", kind)
    target = root / ENTRY
    target.parent.mkdir(parents=True, exist_ok=True)
    target.write_text(entry(), encoding="utf-8")
    return root


@pytest.fixture(scope="module", params=["liste", "boolean"])
def grown_root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    """Such a repository, its site built."""

    def build(root: Path) -> None:
        built = repository.build(make(root, request.param), "--quiet")
        assert (built.returncode, built.stdout, built.stderr) == (0, "", "")

    return make_once(tmp_path_factory, f"croissance-{request.param}", build)


def entry() -> str:
    """The COP that uses them, as a person would write it."""
    told = cop(nom="Essai de croissance").replace("commission-extra-municipale", TYPE)
    return told.replace("[climat-energie, eau]", f"[{THEME}]") + f"{KEY}: oui\n"


def _edit(path: Path, kind: str) -> None:
    schema = json.loads(path.read_text("utf-8"))
    theme = schema["$defs"]["theme"]
    _add(theme, THEME, "Lumière d’essai")
    theme["x-odd"][THEME] = [7, 11]
    if path.name == "cop.schema.json":
        own = schema["properties"]["type"]
        _add(own, TYPE, "Conseil d’essai")
        own["x-echelle"][TYPE] = ["commune", "epci"]
        own["x-base-legale"][TYPE] = {"epci": "cgct-l5211-10-1"}
        schema["properties"][KEY] = question(kind)
    path.write_text(json.dumps(schema, ensure_ascii=False, indent=2) + "\n", encoding="utf-8")


def _add(node: dict[str, Any], value: str, label: str) -> None:
    node["enum"].append(value)
    node["enumDescriptions"].append(label)


def question(kind: str) -> dict[str, Any]:
    """An optional yes or no: as a closed list, or as the schema's own kind of truth."""
    closed = {"type": "string", "enum": ["oui", "non"], "enumDescriptions": ["Oui", "Non"]}
    return {
        "title": "Accueil des enfants",
        "description": "Les enfants sont-ils accueillis pendant les séances ?",
        "examples": ["oui"],
        **(closed if kind == "liste" else {"type": "boolean"}),
        "x-groupe": "participer",
        "x-facette": {"enfants": {"titre": "Enfants accueillis"}},
    }

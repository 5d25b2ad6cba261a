"""Editors read the published schemas by themselves: they must refuse what `cop check` refuses, where a schema can tell.

check-jsonschema stands for the editor: another YAML reader (1.2), patterns as ECMAScript, like VS Code.
"""

import json
import re
from collections.abc import Iterable, Mapping
from pathlib import Path

import pytest
import yaml

from tests.factory import repositories
from tests.support import annuaires, problem_cases, tools
from tests.support.paths import ROOT

FOLDERS = {"cop": "cops", "formation": "content/formations", "actualite": "content/actualites"}

BEYOND: Mapping[str, str] = {
    code: reason
    for reason, codes in {
        "asks for the reference data": "ancien-code code-a-deux-lectures code-d-une-autre code-postal"
        " code-postal-partage code-postal-pris"
        " commune-homonyme commune-inconnue commune-inconnue-nommee departement-inconnue epci-inconnue"
        " epci-inconnue-nommee lieu-a-deux-lectures lieu-ancien-code lieu-code-postal nom-contredit-code"
        " nom-d-une-intercommunalite perimetre-inconnu region-inconnue territoire-inconnu",
        "asks for the other files, or for the name of this one": "mauvais-dossier reference-inconnue",
        "asks for a calculation or the calendar": "composition-trop-grande date-future date-impossible fin-avant-debut"
        " id-en-double mandat-clos siren-faux",
        "is about what a text says": "calendrier-secret courriel-personnel formule html image portable"
        " texte-sans-mot titre-de-niveau-1",
        "is about bytes and signs, gone once the file is read": "accents-abimes ancre directive encodage-utf16"
        " signe-interdit",
    }.items()
    for code in codes.split()
}
"""Errors that no JSON Schema can tell, by code, and why."""

DIGITS = {"code-trop-court", "lieu-mal-code"}
"""Digits without quotes are a number to an editor, and no pattern applies to a number; we read them as text."""

NOT_READ = {"tirets-sans-fin"}
"""A nesting of thousands: check-jsonschema itself crashes on it."""


def refused(kind: str, files: Iterable[Path]) -> set[Path]:
    """The files that the published schema of a kind refuses, or that cannot even be read."""
    told = tools.run("check-jsonschema", "--schemafile", f"schema/{kind}.schema.json", "-o", "json", *files)
    answer = json.loads(told.stdout)
    return {Path(one["filename"]) for one in (*answer.get("errors", ()), *answer.get("parse_errors", ()))}


def cases(kind: str) -> list[Path]:
    return [path for path in problem_cases.FILES if path.parent.name == kind and path.stem not in NOT_READ]


def errors(path: Path) -> set[str]:
    return {found.code for found in problem_cases.told_of_file(path)[0] if found.is_error}


@pytest.fixture(scope="module")
def wrong() -> set[Path]:
    """The cases that the schemas refuse."""
    return {path for kind in FOLDERS for path in refused(kind, cases(kind))}


@pytest.mark.parametrize("kind", FOLDERS)
def test_editors_and_the_check_agree_on_every_mistake(kind: str, wrong: set[Path]) -> None:
    ours = {path: errors(path) for path in cases(kind)}
    assert [path.name for path in ours if path in wrong and not ours[path]] == [], "refused by the schema only"
    missed = {path.stem: codes - BEYOND.keys() for path, codes in ours.items() if path not in wrong}
    assert {name for name, codes in missed.items() if codes and name not in DIGITS} == set()


def test_the_exceptions_are_few_known_and_needed(wrong: set[Path]) -> None:
    accepted = {path for kind in FOLDERS for path in cases(kind)} - wrong
    codes = {code for path in accepted for code in errors(path)}
    assert BEYOND.keys() - codes == set(), "a schema can tell these, or no case shows them: take them off the list"
    assert DIGITS - {path.stem for path in accepted} == set()
    assert {path.stem for path in problem_cases.FILES} >= NOT_READ


@pytest.mark.parametrize("kind", FOLDERS)
def test_editors_accept_the_real_files(kind: str) -> None:
    files = sorted((ROOT / FOLDERS[kind]).rglob("*.yml"))
    assert files
    assert refused(kind, files) == set()


def test_editors_accept_every_field_filled(tmp_path: Path) -> None:
    repositories.write_files(tmp_path, repositories.files(40, 6, 6))
    for kind, folder in FOLDERS.items():
        assert refused(kind, sorted((tmp_path / folder).rglob("*.yml"))) == set()


@pytest.mark.parametrize("code", ["29233", '"29233"'])
def test_digits_are_right_with_and_without_quotes(code: str, tmp_path: Path) -> None:
    file = tmp_path / "cop.yml"
    file.write_text(annuaires.cop().replace('"29233"', code), "utf-8")
    assert refused("cop", [file]) == set()


def settings() -> dict[str, object]:
    return dict(json.loads((ROOT / ".vscode" / "settings.json").read_text("utf-8")))


def test_vs_code_finds_the_schema_of_each_kind() -> None:
    schemas = settings()["yaml.schemas"]
    assert isinstance(schemas, dict)
    found = {kind: f"./schema/{kind}.schema.json" for kind in FOLDERS}
    assert schemas.keys() == set(found.values())
    for kind, folder in FOLDERS.items():
        own = set(ROOT.glob(schemas[found[kind]]))
        assert own == set((ROOT / folder).rglob("*.yml"))
        assert (ROOT / found[kind]).is_file()


def test_vs_code_recommends_what_reads_them() -> None:
    told = json.loads((ROOT / ".vscode" / "extensions.json").read_text("utf-8"))
    assert told == {"recommendations": ["redhat.vscode-yaml"]}


def test_the_hook_sees_entries_and_nothing_else() -> None:
    [hook] = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    assert hook["id"] == "cop-check"
    files = [path.relative_to(ROOT).as_posix() for folder in FOLDERS.values() for path in (ROOT / folder).rglob("*")]
    seen = [path for path in files if re.search(hook["files"], path)]
    assert seen == [path for path in files if path.endswith(".yml")]
    assert re.search(hook["files"], "cops/29/fictive.yaml")  # which is refused, and has to be told
    for other in ("mkdocs.yml", "content/index.md", "tests/problems/cop/portable.yml"):
        assert not re.search(hook["files"], other)

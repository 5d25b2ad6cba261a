"""The mistakes of tests/problems/: where they are, and what `cop check` says of each today."""

from dataclasses import replace
from pathlib import Path

from generator.entries import corpus
from generator.entries.checks.one_file import check_entries
from generator.entries.content.files import read_content
from generator.entries.schemas.schema import load_schema
from generator.problems.problem import Problem
from generator.problems.reports import as_text
from generator.repository import settings
from generator.territories.reference import load_territories
from tests.support.paths import ROOT

CASES = ROOT / "tests" / "problems"
TODAY, ECHEANCES = "2026-11-24", ("2026-03-15",)
FOLDERS = {"cop": "cops/29", "formation": "content/formations", "actualite": "content/actualites"}
FILES = sorted(path for kind in (*FOLDERS, "reglages") for path in (CASES / kind).glob("*.yml"))
TREES = sorted(path for path in (CASES / "dossiers").iterdir() if path.is_dir())
TERRITORIES = load_territories()
RULES = {kind.name: load_schema(ROOT / "schema", kind.name) for kind in corpus.KINDS}


def told_of_file(path: Path) -> tuple[list[Problem], str]:
    """What is said of one file, and its text."""
    if path.parent.name == "reglages":
        return told_of_settings(path)
    kind = next(kind for kind in corpus.KINDS if kind.name == path.parent.name)
    name = f"{FOLDERS[kind.name]}/{path.name}"
    entry, found, text = corpus.read_entry(name, path.read_bytes(), kind, RULES[kind.name])
    read = corpus.Corpus((entry,) if entry else (), found, {name: text}, RULES)
    return check_entries(read, TERRITORIES, ECHEANCES, TODAY), text


def told_of_settings(path: Path) -> tuple[list[Problem], str]:
    """Settings are read under the name mkdocs.yml."""
    raw = path.read_bytes()
    return settings.read(raw, load_schema(ROOT / "schema", "settings"), {}, TERRITORIES)[1], raw.decode()


def told_of_tree(folder: Path) -> tuple[list[Problem], corpus.Corpus]:
    """What is said of a small directory, and its texts."""
    read, content = corpus.load(folder, rules=RULES), read_content(folder)
    problems = sorted([*check_entries(read, TERRITORIES, ECHEANCES, TODAY), *content.problems])
    texts = {page.path: page.markdown.text for page in content.pages.values()}
    return problems, replace(read, texts={**read.texts, **texts})


def answer(path: Path) -> str:
    if path.is_dir():
        found, read = told_of_tree(path)
        return as_text(found, read.lines) + "\n"
    found, text = told_of_file(path)
    return as_text(found, lambda _: text.split("\n")) + "\n"


def answer_file(path: Path) -> Path:
    return path / "attendu.txt" if path.is_dir() else path.with_suffix(".txt")

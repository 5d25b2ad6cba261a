"""A limit that a hand-written text tells is that of the program."""

import re
from pathlib import Path

import pytest

from generator.edits.importing.sheets import MAX_ROWS
from generator.entries.corpus import MAX_ID
from generator.entries.schemas.guesses import FIRST_YEAR, LAST_YEAR
from generator.entries.yaml.source import MAX_ENTRY_BYTES
from generator.french import en_lettres, nombre
from generator.model.cop import OUT_OF_COUNT_AFTER, TO_CONFIRM_AFTER
from generator.upkeep.links.memory import DEAD_AFTER

ROOT = Path(__file__).parents[2]
SENTENCES = "generator/problems/sentences.json"
KEPT = re.search(r"retention-days: (\d+) # la mémoire", (ROOT / ".github/workflows/entretenir.yml").read_text("utf-8"))

TOLD = [
    ("content/relire.md", f"Au bout de {TO_CONFIRM_AFTER} mois sans vérification"),
    ("content/relire.md", f"au bout de {OUT_OF_COUNT_AFTER} mois, elle quitte le compteur"),
    ("content/relire.md", f"a échoué {en_lettres(DEAD_AFTER)} jours différents"),
    ("content/ajouter.md", f"n’a vérifiée depuis {TO_CONFIRM_AFTER} mois"),
    ("CONTRIBUTING.md", f"après {TO_CONFIRM_AFTER} mois sans vérification"),
    ("content/donnees.md", f"vérifiée depuis moins de {OUT_OF_COUNT_AFTER} mois"),
    ("content/importer.md", f"jusqu’à {nombre(MAX_ROWS)} lignes"),
    ("content/heberger.md", f"gardé {KEPT and KEPT[1]} jours"),
    (SENTENCES, f"pèse plus de {MAX_ENTRY_BYTES // 1024} Ko"),
    (SENTENCES, f"{MAX_ID} caractères au plus"),
    (SENTENCES, f"entre {FIRST_YEAR} et {LAST_YEAR}"),
]


@pytest.mark.parametrize(("path", "phrase"), TOLD)
def test_a_text_tells_the_limit_of_the_program(path: str, phrase: str) -> None:
    spaces = str.maketrans("\u00a0\u202f", "  ")
    assert phrase.translate(spaces) in (ROOT / path).read_text("utf-8").translate(spaces)

"""What the search is asked of every COP and every commune, and where each question must lead."""

import json
from collections import Counter
from pathlib import Path
from typing import Any

from generator.french import fold
from generator.territories.kinds import Commune
from generator.territories.reference import Territories
from tests.support.paths import ROOT

Question = tuple[str, str]
"""What is typed, and the address of the page that must be among the answers."""

EVERYDAY: list[list[str]] = json.loads((ROOT / "tests/browser/search_queries.json").read_text(encoding="utf-8"))
"""Question, kind, and the address that stands among the first three of its kind; `rien`: nothing may answer."""
FIRST = 3
LETTERS = 5
MOST_ALIKE = 5
"""Communes that begin with the same letters, at most, for these to find each of them: 178 begin with « saint »."""


def read_directory(site: Path) -> dict[str, Any]:
    data: dict[str, Any] = json.loads((site / "donnees" / "annuaire.json").read_text(encoding="utf-8"))
    return data


def list_cop_questions(directory: dict[str, Any]) -> list[Question]:
    """« cop + commune », « type + commune » and the name of each COP.

    Where a place has more than three, all that stands before one is of that place too: only their names are asked.
    """
    cops = [dict(zip(directory["colonnes"], row, strict=True)) for row in directory["cops"]]
    shared = Counter(cop["code"] for cop in cops) + Counter(cop["collectivite"] for cop in cops)
    questions = [
        (f"{called} {cop['collectivite']}", cop)
        for cop in cops
        for called in ("cop", directory["types"][cop["type"]][1])
        if shared[cop["code"]] <= FIRST and shared[cop["collectivite"]] <= FIRST
    ]
    questions += [(cop["nom"], cop) for cop in cops]
    return [(text, f"cops/{cop['id']}/") for text, cop in questions]


def list_commune_questions(territories: Territories) -> list[Question]:
    """Each commune by its names, folded, in capitals, without article, by its first letters and by its codes."""
    communes = territories.communes.values()
    whole = [fold(commune.nom).replace(" ", "") for commune in communes]
    questions: list[Question] = []
    for commune in communes:
        start = fold(commune.nom)[:LETTERS].strip()
        alike = sum(nom.startswith(start.replace(" ", "")) for nom in whole)
        begun = [start] if alike <= MOST_ALIKE else []
        texts = dict.fromkeys((*_list_names(commune), *begun, *_list_codes(commune)))
        questions += [(text, f"communes/{commune.slug}/") for text in texts]
    return questions


def _list_names(commune: Commune) -> list[str]:
    articles = ("Le ", "La ", "Les ", "L'", "L’")
    bare = [commune.nom.removeprefix(article) for article in articles]
    said = [f"Mairie de {commune.nom}", f"COP {commune.nom}"]
    return [commune.nom, commune.nom.upper(), fold(commune.nom), *commune.anciens_noms, *bare, *said]


def _list_codes(commune: Commune) -> list[str]:
    return [commune.code, *commune.codes_postaux, *commune.anciens_codes]

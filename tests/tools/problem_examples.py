"""One example of each mistake for the page that explains them, taken from the cases of tests/problems/.

`python -m tests.tools.problem_examples`, part of `make refaire`, writes generator/problems/examples.json; a test holds
it against the cases.
"""

import json
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

from generator.problems.catalogue import CATALOGUE
from generator.problems.excerpts import excerpt_of
from generator.problems.problem import Problem
from tests.support.paths import ROOT
from tests.support.problem_cases import FILES, TREES, told_of_file, told_of_tree

TARGET = ROOT / "generator" / "problems" / "examples.json"

BY_HAND: Mapping[str, Mapping[str, Any]] = {
    # What no case can show: a file too big, a link, a page of the site, the environment, a table.
    "bloc-inconnu": {"ligne": "<!-- bloc: plna -->", "valeurs": {"nom": "plna", "connus": "annuaire, plan ou flux"}},
    "cellule-de-trop": {"ligne": "Agir ; apprendre", "valeurs": {"valeur": "apprendre", "signe": ";"}},
    "cellule-en-erreur": {"ligne": "#REF!", "valeurs": {"valeur": "#REF!"}},
    "premier-du-mois": {"ligne": "2020-01-01", "valeurs": {"valeur": "2020-01-01", "corrige": "2020 ou 2020-01"}},
    "code-inconnu": {"ligne": "2,43E+08", "valeurs": {"code": "2,43E+08"}},
    "colonne-en-double": {"ligne": "statut, Statut", "valeurs": {"autre": "colonne « statut »"}},
    "colonne-inconnue": {"ligne": "Notes internes", "valeurs": {}},
    "colonne-manquante": {"ligne": "nom, statut", "valeurs": {"titre": "Thèmes", "choix": "« themes »"}},
    "colonne-proche": {"ligne": "contcat.page", "valeurs": {"proche": "contact.page"}},
    "colonne-sans-titre": {"ligne": "", "valeurs": {"ligne": "2"}},
    "fiche-differente": {"ligne": "", "valeurs": {"id": "quimperle-commission-du-temps-long", "cles": "resume"}},
    "donnees-fictives": {"ligne": "    donnees_fictives: true", "valeurs": {}},
    "dossier-pour-fichier": {"ligne": "cops/29/quimperle.yml/", "valeurs": {"dossier": "quimperle.yml"}},
    "dossier-vide": {"ligne": "cops/29/annexe/", "valeurs": {"dossier": "annexe"}},
    "epci-partagee": {
        "ligne": 'code: "123456782"',
        "valeurs": {
            "code": "123456782",
            "ancien": "Pays fictif",
            "vrais": "Quimper Bretagne Occidentale (200068120) ou Quimperlé Communauté (242900694)",
        },
    },
    "fichier-renomme": {
        "ligne": "",
        "valeurs": {"id": "quimperle-climat", "exemple": "anciens_ids: [quimperle-climat]"},
    },
    "revision-oubliee": {"ligne": "  - debut: 2027-01-14 19:00", "valeurs": {"revision": "1"}},
    "fichier-special": {"ligne": "", "valeurs": {"fichier": "quimperle.yml"}},
    "fichier-trop-gros": {"ligne": "", "valeurs": {}},
    "image-trop-lourde": {"ligne": "", "valeurs": {"most": "1 Mo"}},
    "lien-symbolique": {"ligne": "", "valeurs": {}},
    "lieu-a-choisir": {
        "ligne": "La Chapelle-Neuve",
        "valeurs": {
            "nom": "La Chapelle-Neuve",
            "communes": "22037 (Côtes-d’Armor) ou 56039 (Morbihan)",
        },
    },
    "ligne-sans-fiche": {"ligne": "Total : 12", "valeurs": {"valeur": "Total : 12"}},
    "lieu-hors-perimetre": {"ligne": "Nantes", "valeurs": {"nom": "Nantes"}},
    "lieu-d-une-autre-sorte": {
        "ligne": "Lorient Agglomération",
        "valeurs": {"nom": "Lorient Agglomération", "proches": "Lorient Agglomération (200042174)"},
    },
    "lieux-contraires": {"ligne": "Quimperlé, 56000", "valeurs": {"nom": "Quimperlé", "valeur": "56000"}},
    "noms-confondus": {"ligne": "content/Pacte.md", "valeurs": {"fichier": "Pacte.md"}},
    "page-de-trop-de-lignes": {"ligne": "", "valeurs": {"count": "1200", "most": "1000"}},
    "page-trop-longue": {"ligne": "", "valeurs": {"most": "32"}},
    "lieu-inconnu": {"ligne": "Commune fictive", "valeurs": {"nom": "Commune fictive"}},
    "lieu-inconnu-proche": {"ligne": "Quinperlé", "valeurs": {"nom": "Quinperlé", "proches": "Quimperlé (29233)"}},
    "nom-de-fichier": {
        "ligne": "cops/29/Ma COP.yml",
        "valeurs": {"fichier": "Ma COP.yml", "propose": "ma-cop.yml"},
    },
    "regle-du-schema": {"ligne": "", "valeurs": {"cle": "nom"}},
    "reglage-variable": {
        "ligne": "SITE_URL=annuaire",
        "valeurs": {
            "variable": "SITE_URL",
            "valeur": "annuaire",
            "titre": "Adresse du site",
            "exemple": "https://annuaire.example/",
        },
    },
}


def examples() -> dict[str, dict[str, Any]]:
    """By code: the line that shows the mistake, and the words that fill its sentences there."""
    best: dict[str, tuple[int, str, Problem]] = {}
    for found, lines in _cases():
        line = excerpt_of(found, lambda _, lines=lines: lines)[1].strip() or found.path  # type: ignore[misc]
        rank = len(line) + (1000 if line == found.path else 0)
        best[found.code] = min(best.get(found.code, (9999, "", found)), (rank, line, found))
    made = {code: {"ligne": line, "valeurs": dict(found.values)} for code, (_, line, found) in best.items()}
    return {code: dict(made.get(code) or BY_HAND[code]) for code in CATALOGUE}


def _cases() -> Iterator[tuple[Problem, Sequence[str]]]:
    for path in FILES:
        problems, text = told_of_file(path)
        yield from ((found, text.split("\n")) for found in problems)
    for folder in TREES:
        problems, corpus = told_of_tree(folder)
        yield from ((found, corpus.lines(found.path)) for found in problems)


if __name__ == "__main__":
    TARGET.write_text(json.dumps(examples(), ensure_ascii=False, indent=1) + "\n", encoding="utf-8")

"""/etat.json: what a person or a program that watches over the publication asks first."""

import json
from importlib import metadata

from generator.problems.renderings import words_of
from generator.repository.clocks import list_clocks
from generator.repository.snapshot import Snapshot

VERSION = 1
"""Grows when a name or a meaning changes; a name that is only added does not change it."""

PATH = "etat.json"


def make_status(snapshot: Snapshot) -> bytes:
    """Built for which day, by which program, from which commit and how many entries; what is wrong in them, what time
    will undo, and which entries are not in the site."""
    errors = sum(problem.is_error for problem in snapshot.problems)
    status = {
        "version": VERSION,
        "date": snapshot.today,
        "programme": metadata.version("annuaire-cop"),
        "revision": snapshot.revision or None,
        "fiches": {f"{kind}s": len(snapshot.corpus.of(kind)) for kind in ("cop", "formation", "actualite")},
        "problemes": {"erreurs": errors, "avertissements": len(snapshot.problems) - errors},
        "echeances": [
            {"date": clock.jour, "quoi": clock.evenement, "faire": clock.faire, "annoncee": clock.rings(snapshot.today)}
            for clock in list_clocks(snapshot.settings.echeances)
        ],
        "ecartees": [{"fichier": path, **words_of(problem)} for path, problem in snapshot.left_out],
    }
    return (json.dumps(status, ensure_ascii=False, indent=1) + "\n").encode()

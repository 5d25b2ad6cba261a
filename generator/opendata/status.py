"""/etat.json: what a person or a program that watches over the publication asks first."""

import json

from generator.problems.renderings import words_of
from generator.repository.snapshot import Snapshot

VERSION = 1
"""Grows when a name or a meaning changes; a name that is only added does not change it."""

PATH = "etat.json"


def make_status(snapshot: Snapshot) -> bytes:
    """Built for which day, from how many entries, what is wrong in them, and which ones are not in the site."""
    errors = sum(problem.is_error for problem in snapshot.problems)
    status = {
        "version": VERSION,
        "date": snapshot.today,
        "fiches": {f"{kind}s": len(snapshot.corpus.of(kind)) for kind in ("cop", "formation", "actualite")},
        "problemes": {"erreurs": errors, "avertissements": len(snapshot.problems) - errors},
        "ecartees": [{"fichier": path, **words_of(problem)} for path, problem in snapshot.left_out],
    }
    return (json.dumps(status, ensure_ascii=False, indent=1) + "\n").encode()

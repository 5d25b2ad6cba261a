"""/etat.json: what whoever watches over the publication asks first. The page /etat/ says the same."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from importlib import metadata

from generator.problems.renderings import words_of
from generator.repository.clocks import Clock, list_clocks
from generator.repository.settings import list_before_publication
from generator.repository.snapshot import Snapshot

VERSION = 1
"""Grows when a name or a meaning changes; a name that is only added does not change it."""

PATH = "etat.json"

Words = Mapping[str, str]
"""A problem in words: message, why, remedy."""


@dataclass(frozen=True, slots=True)
class Status:
    """Of one build."""

    today: str  # AAAA-MM-JJ
    programme: str  # its version
    revision: str  # of the repository; empty where it was not told
    counts: Mapping[str, int]  # entries by kind
    errors: int
    warnings: int
    clocks: Sequence[Clock]  # what time will undo, the nearest first
    left_out: Sequence[tuple[str, Words]]  # entries that are not in the site, by path, and why
    to_settle: Sequence[Words]  # before the site is public


def read_status(snapshot: Snapshot) -> Status:
    """Built for which day, by which program, from which commit and how many entries; what is wrong and what waits."""
    errors = sum(problem.is_error for problem in snapshot.problems)
    return Status(
        today=snapshot.today,
        programme=metadata.version("annuaire-cop"),
        revision=snapshot.revision,
        counts={f"{kind}s": len(snapshot.corpus.of(kind)) for kind in ("cop", "formation", "actualite")},
        errors=errors,
        warnings=len(snapshot.problems) - errors,
        clocks=list_clocks(snapshot.settings.echeances),
        left_out=tuple((path, words_of(problem)) for path, problem in snapshot.left_out),
        to_settle=tuple(map(words_of, list_before_publication(snapshot.settings, snapshot.problems))),
    )


def write_status(status: Status) -> bytes:
    told = {
        "version": VERSION,
        "date": status.today,
        "programme": status.programme,
        "revision": status.revision or None,
        "fiches": status.counts,
        "problemes": {"erreurs": status.errors, "avertissements": status.warnings},
        "echeances": [
            {"date": clock.jour, "quoi": clock.evenement, "faire": clock.faire, "annoncee": clock.rings(status.today)}
            for clock in status.clocks
        ],
        "ecartees": [{"fichier": path, **words} for path, words in status.left_out],
        "a_regler": status.to_settle,
    }
    return (json.dumps(told, ensure_ascii=False, indent=1) + "\n").encode()

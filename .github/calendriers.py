"""Propose the meetings that `cop calendriers` found, as .github/workflows/calendriers.yml calls it.

The job before this one read calendars of anybody, without any right to write. What it attached is data: each path must
be that of an entry of a COP, and the card must hold nothing but what our program writes. One branch, one proposal: the
next passage writes it anew. A proposal that a person closed is not made again until the calendars say something else.
"""

import hashlib
import json
import os
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from branche import Branch, open_pull, pulls_of, push
from gh import ENTRY, Api, attached, github, is_card

ATTACHED, FILE = "calendriers", "calendriers.json"
BRANCH = "calendriers/rencontres"
TITLE = "Ajoute les rencontres des calendriers"
MAX_FILE = 256 * 1024  # bytes
MOST_FILES = 60
BODY = """\
<!-- {mark} -->
Ces rencontres viennent des calendriers que donnent les fiches, et n’y étaient pas. Rien n’est retiré ni corrigé. À
relire\u00a0: ces réunions sont-elles publiques, et ce qu’elles disent ne nomme-t-il personne\u202f?

{card}

---

En refuser une\u00a0: retirez-la de cette branche, ou fermez la proposition. Elle ne reviendra que si un calendrier
change.
"""


@dataclass(frozen=True, slots=True)
class Found:
    """What was found, once looked at."""

    card: str
    files: Mapping[str, str]
    mark: str  # of the meetings: the same ones have the same


def _is_sound(file: tuple[str, str]) -> bool:
    path, text = file
    return path.startswith("cops/") and bool(ENTRY.fullmatch(path)) and 0 < len(text.encode()) <= MAX_FILE


def found_of(told: str) -> Found | None:
    """None where it is not what our program writes."""
    try:
        data = json.loads(told)
        files = {str(one["chemin"]): str(one["texte"]) for one in data["fichiers"]}
        card, mark = str(data["carte"]), hashlib.sha256(str(data["empreinte"]).encode()).hexdigest()
        sound = all(map(_is_sound, files.items()))
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    return Found(card, files, mark) if sound and len(files) <= MOST_FILES and is_card(card) else None


def propose(api: Api, own: Branch, base: str, found: Found) -> str:
    """Open the proposal or bring it up to date; one sentence for the log."""
    pulls = pulls_of(api, own)
    refused = pulls.get("closed")
    if refused and "open" not in pulls and found.mark in (refused["body"] or ""):
        return "Ces rencontres ont été refusées\u00a0: rien n’est proposé."
    pushed = push(api, own, found.files, TITLE)
    if pushed is None:
        return "Une personne complète la proposition\u00a0: elle reste telle quelle."
    told: dict[str, Any] = {"title": TITLE, "body": BODY.format(mark=found.mark, card=found.card.strip())}
    if open_pull(api, own, base, told, pulls.get("open"), pushed) is None:
        sys.stderr.write("::error::La forge refuse d’ouvrir la proposition\u00a0: voir « Héberger l’annuaire ».\n")
        return "La branche est prête, la proposition reste à ouvrir."
    return "Proposition à jour." if "open" in pulls else "Proposition ouverte."


def main(environ: Mapping[str, str], api: Api = github) -> str:
    """One sentence for the log, which quotes nothing contributed."""
    depot = environ["DEPOT"]
    found = found_of(attached(api, depot, environ["EXECUTION"], ATTACHED, [FILE]).get(FILE, ""))
    if found is None:
        raise SystemExit("Le fichier joint manque ou n’est pas une proposition\u00a0: rien n’est proposé.")
    if not found.files:
        return "Rien de nouveau dans les calendriers."
    return propose(api, Branch(depot, BRANCH, environ["REVISION"]), environ["BRANCHE"], found)


if __name__ == "__main__":
    sys.stdout.write(main(os.environ) + "\n")

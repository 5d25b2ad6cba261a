"""Keep one issue with the entries and the links to look at again, as .github/workflows/entretenir.yml calls it.

`memoire` takes back what the last run of this workflow knew of the links. `sujet` reads the two reports that the run
attached and opens, edits, reopens or closes the issue. The reports quote contributed words: they are data, bounded in
size, and go to the forge as JSON.
"""

import os
import re
import sys
from collections.abc import Mapping
from pathlib import Path
from urllib.parse import quote

from gh import Api, attached, github, own_issue

ATTACHED = "entretien"
REPORTS = ("fiches.md", "liens.md")
MEMORY = "memoire.json"
OURS = ("schedule", "workflow_dispatch")
"""What starts this workflow. A run of a proposal may bear its name, and attach what it likes."""

LOOKED_AT = 6  # runs: what a run attaches lives for ninety days

MARK = "<!-- entretien de l’annuaire -->"
TITLE = "Fiches et liens à revoir"
LONGEST = 65_536  # characters of the body of an issue on GitHub
INTRODUCTION = (
    "Chaque mois, l’annuaire se relit. Voici ce qui mérite un regard. Cette liste se met à jour toute seule, et se "
    "ferme quand il n’y a plus rien à faire. Une fiche est toujours exacte\u202f? Notez la date du jour dans "
    "«\u00a0verifiee_le\u00a0»."
)
NEWS = "Il y a du nouveau dans la liste ci-dessus depuis le dernier passage."
ITEM = re.compile(r"- (?!…)(.+?)(?:\u00a0: fiche du |$)|  - ligne \d+, (.+?), ")
DONE = "Plus rien à revoir\u00a0: toutes les fiches et tous les liens sont à jour. Merci\u202f!"


# What the last run knew -----------------------------------------------------------------------------------------------


def last_memory(api: Api, depot: str, branch: str) -> str | None:
    """The newest memory of the links that a run on the published branch attached; None where there is none.

    A run that failed afterwards, or found no network, may hold one or not: those before it are looked at too.
    """
    path = f"repos/{depot}/actions/workflows/entretenir.yml/runs?branch={quote(branch)}&status=completed&event="
    runs = [run for event in OURS for run in api(path + event)["workflow_runs"]]
    for run in sorted((int(run["id"]) for run in runs if run["event"] in OURS), reverse=True)[:LOOKED_AT]:
        if text := attached(api, depot, str(run), ATTACHED, [MEMORY]).get(MEMORY):
            return text
    return None


# The issue ------------------------------------------------------------------------------------------------------------


def body_of(texts: Mapping[str, str]) -> str:
    """What the issue says; empty where no report has a title, which is how they say that there is nothing to do."""
    reports = [texts[name].strip() for name in REPORTS]
    if not any(line.startswith("## ") for report in reports for line in report.split("\n")):
        return ""
    body = "\n\n".join([MARK, INTRODUCTION, *reports])
    # The reports are shortened by the commands, section by section; this is for the day when they are not.
    return body if len(body) <= LONGEST else body[: body.rindex("\n", 0, LONGEST - 2)] + "\n…"


def keep(api: Api, depot: str, body: str) -> str:
    """One issue, never two; what was done, for the log."""
    issue = own_issue(api, depot, MARK)
    if issue is None:
        if not body:
            return "Rien à revoir."
        api(f"repos/{depot}/issues", "POST", {"title": TITLE, "body": body})
        return "Sujet ouvert."
    path, is_open = f"repos/{depot}/issues/{issue['number']}", issue["state"] == "open"
    if not body:
        if is_open:
            api(f"{path}/comments", "POST", {"body": DONE})
            api(path, "PATCH", {"state": "closed", "state_reason": "completed"})
        return "Sujet fermé\u00a0: plus rien à revoir." if is_open else "Rien à revoir."
    if not is_open:
        api(path, "PATCH", {"state": "open", "body": body})
        return "Sujet rouvert."
    if issue["body"].strip() == body.strip():
        return "Sujet déjà à jour."
    api(path, "PATCH", {"body": body})
    if subjects(body) - subjects(issue["body"]):
        # A forge tells nobody that a text was edited.
        api(f"{path}/comments", "POST", {"body": NEWS})
    return "Sujet mis à jour."


def subjects(body: str) -> set[str]:
    """What the lines of the lists are about, without the age of an entry, which changes each month."""
    return {found[1] or found[2] for found in map(ITEM.match, body.split("\n")) if found}


def main(environ: Mapping[str, str], order: str, api: Api = github) -> str:
    """One sentence for the log, which quotes nothing contributed."""
    depot = environ["DEPOT"]
    if order == "memoire":
        text = last_memory(api, depot, environ["BRANCHE"])
        if text is None:
            return "Aucune visite passée\u00a0: la mémoire des liens commence aujourd’hui."
        Path(environ["MEMOIRE"]).write_text(text, encoding="utf-8")
        return "Mémoire des liens reprise."
    texts = attached(api, depot, environ["EXECUTION"], ATTACHED, REPORTS)
    if texts.keys() != set(REPORTS):
        raise SystemExit("Le rapport joint manque\u00a0: le sujet reste tel quel.")
    return keep(api, depot, body_of(texts))


if __name__ == "__main__":
    sys.stdout.write(main(os.environ, sys.argv[1]) + "\n")

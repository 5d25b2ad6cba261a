"""Make a pull request of what a request became, and answer it, as .github/workflows/proposer.yml calls it.

The job before this one read the request and made the file, without any right to write. What it attached is data here:
the path must be that of an entry, the card and the answer must hold nothing but what our program writes, and the number
and the author come from the event. The branch holds one commit over the branch that is published, made through the API:
nothing of the request is ever in a working tree, a shell or a title.
"""

import json
import os
import re
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any
from urllib.parse import quote

from branche import Branch, open_pull, pulls_of, push
from gh import ENTRY, Api, attached, github, is_card, post

MARK = "<!-- réponse à la demande -->"
TO_READ = "à relire"
MAX_FILE = 256 * 1024  # bytes
TITLES = {
    "ajouter-une-cop": "Ajoute la fiche {id}",
    "annoncer-une-rencontre": "Ajoute une rencontre à la fiche {id}",
    "ajouter-une-formation": "Ajoute la formation {id}",
    "proposer-une-actualite": "Ajoute l’actualité {id}",
    "corriger-une-fiche": "Corrige la fiche {id}",
    "confirmer-une-fiche": "Confirme la fiche {id}",
    "signaler-une-erreur": "",
}
STATES = {"prete", "a-corriger", "a-relire", "inchangee"}

# What is answered, with its French spaces: \u202f before ! and ;, \u00a0 before :.
PROPOSED = (
    "Merci\u202f! Votre demande est devenue la proposition #{number}\u00a0: la fiche y est en clair, et une personne "
    "va la relire. Pour changer quelque chose, modifiez le texte de votre demande\u00a0: la proposition suivra."
)
ACCEPTED = (
    "Merci\u202f! Cette demande a déjà été acceptée. Pour une nouvelle correction, ouvrez une nouvelle demande\u00a0: "
    "elle sera relue à son tour."
)
CLOSED = "La proposition #{number} a été fermée par la personne qui la relisait\u00a0: elle y dit pourquoi."
TAKEN_OVER = (
    "Merci\u202f! Une personne a repris votre proposition et l’a complétée\u00a0: la machine n’y touche plus. Dites "
    "ici ce qui a changé, elle le reportera."
)
WAITING = "Merci\u202f! Votre fiche est prête. Une personne va ouvrir la proposition et la relire."
STILL_OPEN = "En attendant, la proposition #{number} reste ouverte, telle qu’elle était."
UNKNOWN = "Merci\u202f! Une personne va lire votre demande et vous répondre ici."

# « closes » is the forge’s word: it knows no other language.
BODY = """\
Vient de la demande #{issue}\u202f; l’accepter la ferme (closes #{issue}). La personne qui l’a écrite a coché toutes les
cases du formulaire.

{card}

---

Pour la relire\u00a0: la page «\u00a0Relire une proposition\u00a0» du site. La [vérification de cette branche]({runs})
joint l’aperçu du site.
"""


@dataclass(frozen=True, slots=True)
class Request:
    """What the event says of the request: nothing of its text."""

    depot: str
    number: int
    author: Mapping[str, Any]
    labels: frozenset[str]
    base: str  # branch that is published
    revision: str  # of that branch, at which the file was made and checked
    runs: str  # page of the verifications

    @property
    def branch(self) -> Branch:
        return Branch(self.depot, f"proposition/{self.number}", self.revision)


@dataclass(frozen=True, slots=True)
class Made:
    """What the job before made, once looked at."""

    form: str
    state: str
    path: str
    text: str
    card: str
    answer: str

    @property
    def title(self) -> str:
        found = ENTRY.fullmatch(self.path)
        return TITLES[self.form].format(id=found[1] if found else "")


def request_of(environ: Mapping[str, str], event: Mapping[str, Any]) -> Request:
    """Raises KeyError, TypeError or ValueError where the event is not about a request."""
    depot, issue = environ["DEPOT"], event["issue"]
    number = int(issue["number"])
    labels = frozenset(str(one["name"]) for one in issue.get("labels") or ())
    server = environ.get("GITHUB_SERVER_URL", "https://github.com")
    query = quote(f"branch:proposition/{number}", safe="")
    runs = f"{server}/{depot}/actions/workflows/verifier.yml?query={query}"
    base = str(event["repository"]["default_branch"])
    return Request(depot, number, issue.get("user") or {}, labels, base, environ["REVISION"], runs)


def made_of(told: str) -> Made | None:
    """What was attached, None where it is not what our program writes or where there is nothing to do."""
    try:
        data = json.loads(told)
        names = ("formulaire", "etat", "chemin", "texte", "carte", "reponse")
        made = Made(*(str(data[name]) for name in names))
        size = len(made.text.encode())
    except (ValueError, KeyError, TypeError, RecursionError):
        return None
    if made.form not in TITLES or made.state not in STATES or not (is_card(made.card) and is_card(made.answer)):
        return None
    if made.state == "prete" and not (ENTRY.fullmatch(made.path) and 0 < size <= MAX_FILE and TITLES[made.form]):
        return None
    return made


# The branch and its pull request --------------------------------------------------------------------------------------


def credit(author: Mapping[str, Any]) -> str:
    """The line that credits the author of the request in git; empty for an account that is not a person's."""
    name, number = author.get("login"), author.get("id")
    person = isinstance(name, str) and re.fullmatch(r"[A-Za-z0-9](?:[A-Za-z0-9_-]{0,38})", name, re.ASCII)
    if not person or author.get("type") == "Bot" or type(number) is not int or number <= 0:
        return ""
    return f"\n\nCo-authored-by: {name} <{number}+{name}@users.noreply.github.com>"


def propose(api: Api, own: Request, made: Made, pulls: Mapping[str, Mapping[str, Any]]) -> str:
    """Open the pull request or bring it up to date, ask for its verification; what to answer."""
    if "merged" in pulls:
        return ACCEPTED
    message = f"{made.title}\n\nDemande #{own.number}.{credit(own.author)}"
    pushed = push(api, own.branch, {made.path: made.text}, message)
    if pushed is None:
        return TAKEN_OVER
    told = {"title": made.title, "body": BODY.format(issue=own.number, card=made.card.strip(), runs=own.runs)}
    pull = pulls.get("open")
    if pull is None and not pushed and "closed" in pulls:
        return CLOSED.format(number=pulls["closed"]["number"])
    pull = open_pull(api, own.branch, own.base, told, pull, pushed)
    return PROPOSED.format(number=pull["number"]) if pull else WAITING


def mark_to_read(api: Api, own: Request, wanted: bool) -> None:
    """Give or take the label by which people find what waits for them."""
    labels = f"repos/{own.depot}/issues/{own.number}/labels"
    if wanted and TO_READ not in own.labels:
        api(labels, "POST", {"labels": [TO_READ]})
    elif not wanted and TO_READ in own.labels:
        api(f"{labels}/{quote(TO_READ)}", "DELETE")


def main(environ: Mapping[str, str], api: Api = github) -> str:
    """Do what there is to do; one sentence for the log, which quotes nothing contributed."""
    event = json.loads(Path(environ["GITHUB_EVENT_PATH"]).read_text(encoding="utf-8"))
    own = request_of(environ, event)
    texts = attached(api, own.depot, environ["EXECUTION"], "proposition", ("proposition.json",))
    told = texts.get("proposition.json", "").strip()
    if told == "null":
        return "Cette demande n’a été faite avec aucun des formulaires\u00a0: rien à faire."
    made = made_of(told)
    if made is None:
        post(api, own.depot, own.number, MARK, UNKNOWN)
        mark_to_read(api, own, wanted=True)
        return "Le fichier joint manque ou n’est pas une proposition\u00a0: rien n’est proposé."
    pulls = pulls_of(api, own.branch)
    answer = propose(api, own, made, pulls) if made.state == "prete" else made.answer
    if made.state != "prete" and "open" in pulls:
        answer += "\n\n" + STILL_OPEN.format(number=pulls["open"]["number"])
    post(api, own.depot, own.number, MARK, answer)
    waits = made.state == "a-relire" or answer in (TAKEN_OVER, WAITING)
    mark_to_read(api, own, waits)
    if answer == WAITING:
        sys.stderr.write("::error::La forge refuse d’ouvrir la proposition\u00a0: voir « Héberger l’annuaire ».\n")
    return f"Réponse donnée\u00a0: {made.state}."


if __name__ == "__main__":
    sys.stdout.write(main(os.environ) + "\n")

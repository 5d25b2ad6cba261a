"""What an answer means: alive, failing, or unknown because the server would not tell; and the words for each reason."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum

from generator.upkeep.links.fetching import Answer


class State(StrEnum):
    """Of one visit. What a visit alone cannot say, that a link is dead, is in `memory`."""

    VIVANT = "vivant"
    ECHEC = "échec"
    INCONNU = "inconnu"


@dataclass(frozen=True, slots=True)
class Visit:
    """What one visit to one address found."""

    state: State
    cause: str = ""  # an HTTP status or a key of CAUSES; empty where the page is there
    moved_to: str = ""  # the new address, where the server says that it moved for good


GONE = frozenset({404, 410})
"""The server knows that there is no such page. Anything else may be said to robots only, or end tomorrow."""

CAUSES: Mapping[str, str] = {
    "404": "page introuvable",
    "410": "page retirée",
    "401": "le site demande un mot de passe",
    "403": "le site refuse les visites automatiques",
    "405": "le site refuse les visites automatiques",
    "429": "le site demande d’attendre",
    "nom-inconnu": "ce nom de site n’existe pas",
    "nom-sans-reponse": "l’annuaire des noms de sites ne répond pas",
    "connexion": "le site ne répond pas",
    "coupure": "le site coupe la connexion",
    "delai": "le site tarde trop",
    "certificat": "le certificat de sécurité du site n’est pas valable",
    "chiffrement": "la connexion sécurisée échoue",
    "accueil": "le site renvoie à son accueil au lieu de la page",
    "redirections": "le site renvoie de page en page sans fin",
    "adresse-refusee": "cette adresse mène hors du web public",
    "adresse-illisible": "cette adresse est mal écrite",
    "attente": "le site demande d’attendre",
    "trop-lourd": "ce qu’il envoie est trop lourd",
    "temps": "la visite a manqué de temps",
}
"""What is said of a link that is not alive; of another status, its number alone."""


def describe_cause(cause: str) -> str:
    if not cause.isdecimal():
        return CAUSES[cause]
    meaning = CAUSES.get(cause, "erreur du site" if cause >= "500" else "réponse inattendue")
    return f"{meaning} ({cause})"


def judge(answer: Answer, moved_to: str = "") -> Visit:
    """`moved_to` is told only of a page that is there: another is to be looked for, not followed."""
    if answer.trouble:
        return Visit(State.ECHEC if answer.trouble == "nom-inconnu" else State.INCONNU, answer.trouble)
    if 200 <= answer.status < 300:
        return Visit(State.VIVANT, moved_to=moved_to)
    return Visit(State.ECHEC if answer.status in GONE else State.INCONNU, str(answer.status))

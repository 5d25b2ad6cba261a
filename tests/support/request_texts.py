"""Requests as a forge writes them: what a person answers, and what anybody may type."""

from collections.abc import Mapping
from typing import Any

from generator.french import typographie
from generator.repository.added_forms import MEETING, NEWS, TRAINING
from generator.repository.prompts import Prompt
from generator.repository.request_forms import ADD, make_forms
from tests.support.annuaires import RESUME, SCHEMAS

FORMS = make_forms(SCHEMAS)
ANSWERS: dict[str, Any] = {
    "nom": "Commission fictive de l’eau",
    "type": "commission-extra-municipale",
    "collectivite.type": "commune",
    "collectivite.nom": "Allaire",
    "statut": "en-projet",
    "themes": ("eau", "climat-energie"),
    "resume": RESUME,
    "contact.page": "https://exemple.org/",
    "fiche.source": "membre",
}
MEETING_ANSWERS: dict[str, Any] = {
    "rencontres.0.debut": "2027-01-14 18:30",
    "rencontres.0.objet": "Réunion publique : l’eau",
    "rencontres.0.lieu.nom": "Salle fictive",
    "rencontres.0.ouverte_a": "public",
}
TRAINING_ANSWERS: dict[str, Any] = {
    "titre": "Réunir pour de bon",
    "organisateur.nom": "Organisme fictif",
    "organisateur.url": "https://exemple.org/",
    "resume": "Apprendre à mener une réunion où chacun parle, et dont quelque chose reste.",
    "modalite": "presentiel",
    "tarif.mode": "gratuit",
    "inscription.url": "https://exemple.org/inscription",
    "sessions.0.debut": "2027-03-18 09:30",
}
NEWS_ANSWERS: dict[str, Any] = {
    "titre": "La commission fictive a tenu sa première séance",
    "resume": "Vingt personnes se sont retrouvées pour choisir ensemble les sujets de l’année.",
    "categorie": "compte-rendu",
    "territoires": "Quimperlé\n29",
}
GIVEN = {ADD: ANSWERS, MEETING: MEETING_ANSWERS, TRAINING: TRAINING_ANSWERS, NEWS: NEWS_ANSWERS}
"""What each form that adds something is given."""

HOSTILE = [
    "`id` $(id) ${HOME} ${{ github.token }}",
    "::set-output name=x::y\n::error::z",
    "]]> <!-- --> <script>alert(1)</script>",
    "@mairie #12 GH-12 https://exemple.org www.exemple.org [x](y) ![z](t)",
    "| a | b |\n|---|---|",
    "\0\x1b[31m\u202e\ud800",
    "../../../etc/passwd",
    "```\n## Titre\n```suggestion\n",
    "a" * 60_000,
    "{number} {0} %s",
]
"""Answers that no reading may obey."""


def body(name: str, answers: Mapping[str, Any], line: str = "\n") -> str:
    """A request as the forge writes it: each question under its title; `accord` is ticked unless it is given."""
    form = FORMS[name]
    parts = []
    for own in form.prompts:
        default = tuple(own.choices) if own.path == "accord" else ""
        parts += [f"### {typographie(own.label)}", _answer(own, answers.get(own.path, default))]
    return line.join("\n\n".join(parts).split("\n"))


def _answer(own: Prompt, answer: Any) -> str:
    if own.sort == "checkboxes":
        return "\n".join(f"- [{'x' if v in answer else ' '}] {typographie(t)}" for v, t in own.choices.items())
    if not answer:
        return "_No response_"
    if own.sort == "dropdown":
        return typographie(own.choices.get(answer, answer))
    return f"```{own.render}\n{answer}\n```" if own.render else str(answer)

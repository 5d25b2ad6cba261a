"""What a form of a request is made of: its questions, in the words of the schema, and those that every form shares."""

from collections.abc import Mapping
from dataclasses import dataclass
from dataclasses import field as fresh
from typing import Literal

from generator.entries.schemas.fields import Field

Sort = Literal["input", "textarea", "dropdown", "checkboxes"]

LICENCE_LINK = "[Licence Ouverte 2.0](https://www.etalab.gouv.fr/licence-ouverte-open-licence/)"

_LONG = 200  # characters: above, a text is written in several lines


@dataclass(frozen=True, slots=True)
class Prompt:
    """One field of a form."""

    path: str  # dotted name of the key; or a name of its own: `fiche`, `accord`, `changement`, `fichier`
    sort: Sort
    label: str
    help: str = ""
    example: str = ""
    required: bool = False
    choices: Mapping[str, str] = fresh(default_factory=dict)  # value → label
    former: Mapping[str, str] = fresh(default_factory=dict)  # value → label that it had before
    render: str = ""  # language in which the forge shows the answer, as a block of code
    hint: str = ""  # a few words beside the question, in a text that has neither help nor boxes
    others: tuple[str, ...] = ()  # what the question is called elsewhere, or was before
    stated: str = ""  # of boxes: the sentence that says the same, in a text that has none


@dataclass(frozen=True, slots=True)
class Form:
    """One form: `name` is its file's, without .yml."""

    name: str
    title: str
    about: str
    issue_title: str  # how the title of the request begins
    labels: tuple[str, ...]  # those that the repository has are given to the request
    welcome: str  # Markdown, above the questions
    prompts: tuple[Prompt, ...]


def ask_key(field: Field, help_: str = "", required: bool = False, label: str = "", hint: str = "") -> Prompt:
    """The question about a key: the schema gives its example and choices; its label and help too, unless told."""
    first = "" if field.labels else next(iter(field.examples), "")
    example = "\n".join(map(str, first)) if isinstance(first, list | tuple) else str(first)
    others = tuple(name.strip() for name in field.annotations.get("x-titres", "").split(",") if name.strip())
    return Prompt(
        field.indexed,
        _sort(field),
        label or field.label,
        help_ or field.help,
        example,
        required,
        field.labels,
        hint=hint,
        others=others,
    )


def _sort(field: Field) -> Sort:
    if field.item:
        return "checkboxes" if field.labels else "textarea"
    if field.labels:
        return "dropdown"
    return "textarea" if field.has_lines or (field.is_free and (field.max_length or 0) > _LONG) else "input"


PUBLIC = (
    "**Ce que vous écrivez ici devient public** et reste dans l’historique, avec le nom de votre compte. Aucun nom de "
    "personne, même élue, aucun numéro de mobile : seulement des adresses de fonction, comme celle de la mairie."
)


_CONSENT = {
    "licence": f"J’accepte que ces informations soient publiées sous {LICENCE_LINK} : chacun pourra les lire, les "
    "copier et les réutiliser en citant l’annuaire.",
    "droit": "J’ai le droit de les transmettre, et elles sont exactes à ma connaissance.",
    "prive": "Il n’y a aucun nom de personne, même élue, aucun numéro de mobile, aucune adresse personnelle. Je sais "
    "que l’historique de ce dépôt reste public.",
}
"""The same three sentences as in .github/pull_request_template.md."""
_FORMER_CONSENT = {
    "prive": "Il n’y a aucun nom de personne privée, aucun numéro de mobile, aucune adresse personnelle. Je sais que "
    "l’historique de ce dépôt reste public.",
}
"""What was asked before: requests made then are still answered."""

LICENCE = "Licence Ouverte 2.0"
CONSENT = f"J’ai le droit de publier ces informations, et j’accepte qu’elles le soient sous {LICENCE}."
"""What the site's own form asks to tick, and what its messages say."""


def ask_consent() -> Prompt:
    """The boxes that each request for a change ticks."""
    return Prompt(
        "accord",
        "checkboxes",
        "Avant d’envoyer",
        required=True,
        choices=_CONSENT,
        former=_FORMER_CONSENT,
        stated=CONSENT,
    )


def ask_entry(required: bool = True, help_: str = "L’adresse de sa page, ou son identifiant.") -> Prompt:
    """Which COP a request speaks of."""
    return Prompt(
        "fiche",
        "input",
        "Fiche concernée",
        help_,
        "quimperle-commission-du-temps-long",
        required,
    )


ANSWERED = (
    "Une réponse arrive ici en quelques minutes : la fiche proposée, ou ce qu’il reste à corriger. Une personne la "
    "relit avant sa publication."
)

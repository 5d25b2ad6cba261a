"""The forms of a request: which questions each one asks, in the words of the schema.

`make refaire` writes them under .github/ISSUE_TEMPLATE/, which GitHub and Forgejo read; `prefilled` writes them as the
text of a request of GitLab or of a message; `edits/requests` reads the answers back. A question about a key of an entry
takes its label, help, example and choices from the schema.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from dataclasses import field as fresh
from types import MappingProxyType
from typing import Literal

from generator.entries.schemas.fields import Field
from generator.entries.schemas.schema import Schema
from generator.model.fields import CopFields
from generator.model.others import list_unplaced

Sort = Literal["input", "textarea", "dropdown", "checkboxes"]

ADD, CORRECT, CONFIRM, REPORT = "ajouter-une-cop", "corriger-une-fiche", "confirmer-une-fiche", "signaler-une-erreur"

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


_ASKED = (
    "nom type type_precision collectivite.type collectivite.nom collectivite.code statut themes resume"
    " contact.courriel contact.page contact.telephone fiche.source sources.0.titre sources.0.url"
    " creee_le composition.total designation frequence seances_publiques"
    " rejoindre.mode rejoindre.comment rejoindre.url description"
).split()
"""Keys that « Ajouter une COP » asks: the required ones, then those that visitors look for first."""

_REQUIRED = {"nom", "type", "collectivite.type", "collectivite.nom", "statut", "resume", "fiche.source"}
"""Themes are required too, but a forge can require no single box of several; the check tells it."""

_HELP = {
    # Where the schema's own words suppose another form.
    "collectivite.type": "Une seule collectivité porte la COP.",
    "collectivite.nom": "La commune, l’intercommunalité, le département ou la région qui porte la COP.",
    "collectivite.code": "Facultatif, utile s’il y a un homonyme : le code INSEE de la commune (ce n’est pas son code "
    "postal), ou le numéro SIREN de l’intercommunalité.",
    "sources.0.url": "L’adresse complète d’une page publique qui parle de cette COP. Nécessaire si vous êtes un tiers "
    "ou si vous écrivez pour le réseau.",
}
_FILE = "Le fichier corrigé, en entier"


def make_forms(schema: Schema) -> Mapping[str, Form]:
    """The four forms by name; `schema` is that of a COP."""
    forms = (_add(schema), ask_correction(), ask_confirmation(schema), ask_report())
    return MappingProxyType({form.name: form for form in forms})


def _of_key(schema: Schema, path: str) -> Prompt:
    field = schema.fields[path]
    example = "" if field.labels else str(next(iter(field.examples), ""))
    required = path in _REQUIRED or (field.required and path not in _ASKED)
    others = tuple(name.strip() for name in field.annotations.get("x-titres", "").split(",") if name.strip())
    help_ = _HELP.get(path, field.help)
    return Prompt(path, _sort(field), field.label, help_, example, required, field.labels, others=others)


def _list_others(schema: Schema) -> Iterator[str]:
    """Keys that the schema gained and that no list here names yet; of an item of a list, none is asked."""
    for field in list_unplaced(schema.fields, CopFields):
        for child in (field, *field.walk()):
            if (
                child.element.kind != "object"
                and not child.is_of_tools
                and all(isinstance(step, str) for step in child.place)
            ):
                yield child.path


def _sort(field: Field) -> Sort:
    if field.item:
        return "checkboxes" if field.labels else "textarea"
    if field.labels:
        return "dropdown"
    return "textarea" if field.kind == "markdown" or (field.is_free and (field.max_length or 0) > _LONG) else "input"


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


def _consent() -> Prompt:
    return Prompt(
        "accord",
        "checkboxes",
        "Avant d’envoyer",
        required=True,
        choices=_CONSENT,
        former=_FORMER_CONSENT,
        stated=CONSENT,
    )


def _which(required: bool = True) -> Prompt:
    return Prompt(
        "fiche",
        "input",
        "Fiche concernée",
        "L’adresse de sa page, ou son identifiant.",
        "quimperle-commission-du-temps-long",
        required,
    )


_PUBLIC = (
    "**Ce que vous écrivez ici devient public** et reste dans l’historique, avec le nom de votre compte. Aucun nom de "
    "personne, même élue, aucun numéro de mobile : seulement des adresses de fonction, comme celle de la mairie."
)


def _add(schema: Schema) -> Form:
    return Form(
        ADD,
        "Ajouter une COP",
        "Une COP locale manque à l’annuaire ? Dix minutes suffisent, sans savoir programmer.",
        "Ajouter : ",
        ("ajout",),
        f"Merci ! {_PUBLIC}\n\nCe que vous ne savez pas, laissez-le vide : la page écrira « non renseigné ». Il faut "
        "au moins un contact : un courriel, une page ou un téléphone.\n\nUne réponse arrive ici en quelques minutes : "
        "la fiche proposée, ou ce qu’il reste à corriger. Une personne la relit avant sa publication.",
        (*(_of_key(schema, path) for path in (*_ASKED, *_list_others(schema))), _consent()),
    )


def ask_correction() -> Form:
    """« Corriger une fiche »."""
    return Form(
        CORRECT,
        "Corriger une fiche",
        "Une information a changé, ou manque, sur la fiche d’une COP.",
        "Corriger : ",
        ("correction",),
        f"Merci ! {_PUBLIC}\n\nDites ce qui change : une personne s’en chargera. Si vous avez le fichier corrigé, "
        "collez-le en entier dans la dernière case : la proposition se fait alors seule.",
        (
            _which(),
            Prompt(
                "changement",
                "textarea",
                "Ce qui change",
                "Ce qui est écrit aujourd’hui, et ce qu’il faut lire à la place.",
                "La commission s’appelle maintenant…",
                required=True,
            ),
            Prompt("source", "input", "Où le vérifier", "Une page publique, une délibération : son adresse."),
            _consent(),
            Prompt(
                "fichier",
                "textarea",
                _FILE,
                "Facultatif : le texte de la fiche, tel que le formulaire du site le donne à copier.",
                render="yaml",
            ),
        ),
    )


MEETS = {"oui": "Oui", "non": "Non, elle a pris fin", "inconnu": "Je ne sais pas"}
"""Whether a COP still meets: what the form of a confirmation asks."""
_READ_ALL = "J’ai relu toute la fiche, et elle est exacte à ma connaissance."


def ask_confirmation(schema: Schema) -> Form:
    """« Toujours exact ? »."""
    day, end = schema.fields["verifiee_le"], schema.fields["terminee_le"]
    return Form(
        CONFIRM,
        "Toujours exact ?",
        "Vous avez relu une fiche, et elle dit toujours vrai : dites-le, et si la COP se réunit encore.",
        "Toujours exact : ",
        ("confirmation",),
        f"Merci ! Relisez la fiche en entier. Si quelque chose a changé, choisissez plutôt « Corriger une fiche ».\n\n"
        f"{_PUBLIC}",
        (
            _which(),
            Prompt(
                "reunit",
                "dropdown",
                "La COP se réunit-elle encore ?",
                "Après des élections, elle peut avoir été créée de nouveau, ou non.",
                required=True,
                choices=MEETS,
                hint="oui ou non",
            ),
            Prompt(
                "terminee_le",
                "input",
                end.label,
                "Si elle a pris fin : l’année, le mois ou le jour, au format AAAA, AAAA-MM ou AAAA-MM-JJ.",
                str(end.examples[0]),
                hint="si elle a pris fin",
            ),
            Prompt(
                "verifiee_le",
                "input",
                day.label,
                "Le jour de votre vérification, au format AAAA-MM-JJ. Sans réponse : aujourd’hui.",
                str(day.examples[0]),
            ),
            Prompt("source", "input", "Comment vous le savez", "Par exemple : j’en suis membre, la mairie le dit."),
            Prompt(
                "accord",
                "checkboxes",
                "Votre vérification",
                required=True,
                choices={"relue": _READ_ALL},
                stated=_READ_ALL,
            ),
        ),
    )


def ask_report() -> Form:
    """« Signaler une erreur »."""
    return Form(
        REPORT,
        "Signaler une erreur",
        "Une page du site dit quelque chose de faux, ou ne marche pas.",
        "Erreur : ",
        ("erreur",),
        "Merci ! Ce que vous écrivez ici est public. **Une information personnelle à faire retirer ?** Ne la recopiez "
        "pas : dites seulement sur quelle page elle se trouve.",
        (
            _which(required=False),
            Prompt(
                "erreur", "textarea", "Ce qui ne va pas", "Ce que vous voyez, et ce que vous attendiez.", required=True
            ),
            Prompt("source", "input", "Où le vérifier", "Une page publique, si vous en connaissez une."),
        ),
    )

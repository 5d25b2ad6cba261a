"""The forms of a request: which questions each one asks, in the words of the schema.

`make refaire` writes them under .github/ISSUE_TEMPLATE/, which GitHub and Forgejo read; `prefilled` writes them as the
text of a request of GitLab or of a message; `edits/requests` reads the answers back. A question about a key of an entry
takes its label, help, example and choices from the schema.
"""

from collections.abc import Mapping
from types import MappingProxyType

from generator.entries.schemas.schema import Schema
from generator.model.fields import CopFields
from generator.model.others import list_unplaced
from generator.repository.added_forms import ask_meeting, ask_news, ask_training
from generator.repository.gained import ask_gained
from generator.repository.prompts import ANSWERED, PUBLIC, Form, Prompt, ask_consent, ask_entry, ask_key

ADD, CORRECT, CONFIRM, REPORT = "ajouter-une-cop", "corriger-une-fiche", "confirmer-une-fiche", "signaler-une-erreur"

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


def make_forms(schemas: Mapping[str, Schema]) -> Mapping[str, Form]:
    """The forms by name, from the schemas by kind of file."""
    schema = schemas["cop"]
    forms = (
        _add(schema),
        ask_meeting(schema),
        ask_training(schemas["formation"]),
        ask_news(schemas["actualite"]),
        ask_correction(),
        ask_confirmation(schema),
        ask_report(),
    )
    return MappingProxyType({form.name: form for form in forms})


def _of_key(schema: Schema, path: str) -> Prompt:
    return ask_key(schema.fields[path], _HELP.get(path, ""), path in _REQUIRED)


def _add(schema: Schema) -> Form:
    prompts = [_of_key(schema, path) for path in _ASKED]
    return Form(
        ADD,
        "Ajouter une COP",
        "Une COP locale manque à l’annuaire ? Dix minutes suffisent, sans savoir programmer.",
        "Ajouter : ",
        ("ajout",),
        f"Merci ! {PUBLIC}\n\nCe que vous ne savez pas, laissez-le vide : la page écrira « non renseigné ». Il faut "
        f"au moins un contact : un courriel, une page ou un téléphone.\n\n{ANSWERED}",
        (*prompts, *ask_gained(schema.fields, list_unplaced(schema.fields, CopFields), prompts), ask_consent()),
    )


def ask_correction() -> Form:
    """« Corriger une fiche »."""
    return Form(
        CORRECT,
        "Corriger une fiche",
        "Une information a changé, ou manque, sur la fiche d’une COP.",
        "Corriger : ",
        ("correction",),
        f"Merci ! {PUBLIC}\n\nDites ce qui change : une personne s’en chargera. Si vous avez le fichier corrigé, "
        "collez-le en entier dans la dernière case : la proposition se fait alors seule.",
        (
            ask_entry(),
            Prompt(
                "changement",
                "textarea",
                "Ce qui change",
                "Ce qui est écrit aujourd’hui, et ce qu’il faut lire à la place.",
                "La commission s’appelle maintenant…",
                required=True,
            ),
            Prompt("source", "input", "Où le vérifier", "Une page publique, une délibération : son adresse."),
            ask_consent(),
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
        f"{PUBLIC}",
        (
            ask_entry(),
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
            ask_entry(required=False),
            Prompt(
                "erreur", "textarea", "Ce qui ne va pas", "Ce que vous voyez, et ce que vous attendiez.", required=True
            ),
            Prompt("source", "input", "Où le vérifier", "Une page publique, si vous en connaissez une."),
        ),
    )

"""The forms that add something else than a COP, in the words with which the site's own forms ask (`x-question`)."""

from collections.abc import Iterator

from generator.entries.schemas.fields import Field
from generator.entries.schemas.schema import Schema
from generator.model.fields import ActualiteFields, FormationFields, Rencontre
from generator.model.others import list_unplaced
from generator.repository.gained import ask_gained
from generator.repository.prompts import ANSWERED, PUBLIC, Form, Prompt, ask_consent, ask_entry, ask_key

MEETING, TRAINING, NEWS = "annoncer-une-rencontre", "ajouter-une-formation", "proposer-une-actualite"

_MORE = ("fin", "inscription_url", "en_ligne_url")
"""What a meeting may say beside what the schema asks first: a form of a forge stays short."""

_HELP = {
    "rencontres.0.debut": "Le jour et, si possible, l’heure, au format AAAA-MM-JJ HH:MM.",
    "rencontres.0.fin": "Le jour ou l’heure de fin, au même format.",
    "rencontres.0.lieu.nom": "Le nom sous lequel on connaît le lieu sur place.",
    "sessions.0.debut": "Le premier jour et, si possible, l’heure, au format AAAA-MM-JJ HH:MM. Rien si elle n’a lieu "
    "qu’à la demande.",
    "publics": "Plusieurs réponses possibles. Si l’organisateur ne le dit pas, n’en choisissez aucun.",
    "cops": "Une par ligne : son nom, celui de sa commune, l’adresse de sa page ou son identifiant.",
    "territoires": "Un par ligne : une commune, une intercommunalité, un département ou la région, par son nom ou son "
    "code.",
}
"""Where the schema's words suppose another form."""


def ask_meeting(schema: Schema) -> Form:
    """« Annoncer une rencontre »; `schema` is that of a COP."""
    item = schema.fields["rencontres"].element
    prompts = [_ask(item[path], item, is_first=True) for path in item.annotations["x-premieres"]]
    prompts += [_ask(item[path], item) for path in _MORE]
    prompts += ask_gained(item, list_unplaced(item, Rencontre), prompts)
    return Form(
        MEETING,
        "Annoncer une rencontre",
        "Une réunion, un atelier, une soirée d’une COP de l’annuaire : quand, quoi, où, ouverte à qui.",
        "Rencontre : ",
        ("rencontre",),
        f"Merci ! {PUBLIC}\n\nLa rencontre s’ajoute à la fiche de la COP, et rien d’autre n’y change. {ANSWERED}",
        (
            ask_entry(help_="Le nom de la COP, celui de sa commune, l’adresse de sa page ou son identifiant."),
            *prompts,
            ask_consent(),
        ),
    )


def ask_training(schema: Schema) -> Form:
    """« Ajouter une formation »; `schema` is that of a training."""
    prompts = [*_list_first(schema.fields)]
    return Form(
        TRAINING,
        "Ajouter une formation",
        "Une formation à la coopération, pour les élus, les agents, les habitants : qui la propose, quand, comment "
        "s’inscrire.",
        "Formation : ",
        ("formation",),
        f"Merci ! {PUBLIC}\n\nCe que vous ne savez pas, laissez-le vide. Il faut au moins une page ou un courriel "
        f"d’inscription.\n\n{ANSWERED}",
        (*prompts, *ask_gained(schema.fields, list_unplaced(schema.fields, FormationFields), prompts), ask_consent()),
    )


def ask_news(schema: Schema) -> Form:
    """« Proposer une actualité »; `schema` is that of a news item."""
    prompts = [*_list_first(schema.fields), _ask(schema.fields["texte"], schema.fields)]
    return Form(
        NEWS,
        "Proposer une actualité",
        "Un appel, une décision, un compte rendu, un témoignage : ce que fait une COP, ou le réseau.",
        "Actualité : ",
        ("actualité",),
        f"Merci ! {PUBLIC}\n\nDites de quelle COP ou de quel territoire il s’agit, sauf pour la vie du réseau."
        f"\n\n{ANSWERED}",
        (*prompts, *ask_gained(schema.fields, list_unplaced(schema.fields, ActualiteFields), prompts), ask_consent()),
    )


def _list_first(file: Field) -> Iterator[Prompt]:
    """The questions that the schema puts first; a group asks those of its keys that bear one."""
    for name in file.annotations["x-premieres"]:
        about = file[name]
        for leaf in about.element.walk() if about.element.children else (about,):
            if "x-question" in leaf.annotations:
                yield _ask(leaf, file, is_first=True)


def _ask(field: Field, root: Field, is_first: bool = False) -> Prompt:
    # What is required within a group or an item that may stay away is not.
    places = [field.place[:end] for end in range(len(root.place) + 1, len(field.place) + 1)]
    around = root
    needed = not field.may_be_empty
    for place in places:
        around = around.child(place[-1]) or around
        needed = needed and around.required
    return ask_key(
        field,
        _HELP.get(field.indexed, ""),
        needed,
        str(field.annotations.get("x-question", "")),
        "" if needed or (field.item and field.labels) or not is_first else "si vous le savez",
    )

"""The forms that add something else than a COP, in the words with which the site's own forms ask (`x-question`)."""

from generator.entries.schemas.schema import Schema
from generator.repository.prompts import ANSWERED, PUBLIC, Form, ask_consent, ask_entry, ask_key

MEETING = "annoncer-une-rencontre"

_MORE = ("fin", "inscription_url", "en_ligne_url")
"""What a meeting may say beside what the schema asks first: a form of a forge stays short."""

_HELP = {
    "debut": "Le jour et, si possible, l’heure, au format AAAA-MM-JJ HH:MM.",
    "fin": "Le jour ou l’heure de fin, au même format.",
    "lieu.nom": "Le nom sous lequel on connaît le lieu sur place.",
}
"""Where the schema's words suppose a form that shows the format."""


def ask_meeting(schema: Schema) -> Form:
    """« Annoncer une rencontre »; `schema` is that of a COP."""
    item = schema.fields["rencontres"].element
    first = [*item.annotations["x-premieres"]]
    prompts = (
        ask_key(
            field := item[path],
            f"rencontres.0.{path}",
            _HELP.get(path, ""),
            # What is required within a group that may stay away is not.
            field.required and "." not in path,
            str(field.annotations.get("x-question", "")),
            "si vous le savez" if path in first and (not field.required or "." in path) else "",
        )
        for path in (*first, *_MORE)
    )
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

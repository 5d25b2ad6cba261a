"""What a COP says under keys that have no place of their own on its page: a question that the schema gained since."""

from typing import Any

from generator.entries.schemas.fields import Field
from generator.french import date_longue, enumeration, nombre, typographie
from generator.model.cop import Cop
from generator.pages.entries.facts import Fact, lines, link

PLACED = frozenset(
    "nom type collectivite statut themes resume contact inscrite_le verifiee_le sources nom_br resume_br sigle"
    " autres_noms description type_precision base_legale deliberation creee_le mandat terminee_le remplacee_par"
    " anciens_ids perimetre demarche composition parties designation participation decision saisine animation frequence"
    " seances_publiques rejoindre rencontres documents engagements pacte formations liens fiche".split()
)
"""Keys that the page shows where they belong, or that only serve to reach it."""


def other_facts(cop: Cop) -> list[Fact]:
    """Each with its label, in the order of the schema."""
    known = cop.context.labels.field("cop").children
    return [
        (field.label, say(field, cop.donnees[name]))
        for name, field in known.items()
        if name not in PLACED and name in cop.donnees
    ]


def say(field: Field, value: Any) -> str:
    """A value as its kind is said; a group says each of its keys, a list each of its items."""
    if field.item:
        said = [say(field.item, one) for one in value]
        return enumeration(said) if field.item.choices else lines(said)
    if field.kind == "object":
        children = field.children.items()
        return lines(f"{child.label} : {say(child, value[name])}" for name, child in children if name in value)
    if field.choices:
        return typographie(field.labels["oui" if value is True else "non" if value is False else value])
    match field.kind:
        case "date":
            return date_longue(value)
        case "url":
            return link(value, value)
        case "integer" | "number":
            return nombre(value)
    return typographie(str(value))

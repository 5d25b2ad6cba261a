"""What a COP says under keys that have no place of their own on its page: a question that the schema gained since."""

from collections.abc import Iterator
from dataclasses import replace
from typing import Any

from generator.entries.schemas.fields import Field
from generator.french import date_longue, enumeration, nombre, typographie
from generator.model.cop import Cop
from generator.pages.entries.facts import Fact, Line

PLACED = frozenset(
    "nom type collectivite statut themes resume contact inscrite_le verifiee_le sources nom_br resume_br sigle"
    " autres_noms description type_precision base_legale deliberation creee_le mandat terminee_le remplacee_par"
    " anciens_ids perimetre demarche composition parties designation participation decision saisine animation frequence"
    " seances_publiques rejoindre rencontres documents engagements pacte formations liens fiche".split()
)
"""Keys that the page shows where they belong, or that only serve to reach it."""


def list_other_facts(cop: Cop) -> tuple[Fact, ...]:
    """Each with its label, in the order of the schema."""
    known = cop.context.labels.field("cop").children
    named = [(name, field) for name, field in known.items() if name not in PLACED and name in cop.donnees]
    return tuple(Fact(field.label, tuple(say(field, cop.donnees[name]))) for name, field in named)


def say(field: Field, value: Any) -> Iterator[Line]:
    """A value as its kind is said, line by line: a group says each of its keys, a list each of its items."""
    if field.item and field.item.choices:
        yield Line(enumeration(_word(field.item, one) for one in value))
    elif field.item:
        for one in value:
            yield from say(field.item, one)
    elif field.kind == "object":
        for name, child in field.children.items():
            for line in say(child, value[name]) if name in value else ():
                yield replace(line, words=f"{typographie(f'{child.label} :')} {line.words}")
    else:
        yield Line(_word(field, value), value if field.kind == "url" else "")


def _word(field: Field, value: Any) -> str:
    if field.choices:
        return typographie(field.labels["oui" if value is True else "non" if value is False else value])
    match field.kind:
        case "date":
            return date_longue(value)
        case "integer" | "number":
            return nombre(value)
    return typographie(str(value))

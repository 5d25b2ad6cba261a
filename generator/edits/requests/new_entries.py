"""Answers by the dotted name of their key → an entry, as a file has it."""

import re
from collections.abc import Mapping
from typing import Any

from generator.edits.new import new_id
from generator.edits.places import Unclear, find_place, folder_of
from generator.edits.requests.answers import Answers
from generator.entries.schemas.fields import DATES, Field
from generator.entries.schemas.guesses import write_date
from generator.entries.schemas.schema import Schema, type_data
from generator.entries.writer import as_yaml
from generator.opendata.columns import assemble
from generator.territories.folders import FOLDERS
from generator.territories.kinds import Territoire, kind_of
from generator.territories.reading import One, read_place
from generator.territories.reference import Territories

_BLANKS = re.compile(r"\s+")


def make_data(answers: Answers, schema: Schema) -> dict[str, Any]:
    """The answers that are keys of an entry, in groups and lists as the file has them, typed by the schema."""
    told = ((schema.fields.find(path), answer) for path, answer in answers.items())
    data = assemble((field.place, _value(answer, field)) for field, answer in told if field)
    typed: dict[str, Any] = type_data(data, schema.fields)
    return typed


def _value(answer: str | tuple[str, ...], field: Field) -> Any:
    if isinstance(answer, tuple):
        return list(answer)
    if field.item:
        return [line.strip() for line in answer.split("\n") if line.strip()]
    if field.motif in DATES:
        return write_date(answer, field.motif)
    # A text area lets one type several lines where the page shows one.
    return answer if field.has_lines else _BLANKS.sub(" ", answer)


def make_entry(
    answers: Answers, schema: Schema, territories: Territories, taken: set[str], today: str
) -> tuple[str, str]:
    """Path and text of the entry that the answers make. Raises Unclear where nobody can tell which place is meant."""
    data = make_data(answers, schema)
    group = data.get("collectivite", {})
    place, is_certain = _find_place(group, territories)
    if place:
        # A name that contradicts the code stays as it is typed, and none is added: the check tells of both.
        named = {"nom": place.nom} if is_certain else {"nom": group["nom"]} if group.get("nom") else {}
        group = {"type": kind_of(place), "code": place.code, **named}
        folder = folder_of(territories, place)
        name = new_id(place.nom, str(data.get("nom", "")), taken)
    else:
        # A code that nobody has: the check says which one is meant.
        folder = next((candidate for candidate in FOLDERS if str(group["code"]).startswith(candidate)), FOLDERS[0])
        name = "nouvelle-fiche"
    # None of the ways to reach it was given: the check names them all.
    entry = {"contact": {}} | data | {"collectivite": group, "inscrite_le": today}
    return f"cops/{folder}/{name}.yml", as_yaml(entry, schema, "cop", 2)


def choose_path(data: Mapping[str, Any], territories: Territories, taken: set[str]) -> str:
    """Where an entry that comes as a file goes, whose own path nobody told."""
    group = data.get("collectivite")
    told = {key: value for key, value in group.items() if isinstance(value, str)} if isinstance(group, dict) else {}
    try:
        place = _find_place(told, territories)[0] if told else None
    except Unclear:
        place = None
    nom = data.get("nom")
    if place is None:
        return f"cops/{FOLDERS[0]}/nouvelle-fiche.yml"
    return f"cops/{folder_of(territories, place)}/{new_id(place.nom, nom if isinstance(nom, str) else '', taken)}.yml"


def _find_place(group: Mapping[str, str], territories: Territories) -> tuple[Territoire | None, bool]:
    """The collectivité that the answers name, and whether all of them do; None for a code that is nobody's."""
    kind, code, nom = (group.get(key, "") for key in ("type", "code", "nom"))
    if kind == "syndicat-mixte":
        raise Unclear(
            "Un syndicat mixte a besoin de son périmètre, que ce formulaire ne demande pas : une personne va préparer "
            "la fiche avec vous."
        )
    if not code:
        return find_place(territories, nom, kind=kind), True
    reading = read_place(territories, nom, code, kind)
    if isinstance(reading, One):
        return reading.place, True
    return territories.collectivite(kind, code), False

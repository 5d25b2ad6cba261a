"""The documentation that nobody writes twice: fields from the schemas, mistakes from the catalogue."""

import json
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.entries.checks.places import describe_covered
from generator.entries.schemas.fields import Field
from generator.entries.schemas.schema import Schema
from generator.french import decapitalise
from generator.opendata.exports import list_model
from generator.problems.catalogue import CATALOGUE
from generator.problems.renderings import Piece, explain
from generator.territories.folders import FOLDERS
from generator.territories.reference import Territories

TITLES = {"cop": "Une COP", "formation": "Une formation", "actualite": "Une actualité"}
EXAMPLES = Path(__file__).parents[1] / "problems" / "examples.json"


# Fields ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class FieldRow:
    """A field as the documentation tells it, or a column of the table to fill."""

    field: Field
    name: str  # dotted
    example: str  # as it would be typed, or empty

    @property
    def anchor(self) -> str:
        """The id of its place in the list of fields."""
        return f"champ-{self.name.replace('.', '-').replace('_', '-')}"

    @property
    def is_required(self) -> bool:
        """Whether a file needs it; what a group needs is told by the check once the group is begun."""
        return self.field.required and len(self.field.place) == 1


@dataclass(frozen=True, slots=True)
class Chapter:
    """The fields of one kind of file, or one topic of them."""

    title: str
    anchor: str
    rows: tuple[FieldRow, ...]


def fields_by_kind(schemas: Mapping[str, Schema]) -> tuple[Chapter, ...]:
    """One chapter for each kind of file."""
    rows = {kind: _make_rows(schema.fields.walk()) for kind, schema in schemas.items()}
    return tuple(Chapter(TITLES[kind], f"champs-{kind}", chapter_rows) for kind, chapter_rows in rows.items())


def fields_by_topic(schemas: Mapping[str, Schema]) -> tuple[Chapter, ...]:
    """The fields of a COP by the topics of its schema, then the other kinds whole."""
    cop = schemas["cop"].fields
    chapters = []
    for topic, fields in cop.group_by_topic().items():
        title = cop.topics[topic]
        rows = _make_rows(each for field in fields for each in (field, *field.walk()))
        chapters.append(Chapter(f"Une COP : {decapitalise(title)}", f"cop-{topic}", rows))
    return (*chapters, *(chapter for chapter in fields_by_kind(schemas) if chapter.anchor != "champs-cop"))


def columns_of_model(schemas: Mapping[str, Schema]) -> tuple[FieldRow, ...]:
    """The columns of the table to fill: their name there, an example as a cell holds it."""
    cop = schemas["cop"].fields
    fields = {name: cop[name] for name in list_model(cop)}
    return tuple(FieldRow(field, name, _cell(field)) for name, field in fields.items())


def _make_rows(fields: Iterable[Field]) -> tuple[FieldRow, ...]:
    return tuple(FieldRow(field, field.path, _example(field)) for field in fields)


def _cell(field: Field) -> str:
    return ", ".join(map(str, field.examples[0])) if field.item else _example(field)


def _example(field: Field) -> str:
    """One value, as it would be typed; empty for groups."""
    first = next(iter(field.examples), "")
    if field.element.kind == "object":
        return ""
    return first if isinstance(first, str) else json.dumps(first, ensure_ascii=False)


# Mistakes -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Erreur:
    """One mistake: its code, an example, and what is said of it."""

    code: str
    gravite: str
    ligne: str
    quoi: tuple[Piece, ...]
    pourquoi: tuple[Piece, ...]
    remede: tuple[Piece, ...]


def list_mistakes(territories: Territories) -> tuple[Erreur, ...]:
    """Every code of the catalogue, in its order, told of its example (tests/tools/problem_examples.py).

    The examples may be of another region, but what their sentences say of the directory is said of this one.
    """
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    for kind in ("departement", "region"):
        examples[f"{kind}-inconnue"]["valeurs"] |= describe_covered(territories, kind)
    examples["dossier-inattendu"]["valeurs"]["dossiers"] = ", ".join(FOLDERS)
    return tuple(
        Erreur(code, about.severity, examples[code]["ligne"], *explain(code, examples[code]["valeurs"]))
        for code, about in CATALOGUE.items()
    )

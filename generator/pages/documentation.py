"""The documentation that nobody writes twice: fields from the schemas, mistakes from the catalogue."""

import json
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, replace
from pathlib import Path
from typing import Any

from markupsafe import Markup, escape

from generator.entries.schemas.schema import Schema
from generator.opendata.exports import MODEL
from generator.problems.catalogue import CATALOGUE
from generator.problems.renderings import Piece, explain

TITLES = {"cop": "Une COP", "formation": "Une formation", "actualite": "Une actualité"}
EXAMPLES = Path(__file__).parents[1] / "problems" / "examples.json"


# Fields ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Champ:
    """One field, with its dotted name."""

    nom: str
    titre: str
    description: str
    obligatoire: bool
    choix: str  # values of a closed list, with their labels: « active (Active), … »
    exemple: str  # one value, as it would be typed; empty for groups

    @property
    def ancre(self) -> str:
        return f"champ-{self.nom.replace('.', '-').replace('_', '-')}"


@dataclass(frozen=True, slots=True)
class Chapitre:
    """The fields of one kind of file, or one topic of them."""

    titre: str
    ancre: str
    champs: tuple[Champ, ...]


def fields_by_kind(schemas: Mapping[str, Schema]) -> tuple[Chapitre, ...]:
    """One chapter for each kind of file."""
    return tuple(Chapitre(TITLES[kind], f"champs-{kind}", tuple(_fields(s.inlined, ""))) for kind, s in schemas.items())


def fields_by_topic(schemas: Mapping[str, Schema]) -> tuple[Chapitre, ...]:
    """The fields of a COP by the topics of its schema, then the other kinds whole."""
    schema = schemas["cop"].inlined
    chapters = []
    for topic, title in schema["x-groupes"].items():
        own = {key: about for key, about in schema["properties"].items() if about.get("x-groupe") == topic}
        fields = tuple(_fields({"properties": own, "required": schema["required"]}, ""))
        chapters.append(Chapitre(f"Une COP : {title[:1].lower()}{title[1:]}", f"cop-{topic}", fields))
    return (*chapters, *(chapter for chapter in fields_by_kind(schemas) if chapter.ancre != "champs-cop"))


def columns_of_model(schemas: Mapping[str, Schema]) -> tuple[Champ, ...]:
    """The columns of the table to fill, by their names there, with an example as a cell holds it."""
    known = {field.nom: field for field in _fields(schemas["cop"].inlined, "")}
    fields = ((name, known[name.replace(".0", "")]) for name in MODEL)
    return tuple(replace(field, nom=name, exemple=_cell(field.exemple)) for name, field in fields)


def _cell(example: str) -> str:
    return ", ".join(json.loads(example)) if example.startswith("[") else example


def _fields(schema: Mapping[str, Any], prefix: str) -> Iterator[Champ]:
    required = schema.get("required", ())
    for name, about in schema.get("properties", {}).items():
        item = about.get("items", {})
        dotted = f"{prefix}{name}"
        closed = about if "enum" in about else item
        yield Champ(
            nom=dotted,
            titre=about["title"],
            description=about["description"],
            obligatoire=name in required and not prefix,
            choix=_choices(closed.get("enum", ()), closed.get("enumDescriptions", ())),
            exemple=_example(about),
        )
        yield from _fields(about, f"{dotted}.")
        yield from _fields(item, f"{dotted}.")


def _choices(values: Iterable[str], labels: Iterable[str]) -> str:
    return ", ".join(f"{value} ({label})" for value, label in zip(values, labels, strict=True))


def _example(about: Mapping[str, Any]) -> str:
    example = next(iter(about.get("examples", ())), "")
    if isinstance(example, dict) or (isinstance(example, list) and any(isinstance(item, dict) for item in example)):
        return ""
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)


# Mistakes -------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Erreur:
    """One mistake: its code, an example, and what is said of it, with what is to be typed as code."""

    code: str
    gravite: str
    ligne: str
    quoi: Markup
    pourquoi: Markup
    remede: Markup


def mistakes() -> tuple[Erreur, ...]:
    """Every code of the catalogue, in its order, told of its example (tests/problem_examples.py)."""
    examples = json.loads(EXAMPLES.read_text(encoding="utf-8"))
    return tuple(_mistake(code, about.severity, examples[code]) for code, about in CATALOGUE.items())


def _mistake(code: str, severity: str, example: Mapping[str, Any]) -> Erreur:
    return Erreur(code, severity, example["ligne"], *map(_marked, explain(code, example["valeurs"])))


def _marked(pieces: Iterable[Piece]) -> Markup:
    return Markup("").join(
        Markup("<code>{}</code>").format(piece.text) if piece.is_typed else escape(piece.text) for piece in pieces
    )

"""The fields of the files in words, read from the schemas: the page of open data shows them."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.schemas import Schema

TITLES = {"cop": "Une COP", "formation": "Une formation", "actualite": "Une actualité"}


@dataclass(frozen=True, slots=True)
class Champ:
    """One field, with its dotted name."""

    nom: str
    titre: str
    description: str
    obligatoire: bool
    choix: str  # « active (Active), … », empty for open fields
    exemple: str  # one value, as it would be typed; empty for groups


def documentation(schemas: Mapping[str, Schema]) -> tuple[tuple[str, str, tuple[Champ, ...]], ...]:
    """Title, anchor and fields of each kind of file."""
    return tuple((TITLES[kind], f"champs-{kind}", tuple(_fields(s.inlined, ""))) for kind, s in schemas.items())


def _fields(schema: Mapping[str, Any], prefix: str) -> Iterator[Champ]:
    required = schema.get("required", ())
    for name, about in schema.get("properties", {}).items():
        item = about.get("items", {})
        dotted = f"{prefix}{name}"
        choices = about if "enum" in about else item
        yield Champ(
            nom=dotted,
            titre=about["title"],
            description=about["description"],
            obligatoire=name in required and not prefix,
            choix=", ".join(choices.get("enum", ())),
            exemple=_example(about),
        )
        yield from _fields(about, f"{dotted}.")
        yield from _fields(item, f"{dotted}.")


def _example(about: Mapping[str, Any]) -> str:
    example = next(iter(about.get("examples", ())), "")
    if isinstance(example, dict) or (isinstance(example, list) and any(isinstance(item, dict) for item in example)):
        return ""
    return example if isinstance(example, str) else json.dumps(example, ensure_ascii=False)

"""Writing entries: a new file, its name and place, the model to copy. Alone may write in cops/."""

from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any, Protocol

from generator.edits.yaml_text import as_yaml as as_yaml
from generator.french import slug
from generator.schemas import Schema
from generator.territories import Territoire, Territories


def find(territories: Territories, words: str) -> tuple[Territoire, ...]:
    """The territories that a person may mean: an INSEE code, a SIREN, a name, the old name of a merged commune.

    A postal code answers only where it is nobody's INSEE code; several answers mean that one must be chosen.
    """
    known: tuple[Territoire, ...] = tuple(
        own for kind in ("commune", "epci", "departement", "region") if (own := territories.collectivite(kind, words))
    )
    if known:
        return known
    former = territories.anciennes.get(words)
    return (
        ((territories.communes[former.chef_lieu],) if former else ())
        or territories.by_postal(words)
        or territories.by_name(words)
        or territories.epci_by_name(words)
        or territories.by_old_name(words)
    )


def kind_of(territory: Territoire) -> str:
    """The `type` of a collectivité in a file."""
    return type(territory).__name__.lower()


def folder_of(territories: Territories, territory: Territoire) -> str:
    """The sub-folder of cops/ where its COP are kept."""
    kind = kind_of(territory)
    return "bretagne" if kind == "region" else territories.departements_of(kind, territory.code)[0]


class Named(Protocol):
    """A territory, or a collectivité that is in no reference."""

    @property
    def nom(self) -> str: ...


def new_id(territory: Named, name: str, taken: set[str]) -> str:
    """An id from the place and the name, short enough and free: `quimperle-commission-du-temps-long`."""
    place, rest = slug(territory.nom), slug(name)
    for article in ("de-", "d-", "du-", "des-", ""):
        rest = rest.removesuffix(f"-{article}{place}")
    whole = f"{place}-{rest}"[:74].rstrip("-") if rest != place else place
    return next(
        f"{whole}-{n}" if n > 1 else whole for n in range(1, 1000) if (f"{whole}-{n}" if n > 1 else whole) not in taken
    )


def new_cop(territory: Territoire, answers: Mapping[str, Any], today: date) -> dict[str, Any]:
    """The data of a minimal entry; `answers` hold the keys that were given, `contact` as a mapping."""
    place = {"type": kind_of(territory), "code": territory.code, "nom": territory.nom}
    return {**answers, "collectivite": place, "inscrite_le": today.isoformat()}


def write_new(path: Path, text: str) -> None:
    """Write a file that must not exist yet; raises FileExistsError rather than overwrite."""
    path.parent.mkdir(parents=True, exist_ok=True)
    with path.open("x", encoding="utf-8", newline="\n") as file:
        file.write(text)


def example(schema: Schema, today: str) -> dict[str, Any]:
    """The minimal entry: each required key with the schema's example."""
    properties = schema.inlined["properties"]
    return {key: properties[key]["examples"][0] for key in schema.inlined["required"]} | {"inscrite_le": today}


def model(schema: Schema, today: str) -> str:
    """The file that the site offers to copy."""
    return as_yaml(example(schema, today), schema, "cop", 2)

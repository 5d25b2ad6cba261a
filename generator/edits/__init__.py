"""Writing entries: the YAML that the repository keeps, a new file, the model to copy. Alone may write in cops/."""

import re
from collections.abc import Mapping
from datetime import date
from pathlib import Path
from typing import Any

import yaml

from generator.french import slug
from generator.schemas import Schema
from generator.territories import Territoire, Territories

SCHEMA_LINE = "# yaml-language-server: $schema={}schema/{}.schema.json\n"
"""First line of every file that a tool writes, so that editors help; nothing requires it."""

_READ_OTHERWISE = re.compile(
    r"[\d.:_+-]+(?:e[+-]?\d+)?|0[xo][\da-f_]+|[+-]?\.(?:inf|nan)|true|false|yes|no|on|off|y|n|null|~", re.IGNORECASE
)
_DATE = re.compile(r"\d{4}(-\d{2}(-\d{2}( \d{2}:\d{2})?)?)?")


class _Dumper(yaml.SafeDumper):
    """Block style, texts as they are, double quotes where YAML needs them or another reader would see a number."""

    def increase_indent(self, flow: bool = False, indentless: bool = False) -> None:
        del indentless  # a list stands under its key, two spaces in
        super().increase_indent(flow, False)

    def ignore_aliases(self, data: Any) -> bool:
        del data
        return True


_Dumper.yaml_implicit_resolvers = {}


def _text(dumper: _Dumper, value: str) -> yaml.ScalarNode:
    # A browser's form sends the line ends of Windows; a carriage return may not stand in an entry.
    value = value.replace("\r\n", "\n").replace("\r", "\n")
    if "\n" in value:
        return dumper.represent_scalar("tag:yaml.org,2002:str", value, style="|")
    plain = dumper.analyze_scalar(value).allow_block_plain
    other = _READ_OTHERWISE.fullmatch(value) and not _DATE.fullmatch(value)
    style = None if plain and value and not other else '"'
    return dumper.represent_scalar("tag:yaml.org,2002:str", value, style=style)


def _integer(dumper: _Dumper, value: int) -> yaml.ScalarNode:
    # As it is typed: the schema, not a tag, makes it a number again.
    return dumper.represent_scalar("tag:yaml.org,2002:str", str(value))


def _list(dumper: _Dumper, values: list[Any]) -> yaml.SequenceNode:
    # A list of single words on one line; texts and groups one a line.
    short = all(isinstance(value, str) and re.fullmatch(r"[\w-]+", value) for value in values)
    return dumper.represent_sequence("tag:yaml.org,2002:seq", values, flow_style=short)


_Dumper.add_representer(str, _text)
_Dumper.add_representer(int, _integer)
_Dumper.add_representer(list, _list)


def as_yaml(data: Mapping[str, Any], schema: Schema, kind: str, depth: int) -> str:
    """A file's text: the schema's line, then the keys in the schema's order. `depth` counts folders up to the root."""
    body = yaml.dump(
        _ordered(dict(data), schema.inlined), Dumper=_Dumper, allow_unicode=True, sort_keys=False, width=10_000
    )
    return SCHEMA_LINE.format("../" * depth, kind) + body


def _ordered(value: Any, schema: Mapping[str, Any]) -> Any:
    if isinstance(value, list):
        return [_ordered(item, schema.get("items", {})) for item in value]
    if not isinstance(value, dict):
        return value
    known = schema.get("properties", {})
    order = [*(key for key in known if key in value), *(key for key in value if key not in known)]
    return {key: _ordered(value[key], known.get(key, {})) for key in order}


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


def new_id(territory: Territoire, name: str, taken: set[str]) -> str:
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


def model(schema: Schema, today: str) -> str:
    """The minimal entry that the site offers to copy: each required key with the schema's example."""
    properties = schema.inlined["properties"]
    data = {key: properties[key]["examples"][0] for key in schema.inlined["required"]}
    return as_yaml(data | {"inscrite_le": today}, schema, "cop", 2)

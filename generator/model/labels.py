"""What the schemas say in words: the labels of closed values, what they note beside them, and any value in French."""

import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.entries.schemas.fields import Field, write_simple
from generator.entries.schemas.guesses import is_calendar
from generator.entries.schemas.schema import Schema
from generator.french import date_longue

Choices = Mapping[str, str]  # value → label, in the order of the schema


@dataclass(frozen=True, slots=True)
class Labels:
    """Labels by the dotted names that lead to a value, without list indexes: `cop.statut`, `cop.rencontres.statut`."""

    _by_path: Mapping[str, Choices]
    _fields: Mapping[str, Field]  # those of each kind of file, and each kind whole

    def of(self, path: str, value: str) -> str:
        """The label of one value; KeyError where the path has no closed values or the value is none of them."""
        return self._by_path[path][value]

    def choices(self, path: str) -> Choices:
        """Every value with its label; KeyError where the path has no closed values."""
        return self._by_path[path]

    def field(self, path: str) -> Field:
        """What the schema says of a key, or of a whole kind of file; KeyError where there is none."""
        return self._fields[path]

    def read_notes(self, path: str, name: str) -> Mapping[str, Any]:
        """What the schema notes under `name` (`x-…`) beside the closed values of a key, by value; often not all."""
        noted: Mapping[str, Any] = self.field(path).element.annotations.get(name, {})
        return noted

    def noting(self, kind: str, name: str) -> Iterator[tuple[str, Any]]:
        """Every key of a kind of file beside which `name` is noted, and what it says there."""
        for field in self._fields[kind].walk():
            if name in field.annotations:
                yield f"{kind}.{field.path}", field.annotations[name]


def load_labels(schemas: Mapping[str, Schema]) -> Labels:
    """The labels of the schemas, each under its kind: `cop`, `formation`, `actualite`."""
    fields: dict[str, Field] = {}
    for kind, schema in schemas.items():
        fields |= {kind: schema.fields, **{f"{kind}.{field.path}": field for field in schema.fields.walk()}}
    return Labels({path: field.labels for path, field in fields.items() if field.labels}, fields)


# Any value ------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Said:
    """Some words of a value: a page makes a link of an address, and shapes Markdown."""

    words: str
    kind: str = ""  # that of their field; empty for what stands between values


def say_value(value: Any, field: Field | None) -> str:
    """A value for a reader: labels of closed values, dates in full, groups as « titre : valeur »."""
    return "".join(said.words for said in tell_value(value, field))


def tell_value(value: Any, field: Field | None) -> Iterator[Said]:
    """The same word by word."""
    if isinstance(value, list | tuple):
        items = [tuple(tell_value(item, field and field.item)) for item in value]
        # A comma within an item would hide where the next one begins.
        has_commas = any("," in said.words for item in items for said in item)
        yield from _join(items, "\u202f; " if has_commas or any(len(item) > 1 for item in items) else ", ")
    elif isinstance(value, Mapping):
        yield from _join((_tell_key(key, item, field) for key, item in value.items() if item is not None), ", ")
    else:
        yield Said(_say_simple(value, field), field.kind if field else "")


def _tell_key(key: str, value: Any, group: Field | None) -> Iterator[Said]:
    field = group and group.child(key)
    yield Said(f"{field.label if field else key}\u00a0: ")
    yield from tell_value(value, field)


def _join(groups: Iterable[Iterable[Said]], between: str) -> Iterator[Said]:
    for rank, group in enumerate(groups):
        if rank:
            yield Said(between)
        yield from group


def _say_simple(value: Any, field: Field | None) -> str:
    if isinstance(value, bool):
        return "Oui" if value else "Non"
    written = write_simple(value)
    if field and written in field.labels:
        return field.labels[written]
    if isinstance(value, float):
        return written.replace(".", ",")
    if field and field.kind == "date" and is_calendar(written):
        return date_longue(written)
    return _say_day(written) if field is None else written


def _say_day(text: str) -> str:
    """What no schema calls a date, where it is certainly one."""
    day = re.fullmatch(r"(\d{4}-\d{2}-\d{2})( ([01]\d|2[0-3]):[0-5]\d)?", text)
    return date_longue(text) if day and is_calendar(day[1]) else text

"""One entry as one row: dotted names of the keys, in the order of the schema.

The same columns serve /donnees/cops.csv and what fills or reads a table of COP. Nested keys are dotted
(`collectivite.code`). A list of closed or patterned values (themes, codes, identifiers) is one cell joined by `|`; a
list of anything else has one column per item, counted from 0 (`rencontres.0.debut`), up to the longest list
in the data. An empty list and an absent key are both an empty cell.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.entries.schemas.fields import NULL, Field, FieldPlace, write_simple

SEPARATOR = "|"  # in no closed value, code or identifier
_DATATYPES: Mapping[str, Any] = {
    "integer": "integer",
    "number": "number",
    "boolean": {"base": "boolean", "format": "oui|non"},
}


@dataclass(frozen=True, slots=True)
class Column:
    """One column of a table: where its value stands in an entry, and what it is."""

    place: FieldPlace
    field: Field

    @property
    def joined(self) -> bool:
        """Whether the cell holds several values."""
        return self.field.item is not None

    @property
    def name(self) -> str:
        return ".".join(map(str, self.place))

    def value(self, data: Any) -> Any:
        """What stands in the cell, several values as one text; None where the entry has no such key."""
        value = data
        for step in self.place:
            try:
                value = value[step]
            except (KeyError, IndexError):
                return None
        if value is None and self.field.nullable:
            return NULL
        return SEPARATOR.join(map(write_simple, value)) if isinstance(value, list | tuple) else value

    def describe(self) -> dict[str, Any]:
        """The column as CSV on the Web describes it (W3C, Metadata Vocabulary for Tabular Data)."""
        separator = {"separator": SEPARATOR} if self.joined else {}
        help_text = {"dc:description": self.field.help} if self.field.help else {}
        return {
            "name": self.name,
            "titles": self.name,
            "dc:title": self.field.label,
            **help_text,
            "datatype": _DATATYPES.get(self.field.element.kind, "string"),
            **separator,
        }


ID_COLUMN = Column(("id",), Field(("id",), "code", "Identifiant : le nom du fichier"))
FOLDER_COLUMN = Column(("dossier",), Field(("dossier",), "code", "Dossier de la fiche dans cops/"))
"""What names the file: no key of it."""


def list_naming(fields: Field) -> tuple[Column, ...]:
    """The columns that name a file: only those of a COP are in folders."""
    return (ID_COLUMN, FOLDER_COLUMN) if fields.find("collectivite") else (ID_COLUMN,)


def columns(fields: Field, entries: Sequence[Any], least: int = 0) -> tuple[Column, ...]:
    """The columns of typed entries of one kind.

    `least`: how many items of a list have their columns where no entry has that list.
    """
    return tuple(_walk(fields, (), entries, least))


def column(fields: Field, name: str) -> Column | None:
    """The column of that dotted name, whatever the number of an item; None where a file has no such column."""
    field: Field | None = fields
    place: FieldPlace = ()
    for step in name.split("."):
        if field and field.item and (field.is_joined or not re.fullmatch(r"0|[1-9]\d{0,2}", step)):
            return None
        place = (*place, int(step) if field and field.item else step)
        field = field and field.child(step)
    return Column(place, field) if field and _has_column(field) else None


def _walk(field: Field, place: FieldPlace, values: Sequence[Any], least: int) -> Iterator[Column]:
    """`values` are what the entries hold at this place; they only say how long the lists are."""
    if _has_column(field):
        yield Column(place, field)
    elif field.item:
        for index in range(max(map(len, values), default=least)):
            inside = [value[index] for value in values if index < len(value)]
            yield from _walk(field.item, (*place, index), inside, least)
    for name, child in field.children.items():
        yield from _walk(child, (*place, name), [value[name] for value in values if name in value], least)


def _has_column(field: Field) -> bool:
    """A group has one for each of its keys, a list that is not joined one for each of its items."""
    return field.is_joined if field.item else field.kind != "object"


def assemble(pairs: Iterable[tuple[FieldPlace, Any]]) -> dict[str, Any]:
    """One entry from its values by place, the reverse of `Column.value`; an item that is missing leaves no hole."""
    tree: dict[str | int, Any] = {}
    for place, value in pairs:
        node = tree
        for step in place[:-1]:
            node = node.setdefault(step, {})
        node[place[-1]] = value
    return {str(key): _close(value) for key, value in tree.items()}


def _close(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if all(isinstance(step, int) for step in value):
        return [_close(value[step]) for step in sorted(value)]
    return {step: _close(child) for step, child in value.items()}

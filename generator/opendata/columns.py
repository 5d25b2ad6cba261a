"""One entry as one row: dotted names of the keys, in the order of the schema.

The same columns serve /donnees/cops.csv and what fills or reads a table of COP. Nested keys are dotted
(`collectivite.code`). A list of closed or patterned values (themes, codes, identifiers) is one cell joined by `|`; a
list of free texts or of objects has one column per item, counted from 0 (`rencontres.0.debut`), up to the longest list
in the data. An empty list and an absent key are both an empty cell.
"""

import re
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

Node = Mapping[str, Any]
Place = tuple[str | int, ...]

SEPARATOR = "|"  # in no closed value, code or identifier
_DATATYPES: Mapping[str, Any] = {
    "integer": "integer",
    "number": "number",
    "boolean": {"base": "boolean", "format": "oui|non"},
}
_FORMULA = re.compile(r"'*[=+@\t\r]")


@dataclass(frozen=True, slots=True)
class Column:
    """One column of an entry: where its value stands and what the schema says of it."""

    place: Place
    node: Node  # title, description and type of the value, of one item where `joined`
    joined: bool = False

    @property
    def name(self) -> str:
        return ".".join(map(str, self.place))

    def cell(self, data: Any) -> str:
        """The text of the cell, empty where the entry has no such key."""
        value = data
        for step in self.place:
            try:
                value = value[step]
            except (KeyError, IndexError):
                return ""
        return SEPARATOR.join(map(text, value)) if isinstance(value, list | tuple) else text(value)

    def described(self) -> dict[str, Any]:
        """The column as CSV on the Web describes it (W3C, Metadata Vocabulary for Tabular Data)."""
        separator = {"separator": SEPARATOR} if self.joined else {}
        help_text = {"dc:description": self.node["description"]} if "description" in self.node else {}
        return {
            "name": self.name,
            "titles": self.name,
            "dc:title": self.node.get("title", self.name),
            **help_text,
            "datatype": _DATATYPES.get(str(self.node.get("type")), "string"),
            **separator,
        }


ID = Column(("id",), {"title": "Identifiant : le nom du fichier"})
FOLDER = Column(("dossier",), {"title": "Dossier de la fiche dans cops/"})
"""What names the file: no key of it."""


def columns(schema: Node, entries: Sequence[Any], least: int = 0) -> tuple[Column, ...]:
    """The columns of typed entries of one kind; `schema` as published, `$ref` and `$defs` included.

    `least`: how many items of a list have their columns where no entry has that list.
    """
    return tuple(_walk(schema, schema.get("$defs", {}), (), entries, least))


def column(schema: Node, name: str) -> Column | None:
    """The column of that dotted name, whatever the number of an item; None where the schema has no such column."""
    definitions = schema.get("$defs", {})
    node: Node = schema
    place: Place = ()
    for step in name.split("."):
        item = _resolved(node.get("items", {}), definitions)
        if step in node.get("properties", {}):
            node, place = _resolved(node["properties"][step], definitions), (*place, step)
        elif "items" in node and not _is_joined(item) and re.fullmatch(r"0|[1-9]\d{0,2}", step):
            node, place = item, (*place, int(step))
        else:
            return None
    known = list(_walk(node, definitions, place, ()))
    return known[0] if [one.place for one in known] == [place] else None


def assembled(pairs: Iterable[tuple[Place, Any]]) -> dict[str, Any]:
    """One entry from its values by place, the reverse of `Column.cell`; an item that is missing leaves no hole."""
    tree: dict[str | int, Any] = {}
    for place, value in pairs:
        node = tree
        for step in place[:-1]:
            node = node.setdefault(step, {})
        node[place[-1]] = value
    return {str(key): _closed(value) for key, value in tree.items()}


def _closed(value: Any) -> Any:
    if not isinstance(value, dict):
        return value
    if all(isinstance(step, int) for step in value):
        return [_closed(value[step]) for step in sorted(value)]
    return {step: _closed(child) for step, child in value.items()}


def _walk(node: Node, definitions: Node, place: Place, values: Sequence[Any], least: int = 0) -> Iterator[Column]:
    """`values` are what the entries hold at this place; they only say how long the lists are."""
    node = _resolved(node, definitions)
    if "properties" in node:
        for name, child in node["properties"].items():
            yield from _walk(child, definitions, (*place, name), [v[name] for v in values if name in v], least)
    elif "items" not in node:
        yield Column(place, node)
    elif _is_joined(item := _resolved(node["items"], definitions)):
        yield Column(place, {**item, **{k: node[k] for k in ("title", "description") if k in node}}, joined=True)
    else:
        for index in range(max(map(len, values), default=least)):
            inside = [value[index] for value in values if index < len(value)]
            yield from _walk(item, definitions, (*place, index), inside, least)


def _resolved(node: Node, definitions: Node) -> Node:
    if "$ref" not in node:
        return node
    target = _resolved(definitions[node["$ref"].removeprefix("#/$defs/")], definitions)
    return {**target, **node}  # what stands beside the reference (title, help) wins


def _is_joined(item: Node) -> bool:
    """Free texts are marked `x-texte` in the schemas; they may hold the separator."""
    return "enum" in item or ("pattern" in item and "x-texte" not in item)


def text(value: Any) -> str:
    """One value as a cell that no spreadsheet takes for a formula.

    The checks refuse short texts that begin with = + or @; a long text that does (a Markdown list) gets an apostrophe
    in front, and so does one that already has it: taking one apostrophe away before such a sign gives the text back.
    """
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    cell = str(value)
    return f"'{cell}" if _FORMULA.match(cell) else cell


def untext(cell: str) -> str:
    """What `text` was given, as text."""
    return cell[1:] if cell.startswith("'") and _FORMULA.match(cell) else cell

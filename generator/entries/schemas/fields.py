"""What a JSON Schema says of each key of a file, read once: the tree of fields that every consumer loops over.

Only this module and the validators know how JSON Schema spells things. The root of the tree is the file itself:

    schema.fields["contact.courriel"].label
    [field.path for field in schema.fields.walk()]
    schema.fields["rencontres.0.debut"] is schema.fields["rencontres.debut"]

What a schema notes beside a key (`x-…`) is in `field.annotations`, by its name. What it notes beside each value of a
closed list stands there too, as a list in the order of `enum` (null where a value has nothing) or as a mapping from the
values concerned; each choice then has its own: `field.choices[2].annotations["x-echelle"]`.
"""

from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, Literal

Node = Mapping[str, Any]
FieldPlace = tuple[str | int, ...]

Kind = Literal[
    "text",  # words, on one line or several
    "markdown",
    "code",  # a text that keeps a pattern: an identifier, an INSEE code
    "url",
    "email",
    "phone",
    "date",  # of any precision
    "integer",
    "number",
    "boolean",  # written oui or non; in the settings true or false
    "choice",  # one value of a closed list
    "object",
    "list",
]

DATES = frozenset({"date", "date-partielle", "moment"})
"""The `x-motif` of dates in the schemas."""

_WITHOUT_COMMA = frozenset({"choice", "code", "date", "email", "phone", "integer", "boolean"})
"""Kinds of values that can hold no comma."""

_BY_MOTIF: Mapping[str, Kind] = {"adresse": "url", "courriel": "email", "telephone": "phone"}
_BY_TYPE: Mapping[str, Kind] = {"integer": "integer", "number": "number", "boolean": "boolean"}


@dataclass(frozen=True, slots=True)
class Choice:
    """One value of a closed list."""

    value: str
    label: str
    annotations: Mapping[str, Any]  # what the schema notes beside this value, by the name of the `x-…`


_YES_NO = ("oui", "non")
"""How an entry writes a boolean; the settings, which the engine reads too, note their own words (`x-mots`)."""


def write_simple(value: Any) -> str:
    """A value that is no group and no list, as an entry writes it: oui or non, null, a number, a text."""
    if isinstance(value, bool):
        return _YES_NO[0 if value else 1]
    return NULL if value is None else str(value)


NULL = "null"
"""How an entry writes that a key has no value, where its schema takes that."""


@dataclass(frozen=True, slots=True)
class Field:
    """One key of a file, the file itself, or any item of a list."""

    place: FieldPlace  # the names that lead to it, 0 standing for any item of a list; () for the file
    kind: Kind
    label: str
    help: str = ""
    required: bool = False  # in the group around it
    nullable: bool = False
    examples: tuple[Any, ...] = ()
    choices: tuple[Choice, ...] = ()  # in order; of a boolean, the words for yes and for no
    default: Any = None
    motif: str = ""  # the name of its pattern (`x-motif`)
    max_length: int | None = None  # signs
    min_items: int = 0
    max_items: int | None = None
    typed: Mapping[str, Any] = field(default_factory=dict)  # of choices that are no texts: what is written → the value
    annotations: Mapping[str, Any] = field(default_factory=dict)  # each `x-…` of the schema, by its name
    children: Mapping[str, "Field"] = field(default_factory=dict)  # of an object, in order
    item: "Field | None" = None  # of a list

    @property
    def name(self) -> str:
        """The last name that leads to it; that of its list for an item."""
        return next((step for step in reversed(self.place) if isinstance(step, str)), "")

    @property
    def path(self) -> str:
        """The dotted name without the numbers of items: `rencontres.debut`."""
        return ".".join(step for step in self.place if isinstance(step, str))

    @property
    def indexed(self) -> str:
        """The dotted name with the number of the first item: `rencontres.0.debut`."""
        return ".".join(map(str, self.place))

    @property
    def element(self) -> "Field":
        """What one value of it is: the item of a list, else the field itself."""
        return self.item or self

    @property
    def topic(self) -> str:
        return str(self.annotations.get("x-groupe", ""))

    @property
    def topics(self) -> Mapping[str, str]:
        """The topics of a file, in order, with their titles."""
        return dict(self.annotations.get("x-groupes", {}))

    def group_by_topic(self) -> Mapping[str, list["Field"]]:
        """The keys of a file by topic, in order; one that is of none is in the last."""
        groups: dict[str, list[Field]] = {topic: [] for topic in self.topics}
        for child in self.children.values():
            groups[child.topic if child.topic in groups else next(reversed(groups))].append(child)
        return groups

    @property
    def is_free(self) -> bool:
        """Whether any words may stand there."""
        return self.kind in ("text", "markdown")

    @property
    def has_lines(self) -> bool:
        """Whether its text may have several lines."""
        return self.kind == "markdown" or self.annotations.get("x-texte") == "bloc"

    @property
    def is_joined(self) -> bool:
        """Whether it is a list whose values hold neither a comma nor a bar: one text may hold them all."""
        return self.item is not None and self.item.kind in _WITHOUT_COMMA

    @property
    def is_of_tools(self) -> bool:
        """Whether our tools write it: nobody is asked for it."""
        return bool(self.annotations.get("x-outil"))

    @property
    def may_be_empty(self) -> bool:
        """Whether it is a list that holds as it is: no answer is one."""
        return self.item is not None and not self.min_items

    @property
    def is_day_of_entry(self) -> bool:
        """Whether it says the day when the file enters the directory: our tools fill it in."""
        return bool(self.annotations.get("x-jour"))

    @property
    def labels(self) -> dict[str, str]:
        """Each value of the closed list, or of the list of such values, with its label."""
        return {choice.value: choice.label for choice in self.element.choices}

    def list_needed(self) -> Iterator["Field"]:
        """What an answer to it cannot do without: of a group or of an item, what they require, else their first key."""
        children = list(self.element.children.values())
        for child in [child for child in children if child.required] or children[:1]:
            yield from child.list_needed()
        if not children:
            yield self

    def child(self, step: str | int) -> "Field | None":
        """What a name or the number of an item leads to; a name goes through a list to its items."""
        if self.item is None:
            return self.children.get(str(step))
        return self.item if isinstance(step, int) or step.isdecimal() else self.item.child(step)

    def find(self, where: str | Iterable[str | int]) -> "Field | None":
        """The field under a dotted name, or under the steps of a place; None where the schema knows none."""
        field: Field | None = self
        for step in where.split(".") if isinstance(where, str) else where:
            field = field and field.child(step)
        return field

    def __getitem__(self, where: str) -> "Field":
        """The field under a dotted name. KeyError where the schema knows none."""
        if field := self.find(where):
            return field
        raise KeyError(where)

    def walk(self) -> Iterator["Field"]:
        """Every key below, each before those that it holds; an item of a list has no key of its own."""
        for child in self.element.children.values():
            yield child
            yield from child.walk()


def make_fields(node: Node, place: FieldPlace = (), required: bool = False) -> Field:
    """The tree of a schema whose references are inlined.

    Raises ValueError, in French, where what is noted beside a key does not go with it.
    """
    properties, required_keys = node.get("properties", {}), node.get("required", ())
    made = Field(
        place=place,
        kind=_find_kind(node),
        label=node.get("title", ".".join(map(str, place[-1:]))),
        help=node.get("description", ""),
        required=required,
        nullable="null" in _types(node),
        examples=tuple(_write_example(example, node) for example in node.get("examples", ())),
        choices=tuple(_list_choices(node, place)),
        default=node.get("default"),
        motif=node.get("x-motif", ""),
        max_length=node.get("maxLength"),
        min_items=node.get("minItems", 0),
        max_items=node.get("maxItems"),
        typed={write_simple(value): value for value in node.get("enum", ()) if not isinstance(value, str)},
        annotations=_annotations(node),
        children={key: make_fields(about, (*place, key), key in required_keys) for key, about in properties.items()},
        item=make_fields(node["items"], (*place, 0)) if "items" in node else None,
    )
    if unknown := [name for name in made.annotations.get("x-premieres", ()) if made.find(name) is None]:
        raise ValueError(f"« x-premieres » nomme « {', '.join(unknown)} », qui n’est pas une clé")
    return made


def _types(node: Node) -> tuple[str, ...]:
    types = node.get("type", ())
    return (types,) if isinstance(types, str) else tuple(types)


def _find_kind(node: Node) -> Kind:
    types = [name for name in _types(node) if name != "null"]
    if "properties" in node or types == ["object"]:
        return "object"
    if "items" in node or types == ["array"]:
        return "list"
    if "enum" in node:
        return "choice"
    if len(types) == 1 and types[0] in _BY_TYPE:
        return _BY_TYPE[types[0]]
    if text_kind := node.get("x-texte"):
        return "markdown" if text_kind == "markdown" else "text"
    motif = node.get("x-motif", "")
    if motif in DATES:
        return "date"
    return _BY_MOTIF.get(motif, "code" if motif or "pattern" in node else "text")


def _write_example(value: Any, node: Node) -> Any:
    """An example as an entry holds it: yes and no are words there, at any depth."""
    if isinstance(value, dict):
        return {key: _write_example(inner, node.get("properties", {}).get(key, {})) for key, inner in value.items()}
    if isinstance(value, list):
        return [_write_example(inner, node.get("items", {})) for inner in value]
    return node.get("x-mots", _YES_NO)[0 if value else 1] if isinstance(value, bool) else value


def _annotations(node: Node) -> Node:
    return {name: value for name, value in node.items() if name.startswith("x-")}


def _list_choices(node: Node, place: FieldPlace) -> Iterator[Choice]:
    if _find_kind(node) == "boolean":
        for value, label in zip(node.get("x-mots", _YES_NO), ("Oui", "Non"), strict=True):
            yield Choice(value, label, {})
        return
    values = node.get("enum", ())
    labels = node.get("enumDescriptions", values)
    path = ".".join(map(str, place))
    if len(values) != len(labels):
        raise ValueError(f"« {path} » a {len(values)} valeurs (enum) et {len(labels)} libellés (enumDescriptions)")
    notes = _annotations(node) if values else {}
    noted = {name: _by_value(value, values, f"{path}.{name}") for name, value in notes.items()}
    for value, label in zip(values, labels, strict=True):
        if value is not None:
            about = {name: notes[value] for name, notes in noted.items() if notes.get(value) is not None}
            yield Choice(write_simple(value), write_simple(label), about)


def _by_value(noted: Any, values: Sequence[str], path: str) -> Node:
    """What an annotation says of each value; nothing where it speaks of the key itself."""
    if isinstance(noted, list):
        if len(noted) != len(values):
            raise ValueError(f"« {path} » dit {len(noted)} choses de {len(values)} valeurs")
        return dict(zip(values, noted, strict=True))
    if isinstance(noted, dict) and not noted.keys().isdisjoint(values):
        if unknown := noted.keys() - set(values):
            raise ValueError(f"« {path} » parle de « {', '.join(sorted(unknown))} », qui n’est pas parmi les valeurs")
        return noted
    return {}

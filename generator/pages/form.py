"""The questions of the forms, drawn from the schemas: nothing is written twice, a field added there is asked here.

Each control bears the dotted path of its key; items of a list are counted from 0 (`rencontres.0.debut`). The first
part asks what the schema puts first (`x-premieres`); every other topic (`x-groupes`) is a part of its own, folded.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass

from generator.entries.rules import DATA
from generator.entries.schemas.fields import Field, write_simple

ONE_LINE = 250
"""Signs from which a text is typed in several lines."""

_KNOWN = {"cop": "cops-connues", "formation": "formations-connues"}
_BY_KIND: Mapping[str, str] = {
    "url": "url",
    "email": "email",
    "phone": "tel",
    "integer": "number",
    "number": "number",
    "boolean": "select",
    "choice": "select",
    "object": "group",
}


@dataclass(frozen=True, slots=True)
class Control:
    """What the page shows to ask a field: a control, a group of them, or a list whose items are asked alike."""

    field: Field
    widget: str  # text, url, email, tel, date, number, textarea, select, checkboxes, group, list
    required: bool
    example: str
    controls: tuple["Control", ...] = ()  # of a group; the item of a list
    words: str = ""  # what the page asks; of itself, the label of the field

    @property
    def name(self) -> str:
        return self.field.indexed

    @property
    def anchor(self) -> str:
        """The id of its element."""
        return f"q-{self.name.replace('.', '-')}"

    @property
    def longest(self) -> int | None:
        """Signs, at most, of a text that is counted while it is typed."""
        return self.field.max_length if self.field.is_free else None

    @property
    def asked_with(self) -> tuple[str, str] | None:
        """The control whose value makes it useful, and that value."""
        pairs = self.field.annotations.get("x-avec", {}).items()
        return next(((name, write_simple(value)) for name, value in pairs), None)

    @property
    def singular(self) -> str:
        """What one adds to a list: « une rencontre »."""
        return str(self.field.annotations.get("x-un", "un élément"))

    @property
    def datalist(self) -> str:
        """The id of the list (`<datalist>`) that it proposes: nobody knows an identifier or an INSEE code by heart."""
        if self.field.motif in DATA["kinds"]:
            return "territoires-connus"
        return _KNOWN.get(DATA["references"].get(self.field.path, ""), "")


@dataclass(frozen=True, slots=True)
class Part:
    """One topic of the form; the first is open."""

    key: str
    title: str
    controls: tuple[Control, ...]


def list_parts(fields: Field) -> tuple[Part, ...]:
    """The parts of the form of a kind of file, in order; what comes first but may wait stands in the last one."""
    titles, first_keys = fields.topics, list(fields.annotations["x-premieres"])
    # What a file cannot do without is not looked for in a folded part.
    needed = [field.name for field in fields.children.values() if field.required and not field.is_day_of_entry]
    first_keys += [name for name in needed if name not in first_keys]
    topics = {
        topic: [field for field in group if field.name not in first_keys]
        for topic, group in fields.group_by_topic().items()
    }
    first, *_, last = topics
    topics[last] += topics[first]
    topics[first] = [fields[name] for name in first_keys]
    return tuple(
        Part(topic, titles[topic], tuple(_control(field, field.required) for field in group))
        for topic, group in topics.items()
    )


def list_item_parts(item: Field) -> tuple[Part, ...]:
    """The parts of the form that adds one item to a list: what comes first, as questions, then the rest."""
    first = [item[key] for key in item.annotations["x-premieres"]]
    rest = [field for field in _list_leaves(item) if field not in first and not field.is_of_tools]
    asked = (_control(field, _is_needed(field, item), str(field.annotations["x-question"])) for field in first)
    more = (_control(field, required=False) for field in rest)
    return Part("essentiel", "L’essentiel", tuple(asked)), Part("precisions", "Plus de précisions", tuple(more))


def _list_leaves(group: Field) -> Iterator[Field]:
    for field in group.children.values():
        if field.children:
            yield from _list_leaves(field)
        else:
            yield field


def _is_needed(field: Field, item: Field) -> bool:
    """What is required within a group that may stay away is not."""
    return field.required and len(field.place) == len(item.place) + 1


def _control(field: Field, required: bool, words: str = "") -> Control:
    widget = _widget(field)
    inner: tuple[Control, ...] = ()
    required = required and not field.may_be_empty
    if widget == "group":
        # In a group that may stay empty nothing is required: the check speaks once it is begun.
        inner = tuple(_list_controls(field, required or field.place[-1] == 0))
    elif widget == "list" and field.item:
        inner = (_control(field.item, required=False),)
    return Control(field, widget, required, _example(field, widget), inner, words or field.label)


def _list_controls(group: Field, strict: bool) -> Iterator[Control]:
    for field in group.children.values():
        if not field.is_of_tools:
            yield _control(field, strict and field.required)


def _widget(field: Field) -> str:
    if field.item:
        return "checkboxes" if field.item.kind == "choice" else "list"
    if field.has_lines or (field.kind == "text" and (field.max_length or 0) > ONE_LINE):
        return "textarea"
    if field.kind == "date":  # of another precision, it is typed as people write it, and rewritten
        return "date" if field.motif == "date" else "text"
    return _BY_KIND.get(field.kind, "text")


def _example(field: Field, widget: str) -> str:
    """What a text control shows: the schema's first example, a date as people write it."""
    if widget in {"group", "list", "select", "checkboxes", "date", "textarea"}:
        return ""
    first = str(next(iter(field.examples), ""))
    if field.kind != "date":
        return first
    day, _, hour = first.partition(" ")
    return f"{'/'.join(reversed(day.split('-')))} {hour}".strip()

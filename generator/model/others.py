"""What a file says beyond the keys that our pages place by name: told all the same, under the words of the schema.

`fields` names the keys that have a place of their own. A key that a schema gains is in none of its structures: until
somebody gives it a place, pages show it in a general rubric and the forge's form asks it.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from typing import Any, get_args

from msgspec import Struct, structs

from generator.entries.schemas.fields import Field
from generator.model.labels import Said, say_value, tell_value


@dataclass(frozen=True, slots=True)
class OtherFact:
    """One value that has no place of its own."""

    label: str  # after that of the group or of the item around it
    said: tuple[Said, ...]


def list_unplaced(field: Field, struct: type[Struct]) -> Iterator[Field]:
    """The fields below this one that a structure has not, nor those inside it; of a group, the whole."""
    placed = {slot.name: _structure(slot.type) for slot in structs.fields(struct)}
    for name, child in field.element.children.items():
        if name not in placed:
            yield child
        elif inner := placed[name]:
            yield from list_unplaced(child, inner)


def _structure(kind: Any) -> type[Struct] | None:
    """The structure in a type: that of `X | None`, of `tuple[X, ...]`."""
    if isinstance(kind, type) and issubclass(kind, Struct):
        return kind
    return next(filter(None, map(_structure, get_args(kind))), None)


def list_other_facts(data: Mapping[str, Any], fields: Field, unplaced: Iterable[Field]) -> Iterator[OtherFact]:
    """What the data of a file say under the fields that have no place, in the order of the schema."""
    for field in unplaced:
        for around, value in _list_values(data, fields, field.place):
            if value is not None:
                yield OtherFact("\u00a0: ".join((*around, field.label)), tuple(tell_value(value, field)))


def _list_values(value: Any, field: Field, steps: tuple[str | int, ...]) -> Iterator[tuple[tuple[str, ...], Any]]:
    """Each value at a place, under the labels of what is around it."""
    if not steps:
        yield (), value
    elif field.item:
        for item in value:
            for around, inner in _list_values(item, field.item, steps[1:]):
                yield (_name(item, field.item), *around), inner
    elif steps[0] in value:
        child = field[str(steps[0])]
        for around, inner in _list_values(value[steps[0]], child, steps[1:]):
            yield (child.label, *around) if steps[1:] and not child.item else around, inner


def _name(item: Mapping[str, Any], field: Field) -> str:
    """What an item is called: its first required words, or the first thing that it must say; else what it is."""
    required = [(child.kind != "text", key) for key, child in field.children.items() if child.required]
    _, key = min(required, key=lambda one: one[0], default=(True, ""))
    return say_value(item[key], field.children[key]) if key else field.label

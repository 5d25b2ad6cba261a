"""Reading data that may have any shape: a check passes over what the schema refuses."""

from collections.abc import Iterable, Iterator, Mapping
from typing import Any

from generator.entries.yaml.source import Where


def text(data: Any, *where: str | int) -> str:
    """The text at a place, empty where there is none or something else stands there."""
    for step in where:
        if isinstance(step, int):
            data = data[step] if isinstance(data, list) and step < len(data) else None
        else:
            data = data.get(step) if isinstance(data, dict) else None
    return data if isinstance(data, str) else ""


def items(data: Mapping[str, Any], key: str) -> list[tuple[int, dict[str, Any]]]:
    """The mappings of a list, each with its index; none where something else stands there."""
    value = data.get(key)
    return [(i, item) for i, item in enumerate(value) if isinstance(item, dict)] if isinstance(value, list) else []


def texts(data: Mapping[str, Any], key: str) -> list[str]:
    """The texts of a list, empty where an item is something else, so that places stay right."""
    value = data.get(key)
    return [item if isinstance(item, str) else "" for item in value] if isinstance(value, list) else []


def places(data: Any, path: str) -> Iterator[tuple[Where, Any]]:
    """What stands at a path, `*` for each item of a list: `rencontres.*.objet`."""
    step, _, rest = path.partition(".")
    for key, value in _under(data, step):
        if rest:
            yield from (((key, *where), inner) for where, inner in places(value, rest))
        else:
            yield (key,), value


def _under(holder: Any, step: str) -> Iterable[tuple[str | int, Any]]:
    if step == "*":
        return enumerate(holder) if isinstance(holder, list) else ()
    return [(step, holder[step])] if isinstance(holder, dict) and step in holder else ()

"""What was made of each entry, kept from one reading to the next: `serve` makes again only what changed."""

from collections.abc import Callable
from typing import Generic, TypeVar

from generator.entries.corpus import Entry

Made = TypeVar("Made")


class Memory(Generic[Made]):
    """Things made of entries, by path, each with the entry and the facts that it was made from."""

    def __init__(self) -> None:
        self._made: dict[str, tuple[Entry, object, Made]] = {}

    def recall(self, entry: Entry, facts: object, make: Callable[[Entry], Made]) -> Made:
        """What was made of this very entry under equal facts, else what `make` makes of it now."""
        remembered = self._made.get(entry.path)
        if remembered and remembered[0] is entry and remembered[1] == facts:
            return remembered[2]
        result = make(entry)
        self._made[entry.path] = entry, facts, result
        return result

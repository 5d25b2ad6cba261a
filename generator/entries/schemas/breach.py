"""One breach of a schema: which rule is broken, where and by what, and how to begin the problem that tells it."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Any

from generator.entries.schemas.fields import Field, write_simple
from generator.entries.schemas.guesses import write_place
from generator.entries.yaml.source import Source, Span, Where
from generator.problems.catalogue import CATALOGUE
from generator.problems.problem import Edit, Problem, problem


@dataclass(frozen=True, slots=True)
class Breach:
    """What one keyword of a schema refuses at one place."""

    source: Source
    root: Field  # the whole file
    where: Where
    keyword: str
    expected: Any
    found: Any
    motif: str  # the name of the pattern
    missing: str  # the key that a `required` asks for, else empty
    rule: str | None  # the `x-regle` nearest to it

    @property
    def name(self) -> str:
        """The value's name for people: `rencontres.2.debut` counts items from 1."""
        return write_place(self.where) or "la fiche"

    @property
    def field(self) -> Field:
        return self.root.find(self.where) or self.root

    @property
    def span(self) -> Span:
        return self.source.span(self.where)

    @property
    def key_span(self) -> Span:
        return self.source.key_span(self.where)

    @property
    def text(self) -> str:
        if isinstance(self.found, dict | list):
            return "{…}" if isinstance(self.found, dict) else "[…]"
        return write_simple(self.found)

    def find_beside(self, key: str) -> str:
        """The text of another key of the same group; empty for none."""
        group: Any = self.source.data
        for step in self.where[:-1]:
            group = group[step]
        value = group.get(key) if isinstance(group, dict) else None
        return value if isinstance(value, str) and self.where[-1:] != (key,) else ""

    def problem(self, code: str, span: Span, fix: Edit | None = None, /, **values: object) -> Problem:
        """A problem of the value that breaks the rule, said of its text or of its key."""
        return self._problem(self.where, (), code, span, fix, **values)

    def key_problem(
        self, key: str, code: str, span: Span, fix: Edit | None = None, /, *accounts_for: Where, **values: object
    ) -> Problem:
        """A problem of one key of the group; `accounts_for`: see Problem."""
        return self._problem((*self.where, key), accounts_for, code, span, fix, **{"cle": key} | values)

    def _problem(
        self, where: Where, related: Sequence[Where], code: str, span: Span, fix: Edit | None, /, **values: object
    ) -> Problem:
        filled = {"cle": self.name, "valeur": self.text} | values
        code = code if code in CATALOGUE else "regle-du-schema"
        return problem(self.source.path, span, code, fix, where, related, **filled)

"""A problem found in the data: its file, its place, its code, the values that its sentences quote, its correction."""

from collections.abc import Sequence
from dataclasses import dataclass, field

from generator.problems.catalogue import CATALOGUE, Severity

Position = tuple[int, int]
"""Line and column, both from 1, in characters."""

Span = tuple[Position, Position]
"""From one position to another, which is excluded."""

Where = tuple[str | int, ...]
"""The way to a value: `("rencontres", 0, "debut")`."""

NOWHERE: Position = (1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace what stands from `start` to `end` (end excluded) by `text`."""

    start: Position
    end: Position
    text: str


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One problem. Sorts by file, then place. A missing key points at its parent, a duplicate at the second one."""

    path: str  # relative to the root of the repository, with /
    start: Position
    end: Position  # excluded; equal to start where there is nothing to underline
    code: str  # key of the catalogue
    values: tuple[tuple[str, str], ...] = ()  # what fills the {names} of the sentences
    fix: Edit | None = field(default=None, compare=False)  # only where one correction is certain
    where: Where = field(default=(), compare=False)  # the key or value that it is about; () for the whole file
    accounts_for: tuple[Where, ...] = field(default=(), compare=False)  # other places where it has consequences
    is_passage: bool = field(default=False, compare=False)  # of some words in the value: not of the value itself

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.code].severity

    @property
    def is_error(self) -> bool:
        return self.severity == "erreur"

    @property
    def is_personal(self) -> bool:
        """Whether what it quotes should not be repeated in public."""
        return CATALOGUE[self.code].personal

    def value(self, name: str) -> str:
        """What fills {name}; empty where there is none."""
        return dict(self.values).get(name, "")


def problem(
    path: str,
    span: Span,
    code: str,
    fix: Edit | None = None,
    where: Where = (),
    accounts_for: Sequence[Where] = (),
    /,
    **values: object,
) -> Problem:
    """Make one problem; `values` fill the sentences of `code`."""
    filled = tuple(sorted((name, str(value)) for name, value in values.items()))
    return Problem(path, *span, code, filled, fix, where, tuple(accounts_for))

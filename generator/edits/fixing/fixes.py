"""The certain corrections of one file, made one by one and kept only where the file is the better for each."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from generator.edits.fixing.fix_rules import SAFE, Case
from generator.entries.checks.reading import text as text_at
from generator.entries.corpus import Entry
from generator.entries.yaml.traps import quote
from generator.problems.problem import Edit, Problem

PASSES = 60
"""Readings of one file at most: YAML stops at its first mistake, so a file with twenty of them takes twenty."""


class FileReading(NamedTuple):
    """What one file says by itself; `entry` is None where it could not be read."""

    entry: Entry | None
    problems: Sequence[Problem]


Look = Callable[[str], FileReading]
"""Reads and checks a text as the file would be."""


class Settled(NamedTuple):
    """A text in which nothing certain is left to correct, and what was corrected on the way."""

    text: str
    corrected: tuple[Problem, ...]


def settle(text: str, look: Look, keys: Collection[str]) -> Settled:
    """Make every certain correction, one by one, and read again until none is left. `keys`: their names."""
    corrected: list[Problem] = []
    for _ in range(PASSES):
        before = len(corrected)
        reading = look(text)
        # From the end, so that the places of the others stay right.
        for problem, edits in sorted(find_certain(text, reading, keys), key=lambda pair: pair[1][-1], reverse=True):
            attempt = apply_edits(text, edits)
            after = look(attempt)
            if _rank(after, keys, attempt) < _rank(reading, keys, text) and not (
                SAFE[problem.code].must_help and _count_errors(after) >= _count_errors(reading)
            ):
                text, reading = attempt, after
                corrected.append(problem)
        if len(corrected) == before:
            break
    return Settled(text, tuple(corrected))


def find_certain(text: str, reading: FileReading, keys: Collection[str]) -> list[tuple[Problem, tuple[Edit, ...]]]:
    """What may be corrected in one pass: no two corrections touch the same place, the first one wins."""
    lines = text.split("\n")
    spellings = Counter(_meant_key(problem) for problem in reading.problems)
    chosen: list[tuple[Problem, tuple[Edit, ...]]] = []
    last = (0, 0)
    for problem in sorted(reading.problems):
        rule, edit = SAFE.get(problem.code), problem.fix
        if rule is None or edit is None or not _on_one_line(edit, lines) or edit.start < last:
            continue
        # Two misspelt keys that mean the same one: which of them is right?
        twice = problem.code == "cle-presque-juste" and spellings[_meant_key(problem)] > 1
        if not twice and rule.certain(Case(edit, lines, keys)):
            edits = tuple(sorted([edit, *_follow_up(problem, reading.entry)]))
            chosen.append((problem, edits))
            last = edits[-1].end
    return chosen


def _meant_key(problem: Problem) -> tuple[object, object]:
    """The key that a misspelt one means, and the group in which it stands."""
    values = dict(problem.values)
    return values.get("juste"), values.get("dans")


def _on_one_line(edit: Edit, lines: Sequence[str]) -> bool:
    return edit.start[0] == edit.end[0] <= len(lines) and "\n" not in edit.text


def _follow_up(problem: Problem, entry: Entry | None) -> Iterator[Edit]:
    """The old name of a commune or an EPCI goes with its old code; a COP's own name is left alone."""
    values = dict(problem.values)
    if problem.code == "ancien-code" and entry and problem.start == entry.source.span(("collectivite", "code"))[0]:
        nom = text_at(entry.data, "collectivite", "nom")
        start, end = entry.source.span(("collectivite", "nom"))
        if nom and nom != values["vrai"] and start[0] == end[0]:
            yield Edit(start, end, quote(values["vrai"]) if "'" in values["vrai"] else values["vrai"])


def apply_edits(text: str, edits: Sequence[Edit]) -> str:
    """The text with some edits made, none of which overlap; each stands on one line."""
    lines = text.split("\n")
    for edit in sorted(edits, reverse=True):
        row, start, end = edit.start[0] - 1, edit.start[1] - 1, edit.end[1] - 1
        lines[row] = lines[row][:start] + edit.text + lines[row][end:]
    return "\n".join(lines)


def _count_errors(reading: FileReading) -> int:
    return sum(problem.is_error for problem in reading.problems)


def _rank(reading: FileReading, keys: Collection[str], text: str) -> tuple[int, ...]:
    """The less the better: unreadable files last, by how far they are read; then errors, then what can be corrected."""
    if reading.entry is None:
        row, column = reading.problems[-1].start if reading.problems else (0, 0)
        return 1, -row, -column
    # A key set right may uncover a value to set right: it counts for two.
    left = sum(1 + problem.code.startswith("cle-") for problem, _ in find_certain(text, reading, keys))
    return 0, _count_errors(reading), left, len(reading.problems)

"""The certain corrections of one file, made one by one and kept only where the file is the better for each."""

from collections import Counter
from collections.abc import Callable, Collection, Iterator, Sequence
from typing import NamedTuple

from generator.edits.fixing.fix_rules import SAFE, Case
from generator.entries.checks.reading import text as text_at
from generator.entries.corpus import Entry
from generator.entries.yaml.traps import quote
from generator.problems.problem import Edit, Problem
from generator.territories.reference import name_key

PASSES = 60
"""Readings of one file at most: YAML stops at its first mistake, so a file with twenty of them takes twenty."""


class Seen(NamedTuple):
    """What one file says by itself; `entry` is None where it could not be read."""

    entry: Entry | None
    problems: Sequence[Problem]


Look = Callable[[str], Seen]
"""Reads and checks a text as the file would be."""


class Settled(NamedTuple):
    """A text in which nothing certain is left to correct, and what was corrected on the way."""

    text: str
    corrected: tuple[Problem, ...]


def settled(text: str, look: Look, known: Collection[str]) -> Settled:
    """Make every certain correction, one by one, and read again until none is left. `known`: names of keys."""
    corrected: list[Problem] = []
    for _ in range(PASSES):
        before = len(corrected)
        seen = look(text)
        # From the end, so that the places of the others stay right.
        for found, edits in sorted(certain(text, seen, known), key=lambda one: one[1][-1], reverse=True):
            attempt = applied(text, edits)
            after = look(attempt)
            if _worth(after, known, attempt) < _worth(seen, known, text) and not (
                SAFE[found.code].must_help and _errors(after) >= _errors(seen)
            ):
                text, seen = attempt, after
                corrected.append(found)
        if len(corrected) == before:
            break
    return Settled(text, tuple(corrected))


def certain(text: str, seen: Seen, known: Collection[str]) -> list[tuple[Problem, tuple[Edit, ...]]]:
    """What may be corrected in one pass: no two corrections touch the same place, the first one wins."""
    lines = text.split("\n")
    meant = Counter((dict(p.values).get("juste"), dict(p.values).get("dans")) for p in seen.problems)
    chosen: list[tuple[Problem, tuple[Edit, ...]]] = []
    last = (0, 0)
    for found in sorted(seen.problems):
        rule, edit = SAFE.get(found.code), found.fix
        if rule is None or edit is None or not _on_one_line(edit, lines) or edit.start < last:
            continue
        # Two misspelt keys that mean the same one: which of them is right?
        twice = found.code == "cle-presque-juste" and meant[dict(found.values)["juste"], dict(found.values)["dans"]] > 1
        if not twice and rule.certain(Case(found, edit, lines, known, seen.entry)):
            edits = tuple(sorted([edit, *_with_it(found, seen.entry)]))
            chosen.append((found, edits))
            last = edits[-1].end
    return chosen


def _on_one_line(edit: Edit, lines: Sequence[str]) -> bool:
    return edit.start[0] == edit.end[0] <= len(lines) and "\n" not in edit.text


def _with_it(found: Problem, entry: Entry | None) -> Iterator[Edit]:
    """The old name of a merged commune goes with its old code; a COP's own name is left alone."""
    values = dict(found.values)
    if found.code == "ancien-code" and entry:
        nom = text_at(entry.data, "collectivite", "nom")
        start, end = entry.source.span(("collectivite", "nom"))
        if nom and name_key(nom) != name_key(values["vrai"]) and start[0] == end[0]:
            yield Edit(start, end, quote(values["vrai"]) if "'" in values["vrai"] else values["vrai"])


def applied(text: str, edits: Sequence[Edit]) -> str:
    """The text with some edits made, none of which overlap; each stands on one line."""
    lines = text.split("\n")
    for edit in sorted(edits, reverse=True):
        row, start, end = edit.start[0] - 1, edit.start[1] - 1, edit.end[1] - 1
        lines[row] = lines[row][:start] + edit.text + lines[row][end:]
    return "\n".join(lines)


def _errors(seen: Seen) -> int:
    return sum(one.is_error for one in seen.problems)


def _worth(seen: Seen, known: Collection[str], text: str) -> tuple[int, ...]:
    """The less the better: unreadable files last, by how far they are read; then errors, then what can be corrected."""
    if seen.entry is None:
        row, column = seen.problems[-1].start if seen.problems else (0, 0)
        return 1, -row, -column
    # A key set right may uncover a value to set right: it counts for two.
    left = sum(1 + found.code.startswith("cle-") for found, _ in certain(text, seen, known))
    return 0, _errors(seen), left, len(seen.problems)

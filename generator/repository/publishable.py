"""The directory without the entries that contradict others: what the host's own publication may show.

Two proposals may each be right and contradict each other once both are accepted: nobody's check saw it, and one error
would keep a thousand pages from being published. The newer one waits aside until a person has seen to it.
"""

from collections.abc import Iterator, Mapping
from dataclasses import replace
from pathlib import Path

from generator.entries.checks.between_files import TOGETHER
from generator.entries.checks.reading import text
from generator.entries.corpus import Entry
from generator.problems.problem import Problem
from generator.repository.snapshot import Known, Snapshot, read_snapshot

ROUNDS = 20
"""Readings at most: an entry that is left out may be named by another, which is left out in its turn."""


def read_publishable(root: Path, environ: Mapping[str, str], today: str) -> Snapshot:
    """The directory, without what contradicts others across files; as it is where anything else is wrong.

    Raises OSError where the disk cannot be read.
    """
    memory = Known()
    whole = snapshot = read_snapshot(root, environ, today, memory)
    left: dict[str, Problem] = {}
    for _ in range(ROUNDS):
        if snapshot.is_sound:
            return replace(snapshot, left_out=tuple(sorted(left.items())))
        newer = dict(_find_newer(snapshot))
        if not newer:
            break
        left |= newer
        snapshot = read_snapshot(root, environ, today, memory, without=left)
    return whole


def _find_newer(snapshot: Snapshot) -> Iterator[tuple[str, Problem]]:
    """The newer entry of each pair, and what is said of it; nothing where a file is wrong by itself."""
    between = {_place(problem) for together in TOGETHER for problem in together(snapshot.corpus)}
    errors = [problem for problem in snapshot.problems if problem.is_error]
    if not all(_place(error) in between for error in errors):
        return
    entries = {entry.path: entry for entry in snapshot.corpus.entries}
    for error in errors:
        told, other = entries.get(error.path), entries.get(error.value("autre"))
        if told is None:
            continue
        is_older = other is not None and _day(other) > _day(told)
        yield (other.path if other and is_older else told.path), error


def _place(problem: Problem) -> tuple[object, ...]:
    return problem.path, problem.code, problem.where


def _day(entry: Entry) -> str:
    """When an entry came into the directory: news bear their day in their name."""
    return text(entry.data, "inscrite_le") or text(entry.data, "publiee_le") or entry.id[:10]

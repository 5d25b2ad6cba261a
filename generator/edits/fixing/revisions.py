"""The `revision` that a meeting needs once it has moved, written beside its beginning: calendars then learn of it."""

from collections.abc import Iterable, Iterator

from generator.edits.fixing.fixes import apply_edits
from generator.edits.fixing.rewrites import Rewrite
from generator.entries.corpus import Entry
from generator.problems.problem import Edit, Problem
from generator.repository.snapshot import Snapshot


def plan_revisions(snapshot: Snapshot, problems: Iterable[Problem]) -> list[Rewrite]:
    """What would be written for each « revision-oubliee », nothing being written yet. Raises OSError."""
    by_path: dict[str, list[Problem]] = {}
    for problem in problems:
        if problem.code == "revision-oubliee":
            by_path.setdefault(problem.path, []).append(problem)
    entries = {entry.path: entry for entry in snapshot.corpus.entries}
    rewrites = []
    for path, told in by_path.items():
        before = (snapshot.root / path).read_bytes().decode("utf-8")
        edits = [edit for problem in told for edit in _revise(entries[path], problem, before, snapshot.today)]
        rewrites.append(Rewrite(path, before, apply_edits(before, edits)))
    return rewrites


def _revise(entry: Entry, problem: Problem, text: str, today: str) -> Iterator[Edit]:
    """Both keys of our tools, where they stand or after the line of the beginning."""
    missing = []
    for key, value in (("revision", problem.value("revision")), ("modifie_le", today)):
        place = entry.source.values.get((*problem.where, key))
        if place:
            yield Edit(*place, value)
        else:
            missing.append(f"{key}: {value}")
    (row, column), _ = entry.source.key_span((*problem.where, "debut"))
    line = text.split("\n")[row - 1]
    if not missing:
        return
    if "{" in line[: column - 1]:  # all on one line, between braces
        _, end = entry.source.values[(*problem.where, "debut")]
        yield Edit(end, end, "".join(f", {key}" for key in missing))
        return
    ending = "\r" if line.endswith("\r") else ""
    at = row, len(line) - len(ending) + 1
    yield Edit(at, at, "".join(f"{ending}\n{' ' * (column - 1)}{key}" for key in missing))

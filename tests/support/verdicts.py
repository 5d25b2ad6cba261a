"""Everything that is promised of any file, and files to damage."""

import re
import signal
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import yaml
from jsonschema import Draft202012Validator

from generator.edits.fixing import rewrites
from generator.entries import corpus
from generator.entries.checks.forms import read_forms
from generator.entries.checks.one_file import check_entry
from generator.entries.corpus import Entry, Kind
from generator.problems.bounds import MOST_OF_ONE_CODE
from generator.problems.causes import drop_consequences
from generator.problems.problem import Problem
from generator.problems.reports import as_json, as_text
from generator.repository.snapshot import Snapshot
from tests.factory import repositories
from tests.support.annuaires import SETTINGS
from tests.support.paths import ROOT
from tests.support.problem_cases import CASES, FOLDERS, RULES, TERRITORIES, TODAY

SECONDS = 20  # no file may take longer
FACTS = Snapshot(ROOT, SETTINGS, corpus.Corpus((), (), {}, RULES), TERRITORIES, (), TODAY)
"""A repository without entries."""


class Seed(NamedTuple):
    """A file to damage, and what it is."""

    kind: Kind
    text: str

    @property
    def path(self) -> str:
        return f"{FOLDERS[self.kind.name]}/2026-01-01-fictive.yml"


def _seeds() -> Iterator[Seed]:
    for kind in corpus.KINDS:
        for path in sorted((ROOT / kind.folder).rglob("*.yml")):
            yield Seed(kind, path.read_text("utf-8"))
    for name in ("bom-et-crlf", "trois-fautes", "moment-francais"):
        yield Seed(corpus.KINDS[0], (CASES / "cop" / f"{name}.yml").read_bytes().decode("utf-8-sig"))
    for name, data in repositories.files(6, 2, 2):
        yield Seed(rewrites.kind_of(name), repositories.text(name, data))


SEEDS = tuple(_seeds())
# Published schemas and the library's own class: neither `$ref` inlined nor our keywords.
ORACLES = {name: Draft202012Validator(schema.published) for name, schema in RULES.items()}


@contextmanager
def watched() -> Iterator[None]:
    """Fails what lasts too long."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {SECONDS} s")

    # Of the processor; and longer by the clock, for who waits for ever takes nothing, and a machine may be busy.
    before = signal.signal(signal.SIGALRM, stop), signal.signal(signal.SIGPROF, stop)
    signal.alarm(10 * SECONDS)
    signal.setitimer(signal.ITIMER_PROF, SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.setitimer(signal.ITIMER_PROF, 0)
        signal.signal(signal.SIGALRM, before[0])
        signal.signal(signal.SIGPROF, before[1])


def verdict(seed: Seed, raw: bytes) -> tuple[Entry | None, list[Problem]]:
    """What is said of these bytes, every format tried."""
    entry, told, text = corpus.read_entry(seed.path, raw, seed.kind, RULES[seed.kind.name])
    found: list[Problem] = list(told)
    if entry:
        own = check_entry(entry, FACTS.territories, FACTS.settings.echeances, FACTS.today, read_forms(RULES["cop"]))
        found = drop_consequences([*told, *own])
    lines = text.split("\n")
    for form in (as_text, as_json):
        form(found, lambda _: lines).encode("utf-8")
    return entry, found


def refused(kind: str, text: str) -> list[str]:
    """What an independent reading refuses: PyYAML's BaseLoader, the published schema, the library's validator."""
    data = yaml.load(text, yaml.BaseLoader)
    if not isinstance(data, dict):
        return ["no mapping"]
    data = _trimmed(data)
    # A text of digits is a number where a number is asked for: it is made one at each place that the oracle names.
    for error in list(ORACLES[kind].iter_errors(data)):
        if error.validator == "type" and error.validator_value == "integer" and str(error.instance).isdecimal():
            holder = data
            for step in list(error.absolute_path)[:-1]:
                holder = holder[step]
            holder[error.absolute_path[-1]] = int(error.instance)
    return [error.message for error in ORACLES[kind].iter_errors(data)]


def _trimmed(node: Any) -> Any:
    """A long text ends with line breaks that nobody means."""
    if isinstance(node, dict):
        return {key: _trimmed(value) for key, value in node.items()}
    return [_trimmed(item) for item in node] if isinstance(node, list) else node.rstrip("\n")


def check(seed: Seed, raw: bytes) -> None:
    """Everything that is promised of any file."""
    with watched():
        entry, found = verdict(seed, raw)
        errors = sum(p.is_error for p in found)
        assert entry or errors
        assert max(Counter(problem.code for problem in found).values(), default=0) <= MOST_OF_ONE_CODE
        if not errors:
            assert refused(seed.kind.name, raw.decode("utf-8-sig")) == []
        check_correction(seed, raw, entry, errors)


def check_correction(seed: Seed, raw: bytes, entry: Entry | None, errors: int) -> None:
    try:
        before = raw.decode("utf-8")
    except UnicodeDecodeError:
        return
    after, corrected = rewrites.rewrite_text(before, seed.path, FACTS, seed.kind)
    assert rewrites.rewrite_text(after, seed.path, FACTS, seed.kind)[0] == after, "not settled"
    new, found = verdict(seed, after.encode("utf-8"))
    if entry:
        assert new, "can no longer be read"
        assert sum(p.is_error for p in found) <= errors, "worse than before"
    check_nothing_lost(before, after, corrected)


ANEW = {"ancien-code", "cle-presque-juste", "code-postal", "code-postal-pris", "date-a-ecrire", "espace-insecable"}
"""Corrections that write a word anew: of their lines, only that no other one changed is looked at."""


def check_nothing_lost(before: str, after: str, corrected: Sequence[Problem]) -> None:
    """Lines may move; only those that a correction touches change, and they keep their words."""
    old, new = before.split("\n"), after.split("\n")
    touched = {row for one in corrected for row in _rows(one)}
    anew = {row for one in corrected if one.code in ANEW for row in _rows(one)}
    rest = Counter(line.rstrip("\r") for line in new)
    rest.subtract(line.rstrip("\r") for row, line in enumerate(old, 1) if row not in touched)
    assert all(count >= 0 for line, count in rest.items() if line), "a line was lost"
    left = " ".join(line for line, count in rest.items() for _ in range(count))
    words = [word for row in touched - anew for word in re.findall(r"\w+", old[row - 1])]
    assert [word for word in words if word not in left] == []


def _rows(one: Problem) -> range:
    """The lines that a correction may change; the name of a merged commune stands near its code."""
    reach = 10 if one.code == "ancien-code" else 0
    rows = [one.start[0], *([one.fix.start[0]] if one.fix else [])]
    return range(max(1, min(rows) - reach), max(rows) + reach + 1)

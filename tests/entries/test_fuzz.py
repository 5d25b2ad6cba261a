"""Damaged files by thousands: each ends in a verdict, a valid one is valid for others too, a correction never harms.

`make fuzz` tries more of them, at random; without it the same 2,000 are tried each time.
"""

import copy
import os
import re
import signal
import subprocess
import sys
from collections import Counter
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from typing import Any, NamedTuple

import yaml
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st
from jsonschema import Draft202012Validator

from generator.edits.fixing import rewrites
from generator.entries import corpus
from generator.entries.checks.one_file import check_entry, drop_consequences, usual_bases
from generator.entries.corpus import Entry, Kind
from generator.entries.yaml.source import MAX_BYTES
from generator.problems.problem import Problem, as_json, as_text
from tests.edits.test_fixes import FACTS
from tests.factory import repositories
from tests.problems.test_problems import CASES, FOLDERS, RULES
from tests.support import mutations
from tests.support.mutations import Step
from tests.support.paths import ROOT

SECONDS = 20  # no file may take longer
ASKED = os.environ.get("FUZZ", "")
run = settings(
    max_examples=int(ASKED or 2000) // 3 + 1,
    deadline=None,
    derandomize=not ASKED,
    print_blob=True,
    suppress_health_check=list(HealthCheck),
)


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


# Verdicts ------------------------------------------------------------------------------------------------------------


@contextmanager
def watched() -> Iterator[None]:
    """Fails what lasts too long."""

    def stop(*_: object) -> None:
        raise TimeoutError(f"more than {SECONDS} s")

    before = signal.signal(signal.SIGALRM, stop)
    signal.alarm(SECONDS)
    try:
        yield
    finally:
        signal.alarm(0)
        signal.signal(signal.SIGALRM, before)


def verdict(seed: Seed, raw: bytes) -> tuple[Entry | None, list[Problem]]:
    """What is said of these bytes, every format tried."""
    entry, told, text = corpus.read_entry(seed.path, raw, seed.kind, RULES[seed.kind.name])
    found: list[Problem] = list(told)
    if entry:
        own = check_entry(entry, FACTS.territories, FACTS.settings.echeances, FACTS.today, usual_bases(RULES["cop"]))
        found = drop_consequences(told, own)
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
    """A long text ends with a line break that nobody wrote."""
    if isinstance(node, dict):
        return {key: _trimmed(value) for key, value in node.items()}
    return [_trimmed(item) for item in node] if isinstance(node, list) else node.removesuffix("\n")


def check(seed: Seed, raw: bytes) -> None:
    """Everything that is promised of any file."""
    with watched():
        entry, found = verdict(seed, raw)
        errors = sum(p.is_error for p in found)
        assert entry or errors
        if not errors:
            assert refused(seed.kind.name, raw.decode("utf-8-sig")) == []
        check_correction(seed, raw, entry, errors)


def check_correction(seed: Seed, raw: bytes, entry: Entry | None, errors: int) -> None:
    try:
        before = raw.decode("utf-8")
    except UnicodeDecodeError:
        return
    after, corrected = rewrites.rewritten(before, seed.path, FACTS, seed.kind)
    assert rewrites.rewritten(after, seed.path, FACTS, seed.kind)[0] == after, "not settled"
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


# Damages -------------------------------------------------------------------------------------------------------------


def steps(names: tuple[str, ...], pieces: list[str]) -> st.SearchStrategy[list[Step]]:
    number = st.integers(0, 65_535)
    return st.lists(st.tuples(st.sampled_from(names), number, number, st.sampled_from(pieces)), min_size=1, max_size=5)


@run
@given(st.sampled_from(SEEDS), steps(mutations.BYTES, mutations.SIGNS))
def test_signs(seed: Seed, damage: list[Step]) -> None:
    check(seed, mutations.bytes_of(seed.text.encode("utf-8"), damage))


@run
@given(st.sampled_from(SEEDS), steps(mutations.LINES, mutations.PIECES))
def test_lines(seed: Seed, damage: list[Step]) -> None:
    check(seed, mutations.lines_of(seed.text, damage).encode("utf-8", "surrogatepass"))


@run
@given(st.sampled_from([seed for seed in SEEDS if "\r" not in seed.text]), steps(mutations.TREE, mutations.PIECES))
def test_values(seed: Seed, damage: list[Step]) -> None:
    data = TREES.setdefault(seed.text, yaml.load(seed.text, yaml.BaseLoader))
    check(seed, mutations.tree_of(copy.deepcopy(data), damage).encode("utf-8", "surrogatepass"))


TREES: dict[str, Any] = {}


# Bombs ---------------------------------------------------------------------------------------------------------------

BOMBS = {
    "dashes": "- " * 30_000,
    "brackets": "[" * 100_000,
    "braces": "{a: " * 30_000,
    "keys": "".join(f"{' ' * n}a:\n" for n in range(600)),
    "questions": "? " * 30_000,
    "one long line": "nom: " + "a" * (MAX_BYTES - 5),
    "one long word": "nom: x\n" + "a" * 200_000,
    "unknown keys": "".join(f"a{n}: x\n" for n in range(20_000)),
    "colons": "a: " * 80_000,
    "quotes": "nom: " + "'" * 200_000,
    "sharps": " #" * 100_000,
    "same key": "nom: x\n" * 30_000,
    "dates": "inscrite_le: " + "1 " * 100_000,
    "mails": "resume: " + "a.b@" * 50_000,
    "mobiles": "resume: " + "06 " * 80_000,
    "tags": "resume: " + "<a" * 100_000,
    "anchors": "".join(f"a{n}: &a{n} [*a{n - 1}, *a{n - 1}]\n" for n in range(1, 5000)),
    "curly quotes": "nom: " + "“" * 60_000,
    "hard spaces": "\u00a0" * 60_000 + "nom: x",
}
PROGRAM = """
import sys
from tests.test_fuzz import BOMBS, SEEDS, check
for name, text in BOMBS.items():
    print(name, end=" ", flush=True)
    check(SEEDS[0], text.encode())
print("fin")
"""


def test_bombs() -> None:
    # In a process of its own, which may crash; the last name that it printed is the culprit's.
    done = subprocess.run(
        [sys.executable, "-c", PROGRAM], cwd=ROOT, capture_output=True, text=True, timeout=len(BOMBS) * SECONDS
    )
    assert (done.returncode, done.stdout, done.stderr) == (0, " ".join([*BOMBS, "fin\n"]), "")

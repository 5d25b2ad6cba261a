"""Damaged files by thousands: each ends in a verdict, a valid one is valid for others too, a correction never harms.

`make fuzz` tries more of them, at random; without it the same 1,000 are tried each time.
"""

import copy
import subprocess
import sys
from collections.abc import Iterator
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.support import mutations
from tests.support.bombs import BOMBS
from tests.support.chance import steps, tries
from tests.support.mutations import Step
from tests.support.paths import ROOT
from tests.support.verdicts import SECONDS, SEEDS, Seed, check, verdict, watched

run = tries(3)


# Damages -------------------------------------------------------------------------------------------------------------


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


LONG = [
    *("a.b@c.fr ", "a-b@free.fr ", "M. Le Bihan ", "06 12 34 56 78 ", "https://a.fr/b?c=d ", "Brest, Quimper "),
    *("29233 ", "2026-03-01 ", "a-b_c.d", "«\u00a0a ", "[x](", "<b>", "- ", "é"),
]


@tries(100)
@given(st.sampled_from(SEEDS), *[st.tuples(st.integers(0, 65_535), st.sampled_from(LONG))] * 2)
def test_two_long_texts(seed: Seed, one: tuple[int, str], other: tuple[int, str]) -> None:
    """What compares each passage of a text with the whole of another takes the product of both."""
    data = yaml.load(seed.text, yaml.BaseLoader)
    places = list(list_texts(data))
    for rank, unit in (one, other):
        holder, key = places[rank % len(places)]
        holder[key] = unit * (60_000 // len(unit))
    with watched():
        verdict(seed, yaml.dump(data, allow_unicode=True, width=1_000_000).encode())


def list_texts(node: Any) -> Iterator[tuple[Any, Any]]:
    """Where each text stands: what holds it, and under which key."""
    for key, value in node.items() if isinstance(node, dict) else enumerate(node):
        if isinstance(value, str):
            yield node, key
        elif value:
            yield from list_texts(value)


# Bombs ---------------------------------------------------------------------------------------------------------------

PROGRAM = """
import sys
from tests.support.bombs import BOMBS
from tests.support.chance import steps, tries
from tests.support.verdicts import SEEDS, check
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

"""Damaged files by thousands: each ends in a verdict, a valid one is valid for others too, a correction never harms.

`make fuzz` tries more of them, at random; without it the same 1,000 are tried each time.
"""

import copy
import subprocess
import sys
from typing import Any

import yaml
from hypothesis import given
from hypothesis import strategies as st

from tests.support import mutations
from tests.support.bombs import BOMBS
from tests.support.chance import steps, tries
from tests.support.mutations import Step
from tests.support.paths import ROOT
from tests.support.verdicts import SECONDS, SEEDS, Seed, check

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

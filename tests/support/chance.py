"""How many damaged inputs a test tries, and how they are damaged."""

import os

from hypothesis import HealthCheck, settings
from hypothesis import strategies as st

from tests.support.mutations import Step

ASKED = os.environ.get("FUZZ", "")
"""How many `make fuzz` asks for; without it, a few hundred and the same ones each time."""


def tries(share: int) -> settings:
    """One in `share` of what is asked."""
    return settings(
        max_examples=int(ASKED or 400) // share + 1,
        deadline=None,
        derandomize=not ASKED,
        print_blob=True,
        suppress_health_check=list(HealthCheck),
    )


def steps(names: tuple[str, ...], pieces: list[str]) -> st.SearchStrategy[list[Step]]:
    """Some damages of these kinds, with these pieces."""
    number = st.integers(0, 65_535)
    return st.lists(st.tuples(st.sampled_from(names), number, number, st.sampled_from(pieces)), min_size=1, max_size=5)

"""Communes that are alike: of one class of population, and both by the sea or both inland."""

from bisect import bisect_right

from generator.territories.kinds import Commune

CLASSES = (500, 2_000, 5_000, 10_000, 50_000)
"""From how many inhabitants a commune is of the next class."""

Kin = tuple[int, bool]
"""What communes alike share: their class of population, by its least number of inhabitants, and the sea."""


def find_kin(commune: Commune) -> Kin:
    """What a commune shares with those that are like it."""
    return (0, *CLASSES)[bisect_right(CLASSES, commune.population)], commune.littoral


def find_most(least: int) -> int | None:
    """The largest population of the class that begins at `least`; None for the last class."""
    return next((bound - 1 for bound in CLASSES if bound > least), None)

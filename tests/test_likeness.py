"""One measure of likeness: what it says of typing slips, of other words, and of names that are nearly one."""

import random
from itertools import combinations

import pytest

from generator.entries.checks.between_files import ALMOST_SAME
from generator.french import fold
from generator.likeness import likeness, may_be_alike, most_alike


def longest_common(one: str, other: str) -> int:
    """The textbook's table."""
    row = [0] * (len(other) + 1)
    for sign in one:
        corner = 0
        for place, letter in enumerate(other, 1):
            corner, row[place] = row[place], corner + 1 if sign == letter else max(row[place], row[place - 1])
    return row[-1]


def test_the_bits_count_the_longest_common_subsequence() -> None:
    chosen = random.Random(0)
    for _ in range(400):
        one, other = ("".join(chosen.choices("abcé ", k=chosen.randint(0, 90))) for _ in "12")
        assert likeness(one, other) == 2 * longest_common(one, other) / max(len(one) + len(other), 1)


def test_the_bound_by_lengths_never_hides_a_likeness() -> None:
    chosen = random.Random(1)
    for _ in range(400):
        one, other = ("".join(chosen.choices("ab", k=chosen.randint(0, 30))) for _ in "12")
        least = chosen.random()
        assert may_be_alike(one, other, least) or likeness(one, other) < least


@pytest.mark.parametrize(
    ("word", "meant"),
    [("status", "statut"), ("statt", "statut"), ("colectivite", "collectivite"), ("thmeme", "themes"), ("rue", None)],
)
def test_the_word_that_was_meant(word: str, meant: str | None) -> None:
    assert most_alike(word, ["statut", "themes", "collectivite", "contact", "sources"], 0.75) == meant


def test_commissions_of_one_commune_are_not_taken_for_one() -> None:
    """Three of one council, of one type, each with its own subject."""
    langon = [
        "Commission extra-municipale petite enfance et affaires scolaires",
        "Commission extra-municipale aménagement et cœur de village",
        "Commission extra-municipale environnement",
    ]
    assert max(likeness(fold(one), fold(other)) for one, other in combinations(langon, 2)) < ALMOST_SAME
    assert likeness("commission fictive climat", "commission fictives climats") >= ALMOST_SAME

"""Which line of a table holds its titles: what people write above them is passed over."""

import re
from collections.abc import Collection, Sequence

from generator.french import fold

TOP = 30
"""Lines among which the titles are looked for."""

ASIDE = r"\([^()]{0,300}\)?"
"""What a title says between brackets."""
_ASIDE = re.compile(ASIDE)
_NUMBER = re.compile(r"[0-9]{1,9}")
_ORDER = re.compile(r"^\s{0,9}(?:[Qq] ?)?[0-9]{1,2} ?[.):\u2013-](?![0-9])")
"""The number of a question, where a form was answered: « 3. Commune »."""


def fold_title(title: str) -> str:
    """A title without its case, accents, plurals and number, what it says between brackets and the numbers of items."""
    words = fold(_ASIDE.sub(" ", _ORDER.sub("", title))).split()
    return _NUMBER.sub("0", " ".join(word.rstrip("s") or word for word in words))


def find_titles(rows: Sequence[Sequence[str]], known: Collection[str]) -> tuple[int, int]:
    """The line of the titles, from 0, and how many of them are `known` (folded): where none is, the first that says
    something."""
    scores = [len({fold_title(cell) for cell in row} & set(known)) for row in rows[:TOP]]
    best = max(scores, default=0)
    if best:
        return scores.index(best), best
    return next((index for index, row in enumerate(rows) if any(map(str.strip, row))), 0), 0

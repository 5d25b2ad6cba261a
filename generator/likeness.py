"""How alike two texts are, and which known one was probably meant.

The form in the browser measures the same way: theme/assets/shared/likeness.js, to be changed with this file.
"""

from collections import defaultdict
from collections.abc import Iterable


def likeness(first: str, second: str) -> float:
    """From 0 to 1: twice the signs that both hold in the same order, over the signs of both.

    The longest common subsequence, counted by Hyyrö's bits: those of `left` are the signs of `first` not yet met.
    """
    places: defaultdict[str, int] = defaultdict(int)
    for place, sign in enumerate(first):
        places[sign] |= 1 << place
    left = whole = (1 << len(first)) - 1
    for sign in second:
        met = left & places.get(sign, 0)
        left = (left + met | left - met) & whole
    return 2 * (whole ^ left).bit_count() / max(len(first) + len(second), 1)


def most_alike(word: str, names: Iterable[str], least: float) -> str | None:
    """The known text that is most like a word, at least so much; of two, the last in the alphabet."""
    alike = [(likeness(word, name), name) for name in names if may_be_alike(word, name, least)]
    return max((pair for pair in alike if pair[0] >= least), default=(0.0, None))[1]


def may_be_alike(first: str, second: str, least: float) -> bool:
    """Whether their lengths allow it, which is asked at once: nearly all known texts are left out so."""
    return 2 * min(len(first), len(second)) >= least * (len(first) + len(second))

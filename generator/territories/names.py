"""What two spellings of a place have in common, and the words that people and registers put around its name.

The words are in `words.json`, which the scripts receive. The scripts read alike: theme/assets/shared/place_names.js, to
be changed with this file.
"""

import json
import re
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any, NamedTuple

from generator.french import fold

WORDS: Mapping[str, Any] = json.loads(Path(__file__).with_name("words.json").read_text(encoding="utf-8"))
"""The table as the scripts receive it: lists of folded words, and the bounds of the reading."""

Words = Sequence[str]

_ARTICLES = frozenset(WORDS["articles"].split())
_LINKS = frozenset(WORDS["links"].split())
_AROUND = frozenset(WORDS["around"].split())
_SHORT: Mapping[str, str] = WORDS["short"]
_KIND_OF = {word: kind for kind, words in WORDS["kinds"].items() for word in words.split()}
_GENERIC = _LINKS | _AROUND | _KIND_OF.keys() | frozenset(WORDS["of_areas"].split())
_PART = re.compile(r"[0-9]+|[a-z]+")


def list_words(text: str) -> Words:
    """Its words folded, numbers apart, short forms written out: `St-Aubin` → saint, aubin; `CD56` → cd, 56."""
    return [_SHORT.get(part, part) for part in _PART.findall(fold(text))]


def strip_article(words: Words) -> Words:
    """Without the article before a name, or behind it: « Faouët (Le) »."""
    if len(words) < 2:
        return words
    return words[1:] if words[0] in _ARTICLES else words[:-1] if words[-1] in _ARTICLES else words


def list_keys(words: Words) -> tuple[str, ...]:
    """What a name is looked up by: its letters without a space, with and without its article."""
    return tuple(dict.fromkeys(("".join(words), "".join(strip_article(words)))))


def core_key(words: Words) -> str:
    """The words that are its own, in any order: `CC du Pays d’Iroise` → iroise. Empty where none is."""
    return " ".join(sorted({word for word in words if word not in _GENERIC}))


class Peeling(NamedTuple):
    """A name out of some of the words around it, and the kinds of territory that they name."""

    words: Words
    kinds: frozenset[str]


def peel(words: Words) -> Iterator[Peeling]:
    """The words as they are, then without one more word around the name, first before it, then behind."""
    kinds: frozenset[str] = frozenset()
    yield Peeling(words, kinds)
    for end, rest in ((0, slice(1, None)), (-1, slice(None, -1))):
        while words and (words[end] in _AROUND or words[end] in _LINKS or words[end] in _KIND_OF):
            kinds |= {_KIND_OF[words[end]]} if words[end] in _KIND_OF else set()
            words = words[rest]
            yield Peeling(words, kinds)


def find_kind(text: str) -> str:
    """The `type` that words of a kind name: « Communauté de communes » is epci. Empty for other words, or for two."""
    words = list_words(text)
    kinds = {_KIND_OF[word] for word in words if word in _KIND_OF}
    return kinds.pop() if len(kinds) == 1 and all(word in _GENERIC for word in words) else ""


def initials(nom: str, nature: str) -> tuple[str, ...]:
    """By what initials one calls an EPCI: `LTC`; of one whose name does not say its nature, with it: `CCKB`."""
    own = [word for word in fold(nom).split() if word not in _LINKS]
    first = "".join(word[0] for word in own)
    before = "".join(word[0] for word in fold(nature).split() if word not in _LINKS)
    named = not set(own).isdisjoint(_KIND_OF)
    return tuple(key for key in ((first,) if named else (first, before + first)) if len(key) > 2)

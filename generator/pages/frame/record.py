"""What one page can be found by: stated beside its title and description, never read from the finished page.

The index is given words as people type them (folded, without the small words of the language), each once, where it
weighs most. They are written with other letters and end with a mark, against three habits of Pagefind: it takes a word
that it does not know for the longest one that it begins with (« Langon » for « la », Toulouse for « tou »), but no word
that ends with the mark begins another; it cuts off French endings, even those of an unfinished word, and cuts between a
letter and a digit, but knows neither in another script. So what nobody wrote is found nowhere, and the rest whole.
"""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from html import unescape
from pathlib import Path

import generator
from generator.french import fold, typed_otherwise
from generator.pages.entries.prose import Html

KINDS: Mapping[str, str] = {
    "cops": "COP",
    "formations": "Formations",
    "actualites": "Actualités",
    "pages": "Pages",
}
"""The kinds of what can be found and how they are headed, in the order in which they are shown; one index for each."""

WORDS_FILE = Path(*generator.__path__, "theme", "assets", "search", "words.json")
"""The words that are not searched, and how those that are must be written: the scripts read the same file."""

_TAG = re.compile(r"<[^<>]*>")


@dataclass(frozen=True, slots=True)
class _Words:
    """How words are given to the index."""

    unsearched: frozenset[str]
    letters: Mapping[int, int]
    end: str
    page: str

    def write(self, word: str) -> str:
        return f"{word.translate(self.letters)}{self.end}"

    def write_address(self, address: str) -> str:
        """One word for a whole address; its first letter tells it from what people type."""
        return self.page + self.write(fold(address).replace(" ", ""))


def _read_words() -> _Words:
    data = json.loads(WORDS_FILE.read_text(encoding="utf-8"))
    letters = str.maketrans(data["signes"], data["lettres"])
    return _Words(frozenset(data["vides"]), letters, data["fin"], data["page"])


_WORDS = _read_words()


@dataclass(frozen=True, slots=True)
class Record:
    """One page for the search index."""

    kind: str  # one of KINDS
    address: str  # from the root of the site, ends with /
    title: str
    summary: str
    texts: tuple[str, ...] = ()  # what else its page says, each on its own: themes, organisations, places
    long_text: Html = field(default_factory=Html)
    names: tuple[str, ...] = ()  # codes, former and other names: searched, never shown
    place: str = ""  # whose it is: shown under its title, as heavy as it
    place_addresses: tuple[str, ...] = ()  # of the pages of its places: who names one sees first what is its own
    known_as: tuple[str, ...] = ()  # what people call it: as heavy as its title, never shown

    @property
    def path(self) -> str:
        """Where its file lies among those that the indexes are made from: below its kind, at the page's own place."""
        return f"{self.kind}/{self.address}index.html"

    @property
    def weighed_words(self) -> Iterator[tuple[int, str]]:
        """What finds the page, by weight for Pagefind (at most 10): each word once, where it weighs most."""
        if self.place_addresses:
            yield 10, " ".join(map(_WORDS.write_address, self.place_addresses))
        seen: set[str] = set()
        for weight, texts in (
            (10, (self.title, self.place, *self.known_as)),
            (4, (self.summary, *self.texts, *self.names)),
            (1, (unescape(_TAG.sub(" ", self.long_text)), self.kind)),
        ):
            words = dict.fromkeys(word for word in list_typed_words(texts) if word not in seen)
            seen |= words.keys()
            if words:
                yield weight, " ".join(map(_WORDS.write, words))


def list_typed_words(texts: Iterable[str]) -> Iterator[str]:
    """The words of texts as they are typed: `L’île d’Arz` → ile, arz; `Plourac’h` → plourac, plourach."""
    text = " ".join(texts)
    for word in (*fold(text).split(), *typed_otherwise(text)):
        if len(word) > 1 and word not in _WORDS.unsearched:
            yield word

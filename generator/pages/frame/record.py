"""What one page can be found by: stated beside its title and description, never read from the finished page."""

from collections.abc import Mapping
from dataclasses import dataclass, field

from generator.french import typed_otherwise
from generator.pages.entries.prose import Html

KINDS: Mapping[str, str] = {
    "cops": "COP",
    "formations": "Formations",
    "actualites": "Actualités",
    "pages": "Pages",
}
"""The kinds of what can be found and how they are headed, in the order in which they are shown; one index for each."""


@dataclass(frozen=True, slots=True)
class Record:
    """One page for the search index."""

    kind: str  # one of KINDS
    address: str  # from the root of the site, ends with /
    title: str
    summary: str
    texts: tuple[str, ...] = ()  # what else its page says, each on its own: themes, organisations, places
    long_text: Html = field(default_factory=Html)  # whose headings weigh more than its paragraphs
    names: tuple[str, ...] = ()  # codes, former and other names: searched, never shown

    @property
    def path(self) -> str:
        """Where its file lies among those that the indexes are made from: below its kind, at the page's own place."""
        return f"{self.kind}/{self.address}index.html"

    @property
    def searched_words(self) -> str:
        """What finds the page and is not shown: its names, and what is typed otherwise than it is written."""
        text = " ".join((self.title, self.summary, *self.texts, self.long_text, *self.names))
        return " ".join(dict.fromkeys((*self.names, *typed_otherwise(text))))

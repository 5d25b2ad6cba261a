"""Where the entries link to: every external address with its file and line."""

import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from typing import Any

from generator.entries.corpus import Corpus, Entry
from generator.entries.yaml.source import Where

_WHOLE = re.compile(r"https?://\S+", re.IGNORECASE)
_INSIDE = re.compile(r"https?://(?:[^\s<>\"\\()\[\]]|\([^\s<>\"\\()\[\]]*\))+", re.IGNORECASE)
_PUNCTUATION = ".,;:!?…’'»*_`"
_LONG_TEXTS = {"description", "programme", "texte"}
"""Keys whose text is Markdown, and may hold addresses among its words."""


@dataclass(frozen=True, slots=True, order=True)
class LinkPlace:
    """One address at one place of one entry."""

    path: str  # from the root
    line: int  # from 1
    url: str  # https or http, as typed
    entry: str  # name or title of the entry


def list_places(corpus: Corpus, site_url: str, today: str) -> tuple[LinkPlace, ...]:
    """Every address of every entry, by file and line; those of our own site, which begin with `site_url`, are left out.

    What an event that is over linked to is left out too: a registration that has closed is no mistake.
    """
    places = (place for entry in corpus.entries for place in _list_of_entry(entry, today))
    return tuple(sorted(place for place in places if not place.url.startswith(site_url)))


def _list_of_entry(entry: Entry, today: str) -> Iterator[LinkPlace]:
    name = str(entry.data.get("nom") or entry.data.get("titre") or entry.id)
    for where, text in _walk_texts(entry.data, (), today):
        whole = _WHOLE.fullmatch(text)
        urls = [text] if whole else _INSIDE.findall(text) if where[-1] in _LONG_TEXTS else []
        for url in dict.fromkeys(address.rstrip(_PUNCTUATION) if not whole else address for address in urls):
            yield LinkPlace(entry.path, _find_line(entry, where, url), url, name)


def _find_line(entry: Entry, where: Where, url: str) -> int:
    """That of the address itself; a text of several lines may be written so that it is not found as it reads."""
    spans = (span for span, _ in entry.source.find(re.compile(re.escape(url)).finditer, where))
    return next(spans, entry.source.span(where))[0][0]


def _walk_texts(value: Any, where: Where, today: str) -> Iterator[tuple[Where, str]]:
    if isinstance(value, str):
        yield where, value
    elif isinstance(value, Mapping):
        if not _is_over(value, today):
            for key, child in value.items():
                yield from _walk_texts(child, (*where, key), today)
    elif isinstance(value, list | tuple):
        for index, child in enumerate(value):
            yield from _walk_texts(child, (*where, index), today)


def _is_over(event: Mapping[str, Any], today: str) -> bool:
    """Of a meeting, a session or the event of a news item: its last day is over."""
    last = event.get("reportee_au") or event.get("fin") or event.get("debut")
    return "debut" in event and isinstance(last, str) and last[:10] < today

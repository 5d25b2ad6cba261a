"""The feeds that a page announces to readers, `<link rel="alternate">`: its own where it has one."""

from dataclasses import dataclass
from functools import cache

from generator.feeds.feed_names import (
    ACTUALITES_FEED,
    CHANGES_FEED,
    COPS_FEED,
    ENGAGEMENTS_FEED,
    FORMATIONS_FEED,
    MAIN_FEEDS,
    MEDIA_TYPES,
    FeedInfo,
    feed_of_territory,
    feed_of_theme,
)

NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON"}

_BY_SECTION = {"cops": COPS_FEED, "types": COPS_FEED, "formations": FORMATIONS_FEED}
_BY_SECTION |= {"actualites": ACTUALITES_FEED, "engagements": ENGAGEMENTS_FEED, "ce-qui-a-change": CHANGES_FEED}


@dataclass(frozen=True, slots=True)
class FeedLink:
    """One `<link rel="alternate">`."""

    title: str
    type: str
    path: str


def find_feeds(path: str, title: str) -> tuple[FeedLink, ...]:
    """The feeds of a page by its address from the root of the site; the three main ones where none is its own."""
    section, _, name = path.strip("/").partition("/")
    if section == "territoires" and name:
        return _link_all(feed_of_territory(name, title))
    if section == "themes" and name:
        return _link_all(feed_of_theme(name, title))
    if section in _BY_SECTION:
        return _link_all(_BY_SECTION[section])
    return tuple(_link(info, "rss") for info in MAIN_FEEDS)


@cache  # a thousand pages announce the same ones
def _link_all(info: FeedInfo) -> tuple[FeedLink, ...]:
    return tuple(_link(info, kind) for kind in info.formats)


def _link(info: FeedInfo, kind: str) -> FeedLink:
    return FeedLink(f"{info.titre} ({NAMES[kind]})", MEDIA_TYPES[kind], f"flux/{info.name}.{kind}")

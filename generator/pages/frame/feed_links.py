"""The feeds that a page announces to readers, `<link rel="alternate">`: its own where it has one."""

from dataclasses import dataclass
from functools import cache

from generator.feeds.items import (
    ACTUALITES_FEED,
    COPS_FEED,
    FORMATIONS_FEED,
    MAIN_FEEDS,
    MEDIA_TYPES,
    FeedInfo,
    feed_of_territory,
    feed_of_theme,
)

NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON"}

_BY_SECTION = {"cops": COPS_FEED, "types": COPS_FEED, "formations": FORMATIONS_FEED}
_BY_SECTION |= {"actualites": ACTUALITES_FEED}


@dataclass(frozen=True, slots=True)
class Announced:
    """One `<link rel="alternate">`."""

    titre: str
    type: str
    chemin: str


def feeds_of_page(path: str, titre: str) -> tuple[Announced, ...]:
    """The feeds of a page by its address from the root of the site; the three main ones where none is its own."""
    section, _, name = path.strip("/").partition("/")
    if section == "territoires" and name:
        return _links(feed_of_territory(name, titre))
    if section == "themes" and name:
        return _links(feed_of_theme(name, titre))
    if section in _BY_SECTION:
        return _links(_BY_SECTION[section])
    return tuple(_link(info, "rss") for info in MAIN_FEEDS)


@cache  # a thousand pages announce the same ones
def _links(info: FeedInfo) -> tuple[Announced, ...]:
    return tuple(_link(info, kind) for kind in info.formats)


def _link(info: FeedInfo, kind: str) -> Announced:
    return Announced(f"{info.titre} ({NAMES[kind]})", MEDIA_TYPES[kind], f"flux/{info.name}.{kind}")

"""The feeds that a page announces to readers, `<link rel="alternate">`: its own where it has one."""

from dataclasses import dataclass
from functools import cache

from generator import entries
from generator.entries import MEDIA_TYPES, FeedInfo

NAMES = {"rss": "RSS", "atom": "Atom", "json": "JSON"}

_BY_SECTION = {"cops": entries.COPS, "types": entries.COPS, "formations": entries.FORMATIONS}
_BY_SECTION |= {"actualites": entries.ACTUALITES}


@dataclass(frozen=True, slots=True)
class Announced:
    """One `<link rel="alternate">`."""

    titre: str
    type: str
    chemin: str


def announced(path: str, titre: str) -> tuple[Announced, ...]:
    """The feeds of a page by its address from the root of the site; the three main ones where none is its own."""
    section, _, name = path.strip("/").partition("/")
    if section == "territoires" and name:
        return _links(entries.of_territory(name, titre))
    if section == "themes" and name:
        return _links(entries.of_theme(name, titre))
    if section in _BY_SECTION:
        return _links(_BY_SECTION[section])
    return tuple(_link(info, "rss") for info in entries.MAIN)


@cache  # a thousand pages announce the same ones
def _links(info: FeedInfo) -> tuple[Announced, ...]:
    return tuple(_link(info, kind) for kind in info.formats)


def _link(info: FeedInfo, kind: str) -> Announced:
    return Announced(f"{info.titre} ({NAMES[kind]})", MEDIA_TYPES[kind], f"flux/{info.name}.{kind}")

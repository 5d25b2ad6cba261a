"""What the site is made of: its pages, feeds, calendars, open data and badges, each part by who makes it."""

from collections.abc import Callable, Mapping
from typing import NamedTuple

from generator.engine import Walls
from generator.failures import SamePath
from generator.opendata import exports, finder, formfiles, tables
from generator.pages import embeds
from generator.pages.rendering import Rendering
from generator.pages.site import Site
from generator.repository.snapshot import Snapshot

Producer = Callable[[], Mapping[str, bytes]]
"""Makes some files of the site, by path from its root."""


def site_of(found: Snapshot) -> Site:
    """The inputs of rendering."""
    return Site(found.annuaire(), found.settings, found.corpus.schemas)


class Recipe(NamedTuple):
    """What makes the site, the longest first. Nothing is made yet."""

    producers: list[Producer]
    notices: Producer  # the files of the search index, which are no part of the site


def of(found: Snapshot, site: Site, walls: Walls) -> Recipe:
    rendering = Rendering(site, walls)
    parts = [*data(found, site), rendering.assets, lambda: walls.assets, *rendering.producers()]
    return Recipe(parts, lambda: dict(rendering.notices()))


def data(found: Snapshot, site: Site) -> list[Producer]:
    """Feeds, calendars, open data and badges, the longest first: who makes the last one keeps the others waiting."""
    annuaire, chosen, labels = site.annuaire, found.settings, site.labels
    schemas = {path.name: path.read_bytes() for path in sorted((found.root / "schema").glob("*.schema.json"))}
    typed = found.corpus.schemas["cop"].fields
    return [
        lambda: _feeds(site),
        lambda: exports.files(annuaire, chosen, typed, schemas),
        lambda: _calendars(site),
        lambda: embeds.make_badges(site),
        lambda: merge(finder.files(annuaire, chosen), tables.files(annuaire, labels)),
        lambda: formfiles.files(annuaire, chosen),
    ]


def _feeds(site: Site) -> Mapping[str, bytes]:
    from generator.feeds import rss  # with its library, imported by the core that makes them

    return rss.files(site.annuaire, site.settings, site.labels)


def _calendars(site: Site) -> Mapping[str, bytes]:
    from generator.feeds.calendars import calendar_files

    return calendar_files(site.agenda, site.annuaire, site.settings, site.labels)


def merge(*producers: Mapping[str, bytes]) -> dict[str, bytes]:
    """One mapping of all; two producers of one path is an error, never a silent choice."""
    files: dict[str, bytes] = {}
    for producer in producers:
        for path in producer:
            if path in files:
                raise SamePath(path)
        files |= producer
    return files

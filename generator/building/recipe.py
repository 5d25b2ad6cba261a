"""What the site is made of, a part a line."""

from collections.abc import Callable, Mapping
from functools import partial
from typing import Any

from generator.entries.memory import Memory
from generator.entries.schemas.schema import read_published
from generator.failures import SamePath
from generator.opendata import engagements, finder, formfiles, publication, status, tables
from generator.pages import embeds, security
from generator.pages.rendering import Rendering
from generator.pages.site import Site
from generator.repository.snapshot import Snapshot

Files = Mapping[str, bytes]
"""Some files of the site, by path from its root."""

Part = Callable[[], Files]
"""Makes some files of the site."""


def gather(snapshot: Snapshot, objects: Memory[Any] | None = None) -> Site:
    """The inputs of every part. `objects`: those of the model that were made before."""
    return Site(snapshot.annuaire(objects), snapshot.settings, snapshot.corpus.schemas, status.read_status(snapshot))


def list_parts(snapshot: Snapshot, site: Site, rendering: Rendering) -> list[Part]:
    """Everything. Nothing is made yet."""
    return [
        *list_data(snapshot, site),
        rendering.letters,
        rendering.assets,
        *rendering.producers(),
    ]


def list_data(snapshot: Snapshot, site: Site) -> list[Part]:
    """What is no page."""
    return [
        partial(make_feeds, site),
        partial(make_calendars, site),
        partial(make_exports, snapshot, site),
        partial(make_engagements, snapshot, site),
        partial(make_finder, site),
        partial(make_tables, site),
        partial(make_form_files, site),
        partial(make_badges, site),
        partial(make_security_txt, site),
        partial(make_status, snapshot),
    ]


def make_feeds(site: Site) -> Files:
    """RSS, Atom and JSON Feed."""
    from generator.feeds import rss  # its library is imported by the one process that makes them

    return rss.files(site.annuaire, site.settings)


def make_calendars(site: Site) -> Files:
    """iCalendar."""
    from generator.feeds.calendars import calendar_files  # the same

    return calendar_files(site.agenda, site.annuaire, site.settings)


def make_exports(snapshot: Snapshot, site: Site) -> Files:
    """Open data, with the schemas that say what it means."""
    schemas = read_published(snapshot.root / "schema")
    return publication.make_files(site.annuaire, site.settings, snapshot.corpus.schemas["cop"].fields, schemas)


def make_engagements(snapshot: Snapshot, site: Site) -> Files:
    """The table of engagements."""
    return engagements.make_files(site.annuaire, site.settings, snapshot.corpus.schemas["cop"].fields)


def make_finder(site: Site) -> Files:
    """What finds a commune and its COP in the browser."""
    return finder.make_files(site.annuaire, site.settings)


def make_tables(site: Site) -> Files:
    """The tables of figures."""
    return tables.files(site.annuaire)


def make_form_files(site: Site) -> Files:
    """What the form reads."""
    return formfiles.make_files(site.annuaire, site.settings, site.schemas["cop"])


def make_badges(site: Site) -> Files:
    """The pictures that a COP puts on its own site."""
    return embeds.make_badges(site)


def make_security_txt(site: Site) -> Files:
    """Where to report a weakness."""
    text = security.write_security_txt(site.settings, site.annuaire.today)
    return {security.PATH: text.encode()} if text else {}


def make_status(snapshot: Snapshot) -> Files:
    """What a person who watches over the publication asks first."""
    return {status.PATH: status.write_status(status.read_status(snapshot))}


def merge(*parts: Files) -> dict[str, bytes]:
    """One mapping of all; two parts that make one path is an error, never a silent choice."""
    files: dict[str, bytes] = {}
    for part in parts:
        for path in part:
            if path in files:
                raise SamePath(path)
        files |= part
    return files

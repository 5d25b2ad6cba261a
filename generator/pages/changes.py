"""« Ce qui a changé »: what came, was modified or withdrawn, week by week; and what a page says of its own entry."""

from collections.abc import Iterator
from dataclasses import dataclass
from itertools import groupby, islice

from generator.french import capitalise, date_longue, typographie
from generator.model.changes import find_name, list_changes, tell_change
from generator.model.journal import Change
from generator.model.period import find_monday
from generator.pages.site import Site

WEEKS = 12
MOST = 250
"""Changes of the page: the feed has those of the last fifty days."""


@dataclass(frozen=True, slots=True)
class ChangeRow:
    """One change."""

    name: str  # of the entry; empty where it was withdrawn
    path: str
    words: str  # « fiche modifiée le 3 mars 2026 : rencontres et documents »


@dataclass(frozen=True, slots=True)
class ChangeWeek:
    """The changes of one week."""

    anchor: str  # « s-2026-11-23 »
    title: str  # « Semaine du 23 novembre 2026 »
    rows: tuple[ChangeRow, ...]


def list_weeks(site: Site) -> tuple[ChangeWeek, ...]:
    """The last ones that brought something, the newest first."""
    changes = islice(list_changes(site.annuaire), MOST)
    weeks = groupby(changes, key=lambda change: find_monday(change.jour))
    return tuple(_make_week(site, monday, group) for monday, group in islice(weeks, WEEKS))


def _make_week(site: Site, monday: str, changes: Iterator[Change]) -> ChangeWeek:
    title = typographie(f"Semaine du {date_longue(monday)}")
    return ChangeWeek(f"s-{monday}", title, tuple(_make_row(site, change) for change in changes))


def _make_row(site: Site, change: Change) -> ChangeRow:
    name, path = find_name(site.annuaire, change)
    words = typographie(tell_change(site.annuaire, change))
    return ChangeRow(name, path, words if name else capitalise(words))


def tell_last_change(site: Site, kind: str, name: str) -> str:
    """What the page of an entry says of its own last change; empty where nobody knows."""
    changes = site.annuaire.journal.par_fiche.get((kind, name), ())
    return typographie(capitalise(tell_change(site.annuaire, changes[0]))) if changes else ""


def find_last_day(site: Site, kind: str, name: str, written: str) -> str:
    """The last day on which an entry is known to have changed, today at the latest; `written`: what it says itself."""
    changes = site.annuaire.journal.par_fiche.get((kind, name), ())
    days = (written, *(change.jour for change in changes[:1]))
    return max((day for day in days if day <= site.annuaire.today), default="")

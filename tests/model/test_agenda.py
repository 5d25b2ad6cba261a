"""Everything dated as one kind of row, and the words that lists say of it."""

from collections.abc import Iterable
from types import MappingProxyType

import pytest

from generator.model.agenda import Event
from generator.pages.agenda import following
from generator.pages.agenda.rows import shorten_dates, tell_deadline, tell_hours
from generator.pages.site import Site
from tests.support import annuaires, followed
from tests.support.annuaires import SCHEMAS, SETTINGS, TODAY


def _site(today: str = TODAY) -> Site:
    return Site(followed.directory(today), SETTINGS, MappingProxyType(SCHEMAS))


def _titles(events: Iterable[Event]) -> list[str]:
    return [event.titre for event in events]


def test_all_kinds_in_one_list_soonest_first() -> None:
    events = followed.agenda_of(followed.directory()).a_venir
    assert [(event.sorte, event.debut) for event in events] == [
        ("session", "2026-12-03 09:00"),
        ("rencontre", "2026-12-15 20:30"),  # where it was moved to
        ("rencontre", "2027-01-14 18:30"),
        ("evenement", "2027-01-20 19:00"),
        ("rencontre", "2027-02-01"),  # cancelled: who had noted it must see it
        ("rencontre", "2027-03-27 22:00"),
    ]


@pytest.mark.parametrize(
    ("today", "shown"),
    [("2026-12-02", True), ("2026-12-03", True), ("2026-12-04", True), ("2026-12-05", False)],
)
def test_a_session_leaves_the_day_after_its_end(today: str, shown: bool) -> None:
    site = _site(today)
    sessions = [row.title for month in following.list_sessions(site).months for row in month.rows]
    assert (sessions == ["Formation fictive"]) is shown
    assert ("2026-12-03" in str(followed.agenda_of(site.annuaire).a_venir)) is shown
    formation = site.annuaire.formations_par_id["coop"]
    assert bool(formation.sessions_a_venir) is shown
    assert len(formation.sessions_passees) == (1 if shown else 2)
    # The calendar keeps it for a month.
    raw = followed.calendars(site.annuaire)["agenda/formations.ics"]
    assert b"DTSTART;TZID=Europe/Paris:20261203T090000" in raw


def test_events_know_their_territories() -> None:
    agenda = followed.agenda_of(followed.directory())
    assert _titles(agenda.a_venir_dans("rennes-metropole")) == ["Formation fictive"]
    assert "Bilan c’hoazh 🌊" in _titles(agenda.a_venir_dans("quimperle-communaute"))
    assert agenda.a_venir_dans("brest-metropole") == ()


def test_author_of_a_news_event() -> None:
    (event,) = [e for e in followed.agenda_of(followed.directory()).events if e.sorte == "evenement"]
    assert (event.porteur, event.adresse, event.modifie_le) == (
        "Réseau Cohérence",
        "actualites/2026-11-02-soiree/",
        "2026-11-02",
    )


def test_rows_say_what_one_asks_before_registering() -> None:
    site = _site()
    (row,) = [row for month in following.list_sessions(site).months for row in month.rows]
    assert row.words == (
        "9\u00a0h · Maison fictive · en présentiel · gratuit · élus et habitants · 12 places"
        " · inscription jusqu’au 30\u00a0novembre 2026"
    )
    assert (row.date, row.until, row.state) == ("3–4\u00a0déc.", "2026-12-04", "")
    assert row.filters == {
        "sorte": "session",
        "territoire": "ille-et-vilaine",
        "public": "elus habitants",
        "mode": "presentiel",
        "pilier": "vision",
        "mois": "2026-12",
    }


def test_rows_say_what_changed() -> None:
    rows = {row.title: row for month in following.list_agenda(_site()).months for row in month.rows}
    moved, cancelled = rows["Bilan c’hoazh 🌊"], rows["Trois jours d’ateliers"]
    assert moved.state == "Reportée, devait avoir lieu le 1er\u00a0décembre 2026"
    assert (cancelled.state, cancelled.ics) == ("Annulée", "")


def test_months_follow_each_other() -> None:
    months = following.list_agenda(_site()).months
    assert [month.title for month in months] == ["Décembre 2026", "Janvier 2027", "Février 2027", "Mars 2027"]


def test_what_lasts_stands_under_the_present_month() -> None:
    more = "rencontres: [{debut: 2026-10-20, fin: 2026-12-20, objet: Longue}]\n"
    site = Site(annuaires.build({"a": annuaires.cop(more=more)}), SETTINGS, MappingProxyType(SCHEMAS))
    assert [month.title for month in following.list_agenda(site).months] == ["Novembre 2026"]


def test_a_long_list_leads_to_its_months(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr("generator.pages.agenda.following.ON_THE_AGENDA", 3)
    listing = following.list_agenda(_site())
    assert (listing.shown, listing.total) == (3, 6)
    assert [(month.path, month.name) for month in listing.later] == [
        ("agenda/2027-01/", "Janvier 2027"),
        ("agenda/2027-02/", "Février 2027"),
        ("agenda/2027-03/", "Mars 2027"),
    ]


def test_filters_offer_only_what_parts_the_list() -> None:
    filters = {one.key: [value for value, _ in one.choices] for one in following.list_agenda(_site()).filters}
    assert filters == {
        "sorte": ["rencontre", "session", "evenement"],
        "territoire": ["finistere", "ille-et-vilaine"],
    }
    assert following.list_sessions(_site()).filters[0].key == "public"


@pytest.mark.parametrize(
    ("debut", "fin", "words"),
    [
        ("2027-01-01", None, "1er janv."),
        ("2027-01-14 18:30", "2027-01-14 20:00", "14 janv."),
        ("2027-01-14", "2027-01-16", "14–16 janv."),
        ("2027-01-30", "2027-02-02", "30 janv. – 2 févr."),
        ("2028-01-14", None, "14 janv. 2028"),
    ],
)
def test_short_dates(debut: str, fin: str | None, words: str) -> None:
    assert shorten_dates(debut, fin, "2027").replace("\u00a0", " ") == words


def test_hours() -> None:
    assert tell_hours("2027-01-14 18:30", "2027-01-14 20:00") == "de 18\u00a0h\u00a030 à 20\u00a0h"
    assert tell_hours("2027-01-14 18:30", "2027-01-15 20:00") == "18\u00a0h\u00a030"
    assert tell_hours("2027-01-14", "2027-01-15") == ""


def test_deadlines() -> None:
    assert tell_deadline("2026-11-24", TODAY) == "inscription jusqu’au 24\u00a0novembre 2026"
    assert tell_deadline("2026-11-23", TODAY) == "inscriptions closes depuis le 23\u00a0novembre 2026"
    assert tell_deadline(None, TODAY) == ""

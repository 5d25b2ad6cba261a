"""Everything dated as one kind of row, and the words that lists say of it."""

import re
from collections.abc import Iterable
from types import MappingProxyType

import pytest

from generator.french import tell_when
from generator.model.agenda import Event
from generator.pages.agenda import following
from generator.pages.agenda.rows import tell_deadline
from generator.pages.site import Site
from tests.support import annuaires, followed
from tests.support.annuaires import LABELS, SCHEMAS, SETTINGS, TODAY


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
        "Maison fictive\u00a0· en présentiel\u00a0· gratuit\u00a0· élus et habitants\u00a0· 12 places"
        "\u00a0· inscription jusqu’au 30\u00a0novembre 2026"
    )
    assert (row.town, row.when) == ("Rennes", "du 3 au 4\u00a0décembre 2026, à 9\u00a0h")
    assert (row.until, row.state) == ("2026-12-04", "")
    assert row.answers == {
        "sorte": "session",
        "territoire": "ille-et-vilaine",
        "public": "elus habitants",
        "mode": "presentiel",
        "pilier": "vision",
    }


def test_rows_say_what_changed() -> None:
    rows = {row.title: row for month in following.list_agenda(_site()).months for row in month.rows}
    moved, cancelled = rows["Bilan c’hoazh 🌊"], rows["Trois jours d’ateliers"]
    assert moved.state == "Reportée, devait avoir lieu le 1er\u00a0décembre 2026"
    assert (cancelled.state, cancelled.ics, cancelled.is_cancelled) == ("Annulée", "", True)


def test_a_row_leads_with_the_town() -> None:
    """A meeting without a place is that of its COP; what is neither here nor there says so."""
    rows = {row.title: row.town for month in following.list_agenda(_site()).months for row in month.rows}
    assert rows["Nuit du changement d’heure"] == "Quimperlé"
    assert rows["Soirée du réseau"] == "En ligne"


def test_months_follow_each_other() -> None:
    months = following.list_agenda(_site()).months
    assert [month.title for month in months] == ["Décembre 2026", "Janvier 2027", "Février 2027", "Mars 2027"]


def test_what_lasts_stands_under_the_present_month() -> None:
    more = "rencontres: [{debut: 2026-10-20, fin: 2026-12-20, objet: Longue}]\n"
    site = Site(annuaires.build({"a": annuaires.cop(more=more)}), SETTINGS, MappingProxyType(SCHEMAS))
    assert [month.title for month in following.list_agenda(site).months] == ["Novembre 2026"]


@pytest.mark.parametrize(
    ("most", "shown", "later"),
    [
        (6, ["Décembre 2026", "Janvier 2027", "Février 2027", "Mars 2027"], []),
        (5, ["Décembre 2026", "Janvier 2027", "Février 2027"], ["Mars 2027"]),
        (3, ["Décembre 2026"], ["Janvier 2027", "Février 2027", "Mars 2027"]),
        (1, ["Décembre 2026"], ["Décembre 2026", "Janvier 2027", "Février 2027", "Mars 2027"]),
    ],
)
def test_a_page_shows_whole_months(
    monkeypatch: pytest.MonkeyPatch, most: int, shown: list[str], later: list[str]
) -> None:
    """Unless the first alone is too long; what is not shown is counted, and asked the same questions."""
    monkeypatch.setattr("generator.pages.agenda.following.ON_A_PAGE", most)
    listing = following.list_agenda(_site())
    assert [month.title for month in listing.months] == shown
    assert [month.name for month in listing.later] == later
    assert sum(len(month.rows) for month in listing.months) + sum(month.count for month in listing.later) == 6
    assert all(len(month.answers) == month.count for month in listing.later)
    assert {one.key for one in listing.filters} == {"sorte", "territoire"}


def test_filters_offer_only_what_parts_the_list() -> None:
    filters = {one.key: [value for value, _ in one.choices] for one in following.list_agenda(_site()).filters}
    assert filters == {
        "sorte": ["rencontre", "session", "evenement"],
        "territoire": ["finistere", "ille-et-vilaine"],
    }


def test_every_public_is_offered_where_a_training_suits_all() -> None:
    """On demand too; « tous publics » is no answer to « pour qui »."""
    more = "sessions: []\na_la_demande: oui\n"
    text = annuaires.formation(more=more).replace("publics: [elus, habitants]", "publics: [tous]")
    site = Site(annuaires.build(formations={"coop": text}), SETTINGS, MappingProxyType(SCHEMAS))
    listing = following.list_sessions(site)
    asked = {one.key: [value for value, _ in one.choices] for one in listing.filters}
    assert asked["public"] == [value for value in LABELS.choices("formation.publics") if value != "tous"]
    ((_, answers),) = listing.on_demand
    assert (answers["public"], answers["territoire"], answers["mode"]) == ("*", "*", "presentiel")


@pytest.mark.parametrize(
    ("debut", "fin", "hours", "words"),
    [
        ("2027-01-01", None, None, "vendredi 1er janvier 2027"),
        ("2027-01-14 18:30", "2027-01-14 20:00", None, "jeudi 14 janvier 2027, de 18 h 30 à 20 h"),
        ("2027-01-14 18:30", None, None, "jeudi 14 janvier 2027, à 18 h 30"),
        ("2027-01-14", "2027-01-16", None, "du 14 au 16 janvier 2027"),
        ("2027-01-30", "2027-02-02", "9 h – 12 h", "du 30 janvier 2027 au 2 février 2027, 9 h – 12 h"),
    ],
)
def test_when_in_full(debut: str, fin: str | None, hours: str | None, words: str) -> None:
    assert re.sub("[\u00a0\u202f]", " ", tell_when(debut, fin, hours)) == words


def test_deadlines() -> None:
    assert tell_deadline("2026-11-24", TODAY) == "inscription jusqu’au 24\u00a0novembre 2026"
    assert tell_deadline("2026-11-23", TODAY) == "inscriptions closes depuis le 23\u00a0novembre 2026"
    assert tell_deadline(None, TODAY) == ""

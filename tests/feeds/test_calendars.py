"""Calendars are read back: by the library that wrote their values, and by another that shares nothing with it."""

from datetime import UTC, date, datetime, timedelta
from typing import cast

import icalendar
import pytest
import vobject
from hypothesis import given, settings
from hypothesis import strategies as st
from icalendar.cal.component import Component

from generator.feeds.calendars import assume_end, render, span
from generator.french import typographie
from generator.model.agenda import Event, ics_path
from generator.model.fields import Lieu
from generator.model.identity import moment, urn
from tests.support import annuaires, followed
from tests.support.annuaires import LABELS, SETTINGS, TODAY
from tests.tools import published

ALL = "agenda/tout.ics"


@pytest.fixture(scope="module")
def made() -> dict[str, bytes]:
    return followed.calendars(followed.directory())


def _events(raw: bytes) -> list[Component]:
    return icalendar.Calendar.from_ical(raw).walk("VEVENT")


def _read(raw: bytes) -> dict[str, Component]:
    return {str(event["summary"]): event for event in _events(raw)}


def _one(raw: bytes, words: str) -> Component:
    (event,) = [event for title, event in _read(raw).items() if words in title]
    return event


def test_golden_feeds_and_calendars() -> None:
    expected, found = published.kept(), published.made()
    assert sorted(found) == sorted(expected), "si c’est voulu : make refaire"
    assert [path for path in found if found[path] != expected[path]] == [], "si c’est voulu : make refaire"


def test_calendars_exist_only_where_there_is_an_event(made: dict[str, bytes]) -> None:
    assert set(made) == {
        ALL,
        "agenda/formations.ics",
        "agenda/actualites/2026-11-02-soiree.ics",
        "agenda/cops/essai.ics",
        "agenda/formations/coop.ics",
        "agenda/territoires/bretagne.ics",
        "agenda/territoires/finistere.ics",
        "agenda/territoires/ille-et-vilaine.ics",
        "agenda/territoires/quimperle-communaute.ics",
        "agenda/territoires/rennes-metropole.ics",
    }


def test_an_empty_calendar_is_valid() -> None:
    raw = followed.calendars(annuaires.build())[ALL]
    assert _read(raw) == {}
    assert raw.startswith(b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n")


def test_the_name_of_a_calendar_is_a_text_like_any_other() -> None:
    name = "COP fictive, d’ici ; et d’ailleurs"
    meeting = "rencontres: [{debut: 2027-01-14, objet: Réunion}]\n"
    raw = followed.calendars(annuaires.build({"a": annuaires.cop(f'"{name}"', more=meeting)}))["agenda/cops/a.ics"]
    assert b"\r\nNAME:COP fictive\\, d" in raw
    assert vobject.readOne(raw.decode()).x_wr_calname.value == typographie(name)


def test_every_line_is_short_and_ends_well(made: dict[str, bytes]) -> None:
    for path, raw in made.items():
        lines = raw.split(b"\r\n")
        assert lines.pop() == b"", path
        assert b"\n" not in b"".join(lines)
        assert max(map(len, lines)) <= 75
        for line in lines:
            line.decode("utf-8")  # no character is cut in two


def test_what_the_library_reads(made: dict[str, bytes]) -> None:
    event = _one(made[ALL], "de lancement")
    assert event["summary"] == (
        "Réunion «\u00a0de lancement\u00a0»\u202f; ouverte, à tous & toutes – COP fictive de Quimperlé"
    )
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2027, 1, 14, 17, 30, tzinfo=UTC)
    assert event.decoded("dtend").astimezone(UTC) == datetime(2027, 1, 14, 19, 0, tzinfo=UTC)
    assert event["uid"] == urn("rencontre", "essai/lancement")
    assert (event["sequence"], event["status"]) == (0, "CONFIRMED")
    assert event["location"] == "Salle fictive, 3, rue inventée"
    assert event["url"] == "https://exemple.org/sous-dossier/cops/essai/"
    assert event.decoded("dtstamp") == event.decoded("last-modified") == datetime(2026, 5, 31, 22, tzinfo=UTC)


def test_whole_days_end_the_day_after(made: dict[str, bytes]) -> None:
    event = _one(made[ALL], "Trois jours")
    assert event.decoded("dtstart") == date(2027, 2, 1)
    assert event.decoded("dtend") == date(2027, 2, 4)


def test_what_is_cancelled_stays(made: dict[str, bytes]) -> None:
    event = _one(made[ALL], "Trois jours")
    assert (event["status"], event["sequence"]) == ("CANCELLED", 1)
    assert event.decoded("last-modified") == datetime(2026, 11, 20, 8, 15, tzinfo=UTC)


def test_every_event_reads_well_in_a_program_that_shows_little(made: dict[str, bytes]) -> None:
    """Programs ignore the status and the URL, and make of a missing end what they like."""
    for event in _events(made[ALL]):
        start, end = event.decoded("dtstart"), event.decoded("dtend")
        assert end > start
        assert (event.get("transp") == "TRANSPARENT") is not isinstance(start, datetime)
        assert str(event["summary"]).startswith("Annulé : ".replace(" :", "\u00a0:")) is (
            event["status"] == "CANCELLED"
        )
        assert str(event["description"]).splitlines()[-1] == event["url"]


@pytest.mark.parametrize("start", ["2027-03-28 01:30", "2027-03-28 02:30", "2027-10-31 01:30", "2027-10-31 02:30"])
def test_an_assumed_end_is_two_hours_later_whatever_the_clocks(start: str) -> None:
    assert assume_end(start).astimezone(UTC) - moment(start).astimezone(UTC) == timedelta(hours=2)


def test_what_is_moved_keeps_its_uid(made: dict[str, bytes]) -> None:
    event = _one(made[ALL], "Bilan")
    assert event.decoded("dtstart").astimezone(UTC) == datetime(2026, 12, 15, 19, 30, tzinfo=UTC)
    assert event.decoded("dtend") - event.decoded("dtstart") == timedelta(hours=2)  # the file says no new end…
    assert "Heure de fin non précisée" in str(event["description"])  # … and this one is told as ours
    assert (event["uid"], event["sequence"]) == (urn("rencontre", "essai/2026-12-01"), 2)
    assert "Reportée" in str(event["description"])


def test_a_calendar_forgets_after_a_month(made: dict[str, bytes]) -> None:
    assert not [title for title in _read(made[ALL]) if "Passée depuis un mois" in title]
    assert _one(made["agenda/formations.ics"], "Formation fictive")  # of 10 November: still there on the 24th


def test_where_one_event_is_added_from(made: dict[str, bytes]) -> None:
    path, _, place = ics_path("cops/essai/", urn("rencontre", "essai/lancement")).partition("#")
    (event,) = [event for event in _events(made[path]) if str(event["uid"]) == f"urn:uuid:{place}"]
    assert event == _one(made[ALL], "de lancement")


@pytest.mark.parametrize("end", ["2027-03-28 02:30", "2027-03-28 03:00", "2027-03-28 03:30"])
def test_an_end_that_the_clocks_bring_back_to_the_start_is_left_out(end: str) -> None:
    """The night when 02:00 is 03:00: an end must come after its start (RFC 5545, 3.8.2.2)."""
    start, kept = span("2027-03-28 02:30", end)
    assert isinstance(start, datetime)
    assert kept is None
    assert span("2027-03-28 02:30", "2027-03-28 04:30")[1] is not None


def test_another_library_reads_the_same(made: dict[str, bytes]) -> None:
    other = vobject.readOne(made[ALL].decode())
    read = {event.uid.value: event for event in other.vevent_list}
    own = {str(event["uid"]): event for event in _events(made[ALL])}
    assert set(read) == set(own)
    for uid, event in own.items():
        start, theirs = event.decoded("dtstart"), read[uid].dtstart.value
        if isinstance(start, datetime):
            start, theirs = start.astimezone(UTC), theirs.astimezone(UTC)
        assert theirs == start
        assert read[uid].summary.value == event["summary"]
        assert read[uid].status.value == event["status"]


@pytest.mark.parametrize(
    ("local", "utc"),
    [
        ((2027, 3, 28, 1, 59), (2027, 3, 28, 0, 59)),
        ((2027, 3, 28, 3, 0), (2027, 3, 28, 1, 0)),
        ((2027, 10, 31, 1, 59), (2027, 10, 30, 23, 59)),
        ((2027, 10, 31, 3, 0), (2027, 10, 31, 2, 0)),
        ((2031, 7, 14, 12, 0), (2031, 7, 14, 10, 0)),
        ((2040, 1, 1, 12, 0), (2040, 1, 1, 11, 0)),
    ],
)
def test_clock_changes(made: dict[str, bytes], local: tuple[int, ...], utc: tuple[int, ...]) -> None:
    # The other library makes its time zone of our VTIMEZONE alone.
    zone = vobject.readOne(made[ALL].decode()).vtimezone.tzinfo
    assert datetime(*local, tzinfo=zone).astimezone(UTC) == datetime(*utc, tzinfo=UTC)  # type: ignore[misc, arg-type]
    (ours,) = icalendar.Calendar.from_ical(made[ALL]).walk("VTIMEZONE")
    own = cast(icalendar.Timezone, ours).to_tz()
    assert datetime(*local, tzinfo=own).astimezone(UTC) == datetime(*utc, tzinfo=UTC)  # type: ignore[misc, arg-type]


def test_the_night_of_the_clock_change_lasts_five_hours(made: dict[str, bytes]) -> None:
    event = _one(made[ALL], "Nuit du")
    start, end = (event.decoded(name).astimezone(UTC) for name in ("dtstart", "dtend"))
    assert end - start == timedelta(hours=5)


@pytest.mark.parametrize(
    ("debut", "fin", "expected"),
    [
        ("2027-01-14", None, (date(2027, 1, 14), date(2027, 1, 15))),
        ("2027-01-14", "2027-01-16 18:00", (date(2027, 1, 14), date(2027, 1, 17))),
        ("2027-01-14 18:30", "2027-01-14", (moment("2027-01-14 18:30"), None)),
        ("2027-01-14 18:30", "2027-01-15", (moment("2027-01-14 18:30"), moment("2027-01-16"))),
        ("2027-01-14 18:30", "2027-01-14 18:30", (moment("2027-01-14 18:30"), None)),
    ],
)
def test_span(debut: str, fin: str | None, expected: tuple[date, date | None]) -> None:
    assert span(debut, fin) == expected


def test_a_new_title_keeps_the_uid() -> None:
    before = annuaires.build({"a": annuaires.cop(more="rencontres: [{debut: 2027-01-14, objet: Réunion}]\n")})
    after = annuaires.build({"a": annuaires.cop(more="rencontres: [{debut: 2027-01-14, objet: Atelier}]\n")})
    first, second = (followed.agenda_of(annuaire).events[0] for annuaire in (before, after))
    assert first.titre != second.titre
    assert first.uid == second.uid == urn("rencontre", "a/2027-01-14")


# The library takes \\N, which nobody writes, for a line break.
SIGNS = st.characters(exclude_categories=["C", "Z"], include_characters=" ", exclude_characters="\\")
TEXTS = st.text(SIGNS, min_size=1, max_size=280)


def written(title: str, name: str = "COP fictive", place: str = "Salle fictive") -> bytes:
    """A calendar of one event."""
    event = Event(
        "evenement", "urn:uuid:x", title, name, "a/", "", "2027-01-14 18:30", None, None, "prevue",
        Lieu(place), None, None, 0, TODAY, (),
    )  # fmt: skip
    return b"BEGIN:VCALENDAR\r\nVERSION:2.0\r\n" + render(event, SETTINGS, LABELS) + b"END:VCALENDAR\r\n"


@settings(deadline=None)
@given(title=TEXTS, name=TEXTS, place=TEXTS)
def test_any_text_comes_back(title: str, name: str, place: str) -> None:
    raw = written(title, name, place)
    (read,) = _events(raw)
    assert read["summary"] == typographie(f"{title} – {name}")
    assert read["location"] == typographie(place)
    assert max(map(len, raw.split(b"\r\n"))) <= 75


@pytest.mark.parametrize("more", [*range(30, 42), 73, 74, 75, 150, 280])
def test_a_run_of_backslashes_comes_back(more: int) -> None:
    raw = written("R " + "\\" * more)
    assert max(map(len, raw.split(b"\r\n"))) <= 75
    assert _events(raw)[0]["summary"] == typographie("R " + "\\" * more + " – COP fictive")
    assert vobject.readOne(raw.decode()).vevent.summary.value == typographie("R " + "\\" * more + " – COP fictive")

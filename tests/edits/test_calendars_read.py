"""`cop calendriers`: calendars of others, good and hostile, become meetings to review; nothing is taken out, ever."""

import json
import shutil
from pathlib import Path

import pytest
from click.testing import CliRunner, Result

from generator.cli.command import main
from generator.edits.calendars import bounds
from generator.edits.calendars.bounds import WrongCalendar
from generator.edits.calendars.reading import read_calendar
from tests.support import annuaires, repository
from tests.support.paths import ROOT
from tests.support.scripts import load
from tests.support.webserver import Site, running

DAY = "2026-11-24"


def calendar(*events: str) -> bytes:
    """A calendar of events, each in few lines without its begin and end."""
    bodies = (f"BEGIN:VEVENT\n{event}\nEND:VEVENT" for event in events)
    lines = "\n".join(("BEGIN:VCALENDAR", "VERSION:2.0", "PRODID:-//essai//", *bodies, "END:VCALENDAR", ""))
    return lines.replace("\n", "\r\n").encode()


def event(start: str, *more: str, uid: str = "un@exemple.example", title: str = "Réunion fictive") -> str:
    return "\n".join((f"UID:{uid}", f"DTSTART{start}", f"SUMMARY:{title}", *more))


def dates(raw: bytes) -> list[str]:
    return [meeting["debut"] for meeting in read_calendar(raw, DAY).meetings]


# Reading --------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("written", "found"),
    [
        (event(":20261124"), ["2026-11-24"]),
        (event(":20261123"), []),
        (event(":20271124"), ["2027-11-24"]),
        (event(":20271125"), []),
        (event(":20261231T233000Z"), ["2027-01-01 00:30"]),
        (event(";TZID=Europe/Paris:20270114T183000"), ["2027-01-14 18:30"]),
        (event(":20270114T183000"), ["2027-01-14 18:30"]),  # no zone: the hour of the place
        (event(";TZID=America/New_York:20270114T183000"), ["2027-01-15 00:30"]),
        (event(":20270114", "CLASS:PRIVATE"), []),
        (event(":20270114", "STATUS:CANCELLED"), []),
        (event(";TZID=Europe/Paris:20260301T183000", "RRULE:FREQ=MONTHLY;BYDAY=1TU;UNTIL=20270228T235959Z"),
         ["2026-12-01 18:30", "2027-01-05 18:30", "2027-02-02 18:30"]),
        (event(";TZID=Europe/Paris:20270310T183000", "RRULE:FREQ=WEEKLY;COUNT=4",
               "EXDATE;TZID=Europe/Paris:20270317T183000"),
         ["2027-03-10 18:30", "2027-03-24 18:30", "2027-03-31 18:30"]),  # summer begins on the 28th
        (event(":20200105", "RRULE:FREQ=YEARLY"), ["2027-01-05"]),
        (event(":20270114T183000", "RDATE:20270211T183000"), ["2027-01-14 18:30", "2027-02-11 18:30"]),
    ],
)  # fmt: skip
def test_the_dates_of_the_year_that_comes(written: str, found: list[str]) -> None:
    assert dates(calendar(written)) == found


def test_a_date_that_was_moved_takes_the_place_of_the_repeated_one() -> None:
    weekly = event(";TZID=Europe/Paris:20270107T183000", "RRULE:FREQ=WEEKLY;COUNT=3")
    moved = event(";TZID=Europe/Paris:20270115T200000", "RECURRENCE-ID;TZID=Europe/Paris:20270114T183000")
    gone = event(
        ";TZID=Europe/Paris:20270121T183000", "RECURRENCE-ID;TZID=Europe/Paris:20270121T183000", "STATUS:CANCELLED"
    )
    content = read_calendar(calendar(weekly, moved, gone), DAY)
    assert [meeting["debut"] for meeting in content.meetings] == ["2027-01-07 18:30", "2027-01-15 20:00"]
    assert content.meetings[1]["id"].endswith("-202701141830")


def test_what_a_meeting_says() -> None:
    lines = (
        "DTEND:20270116",
        "LOCATION:Salle fictive\\, 3 rue d’exemple\\, Langon",
        "URL:https://visio.example/secret",
    )
    [meeting] = read_calendar(calendar(event(";VALUE=DATE:20270114", *lines)), DAY).meetings
    place = {"nom": "Salle fictive", "adresse": "3 rue d’exemple, Langon"}
    assert meeting.items() >= {"debut": "2027-01-14", "fin": "2027-01-15", "objet": "Réunion fictive"}.items()
    assert meeting["lieu"] == place
    assert "secret" not in str(meeting)


@pytest.mark.parametrize(
    ("raw", "words"),
    [
        (b"", "ne donne pas un calendrier"),
        (b"<!doctype html>", "ne donne pas un calendrier"),
        (b"BEGIN:VCALENDAR\r\n\xe9", "UTF-8"),
        (b"BEGIN:VCALENDAR\r\nBEGIN:VEVENT\r\n", "pas entier"),
        (b"BEGIN:VCALENDAR\r\n" + b"BEGIN:VEVENT\r\n" * 5_000, "plus de 3000 événements"),
        (b"BEGIN:VCALENDAR\r\n" + b"X:" + b"x" * bounds.MAX_BYTES, "pèse plus de 1 Mo"),
    ],
)
def test_what_is_no_calendar_is_refused_with_a_sentence(raw: bytes, words: str) -> None:
    with pytest.raises(WrongCalendar, match=words):
        read_calendar(raw, DAY)


@pytest.mark.parametrize(
    ("rule", "words"),
    [
        ("FREQ=SECONDLY", "d’une façon que nous ne suivons pas"),
        ("FREQ=DAILY;BYHOUR=1,2,3", "d’une façon que nous ne suivons pas"),
        ("FREQ=DAILY", "plus de 60 fois"),
        ("FREQ=WEEKLY;INTERVAL=0", "sa date est mal écrite"),
    ],
)
def test_an_event_that_repeats_too_much_is_told_and_the_others_are_read(rule: str, words: str) -> None:
    content = read_calendar(calendar(event(":20200101", f"RRULE:{rule}"), event(":20270114", uid="deux")), DAY)
    assert [meeting["debut"] for meeting in content.meetings] == ["2027-01-14"]
    assert words in content.refusals[0]


def test_a_repetition_without_any_date_ends_soon(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bounds, "SECONDS", 0.3)
    with pytest.raises(WrongCalendar, match="trop long"):
        read_calendar(calendar(event(":20200101", "RRULE:FREQ=DAILY;BYMONTH=2;BYMONTHDAY=30")), DAY)


# The command ----------------------------------------------------------------------------------------------------------

KNOWN = """\
# Une note à garder.
rencontres:
  - debut: 2027-01-14 18:30 # à la main
    objet: Première réunion
"""


@pytest.fixture
def depot(tmp_path: Path) -> Path:
    root = tmp_path / "depot"
    (root / "cops" / "29").mkdir(parents=True)
    shutil.copy(ROOT / "mkdocs.yml", root)
    shutil.copytree(ROOT / "schema", root / "schema")
    return root


def write(root: Path, site: Site, name: str, more: str = "") -> Path:
    path = root / "cops" / "29" / f"{name}.yml"
    address = f"{site.url}/{name}.ics"
    nom = f"COP fictive {name}"
    path.write_text(annuaires.cop(nom=nom, more=f"{more}calendrier_url: {address}\n"), "utf-8")
    return path


def call(root: Path, *arguments: str) -> Result:
    runner = CliRunner(env=dict.fromkeys(repository.OURS))
    return runner.invoke(main, ["--root", str(root), "calendriers", "--autoriser-local", "--date", DAY, *arguments])


def test_new_meetings_are_spliced_in_once_and_nothing_else_moves(depot: Path) -> None:
    with running() as site:
        path = write(depot, site, "pleine", KNOWN)
        site.bodies["/pleine.ics"] = calendar(
            event(";TZID=Europe/Paris:20270114T183000", uid="deja"),
            event(";TZID=Europe/Paris:20270211T183000", uid="neuve"),
            event(":20270311T180000Z", uid="portable", title="Joindre le 06 12 34 56 78"),
        )
        before = path.read_text("utf-8")
        shown = call(depot)
        assert path.read_text("utf-8") == before
        done = call(depot, "--write")
        again = call(depot, "--write")
    assert (done.exit_code, again.exit_code) == (0, 0), done.output
    after = path.read_text("utf-8")
    added = [line for line in after.splitlines() if line not in before.splitlines()]
    assert [line for line in before.splitlines() if line not in after.splitlines()] == []
    assert [line.strip() for line in added if "debut" in line] == ["debut: 2027-02-11 18:30"]
    assert "1 rencontre" in shown.stdout
    assert "rien de nouveau" in again.stdout
    assert "semble nommer ou joindre une personne" in shown.stdout
    assert "06 12" not in shown.stdout


def test_one_bad_calendar_does_not_defeat_the_others(depot: Path) -> None:
    with running() as site:
        for name in ("bonne", "404", "sans-fin", "page"):
            write(depot, site, name)
        for name in ("404", "sans-fin"):
            path = depot / "cops" / "29" / f"{name}.yml"
            path.write_text(path.read_text("utf-8").replace(f"/{name}.ics", f"/{name}"), "utf-8")
        site.bodies |= {"/bonne.ics": calendar(event(":20270114")), "/page.ics": b"<html>"}
        told = json.loads(call(depot, "--format", "json").stdout)
    card = told["carte"].replace("\u00a0", " ").replace("\u202f", " ")
    assert [file["chemin"] for file in told["fichiers"]] == ["cops/29/bonne.yml"]
    for words in ("page introuvable", "trop lourd", "ne donne pas un calendrier", "jeudi 14 janvier 2027"):
        assert words in card
    assert load(".github/gh.py").is_card(told["carte"])


def test_a_private_address_is_refused(depot: Path) -> None:
    with running() as site:
        write(depot, site, "privee")
        runner = CliRunner(env=dict.fromkeys(repository.OURS))
        done = runner.invoke(main, ["--root", str(depot), "calendriers", "--date", DAY])
        assert not site.asked
    assert "mène hors du web public" in done.stdout

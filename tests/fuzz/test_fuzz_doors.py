"""The other doors, tables, requests and settings, given damaged things: each ends in a plan, a sentence or a file."""

from contextlib import suppress
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.edits.calendars import bounds
from generator.edits.calendars.bounds import WrongCalendar
from generator.edits.calendars.reading import read_calendar
from generator.edits.importing import plans, workbooks
from generator.edits.requests import proposals
from generator.edits.requests.messages import Received, read_mail
from generator.entries.corpus import COP_KIND
from generator.entries.schemas.schema import load_schema
from generator.failures import UnreadableTable
from generator.repository import settings
from generator.repository.request_forms import CORRECT
from generator.repository.snapshot import Snapshot, read_snapshot
from tests.support import mails, mutations, repository, spreadsheets
from tests.support.chance import steps, tries
from tests.support.paths import ROOT
from tests.support.request_texts import ANSWERS, GIVEN, body
from tests.support.scripts import load
from tests.support.verdicts import Seed, verdict, watched

gh = load(".github/gh.py")
TITLES = ["nom", "type", "statut", "collectivite.code", "collectivite.nom", "themes", "resume", "contact.page"]
TITLES += ["inscrite_le", "rencontres.0.debut", "description", "id", "dossier", "inconnu", ""]
ROW = ["COP fictive", "cop-locale", "active", "29233", "Quimperlé", "eau", ANSWERS["resume"], "https://exemple.org/"]
ROW += ["2026-06-01", "", "", "", "", "", ""]
CELL = st.one_of(st.sampled_from([*mutations.PIECES, "", "29 233", "oui"]), st.text(max_size=12))
ROWS = st.lists(st.lists(st.one_of(CELL, st.none()), max_size=len(TITLES)), min_size=1, max_size=4)


@pytest.fixture(scope="module")
def found(tmp_path_factory: pytest.TempPathFactory) -> Snapshot:
    return read_snapshot(repository.make_entries(tmp_path_factory.mktemp("portes") / "depot"), {}, repository.TODAY)


def bring(found: Snapshot, path: Path) -> None:
    """A table is refused in a sentence, or planned; a file that may be written passes the checks."""
    with watched():
        try:
            table = workbooks.read(path)
        except UnreadableTable:
            return
        plan = plans.plan_import(found, table)
        for file in plan.files if plan.is_sound else ():
            _, problems = verdict(Seed(COP_KIND, file.text), file.text.encode())
            assert [problem.code for problem in problems if problem.is_error] == []


def fill(row: list[str | None]) -> list[str]:
    """What a row does not say is what a sound one says."""
    return [ROW[place] if cell is None else cell for place, cell in enumerate(row)] + ROW[len(row) :]


@tries(70)
@given(
    rows=ROWS, damage=st.one_of(st.just([]), steps(mutations.BYTES, mutations.SIGNS)), separator=st.sampled_from(",;\t")
)
def test_csv(
    found: Snapshot,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str | None]],
    damage: list[mutations.Step],
    separator: str,
) -> None:
    path = tmp_path_factory.getbasetemp() / "au-hasard.csv"
    path.write_bytes(mutations.bytes_of(_csv(rows, separator), damage))
    bring(found, path)


def _csv(rows: list[list[str | None]], separator: str) -> bytes:
    clean = [[cell.encode("utf-8", "replace").decode() for cell in fill(row)] for row in rows]
    return spreadsheets.csv_bytes([TITLES, *clean], separator)


@tries(400)
@given(
    rows=ROWS,
    damage=st.one_of(st.just([]), steps(mutations.BYTES, mutations.SIGNS)),
    kind=st.sampled_from(["xlsx", "ods"]),
)
def test_workbooks(
    found: Snapshot,
    tmp_path_factory: pytest.TempPathFactory,
    rows: list[list[str | None]],
    damage: list[mutations.Step],
    kind: str,
) -> None:
    path = tmp_path_factory.getbasetemp() / f"au-hasard.{kind}"
    plain = [["".join(sign for sign in cell if sign.isprintable()) for cell in fill(row)] for row in rows]
    spreadsheets.write(path, [TITLES, *plain])
    path.write_bytes(mutations.bytes_of(path.read_bytes(), damage))
    bring(found, path)


@tries(70)
@given(
    st.sampled_from([*GIVEN, CORRECT]),
    steps(mutations.LINES, mutations.PIECES),
    st.sampled_from(["", "> ", "\u00a0", "=\n"]),
)
def test_requests_and_mails(found: Snapshot, name: str, damage: list[mutations.Step], quoted: str) -> None:
    """A mail quotes lines, cuts them and changes their blanks."""
    entry = found.corpus.of("cop")[0]
    answers = GIVEN.get(name, {}) | {"fiche": entry.id, "fichier": found.corpus.texts[entry.path]}
    text = mutations.lines_of(body(name, answers), damage).replace("\n", f"\n{quoted}")
    with watched():
        sent = read_mail(mails.raw(text.encode(), "text/plain; format=flowed")) if quoted else Received((text,))
        made = proposals.propose(found, {}, sent)
    if made is not None:
        assert bool(made.reponse) != (made.etat == "prete")
        assert gh.is_card(made.reponse)
        assert gh.is_card(made.carte)
        assert not made.chemin or made.chemin.startswith(("cops/", "content/"))


CALENDAR = """\
BEGIN:VCALENDAR
VERSION:2.0
PRODID:x
BEGIN:VTIMEZONE
TZID:Ici
BEGIN:STANDARD
DTSTART:19701025T030000
RRULE:FREQ=YEARLY;BYMONTH=10;BYDAY=-1SU
TZOFFSETFROM:+0200
TZOFFSETTO:+0100
END:STANDARD
END:VTIMEZONE
BEGIN:VEVENT
UID:a
DTSTART;TZID=Ici:20261201T183000
DTEND;TZID=Ici:20261201T203000
RRULE:FREQ=WEEKLY;COUNT=5
EXDATE;TZID=Ici:20261208T183000
RDATE;TZID=Ici:20261211T183000
SUMMARY:Une rencontre
LOCATION:Mairie\\, 1 place
END:VEVENT
BEGIN:VEVENT
UID:a
RECURRENCE-ID;TZID=Ici:20261215T183000
DTSTART:20261216T183000Z
SUMMARY:Une autre
END:VEVENT
END:VCALENDAR
"""
ZONES = ["Europe", "Europe/Paris", "America/Argentina", "/etc/passwd", "../../etc/passwd", "..", ".", "", " ", "~", "é"]
ZONES += ["zone.tab", "tzdata.zi", "a" * 400, "a/" * 200, "\0", "\u202e", "x;y", "x:y", '"']
OF_CALENDARS = [f"DTSTART;TZID={zone}:20261201T183000" for zone in ZONES]
OF_CALENDARS += [
    "DTSTART:20261201",
    "DTSTART:00010101T000000",
    "DTSTART:99991231T235959Z",
    "DURATION:P9999999999W",
    "UID:",
]
OF_CALENDARS += [
    f"RRULE:FREQ={rule}" for rule in ("DAILY;INTERVAL=0", "YEARLY;BYMONTH=2;BYMONTHDAY=31", "x", "DAILY;UNTIL=x")
]
OF_CALENDARS += [
    "BEGIN:VEVENT",
    "END:VEVENT",
    "BEGIN:VCALENDAR",
    "END:VCALENDAR",
    "TZOFFSETTO:+9999",
    " suite",
    "GEO:a",
]


def take(text: str) -> None:
    with watched(), suppress(WrongCalendar):
        content = read_calendar(text.replace("\n", "\r\n").encode("utf-8", "replace"), repository.TODAY)
        assert all(meeting["objet"] and meeting["debut"] for meeting in content.meetings)


@tries(10)
@given(
    steps(mutations.LINES, [*OF_CALENDARS, *mutations.PIECES]), steps(mutations.BYTES, mutations.SIGNS), st.booleans()
)
def test_calendars(lines: list[mutations.Step], signs: list[mutations.Step], both: bool) -> None:
    text = mutations.lines_of(CALENDAR, lines)
    take(mutations.bytes_of(text.encode("utf-8", "replace"), signs).decode("utf-8", "replace") if both else text)


def test_calendars_with_a_line_of_each_kind(monkeypatch: pytest.MonkeyPatch) -> None:
    """In each place where it may do something: a zone that is a folder of the machine, a date without end."""
    monkeypatch.setattr(bounds, "SECONDS", 0.2)
    for zone in ZONES:
        take(CALENDAR.replace("TZID=Ici", f"TZID={zone}"))
        take(CALENDAR.replace("Ici", zone))
    for line in OF_CALENDARS:
        for place in ("UID:a\n", "SUMMARY:Une rencontre\n", "BEGIN:STANDARD\n", "PRODID:x\n"):
            take(CALENDAR.replace(place, f"{place}{line}\n", 1))
            take(CALENDAR.replace(place, f"{line}\n", 1))


SETTINGS = (ROOT / "mkdocs.yml").read_bytes()
SCHEMA = load_schema(ROOT / "schema", "settings")


@tries(20)
@given(steps(mutations.LINES, mutations.PIECES), steps(mutations.BYTES, mutations.SIGNS), st.booleans())
def test_settings(lines: list[mutations.Step], signs: list[mutations.Step], both: bool) -> None:
    raw = mutations.lines_of(SETTINGS.decode(), lines).encode("utf-8", "replace")
    with watched():
        read, problems = settings.read(mutations.bytes_of(raw, signs) if both else raw, SCHEMA, {})
    assert read.site_name or any(problem.is_error for problem in problems)

"""A calendar as somebody else wrote it: its meetings of the year that comes, or the sentence that refuses it."""

import hashlib
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import date, datetime, timedelta
from typing import Any
from zoneinfo import ZoneInfo

from icalendar import Calendar, Component

from generator.edits.calendars.bounds import MAX_BYTES, MOST_EVENTS, WrongCalendar, limit_time
from generator.edits.calendars.repeating import find_dates, read_date
from generator.french import cut
from generator.model.identity import PARIS

YEAR = 365
"""Days to come that are read."""
WRITTEN_WRONG = (ArithmeticError, AttributeError, LookupError, OSError, RecursionError, TypeError, ValueError)
"""What the library raises on what is not as it should be: a zone is looked for among files, hence OSError."""
PRIVATE = {"PRIVATE", "CONFIDENTIAL"}

Meeting = Mapping[str, Any]
"""One meeting as an entry says it."""


@dataclass(frozen=True, slots=True)
class CalendarContent:
    """What one calendar holds."""

    meetings: tuple[Meeting, ...]  # by day
    refusals: tuple[str, ...]  # events that are not taken, each with the reason, in French


def read_calendar(raw: bytes, today: str) -> CalendarContent:
    """The meetings from today to a year from now. Raises WrongCalendar."""
    if len(raw) > MAX_BYTES:
        raise WrongCalendar(f"il pèse plus de {MAX_BYTES // 1_000_000} Mo")
    try:
        text = raw.decode("utf-8-sig")
    except UnicodeDecodeError:
        raise WrongCalendar("il n’est pas écrit en UTF-8") from None
    if not text.lstrip().upper().startswith("BEGIN:VCALENDAR"):
        raise WrongCalendar("cette adresse ne donne pas un calendrier (.ics)")
    if text.upper().count("BEGIN:") > MOST_EVENTS:
        raise WrongCalendar(f"il a plus de {MOST_EVENTS} événements")
    with limit_time():
        return _read(text, date.fromisoformat(today))


def _read(text: str, today: date) -> CalendarContent:
    try:
        calendars = Calendar.from_ical(text, multiple=True)
        groups = list(_group([event for one in calendars for event in one.walk("VEVENT")]))
    except WRITTEN_WRONG:
        raise WrongCalendar("il est mal écrit") from None
    if not calendars:
        raise WrongCalendar("il n’est pas entier")
    meetings: dict[str, Meeting] = {}
    refusals = []
    for series in groups:
        try:
            meetings |= {meeting["id"]: meeting for meeting in _read_series(series, today)}
        except WrongCalendar as wrong:
            refusals.append(f"« {_line(series[0], 'SUMMARY', 80)} » : {wrong}")
        except WRITTEN_WRONG:
            refusals.append(f"« {_line(series[0], 'SUMMARY', 80)} » : sa date est mal écrite")
    ordered = sorted(meetings.values(), key=lambda meeting: (meeting["debut"], meeting["id"]))
    return CalendarContent(tuple(ordered), tuple(refusals))


def _group(events: list[Component]) -> Iterator[list[Component]]:
    """The events of one identifier: what repeats, then the dates that were changed apart."""
    groups: dict[str, list[Component]] = {}
    for event in events:
        if str(event.get("CLASS", "")).upper() not in PRIVATE:
            groups.setdefault(_identify(event), []).append(event)
    for group in groups.values():
        yield sorted(group, key=lambda event: "RECURRENCE-ID" in event)


def _identify(event: Component) -> str:
    """Its own identifier; where a program gave none, what it says."""
    start = event.get("DTSTART")
    return str(event.get("UID") or f"{event.get('SUMMARY')}|{getattr(start, 'dt', start)}")


def _read_series(series: list[Component], today: date) -> Iterator[Meeting]:
    name = hashlib.sha256(_identify(series[0]).encode()).hexdigest()[:12]
    last = today + timedelta(days=YEAR)
    moved = {_read_moment(read_date(event, "RECURRENCE-ID")): event for event in series if "RECURRENCE-ID" in event}
    for event in series:
        if event in moved.values():
            continue
        is_repeated = "RRULE" in event or "RDATE" in event
        for start in find_dates(event, today, last):
            if _read_moment(start) not in moved:
                yield from _make_meeting(event, start, f"ics-{name}{_tell_date(start) if is_repeated else ''}")
    for event in moved.values():
        start = read_date(event, "DTSTART")
        if today <= _read_day(start) <= last:
            yield from _make_meeting(event, start, f"ics-{name}{_tell_date(read_date(event, 'RECURRENCE-ID'))}")


def _make_meeting(event: Component, start: date, name: str) -> Iterator[Meeting]:
    """Nothing for what is cancelled or has no name. The links of a calendar may be for its members only: none is
    taken."""
    title, place = _line(event, "SUMMARY", 160), _line(event, "LOCATION", 400)
    if not title or str(event.get("STATUS", "")).upper() == "CANCELLED":
        return
    begins, ends = _read_moment(start), _read_moment(_find_end(event, start))
    where, _, address = ("", "", "") if "://" in place else place.partition(",")
    found = {"nom": cut(where.strip(), 120), "adresse": cut(address.strip(), 300)}
    yield {
        "id": name,
        "debut": begins,
        **({"fin": ends} if ends > begins else {}),
        "objet": title,
        **({"lieu": {key: value for key, value in found.items() if value}} if found["nom"] else {}),
    }


def _find_end(event: Component, start: date) -> date:
    """Of one date of it. The last day of a whole-day event is the one before its end (RFC 5545, 3.6.1)."""
    first = read_date(event, "DTSTART")
    if "DTEND" in event:
        length = read_date(event, "DTEND") - first
    elif "DURATION" in event:
        length = _read_length(event["DURATION"])
    else:
        return start
    return start + length if isinstance(start, datetime) else start + length - timedelta(days=1)


def _read_length(duration: Any) -> timedelta:
    length = getattr(duration, "dt", None)
    if not isinstance(length, timedelta):
        raise ValueError
    return length


def _read_moment(moment: date) -> str:
    """A day, or a day and an hour in Paris, where an hour without a place is already told."""
    if not isinstance(moment, datetime):
        return moment.isoformat()
    local = moment.astimezone(ZoneInfo(PARIS)) if moment.tzinfo else moment
    return local.strftime("%Y-%m-%d %H:%M")


def _read_day(moment: date) -> date:
    return date.fromisoformat(_read_moment(moment)[:10])


def _tell_date(moment: date) -> str:
    return "-" + "".join(sign for sign in _read_moment(moment) if sign.isdecimal())


def _line(event: Component, name: str, most: int) -> str:
    """One line of its text; of several the first that a program gave."""
    value = event.get(name, "")
    return cut(" ".join(str(value[0] if isinstance(value, list) else value).split()), most)

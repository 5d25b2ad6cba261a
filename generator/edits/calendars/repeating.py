"""The dates of an event that repeats, within some days: by the library that icalendar itself counts on."""

from collections.abc import Iterator
from datetime import UTC, date, datetime, time, timedelta, tzinfo
from itertools import takewhile
from typing import Any

from dateutil.rrule import rrule, rruleset, rrulestr
from icalendar import Component

from generator.edits.calendars.bounds import MOST_DATES, WrongCalendar

RATES = {"DAILY", "WEEKLY", "MONTHLY", "YEARLY"}
KNOWN = {"FREQ", "INTERVAL", "COUNT", "UNTIL", "BYDAY", "BYMONTH", "BYMONTHDAY", "BYSETPOS", "WKST"}
"""What people make with a calendar; hours and seconds that repeat are the work of programs."""


def find_dates(event: Component, first: date, last: date) -> Iterator[date]:
    """Each beginning from a day to another, a day or a moment as the event says its own. Raises WrongCalendar."""
    start = read_date(event, "DTSTART")
    zone = start.tzinfo if isinstance(start, datetime) else None
    # A day before and after: the hour of another zone may fall on another day in Paris.
    begin, end = (_flatten(day, zone) for day in (first - timedelta(days=1), last + timedelta(days=1)))
    dates = _expand(event, zone) if "RRULE" in event or "RDATE" in event else [_flatten(start, zone)]
    count = 0
    for moment in takewhile(lambda one: one <= end, dates):
        if moment < begin:
            continue
        count += 1
        if count > MOST_DATES:
            raise WrongCalendar(f"il se répète plus de {MOST_DATES} fois dans l’année")
        found = moment.replace(tzinfo=zone) if isinstance(start, datetime) else moment.date()
        if first <= _read_day(found) <= last:
            yield found


def read_date(event: Component, name: str) -> date:
    """A day or a moment. Raises KeyError or ValueError where there is none, or several."""
    value: Any = event[name]
    found = getattr(value, "dt", None)
    if not isinstance(found, date):
        raise ValueError
    return found


def _read_day(moment: date) -> date:
    return moment.date() if isinstance(moment, datetime) else moment


def _expand(event: Component, zone: tzinfo | None) -> rruleset:
    """Its rules, its further dates and those taken out, by the clock of its own zone: 18:30 stays 18:30 in summer."""
    start = _flatten(read_date(event, "DTSTART"), zone)
    dates = rruleset()
    for recur in _list(event.get("RRULE")):
        dates.rrule(_make_rule(recur, start, zone))
    dates.rdate(start)
    for key, add in (("RDATE", dates.rdate), ("EXDATE", dates.exdate)):
        for listed in _list(event.get(key)):
            for one in listed.dts:
                moment = one.dt[0] if isinstance(one.dt, tuple) else one.dt
                add(_flatten(moment, zone))
    return dates


def _make_rule(recur: Any, start: datetime, zone: tzinfo | None) -> rrule:
    if not set(recur) <= KNOWN or set(recur.get("FREQ", [])) - RATES:
        raise WrongCalendar("il se répète d’une façon que nous ne suivons pas")
    kept = type(recur)({key: value for key, value in recur.items() if key != "UNTIL"})
    rule = rrulestr(kept.to_ical().decode(), dtstart=start)
    for until in recur.get("UNTIL", ()):
        rule = rule.replace(until=_flatten(until, zone, at_end=True))
    return rule


def _list(value: Any) -> list[Any]:
    return value if isinstance(value, list) else [value] if value is not None else []


def _flatten(moment: date, zone: tzinfo | None, *, at_end: bool = False) -> datetime:
    """A moment by the clock of a zone, without naming it; a bare day is its midnight, or its end."""
    if not isinstance(moment, datetime):
        return datetime.combine(moment, time.max if at_end else time.min)
    if moment.tzinfo and zone:
        moment = moment.astimezone(zone)
    elif moment.tzinfo:
        moment = moment.astimezone(UTC)
    return moment.replace(tzinfo=None)

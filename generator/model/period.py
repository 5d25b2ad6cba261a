"""What lies between two days: what a letter tells, so that two letters in a row tell nothing twice and miss nothing."""

from calendar import monthrange
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.cop import TO_CONFIRM_AFTER, Cop


@dataclass(frozen=True, slots=True)
class Period:
    """The days after one until another, which is the last one told. Days are `AAAA-MM-JJ`."""

    after: str  # the last day that was told before
    until: str

    def holds(self, day: str) -> bool:
        return self.after < day[:10] <= self.until

    @property
    def first(self) -> str:
        """The first day told."""
        return (date.fromisoformat(self.after) + timedelta(days=1)).isoformat()

    @property
    def following(self) -> "Period":
        """The next one at the same pace: months are months, whatever their length."""
        return Period(self.until, _repeat(date.fromisoformat(self.after), date.fromisoformat(self.until)).isoformat())


def _repeat(first: date, last: date) -> date:
    months = (last.year - first.year) * 12 + last.month - first.month
    ends = _is_month_end(first) and _is_month_end(last)
    if months and (ends or first.day == last.day):
        return _shift_months(last, months, to_end=ends)
    return last + (last - first)


def _is_month_end(day: date) -> bool:
    return day.day == monthrange(day.year, day.month)[1]


def _shift_months(day: date, months: int, to_end: bool = False) -> date:
    """The same day so many months later; the last one of a month that is too short."""
    year, month = divmod(day.year * 12 + day.month - 1 + months, 12)
    length = monthrange(year, month + 1)[1]
    return date(year, month + 1, length if to_end else min(day.day, length))


def find_weeks(today: str, count: int) -> tuple[Period, ...]:
    """The last weeks that are over, Monday to Sunday, the newest first."""
    day = date.fromisoformat(today)
    sunday = day - timedelta(days=day.isoweekday())
    ends = [sunday - timedelta(weeks=rank) for rank in range(count)]
    return tuple(Period((end - timedelta(weeks=1)).isoformat(), end.isoformat()) for end in ends)


def find_monday(day: str) -> str:
    found = date.fromisoformat(day)
    return (found - timedelta(days=found.weekday())).isoformat()


def waits_since(cop: Cop) -> str:
    """The day since which an entry waits for somebody to confirm it; empty where it does not."""
    if not cop.a_suivre:
        return ""
    reasons = []
    if cop.a_verifier:
        checked = _shift_months(date.fromisoformat(cop.verifiee), TO_CONFIRM_AFTER)
        reasons.append((checked + timedelta(days=1)).isoformat())
    if cop.statut_affiche == "a-confirmer":
        reasons.append(cop.verifiee if cop.statut == "a-confirmer" else cop.context.last_term_end)
    return max(min(reasons), cop.inscrite_le) if reasons else ""

"""The figures of /chiffres/ and of the territories: growth, pace, coverage, shares. All counted from the same COP."""

from collections import Counter
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.territories.reference import Territories

LEAST_FOR_A_PROJECTION = 12  # entries in the last twelve months: below, one more or less would move it by years
LOCAL = frozenset({"commune", "epci", "syndicat-mixte"})
"""Levels that count as covering a commune: a COP of the Région would cover all of them at once."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """Communes of a territory where a counted COP of the commune, of its EPCI or of a syndicat acts."""

    communes: int
    communes_total: int
    population: int
    population_total: int

    @property
    def share(self) -> float:
        """Share of the population, in per cent: one decimal below ten; never 100 or 0 by rounding alone."""
        if self.population in (0, self.population_total):
            return 100 if self.population and self.population == self.population_total else 0
        exact = 100 * self.population / self.population_total
        return max(0.1, round(exact, 1)) if exact < 9.95 else min(99, round(exact))


def measure_coverage(cops: Iterable[Cop], codes: Iterable[str], territories: Territories) -> Coverage:
    """Of the communes `codes`, those that the counted COP among `cops` cover."""
    inside = [territories.communes[code] for code in codes]
    acted = {code for cop in cops if cop.comptee and cop.collectivite.type in LOCAL for code in cop.communes}
    covered = [commune for commune in inside if commune.code in acted]
    return Coverage(len(covered), len(inside), sum(c.population for c in covered), sum(c.population for c in inside))


# Growth ---------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class CurvePoint:
    """On this day the cumulated number became `value`."""

    day: str  # AAAA-MM-JJ
    value: int

    @property
    def year(self) -> float:
        """The day as a year with its fraction."""
        day = date.fromisoformat(self.day)
        return day.year + (day.timetuple().tm_yday - 1) / 366


def trace_entries(annuaire: Annuaire) -> tuple[CurvePoint, ...]:
    """By entry in the directory: the COP counted today, and the ended ones from their entry until their end."""
    changes: Counter[str] = Counter()
    for cop in annuaire.cops:
        if cop.comptee:
            changes[cop.inscrite_le] += 1
        elif cop.finie and cop.terminee_le:
            ended = _first_day(cop.terminee_le)
            if cop.inscrite_le < ended <= annuaire.today:
                changes[cop.inscrite_le] += 1
                changes[ended] -= 1
    return _cumulate(changes)


def trace_creations(annuaire: Annuaire) -> tuple[CurvePoint, ...]:
    """By year of creation, of the COP counted today whose creation is known; a bare year counts to its first day."""
    return _cumulate(Counter(_first_day(cop.creee_le) for cop in annuaire.cops if cop.comptee and cop.creee_le))


def _first_day(day: str) -> str:
    return f"{day}-01-01"[:10] if len(day) == 4 else f"{day}-01"[:10]


def _cumulate(changes: Mapping[str, int]) -> tuple[CurvePoint, ...]:
    total, points = 0, []
    for day, change in sorted(changes.items()):
        total += change
        points.append(CurvePoint(day, total))
    return tuple(points)


@dataclass(frozen=True, slots=True)
class Pace:
    """How many COP entered in the last twelve months, and when the goal would be reached so, if one may say it."""

    last_year: int  # COP counted today that entered in the last twelve months
    year: int | None  # in which the goal would be reached; None when no projection is honest
    why_not: str  # in words, when there is none


def measure_pace(annuaire: Annuaire) -> Pace:
    days = sorted(cop.inscrite_le for cop in annuaire.cops if cop.comptee)
    today = date.fromisoformat(annuaire.today)
    since = (today - timedelta(days=365)).isoformat()
    recent = sum(day > since for day in days)
    objectif = annuaire.context.objectif
    reason = _against(days, since, recent, objectif)
    year = None
    if not reason:
        year = (today + timedelta(days=round((objectif - len(days)) / recent * 365))).year
    return Pace(recent, year, reason)


def _against(days: Sequence[str], since: str, recent: int, objectif: int) -> str:
    if not days:
        return "aucune COP n’est encore recensée"
    if len(days) >= objectif:
        return "l’objectif est atteint"
    if days[0] > since:
        return "l’annuaire compte moins d’un an d’inscriptions, et les premières reprennent des COP déjà anciennes"
    if recent < LEAST_FOR_A_PROJECTION:
        return "trop peu de COP sont entrées depuis un an pour en tirer un rythme"
    return ""


# Shares ---------------------------------------------------------------------------------------------------------------


def count_shares(
    cops: Iterable[Cop], values: Callable[[Cop], Iterable[str]], labels: Mapping[str, str]
) -> list[tuple[str, int]]:
    """Counted COP by the label of each closed value, the largest first; a COP may stand in several."""
    counts = Counter(value for cop in cops if cop.comptee for value in set(values(cop)))
    return sorted(((label, counts[value]) for value, label in labels.items()), key=lambda row: -row[1])

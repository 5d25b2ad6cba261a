"""Dated things as rows of a list: their words are put together here, the templates only place them.

A row has few elements: an agenda of a hundred and fifty of them must stay a light page.
"""

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property
from itertools import groupby

from generator.french import NBSP, capitalise, date_longue, heure, nombre, periode, pluriel, typographie
from generator.model.agenda import KINDS, Event, open_to
from generator.model.annuaire import Annuaire, Formation
from generator.pages.entries.facts import Words, tell_where
from generator.pages.site import Site

ON_THE_AGENDA = 60
"""Rows of /agenda/; each month has its own page with all of them."""
ON_FORMATIONS = 100
"""Sessions of /formations/; the following ones are on the pages of their months."""
ON_A_TERRITORY = 10
ON_AN_EPCI = 40
"""Its page is the only one that lists its dates; the agenda parts the others by département."""
EVERY_ANSWER = "*"
"""As the script reads it."""


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One dated thing of a list."""

    iso: str  # for `<time datetime>`
    date: str  # « 14 janv. »
    until: str  # last day, AAAA-MM-JJ: the page hides it from the day after; empty for what was over already
    title: str
    path: str
    words: str  # hour, who, where…
    state: str  # « Annulée », « Reportée », « Complète », or nothing
    ics: str  # path of its calendar file, empty for what is cancelled or over
    filters: Mapping[str, str]  # values by which the list is filtered, by data attribute


@dataclass(frozen=True, slots=True)
class Month:
    """Rows of one month."""

    title: str  # « Janvier 2027 »
    rows: tuple[AgendaRow, ...]


def name_month(month: str) -> str:
    """`2027-01` → `Janvier 2027`."""
    return capitalise(date_longue(month))


@dataclass(frozen=True)
class AgendaRows:
    """Makes rows of events. `today` says what is over."""

    annuaire: Annuaire
    words: Words
    mixed: bool = True  # several kinds in one list: a training says that it is one

    @property
    def today(self) -> str:
        return self.annuaire.today

    @cached_property
    def _departements(self) -> frozenset[str]:
        return frozenset(d.slug for d in self.annuaire.territories.departements.values())

    def group_by_month(self, events: Iterable[Event]) -> tuple[Month, ...]:
        """Rows by month, in the order of the events; what began in a former month and lasts stands first."""
        groups = groupby(events, self._find_month)
        return tuple(Month(name_month(month), self.make_all(group, month[:4])) for month, group in groups)

    def _find_month(self, event: Event) -> str:
        lasts = event.debut < self.today <= event.dernier_jour
        return (self.today if lasts else event.debut)[:7]

    def make_all(self, events: Iterable[Event], year: str = "") -> tuple[AgendaRow, ...]:
        """`year` goes without saying; by default that of today."""
        return tuple(self.make_one(event, year or self.today[:4]) for event in events)

    def make_one(self, event: Event, year: str) -> AgendaRow:
        session = event.sorte == "session"
        parts = self._tell_session(event) if session else self._tell_meeting(event)
        filters = {"sorte": event.sorte, "territoire": " ".join(sorted(event.territoires & self._departements))}
        return AgendaRow(
            iso=event.debut.replace(" ", "T"),
            date=shorten_dates(event.debut, event.fin, year),
            until=event.dernier_jour if event.dernier_jour >= self.today else "",
            title=typographie(event.titre),
            path=event.adresse,
            words=capitalise(" · ".join(filter(None, parts))),
            state=tell_change(event),
            ics="" if event.annulee or event.dernier_jour < self.today else event.fichier,
            filters=filters | (self._list_filters(event) if session else {}),
        )

    def _tell_meeting(self, event: Event) -> Iterator[str]:
        yield tell_hours(event.debut, event.fin)
        yield typographie(event.porteur)
        yield tell_where(event)
        yield open_to(event.pour, self.words.labels, event.e)

    def _tell_session(self, event: Event) -> Iterator[str]:
        """What one asks before registering: place, mode, price, public, seats, deadline."""
        formation = self._find_formation(event)
        yield "formation" if self.mixed else ""
        yield typographie(event.horaires) if event.horaires else tell_hours(event.debut, event.fin)
        yield tell_where(event)
        yield self.words.say_lower("formation.modalite", formation.modalite)
        yield tell_price(formation, self.words)
        yield self.words.say_many("formation.publics", formation.publics).lower()
        yield pluriel(event.places, "place") if event.places else ""
        yield "" if event.annulee or event.complete else tell_deadline(event.inscription_jusqu_au, self.today)

    def _list_filters(self, event: Event) -> dict[str, str]:
        formation = self._find_formation(event)
        return {
            "public": self._list_answers("formation.publics", formation.publics),
            "mode": self._list_answers("formation.modalite", (formation.modalite,)),
            "pilier": " ".join(formation.pacte_piliers),
            "mois": event.debut[:7],
        }

    def _list_answers(self, path: str, values: Iterable[str]) -> str:
        """The answers that some values suit: a training in both modes suits who wants either (`x-vaut`)."""
        worth = self.words.labels.read_notes(path, "x-vaut")
        answers = [answer for value in values for answer in worth.get(value, (value,))]
        return EVERY_ANSWER if EVERY_ANSWER in answers else " ".join(answers)

    def _find_formation(self, event: Event) -> Formation:
        return self.annuaire.formations_par_id[event.formation]


def tell_price(formation: Formation, words: Words) -> str:
    """`150 €`, `gratuit`; nothing where it is not known."""
    tarif = formation.tarif
    if tarif.montant_eur:
        return f"{nombre(tarif.montant_eur)}\u00a0€"
    return words.say_lower("formation.tarif.mode", tarif.mode)


def tell_change(event: Event) -> str:
    """What has changed, in words. « Reportée » says from when."""
    if event.annulee:
        return f"Annulé{event.e}"
    if event.avant:
        return f"Reporté{event.e}, devait avoir lieu {periode(event.avant[:10], None)}"
    return "Complète" if event.complete else ""


_SHORT = "janv. févr. mars avril mai juin juil. août sept. oct. nov. déc.".split()


def shorten_dates(debut: str, fin: str | None, year: str) -> str:
    """`14 janv.`, `14–16 janv.`, `30 janv. – 2 févr.`; with the year where it is not `year`. It stands in a margin."""
    first, last = debut[:10], (fin or debut)[:10]
    if first == last:
        return _shorten_day(first, year)
    if first[:7] == last[:7]:
        return f"{_tell_number(first)}–{_shorten_day(last, year)}"
    return f"{_shorten_day(first, year)} – {_shorten_day(last, year)}"


def _tell_number(day: str) -> str:
    return "1er" if day[8:] == "01" else str(int(day[8:]))


def _shorten_day(day: str, year: str) -> str:
    text = f"{_tell_number(day)}{NBSP}{_SHORT[int(day[5:7]) - 1]}"
    return text if day[:4] == year else f"{text} {day[:4]}"


def tell_hours(debut: str, fin: str | None) -> str:
    """`18 h 30`, `de 18 h 30 à 20 h`; nothing for whole days and over several days."""
    _, _, start = debut.partition(" ")
    last, _, end = (fin or "").partition(" ")
    if not start:
        return ""
    if end and last == debut[:10] and end != start:
        return f"de {heure(start)} à {heure(end)}"
    return heure(start)


def tell_deadline(day: str | None, today: str) -> str:
    """Until when one registers; nothing where it is not known."""
    if not day:
        return ""
    text = date_longue(day)
    return f"inscription jusqu’au {text}" if day >= today else f"inscriptions closes depuis le {text}"


# Filters --------------------------------------------------------------------------------------------------------------


@dataclass(frozen=True, slots=True)
class Filter:
    """One question that a script asks of a list: only the answers that some row gives."""

    key: str
    title: str
    everything: str  # the answer that keeps everything
    choices: tuple[tuple[str, str], ...]


def make_filters(months: Iterable[Month], site: Site, keys: Iterable[str]) -> tuple[Filter, ...]:
    """The filters of a list by their keys, in that order; one that would not part the rows is left out."""
    rows = [row for month in months for row in month.rows]
    questions = _list_questions(site)
    filters = (_make_filter(key, rows, *questions[key]) for key in keys)
    return tuple(question for question in filters if len(question.choices) > 1)


def _list_questions(site: Site) -> Mapping[str, tuple[str, str, Mapping[str, str]]]:
    labels = site.labels
    places = {d.slug: d.nom for d in site.annuaire.territories.departements.values()}
    months = sorted({event.debut[:7] for event in site.agenda.a_venir})
    return {
        "sorte": ("Quoi", "Tout", KINDS),
        "territoire": ("Où", "Partout", places),
        "public": ("Pour qui", "Tous les publics", labels.choices("formation.publics")),
        "mode": ("Comment", "Toutes les modalités", labels.choices("formation.modalite")),
        "pilier": ("Pilier du Pacte", "Tous les piliers", labels.choices("formation.pacte_piliers")),
        "mois": ("Quand", "Tous les mois", {month: name_month(month) for month in months}),
    }


def _make_filter(key: str, rows: Iterable[AgendaRow], title: str, everything: str, names: Mapping[str, str]) -> Filter:
    values = {value for row in rows for value in row.filters.get(key, "").split()}
    return Filter(key, title, everything, tuple((value, name) for value, name in names.items() if value in values))

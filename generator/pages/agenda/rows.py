"""Dated things as rows of a list: their words are put together here, the templates only place them.

A row has few elements: an agenda of a hundred and fifty of them must stay a light page.
"""

from collections.abc import Collection, Iterable, Iterator, Mapping
from dataclasses import dataclass, field, replace
from functools import cached_property
from itertools import groupby

from generator.french import (
    NBSP,
    capitalise,
    date_longue,
    nombre,
    periode,
    pluriel,
    tell_when,
    typographie,
)
from generator.model.agenda import KINDS, Event, open_to
from generator.model.annuaire import Annuaire
from generator.model.formation import Formation
from generator.model.labels import Labels
from generator.pages.entries.facts import Words, tell_where
from generator.pages.site import Site

ON_A_PAGE = 40
"""Dates of /agenda/ and of /formations/; each month has its own page with all of them."""
ON_A_TERRITORY = 10
ON_AN_EPCI = 32
"""Its page is the only one that lists its dates; the agenda parts the others by département."""
EVERY_ANSWER = "*"
"""As the script reads it."""

Answers = Mapping[str, str]
"""What a row answers to the questions of the filters, by key: values parted by spaces."""


@dataclass(frozen=True, slots=True)
class AgendaRow:
    """One dated thing of a list: the town, what, when, then the rest."""

    town: str  # « Quimperlé »
    title: str
    path: str
    iso: str  # for `<time datetime>`
    when: str  # « jeudi 14 janvier 2027, de 18 h 30 à 20 h »
    until: str  # last day, AAAA-MM-JJ: the page hides it from the day after; empty for what was over already
    words: str  # who, where, for whom…
    state: str  # « Annulée », « Reportée », « Complète », or nothing
    is_cancelled: bool
    ics: str  # path of its calendar file, empty for what is cancelled or over
    answers: Answers


@dataclass(frozen=True, slots=True)
class Month:
    """Rows of one month."""

    title: str  # « Janvier 2027 »
    path: str  # its page in the agenda
    rows: tuple[AgendaRow, ...]


def name_month(month: str) -> str:
    """`2027-01` → `Janvier 2027`."""
    return capitalise(date_longue(month))


def find_page(month: str) -> str:
    """`2027-01` → `agenda/2027-01/`."""
    return f"agenda/{month}/"


@dataclass(frozen=True)
class AgendaRows:
    """Makes rows of events."""

    site: Site
    mixed: bool = True  # several kinds in one list: a training says that it is one

    @property
    def annuaire(self) -> Annuaire:
        return self.site.annuaire

    @property
    def today(self) -> str:
        return self.annuaire.today

    @cached_property
    def _departements(self) -> frozenset[str]:
        return frozenset(d.slug for d in self.annuaire.territories.departements.values())

    def group_by_month(self, events: Iterable[Event]) -> tuple[Month, ...]:
        """Rows by month, in the order of the events; what began in a former month and lasts stands first."""
        groups = groupby(events, self.find_month)
        return tuple(Month(name_month(month), find_page(month), self.make_all(group)) for month, group in groups)

    def find_month(self, event: Event) -> str:
        """The month under which a list of what is to come shows it, AAAA-MM."""
        lasts = event.debut < self.today <= event.dernier_jour
        return (self.today if lasts else event.debut)[:7]

    def make_all(self, events: Iterable[Event]) -> tuple[AgendaRow, ...]:
        return tuple(map(self.make_one, events))

    def make_one(self, event: Event) -> AgendaRow:
        parts = self._tell_session(event) if event.sorte == "session" else self._tell_meeting(event)
        return AgendaRow(
            town=self._tell_town(event),
            title=typographie(event.titre),
            path=event.adresse,
            iso=event.debut.replace(" ", "T"),
            when=tell_when(event.debut, event.fin, event.horaires),
            until=event.dernier_jour if event.dernier_jour >= self.today else "",
            words=capitalise(f"{NBSP}· ".join(filter(None, parts))),
            state=tell_change(event),
            is_cancelled=event.annulee,
            ics="" if event.annulee or event.dernier_jour < self.today else event.fichier,
            answers=self.list_answers(event),
        )

    def _tell_town(self, event: Event) -> str:
        """Where it is held: the commune of its place, else that of its COP; one has to know whether to go."""
        place = self.annuaire.territories.find((event.lieu and event.lieu.code) or "")
        if place:
            return place.nom
        if event.cop:
            return self.annuaire.par_id[event.cop].collectivite_nom
        return "En ligne" if event.en_ligne_url and not event.lieu else "Lieu à préciser"

    def _tell_meeting(self, event: Event) -> Iterator[str]:
        yield typographie(event.porteur)
        yield tell_where(event)
        yield open_to(event.pour, self.site.words.labels, event.e)

    def _tell_session(self, event: Event) -> Iterator[str]:
        """What one asks before registering: place, mode, price, public, seats, deadline."""
        formation = self._find_formation(event)
        yield "formation" if self.mixed else ""
        yield tell_where(event)
        yield self.site.words.say_lower("formation.modalite", formation.modalite)
        yield tell_price(formation, self.site.words)
        yield self.site.words.say_many("formation.publics", formation.publics).lower()
        yield pluriel(event.places, "place") if event.places else ""
        yield "" if event.annulee or event.complete else tell_deadline(event.inscription_jusqu_au, self.today)

    def list_answers(self, event: Event) -> Answers:
        where = {"territoire": " ".join(sorted(event.territoires & self._departements))}
        of_training = self._list_of_training(self._find_formation(event)) if event.sorte == "session" else {}
        return {"sorte": event.sorte} | where | of_training

    def list_on_demand(self, formation: Formation) -> Answers:
        """A training on demand comes where it is asked for."""
        return {"sorte": "session", "territoire": EVERY_ANSWER} | self._list_of_training(formation)

    def _list_of_training(self, formation: Formation) -> dict[str, str]:
        return {
            "public": self._find_worth("formation.publics", formation.publics),
            "mode": self._find_worth("formation.modalite", (formation.modalite,)),
            "pilier": " ".join(formation.pacte_piliers),
        }

    def _find_worth(self, path: str, values: Iterable[str]) -> str:
        """The answers that some values suit: a training in both modes suits who wants either (`x-vaut`)."""
        worth = self.site.words.labels.read_notes(path, "x-vaut")
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
    formers: Mapping[str, tuple[str, ...]] = field(default_factory=dict)  # what one chose before, by choice


def make_filters(answers: Collection[Answers], site: Site, keys: Iterable[str]) -> tuple[Filter, ...]:
    """The filters of a list by their keys, in that order; one that would not part the rows is left out."""
    questions = _list_questions(site)
    slugs = (d.slug for d in site.annuaire.territories.departements.values())
    formers = {"territoire": {slug: site.annuaire.territories.former_slugs(slug) for slug in slugs}}
    filters = (replace(make_filter(key, answers, *questions[key]), formers=formers.get(key, {})) for key in keys)
    return tuple(question for question in filters if len(question.choices) > 1)


def _list_questions(site: Site) -> Mapping[str, tuple[str, str, Mapping[str, str]]]:
    labels = site.labels
    places = {d.slug: d.nom for d in site.annuaire.territories.departements.values()}
    return {
        "sorte": ("Quoi", "Tout", KINDS),
        "territoire": ("Où", "Partout", places),
        "public": ("Pour qui", "Tous les publics", _list_particular(labels, "formation.publics")),
        "mode": ("Comment", "Toutes les modalités", _list_particular(labels, "formation.modalite")),
        "pilier": ("Pilier du Pacte", "Tous les piliers", labels.choices("formation.pacte_piliers")),
    }


def _list_particular(labels: Labels, path: str) -> Mapping[str, str]:
    """The answers one can ask for: neither what suits everybody nor what nobody knows."""
    worth, unknown = labels.read_notes(path, "x-vaut"), labels.read_notes(path, "x-inconnu")
    asked = labels.choices(path).items()
    return {value: name for value, name in asked if EVERY_ANSWER not in worth.get(value, ()) and value not in unknown}


def make_filter(key: str, answers: Iterable[Answers], title: str, everything: str, names: Mapping[str, str]) -> Filter:
    """What suits everybody answers each question."""
    given = {value for each in answers for value in each.get(key, "").split()}
    kept = (pair for pair in names.items() if pair[0] in given or EVERY_ANSWER in given)
    return Filter(key, title, everything, tuple(kept))

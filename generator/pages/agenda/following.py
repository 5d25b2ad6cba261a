"""What one can follow, for the lists of several pages: what is to come, what is new, and where one subscribes."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.feeds.feed_names import FeedInfo, feed_of_territory
from generator.french import sort_key
from generator.model.actualite import Actualite
from generator.model.agenda import Event
from generator.model.formation import Formation
from generator.pages.agenda.rows import (
    ON_A_PAGE,
    AgendaRow,
    AgendaRows,
    Answers,
    Filter,
    Month,
    find_page,
    make_filters,
    name_month,
)
from generator.pages.groups import lists
from generator.pages.site import Site
from generator.territories.kinds import Epci, Wide

NEWS_ON_A_TERRITORY = 5
ON_THE_HOME_PAGE = 4
FILTERS_OF_SESSIONS = ("public", "mode", "territoire", "pilier")


@dataclass(frozen=True, slots=True)
class MonthLink:
    """A month that has a page."""

    path: str
    name: str
    count: int  # of events
    answers: tuple[Answers, ...]  # of each of them


@dataclass(frozen=True, slots=True)
class Listing:
    """What is to come, by month, as far as one page can show."""

    months: tuple[Month, ...]
    filters: tuple[Filter, ...]
    later: tuple[MonthLink, ...]  # what is not shown, by month: the filters count it too
    on_demand: tuple[tuple[Formation, Answers], ...]


def list_agenda(site: Site) -> Listing:
    """/agenda/: everything."""
    return _make_listing(site, site.agenda.a_venir, ("sorte", "territoire"))


def list_sessions(site: Site) -> Listing:
    """/formations/: sessions of trainings, and what is held on demand."""
    sessions = tuple(event for event in site.agenda.a_venir if event.sorte == "session")
    on_demand = lists.part_trainings(site.annuaire).on_demand
    return _make_listing(site, sessions, FILTERS_OF_SESSIONS, on_demand)


def _make_listing(
    site: Site, events: tuple[Event, ...], keys: tuple[str, ...], on_demand: tuple[Formation, ...] = ()
) -> Listing:
    maker = AgendaRows(site, mixed="sorte" in keys)
    asked = tuple((formation, maker.list_on_demand(formation)) for formation in on_demand)
    answers = [*map(maker.list_answers, events), *(each for _, each in asked)]
    shown = _count_shown([maker.find_month(event) for event in events])
    rest = events[shown:]
    later = (
        MonthLink(find_page(month), name_month(month), len(group), tuple(map(maker.list_answers, group)))
        for month in sorted({maker.find_month(event) for event in rest})
        for group in [[event for event in rest if maker.find_month(event) == month]]
    )
    return Listing(maker.group_by_month(events[:shown]), make_filters(answers, site, keys), tuple(later), asked)


def _count_shown(months: Sequence[str]) -> int:
    """How many of some dates one page shows: whole months, unless that leaves more than half of the page empty."""
    if len(months) <= ON_A_PAGE:
        return len(months)
    whole = months.index(months[ON_A_PAGE])
    return whole if whole * 2 >= ON_A_PAGE else ON_A_PAGE


def list_soonest(site: Site) -> tuple[AgendaRow, ...]:
    """The next ones, for the home page."""
    return AgendaRows(site).make_all(site.agenda.a_venir[:ON_THE_HOME_PAGE])


@dataclass(frozen=True, slots=True)
class Around:
    """What is to come and what is new on a territory."""

    rows: tuple[AgendaRow, ...]
    more: int  # events to come that are not in `rows`
    calendar: str  # path of its calendar, empty without event
    feed: FeedInfo
    actualites: tuple[Actualite, ...]


def find_around(site: Site, territory: Wide, most: int) -> Around:
    """At most so many dates of a territory."""
    slug = territory.slug
    coming = site.agenda.a_venir_dans(slug)
    shown = coming[:most]
    return Around(
        rows=AgendaRows(site).make_all(shown),
        more=len(coming) - len(shown),
        calendar=f"agenda/territoires/{slug}.ics" if slug in site.agenda.par_territoire else "",
        feed=feed_of_territory(slug, territory.nom),
        actualites=site.actualites_par_territoire.get(slug, ())[:NEWS_ON_A_TERRITORY],
    )


@dataclass(frozen=True, slots=True)
class TerritoryLink:
    """A territory in the lists of /agenda/ and /suivre/."""

    nom: str
    slug: str
    count: int  # events to come
    has_calendar: bool
    formers: tuple[str, ...]  # slugs that lead to it


@dataclass(frozen=True, slots=True)
class TerritoryLinks:
    """All territories that have a page."""

    wide: tuple[TerritoryLink, ...]  # Région and départements
    epcis: tuple[TerritoryLink, ...]  # by name

    @property
    def all(self) -> tuple[TerritoryLink, ...]:
        return (*self.wide, *self.epcis)


def list_territories(site: Site) -> TerritoryLinks:
    places = site.annuaire.territoires
    epcis = sorted((place for place in places if isinstance(place, Epci)), key=lambda epci: sort_key(epci.nom))
    wide = (place for place in places if not isinstance(place, Epci))
    return TerritoryLinks(*(tuple(_make_link(site, place) for place in some) for some in (wide, epcis)))


def _make_link(site: Site, place: Wide) -> TerritoryLink:
    return TerritoryLink(
        nom=place.nom,
        slug=place.slug,
        count=len(site.agenda.a_venir_dans(place.slug)),
        has_calendar=place.slug in site.agenda.par_territoire,
        formers=site.annuaire.territories.former_slugs(place.slug),
    )

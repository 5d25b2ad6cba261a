"""What one can follow, for the lists of several pages: what is to come, what is new, and where one subscribes."""

from dataclasses import dataclass

from generator.feeds.items import FeedInfo, feed_of_territory
from generator.french import sort_key
from generator.model.agenda import Event
from generator.model.annuaire import Actualite
from generator.pages.agenda.rows import (
    ON_FORMATIONS,
    ON_THE_AGENDA,
    AgendaRow,
    AgendaRows,
    Filter,
    Month,
    make_filters,
    name_month,
)
from generator.pages.site import Site
from generator.territories.kinds import Departement, Epci, Region

NEWS_ON_A_TERRITORY = 5
ON_THE_HOME_PAGE = 5


def make_rows(site: Site) -> AgendaRows:
    return AgendaRows(site.annuaire, site.words)


@dataclass(frozen=True, slots=True)
class MonthLink:
    """A month that has a page."""

    path: str
    name: str
    count: int  # of events


@dataclass(frozen=True, slots=True)
class Listing:
    """What is to come, by month, as far as one page can show."""

    months: tuple[Month, ...]
    filters: tuple[Filter, ...]
    later: tuple[MonthLink, ...]  # months that are not shown whole, with what is not shown of them
    shown: int
    total: int


def list_agenda(site: Site) -> Listing:
    """/agenda/: everything."""
    return _make_listing(site, site.agenda.a_venir, ON_THE_AGENDA, ("sorte", "territoire"))


def list_sessions(site: Site) -> Listing:
    """/formations/: sessions of trainings."""
    sessions = tuple(event for event in site.agenda.a_venir if event.sorte == "session")
    return _make_listing(site, sessions, ON_FORMATIONS, ("public", "mode", "territoire", "pilier", "mois"))


def _make_listing(site: Site, events: tuple[Event, ...], most: int, keys: tuple[str, ...]) -> Listing:
    months = AgendaRows(site.annuaire, site.words, mixed="sorte" in keys).group_by_month(events[:most])
    rest = [event.debut[:7] for event in events[most:]]
    later = tuple(MonthLink(f"agenda/{month}/", name_month(month), rest.count(month)) for month in sorted(set(rest)))
    return Listing(months, make_filters(months, site, keys), later, min(most, len(events)), len(events))


def list_months(site: Site) -> tuple[MonthLink, ...]:
    """Every month that has a page and is not over."""
    by_month = site.agenda.par_mois
    coming = (month for month in sorted(by_month) if month >= site.annuaire.today[:7])
    return tuple(MonthLink(f"agenda/{month}/", name_month(month), len(by_month[month])) for month in coming)


def list_soonest(site: Site) -> tuple[AgendaRow, ...]:
    """The next ones, for the home page."""
    return make_rows(site).make_all(site.agenda.a_venir[:ON_THE_HOME_PAGE])


@dataclass(frozen=True, slots=True)
class Around:
    """What is to come and what is new on a territory."""

    rows: tuple[AgendaRow, ...]
    more: int  # events to come that are not in `rows`
    calendar: str  # path of its calendar, empty without event
    feed: FeedInfo
    actualites: tuple[Actualite, ...]


def find_around(site: Site, territory: Epci | Departement | Region, most: int) -> Around:
    """At most so many dates of a territory."""
    slug = territory.slug
    coming = site.agenda.a_venir_dans(slug)
    shown = coming[:most]
    return Around(
        rows=make_rows(site).make_all(shown),
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


@dataclass(frozen=True, slots=True)
class TerritoryLinks:
    """All territories that have a page."""

    wide: tuple[TerritoryLink, ...]  # Région and départements
    epcis: tuple[TerritoryLink, ...]  # by name

    @property
    def all(self) -> tuple[TerritoryLink, ...]:
        return (*self.wide, *self.epcis)


def list_territories(site: Site) -> TerritoryLinks:
    rows = [
        TerritoryLink(nom, slug, len(site.agenda.a_venir_dans(slug)), slug in site.agenda.par_territoire)
        for slug, nom in site.annuaire.territoires
    ]
    slugs = {epci.slug for epci in site.annuaire.territories.epci.values()}
    epcis = sorted((row for row in rows if row.slug in slugs), key=lambda row: sort_key(row.nom))
    return TerritoryLinks(tuple(row for row in rows if row.slug not in slugs), tuple(epcis))

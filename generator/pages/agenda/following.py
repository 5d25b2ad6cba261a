"""What one can follow, for the lists of several pages: what is to come, what is new, and where one subscribes."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.feeds.items import FeedInfo, feed_of_territory
from generator.french import sort_key
from generator.model.agenda import Event, ics_path, uid_of
from generator.model.annuaire import Actualite, Formation
from generator.model.cop import Cop, upcoming
from generator.model.fields import Dated, Rencontre
from generator.pages.agenda.rows import (
    ON_A_TERRITORY,
    ON_AN_EPCI,
    ON_FORMATIONS,
    ON_THE_AGENDA,
    Filter,
    Month,
    Row,
    Rows,
    filters,
    month_title,
)
from generator.pages.site import Site
from generator.territories.reference import Epci, Territoire

Owner = Cop | Formation | Actualite
NEWS_ON_A_TERRITORY = 5
ON_THE_HOME_PAGE = 5


def rows_of(site: Site) -> Rows:
    return Rows(site.annuaire, site.words)


@dataclass(frozen=True, slots=True)
class Listing:
    """What is to come, by month, as far as one page can show."""

    months: tuple[Month, ...]
    filtres: tuple[Filter, ...]
    suite: tuple[tuple[str, str], ...]  # months that are not shown whole: address and name
    montres: int
    total: int


def agenda(site: Site) -> Listing:
    """/agenda/: everything."""
    return _listing(site, site.agenda.a_venir, ON_THE_AGENDA, ("sorte", "territoire"))


def sessions(site: Site) -> Listing:
    """/formations/: sessions of trainings."""
    found = tuple(event for event in site.agenda.a_venir if event.sorte == "session")
    return _listing(site, found, ON_FORMATIONS, ("public", "mode", "territoire", "pilier", "mois"))


def _listing(site: Site, events: tuple[Event, ...], most: int, keys: tuple[str, ...]) -> Listing:
    months = Rows(site.annuaire, site.words, mixed="sorte" in keys).months(events[:most])
    rest = sorted({event.debut[:7] for event in events[most:]})
    return Listing(
        months,
        filters(months, site, keys),
        tuple((f"agenda/{month}/", month_title(month)) for month in rest),
        min(most, len(events)),
        len(events),
    )


def months(site: Site) -> tuple[tuple[str, str, int], ...]:
    """Every month that has a page and is not over: its address, its name, how many events."""
    known = site.agenda.par_mois
    coming = (month for month in sorted(known) if month >= site.annuaire.today[:7])
    return tuple((f"agenda/{month}/", month_title(month), len(known[month])) for month in coming)


def soon(site: Site) -> tuple[Row, ...]:
    """The next ones, for the home page."""
    return rows_of(site).some(site.agenda.a_venir[:ON_THE_HOME_PAGE])


@dataclass(frozen=True, slots=True)
class Meeting:
    """A date to come of a COP: one of its meetings, or the event that a news item announces of it alone."""

    date: Rencontre
    page: str  # of the news item, empty for the COP's own
    ics: str  # where to add it to a calendar, empty where it is cancelled
    e: str  # mark of gender


def meetings(site: Site, cop: Cop) -> tuple[Meeting, ...]:
    """Those to come, soonest first; cancelled ones too: who had noted the date must see it."""
    own = [_meeting("rencontre", cop, cop.id, date) for date in cop.rencontres_a_venir]
    told = [
        _meeting("evenement", cop, item.id, date, item.adresse)
        for item in site.annuaire.actualites_par_cop.get(cop.id, ())
        if item.evenement and len(item.cops) == 1
        for date in upcoming((item.evenement,), site.annuaire.today)
    ]
    return tuple(sorted((*own, *told), key=lambda meeting: meeting.date.quand))


def _meeting(kind: str, cop: Cop, owner: str, date: Rencontre, page: str = "") -> Meeting:
    ics = "" if date.statut == "annulee" else ics_path(cop.adresse, uid_of(kind, owner, date))
    return Meeting(date, page, ics, "" if page else "e")


def next_meeting(coming: Iterable[Meeting]) -> Meeting | None:
    return next((meeting for meeting in coming if meeting.date.statut != "annulee"), None)


def calendar_files(kind: str, owner: Owner, dated: tuple[Dated, ...]) -> Mapping[str, str]:
    """Where to add each meeting or session to come that is held, by its key."""
    return {one.cle: ics_path(owner.adresse, uid_of(kind, owner.id, one)) for one in dated if one.statut != "annulee"}


@dataclass(frozen=True, slots=True)
class Around:
    """What is to come and what is new on a territory."""

    rows: tuple[Row, ...]
    more: int  # events to come that are not in `rows`
    calendrier: str  # path of its calendar, empty without event
    flux: FeedInfo
    actualites: tuple[Actualite, ...]


def around(site: Site, territory: Territoire) -> Around:
    """`territory` has a page, so a slug."""
    slug = getattr(territory, "slug", "")
    coming = site.agenda.a_venir_dans(slug)
    shown = coming[: ON_AN_EPCI if isinstance(territory, Epci) else ON_A_TERRITORY]
    known = slug in site.agenda.par_territoire
    return Around(
        rows=rows_of(site).some(shown),
        more=len(coming) - len(shown),
        calendrier=f"agenda/territoires/{slug}.ics" if known else "",
        flux=feed_of_territory(slug, territory.nom),
        actualites=site.actualites_par_territoire.get(slug, ())[:NEWS_ON_A_TERRITORY],
    )


@dataclass(frozen=True, slots=True)
class Place:
    """A territory in the lists of /agenda/ and /suivre/."""

    nom: str
    slug: str
    count: int  # events to come
    calendrier: bool


def places(site: Site) -> tuple[tuple[Place, ...], tuple[Place, ...]]:
    """Region and départements, then EPCI by name; all of those that have a page."""
    rows = [
        Place(nom, slug, len(site.agenda.a_venir_dans(slug)), slug in site.agenda.par_territoire)
        for slug, nom in site.annuaire.territoires
    ]
    epci = {one.slug for one in site.annuaire.territories.epci.values()}
    wide = tuple(row for row in rows if row.slug not in epci)
    return wide, tuple(sorted((row for row in rows if row.slug in epci), key=lambda row: sort_key(row.nom)))

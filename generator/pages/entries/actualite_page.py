"""The page of a news item."""

from dataclasses import dataclass
from functools import partial

from generator import french
from generator.model.actualite import Actualite
from generator.model.agenda import open_to
from generator.model.cop import Cop, upcoming
from generator.model.fields import Rencontre
from generator.model.others import OtherFact
from generator.pages import changes, jsonld
from generator.pages.agenda import meetings
from generator.pages.entries import records
from generator.pages.entries.facts import Moment, tell_moment, tell_place
from generator.pages.frame.page import Page
from generator.pages.frame.record import Record
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step
from generator.territories.kinds import Commune


@dataclass(frozen=True, slots=True)
class Announcement:
    """The event that a news item announces."""

    event: Rencontre
    moment: Moment
    place: str
    open_to: str  # « Ouvert à tout le monde », or empty
    is_over: bool
    calendars: tuple[str, ...]  # where to add it; none where it is over or cancelled


@dataclass(frozen=True, slots=True)
class ActualitePage:
    """What the page of a news item shows beside what its file says."""

    actualite: Actualite
    category: str
    day: str  # « 14 janvier 2027 »
    announcement: Announcement | None
    cops: tuple[Cop, ...]
    territories: tuple[Step, ...]  # without path where it has no page
    others: tuple[OtherFact, ...]  # what its file says under keys that have no place of their own
    linked_data: LinkedData


def make_page(site: Site, actualite: Actualite) -> Page:
    make, record = partial(_make_content, site, actualite), partial(_make_record, site, actualite)
    path, title = actualite.adresse, actualite.titre
    day = changes.find_last_day(site, "actualite", actualite.id, actualite.date)
    return Page(path, "actualite.html", title, actualite.resume, make, make_record=record, modified=day)


def _make_record(site: Site, actualite: Actualite) -> Record:
    territories = (find_territory(site, code).name for code in actualite.territoires)
    return records.record_actualite(site, actualite, territories)


def _make_content(site: Site, actualite: Actualite) -> ActualitePage:
    steps = [Step("Actualités", "actualites/"), Step(actualite.titre, actualite.adresse)]
    return ActualitePage(
        actualite=actualite,
        category=site.labels.of("actualite.categorie", actualite.categorie),
        day=french.date_longue(actualite.date_affichee),
        announcement=_announce(site, actualite, actualite.evenement) if actualite.evenement else None,
        cops=tuple(site.annuaire.par_id[name] for name in actualite.cops),
        territories=tuple(find_territory(site, code) for code in actualite.territoires),
        others=site.list_other_facts("actualite", actualite.donnees),
        linked_data=jsonld.dump(jsonld.describe_actualite(site, actualite), jsonld.describe_breadcrumb(site, steps)),
    )


def _announce(site: Site, actualite: Actualite, event: Rencontre) -> Announcement:
    coming = upcoming([event], site.annuaire.today)
    return Announcement(
        event=event,
        moment=tell_moment(event, ""),
        place=tell_place(event.lieu),
        open_to=open_to(event.ouverte_a, site.labels, "").capitalize(),
        is_over=not coming,
        calendars=tuple(meetings.find_calendars("evenement", actualite, coming).values()),
    )


def find_territory(site: Site, code: str) -> Step:
    """Name of a territory, and its page where it has one; of a commune, that of its EPCI."""
    territories = site.annuaire.territories
    place = territories.find(code)
    if place is None:
        return Step(code, "")
    page = territories.epci.get(place.epci or "") if isinstance(place, Commune) else place
    return Step(place.nom, page.adresse if page and page in site.annuaire.territoires else "")

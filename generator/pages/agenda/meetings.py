"""The dates of one entry, as its page lists them: meetings to come and past, where each is added to a calendar."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.french import date_longue
from generator.model.actualite import Actualite
from generator.model.agenda import ics_path, open_to, uid_of
from generator.model.cop import Cop, upcoming
from generator.model.fields import Dated, Rencontre
from generator.model.formation import Formation
from generator.pages.entries.facts import Moment, tell_moment, tell_place
from generator.pages.site import Site


@dataclass(frozen=True, slots=True)
class Meeting:
    """A date to come of a COP: one of its meetings, or the event that a news item announces of it alone."""

    date: Rencontre
    moment: Moment
    day: str  # « 14 janvier 2027 »
    place: str
    open_to: str  # « Ouverte à tout le monde », or empty
    page: str  # of the news item, empty for the COP's own
    ics: str  # where to add it to a calendar, empty where it is cancelled


@dataclass(frozen=True, slots=True)
class PastMeeting:
    """A meeting that was held, or was to be."""

    moment: Moment
    subject: str


def list_meetings(site: Site, cop: Cop) -> tuple[Meeting, ...]:
    """Those to come, soonest first; cancelled ones too: who had noted the date must see it."""
    of_cop = [_make_meeting(site, "rencontre", cop, cop.id, date) for date in cop.rencontres_a_venir]
    of_news = [
        _make_meeting(site, "evenement", cop, actualite.id, date, actualite.adresse)
        for actualite in site.annuaire.actualites_par_cop.get(cop.id, ())
        if actualite.evenement and len(actualite.cops) == 1
        for date in upcoming((actualite.evenement,), site.annuaire.today)
    ]
    return tuple(sorted((*of_cop, *of_news), key=lambda meeting: meeting.date.quand))


def _make_meeting(site: Site, kind: str, cop: Cop, owner: str, date: Rencontre, page: str = "") -> Meeting:
    e = "" if page else "e"  # un événement, une rencontre
    return Meeting(
        date=date,
        moment=tell_moment(date, e),
        day=date_longue(date.quand[:10]),
        place=tell_place(date.lieu),
        open_to=open_to(date.ouverte_a, site.labels, e).capitalize(),
        page=page,
        ics="" if date.statut == "annulee" else ics_path(cop.adresse, uid_of(kind, owner, date)),
    )


def list_past(cop: Cop) -> tuple[PastMeeting, ...]:
    return tuple(PastMeeting(tell_moment(date), date.objet) for date in cop.rencontres_passees)


def find_next(meetings: Iterable[Meeting]) -> Meeting | None:
    """The first that is held."""
    return next((meeting for meeting in meetings if meeting.ics), None)


def find_calendars(kind: str, entry: Formation | Actualite, dates: Iterable[Dated]) -> Mapping[str, str]:
    """Where to add each session or event to come that is held, by its key."""
    held = (date for date in dates if date.statut != "annulee")
    return {date.cle: ics_path(entry.adresse, uid_of(kind, entry.id, date)) for date in held}

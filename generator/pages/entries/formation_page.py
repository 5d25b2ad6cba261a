"""The page of a training."""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial

from generator import french
from generator.model.cop import Cop
from generator.model.formation import Formation
from generator.model.others import OtherFact
from generator.pages import changes, jsonld
from generator.pages.agenda import meetings
from generator.pages.agenda.rows import tell_deadline
from generator.pages.entries import formation_facts, records
from generator.pages.entries.facts import Fact, FactList, Line, Moment, tell_moment, tell_place
from generator.pages.frame.page import Page
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step


@dataclass(frozen=True, slots=True)
class SessionRow:
    """A session to come."""

    until: str  # AAAA-MM-JJ, its last day
    day: str  # « 14 janvier 2027 »
    moment: Moment
    state: str  # « Inscriptions ouvertes », or empty
    hours: str  # in the file's own words
    place: str
    notes: str  # « 12 places · inscription jusqu’au 3 janvier 2027 »
    online_url: str  # empty where it is cancelled
    registration_url: str  # empty where one cannot register
    ics: str  # where to add it to a calendar, empty where it is cancelled


@dataclass(frozen=True, slots=True)
class PastSession:
    """A session that was held, or was to be."""

    moment: Moment
    place: str


@dataclass(frozen=True, slots=True)
class FormationPage:
    """What the page of a training shows beside what its file says."""

    formation: Formation
    next_day: str  # « 14 janvier 2027 » of the next session, or empty
    next_until: str  # AAAA-MM-JJ, its last day
    is_on_demand: bool
    registration: tuple[Fact, ...]
    button: Line | None
    sessions: tuple[SessionRow, ...]
    past_sessions: tuple[PastSession, ...]
    practice: FactList
    cops: tuple[Cop, ...]
    last_change: str  # « Formation modifiée le 3 mars 2026 : sessions », or empty
    others: tuple[OtherFact, ...]  # what its file says under keys that have no place of their own
    linked_data: LinkedData


def make_page(site: Site, formation: Formation) -> Page:
    make, record = partial(_make_content, site, formation), partial(records.record_formation, site, formation)
    path, title = formation.adresse, formation.titre
    day = changes.find_last_day(site, "formation", formation.id, formation.publiee_le)
    return Page(path, "formation.html", title, formation.resume, make, make_record=record, modified=day)


def _make_content(site: Site, formation: Formation) -> FormationPage:
    session = formation.prochaine
    steps = [Step("Formations", "formations/"), Step(formation.titre, formation.adresse)]
    return FormationPage(
        formation=formation,
        next_day=french.date_longue(session.quand[:10]) if session else "",
        next_until=session.dernier_jour if session else "",
        is_on_demand=formation.a_la_demande == "oui",
        registration=formation_facts.tell_registration(formation, site.words),
        button=formation_facts.choose_button(formation),
        sessions=tuple(_list_sessions(formation)),
        past_sessions=tuple(PastSession(tell_moment(s), tell_place(s.lieu)) for s in formation.sessions_passees),
        practice=formation_facts.tell_practice(formation, site.words),
        cops=tuple(site.annuaire.par_id[name] for name in formation.cops_liees),
        last_change=changes.tell_last_change(site, "formation", formation.id),
        others=site.list_other_facts("formation", formation.donnees),
        linked_data=jsonld.dump(jsonld.describe_formation(site, formation), jsonld.describe_breadcrumb(site, steps)),
    )


def _list_sessions(formation: Formation) -> Iterator[SessionRow]:
    calendars = meetings.find_calendars("session", formation, formation.sessions_a_venir)
    for session in formation.sessions_a_venir:
        is_open = formation.inscription_ouverte(session)
        is_held = session.statut != "annulee"
        places = french.pluriel(session.places, "place") if session.places and is_held else ""
        day = session.inscription_jusqu_au
        deadline = tell_deadline(day, formation.today) if is_open else ""
        yield SessionRow(
            until=session.dernier_jour,
            day=french.date_longue(session.quand[:10]),
            moment=tell_moment(session),
            state=formation_facts.state_session(formation, session),
            hours=session.horaires or "",
            place=tell_place(session.lieu),
            notes=" · ".join(filter(None, (places, deadline))),
            online_url=(session.en_ligne_url or "") if is_held else "",
            registration_url=(session.inscription_url or "") if is_open else "",
            ics=calendars.get(session.cle, ""),
        )

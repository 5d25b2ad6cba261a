"""Everything dated of the directory as one kind of row: meetings of COP, sessions of trainings, events of news items.

The agenda, the calendars, the home page and the lists of a territory read these rows, so they cannot disagree.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, replace
from datetime import date, timedelta
from functools import cached_property

from generator.french import decapitalise
from generator.model.actualite import Actualite
from generator.model.annuaire import Annuaire, group
from generator.model.cop import Cop
from generator.model.fields import Dated, Lieu
from generator.model.formation import Formation
from generator.model.identity import urn
from generator.model.labels import Labels
from generator.model.places import places_of_actualite, places_of_cop, places_of_lieu

KINDS: Mapping[str, str] = {"rencontre": "Rencontre", "session": "Formation", "evenement": "Événement"}
"""The three kinds, in words."""

KEPT_DAYS = 31
"""A calendar keeps what ended in the last month: who missed a date still finds it, and the file stays light."""


@dataclass(frozen=True, slots=True)
class Event:
    """One dated thing as it will be held. Moments are `AAAA-MM-JJ` or `AAAA-MM-JJ HH:MM`, Europe/Paris."""

    sorte: str  # a key of KINDS
    uid: str  # `urn:uuid:…`, of kind, file and id: a new title or date keeps it
    titre: str  # what it is about; for a session, the training
    porteur: str  # name of the COP, of the organiser, or of the news item's author
    adresse: str  # page that tells more, from the root of the site
    resume: str
    debut: str  # the new date where it was moved
    fin: str | None  # None too where it was moved: the file says no new end
    avant: str | None  # former date of what was moved
    statut: str  # prevue, reportee, annulee, ouverte or complete
    lieu: Lieu | None
    en_ligne_url: str | None
    inscription_url: str | None
    revision: int
    modifie_le: str  # else the file's own date
    themes: tuple[str, ...]
    pour: str | None = None  # `ouverte_a` of a meeting
    horaires: str | None = None  # of a session, for people
    places: int | None = None
    inscription_jusqu_au: str | None = None
    cop: str = ""  # id of the COP that holds it, or that its news item is about
    formation: str = ""  # id of the training
    territoires: frozenset[str] = field(default=frozenset())  # slugs

    @property
    def dernier_jour(self) -> str:
        return (self.fin or self.debut)[:10]

    @property
    def annulee(self) -> bool:
        return self.statut == "annulee"

    @property
    def complete(self) -> bool:
        return self.statut == "complete"

    @property
    def e(self) -> str:
        """The mark of gender: une rencontre annulée, un événement annulé."""
        return "" if self.sorte == "evenement" else "e"

    @property
    def fichier(self) -> str:
        """The calendar of its page and its place there: a script adds it alone, without script one has the whole."""
        return ics_path(self.adresse, self.uid)


def open_to(value: str | None, labels: Labels, e: str) -> str:
    """Who may come: `ouverte à tout le monde`, `ouverte aux membres seulement`."""
    if not value:
        return ""
    label = labels.of("cop.rencontres.ouverte_a", value)
    return f"ouvert{e} à {decapitalise(label)}".replace("à les ", "aux ")


def ics_path(address: str, uid: str) -> str:
    return f"{calendar_of(address)}#{uid.rpartition(':')[2]}"


def calendar_of(address: str) -> str:
    """Path of the calendar of a page: `cops/x/` → `agenda/cops/x.ics`."""
    return f"agenda/{address.rstrip('/')}.ics"


def uid_of(kind: str, owner: str, dated: Dated) -> str:
    """The permanent identifier of a meeting, session or event; `owner` is the id of its file."""
    return urn(kind, f"{owner}/{dated.cle}")


@dataclass(frozen=True)
class Agenda:
    """All events, soonest first, and the ways in which they are asked for."""

    events: tuple[Event, ...]
    today: str

    @cached_property
    def a_venir(self) -> tuple[Event, ...]:
        """What has not ended, cancelled ones too: who had noted the date must see it."""
        return tuple(event for event in self.events if event.dernier_jour >= self.today)

    @cached_property
    def gardes(self) -> tuple[Event, ...]:
        """What calendars hold: what is to come and what ended in the last month."""
        oldest = (date.fromisoformat(self.today) - timedelta(days=KEPT_DAYS)).isoformat()
        return tuple(event for event in self.events if event.dernier_jour >= oldest)

    @cached_property
    def par_mois(self) -> Mapping[str, tuple[Event, ...]]:
        """By the month in which they begin, `AAAA-MM`."""
        return group((event.debut[:7], event) for event in self.events)

    @cached_property
    def par_territoire(self) -> Mapping[str, tuple[Event, ...]]:
        """Those kept, by slug."""
        return group((slug, event) for event in self.gardes for slug in sorted(event.territoires))

    @cached_property
    def par_page(self) -> Mapping[str, tuple[Event, ...]]:
        """Those kept, by the address of their page; what a news item announces of one COP stands with its COP too."""
        pages = (
            (event, {event.adresse, f"cops/{event.cop}/" if event.cop else event.adresse}) for event in self.gardes
        )
        return group((page, event) for event, addresses in pages for page in sorted(addresses))

    def a_venir_dans(self, slug: str) -> tuple[Event, ...]:
        """What is to come on a territory."""
        return tuple(event for event in self.par_territoire.get(slug, ()) if event.dernier_jour >= self.today)


def build_agenda(annuaire: Annuaire, reseau: str) -> Agenda:
    """Every dated thing of the directory. `reseau` is the author of news items that are about no single COP."""
    events = (*_of_cops(annuaire), *_of_formations(annuaire), *_of_actualites(annuaire, reseau))
    return Agenda(tuple(sorted(events, key=lambda event: (event.debut, event.titre, event.uid))), annuaire.today)


def _of_cops(annuaire: Annuaire) -> Iterator[Event]:
    for cop in annuaire.cops:
        if cop.rencontres:
            where = places_of_cop(cop)
            for meeting in cop.rencontres:
                event = _date("rencontre", cop, meeting, meeting.objet, cop.nom, cop.verifiee)
                yield replace(event, pour=meeting.ouverte_a, cop=cop.id, territoires=where)


def _of_formations(annuaire: Annuaire) -> Iterator[Event]:
    for formation in annuaire.formations:
        for session in formation.sessions:
            bearer = formation.organisateur.nom
            yield replace(
                _date("session", formation, session, formation.titre, bearer, formation.publiee_le),
                inscription_url=session.inscription_url or formation.inscription.url,
                horaires=session.horaires,
                places=session.places,
                inscription_jusqu_au=session.inscription_jusqu_au,
                formation=formation.id,
                territoires=places_of_lieu(annuaire.territories, session.lieu),
            )


def _of_actualites(annuaire: Annuaire, reseau: str) -> Iterator[Event]:
    for item in annuaire.actualites:
        if dated := item.evenement:
            yield replace(
                _date("evenement", item, dated, dated.objet, author(annuaire, item, reseau), item.date),
                pour=dated.ouverte_a,
                cop=annuaire.par_id[item.cops[0]].id if len(item.cops) == 1 else "",
                territoires=places_of_actualite(annuaire, item),
            )


def _date(kind: str, entry: Cop | Formation | Actualite, dated: Dated, title: str, bearer: str, written: str) -> Event:
    """What all of them say alike. `written`: the day of the file, where the date itself says none."""
    return Event(
        sorte=kind,
        uid=uid_of(kind, entry.id, dated),
        titre=title,
        porteur=bearer,
        adresse=entry.adresse,
        resume=entry.resume,
        debut=dated.quand,
        fin=dated.jusque,
        avant=dated.avant,
        statut=dated.statut,
        lieu=dated.lieu,
        en_ligne_url=dated.en_ligne_url,
        inscription_url=dated.inscription_url,
        revision=dated.revision,
        modifie_le=dated.modifie_le or written,
        themes=entry.themes,
    )


def author(annuaire: Annuaire, item: Actualite, reseau: str) -> str:
    """The one COP that a news item is about, else the network."""
    return annuaire.par_id[item.cops[0]].nom if len(item.cops) == 1 else reseau

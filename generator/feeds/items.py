"""What is new, as entries of feeds: COP, trainings, news; all of them, those of a territory, those of a theme.

Each item is made once from the directory, whatever the number of feeds that hold it.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass, replace
from datetime import date, timedelta
from functools import cached_property
from html import escape
from itertools import groupby, islice
from operator import attrgetter

from generator.feeds.feed_names import (
    ACTUALITES_FEED,
    CHANGES_FEED,
    COPS_FEED,
    ENGAGEMENTS_FEED,
    FORMATIONS_FEED,
    FeedInfo,
    feed_of_territory,
    feed_of_theme,
)
from generator.french import capitalise, date_longue, decapitalise, enumeration, fold, periode, pluriel, typographie
from generator.model.actualite import Actualite
from generator.model.agenda import author
from generator.model.annuaire import Annuaire
from generator.model.changes import find_name, list_changes, tell_change
from generator.model.cop import Cop
from generator.model.fields import Engagement
from generator.model.formation import Formation
from generator.model.journal import Change, Journal
from generator.model.labels import Labels
from generator.model.places import places_of_actualite, places_of_cop, places_of_lieu, union

MAX_ITEMS = 50
MOST_OF_A_DAY = 200
"""Changes that are named: a table that was imported brings a thousand at once."""


@dataclass(frozen=True)
class FeedItem:
    """One entry of a feed, in plain text, spaced once for all feeds that hold it.

    Dates are `AAAA-MM-JJ` or `AAAA-MM-JJ HH:MM`, Europe/Paris.
    """

    kind: str  # cop, formation or actualite: with `id`, the permanent identifier
    id: str
    adresse: str  # of its page, from the root of the site
    titre: str
    paragraphes: tuple[str, ...]
    auteur: str
    publie: str
    modifie: str
    themes: tuple[tuple[str, str], ...]  # value and label
    territoires: frozenset[str] = frozenset()  # slugs

    @cached_property
    def titre_espace(self) -> str:
        return typographie(self.titre)

    @cached_property
    def auteur_espace(self) -> str:
        return typographie(self.auteur)

    @cached_property
    def html(self) -> str:
        """Readers take a summary for HTML: our plain text becomes HTML in every format."""
        return "".join(f"<p>{escape(typographie(text), quote=False)}</p>" for text in self.paragraphes)


@dataclass(frozen=True)
class WrittenItem(FeedItem):
    """An entry whose HTML a template of ours has made: it is more than paragraphs."""

    corps: str = ""

    @cached_property
    def html(self) -> str:
        return self.corps


Feed = tuple[FeedInfo, tuple[FeedItem, ...]]


def list_feeds(annuaire: Annuaire, reseau: str) -> Iterator[Feed]:
    """Every feed with at most MAX_ITEMS entries; that of a territory exists before its first COP.

    `reseau` is the author of what is about no single COP.
    """
    cops = [cop_item(cop, annuaire.journal) for cop in annuaire.dernieres]
    formations = [formation_item(formation, annuaire) for formation in annuaire.formations]
    actualites = [actualite_item(item, annuaire, reseau) for item in annuaire.actualites]
    yield COPS_FEED, _take_newest(cops)
    yield FORMATIONS_FEED, _take_newest(formations)
    yield ACTUALITES_FEED, _take_newest(actualites)
    yield CHANGES_FEED, tuple(_list_days(annuaire, reseau))
    yield (
        ENGAGEMENTS_FEED,
        _take_newest(engagements_item(cop, annuaire.journal) for cop in annuaire.cops if cop.engagements),
    )
    items = (*cops, *formations, *actualites)
    for theme in annuaire.labels.choices("cop.themes").items():
        yield feed_of_theme(*theme), _take_newest(item for item in items if theme in item.themes)
    for place in annuaire.territoires:
        former_names = tuple(f"territoires/{former}" for former in annuaire.territories.former_slugs(place.slug))
        info = replace(feed_of_territory(place.slug, place.nom), former_names=former_names)
        yield info, _take_newest(item for item in items if place.slug in item.territoires)


def _list_days(annuaire: Annuaire, reseau: str) -> Iterator[FeedItem]:
    """One entry for each day that is over: however many changes it brought, whenever one looks, none is missed."""
    days = groupby((one for one in list_changes(annuaire) if one.jour < annuaire.today), key=attrgetter("jour"))
    for day, group in islice(days, MAX_ITEMS):
        changes = tuple(group)
        yield FeedItem(
            kind="changements",
            id=day,
            adresse=CHANGES_FEED.page,
            titre=f"{pluriel(len(changes), 'changement')} le {date_longue(day)}",
            paragraphes=tuple(_tell_day(annuaire, changes)),
            auteur=reseau,
            publie=day,
            modifie=day,
            themes=(),
        )


def _tell_day(annuaire: Annuaire, changes: Sequence[Change]) -> Iterator[str]:
    for change in changes[:MOST_OF_A_DAY]:
        name, _ = find_name(annuaire, change)
        yield f"{name} : {tell_change(annuaire, change)}." if name else f"{capitalise(tell_change(annuaire, change))}."
    if len(changes) > MOST_OF_A_DAY:
        yield f"Et {pluriel(len(changes) - MOST_OF_A_DAY, 'autre')}."


def _take_newest(items: Iterable[FeedItem]) -> tuple[FeedItem, ...]:
    ordered = sorted(items, key=lambda item: item.publie, reverse=True)
    shown, left = ordered[:MAX_ITEMS], ordered[MAX_ITEMS:]
    missed = sum(item.publie == shown[-1].publie for item in left)
    return (*shown[:-1], _tell_others(shown[-1], missed + 1)) if missed and _is_fresh(shown) else tuple(shown)


def _is_fresh(shown: Sequence[FeedItem]) -> bool:
    """Whether a feed is cut at what who reads it every day may not have seen: its last day, or the one before. A night
    that has brought the first entry of a day must not hide what was left of the day that ended."""
    newest, last = (date.fromisoformat(item.publie[:10]) for item in (shown[0], shown[-1]))
    return newest - last <= timedelta(days=1)


def _tell_others(last: FeedItem, count: int) -> FeedItem:
    """The last place of a day that brings more than a feed holds: how many others there are, and where they are."""
    return FeedItem(
        kind="autres",
        id=f"{last.kind}/{last.publie}",
        adresse="ce-qui-a-change/",
        titre=f"Et {pluriel(count, 'autre nouveauté')} ce jour-là",
        paragraphes=(f"Le {date_longue(last.publie)} a apporté plus de nouveautés que ce fil n’en peut montrer.",),
        auteur=last.auteur,
        publie=last.publie,
        modifie=last.publie,
        themes=(),
    )


def cop_item(cop: Cop, journal: Journal) -> FeedItem:
    """A COP as one entry. A name such as « Commission extra-municipale » says nothing without its collectivité."""
    labels = cop.context.labels
    named = f" {fold(cop.collectivite_nom)} " in f" {fold(cop.nom)} "
    statut = labels.of("cop.statut", cop.statut_affiche)
    return FeedItem(
        kind="cop",
        id=cop.id,
        adresse=cop.adresse,
        titre=cop.nom if named else f"{cop.nom} ({cop.collectivite_nom})",
        paragraphes=(
            cop.resume,
            f"{labels.of('cop.type', cop.type)}, {cop.collectivite_nom}. Statut : {decapitalise(statut)}.",
        ),
        auteur=cop.nom,
        publie=journal.entree("cop", cop.id, cop.inscrite_le),
        modifie=journal.entree("cop", cop.id, max(cop.inscrite_le, cop.verifiee)),
        themes=tuple((theme, labels.of("cop.themes", theme)) for theme in cop.themes),
        territoires=places_of_cop(cop),
    )


def engagements_item(cop: Cop, journal: Journal) -> FeedItem:
    """All that a COP has undertaken as one entry: an engagement has no date nor identifier of its own."""
    item = cop_item(cop, journal)
    return replace(
        item,
        kind="engagements",
        adresse=f"{cop.adresse}#engagements",
        titre=f"Engagements : {item.titre}",
        paragraphes=tuple(_tell_engagement(engagement, cop.context.labels) for engagement in cop.engagements),
        publie=item.modifie,
    )


def _tell_engagement(engagement: Engagement, labels: Labels) -> str:
    state = decapitalise(labels.of("cop.engagements.statut", engagement.statut))
    term = f", échéance : {date_longue(engagement.echeance)}" if engagement.echeance else ""
    result = f" {engagement.resultat}" if engagement.resultat else ""
    return f"{engagement.titre} ({state}{term}).{result}"


def formation_item(formation: Formation, annuaire: Annuaire) -> FeedItem:
    """A training as one entry; it changes when the file says that a session did."""
    modified = (session.modifie_le for session in formation.sessions if session.modifie_le)
    published = annuaire.journal.entree("formation", formation.id, formation.publiee_le)
    return FeedItem(
        kind="formation",
        id=formation.id,
        adresse=formation.adresse,
        titre=formation.titre,
        paragraphes=(formation.resume, " ".join(_facts(formation, annuaire.labels))),
        auteur=formation.organisateur.nom,
        publie=published,
        modifie=max((published, *modified)),
        themes=tuple((theme, annuaire.labels.of("formation.themes", theme)) for theme in formation.themes),
        territoires=union(places_of_lieu(annuaire.territories, session.lieu) for session in formation.sessions),
    )


def actualite_item(item: Actualite, annuaire: Annuaire, reseau: str) -> FeedItem:
    """A news item as one entry; it changes when the file says that its event did."""
    event = item.evenement
    published = annuaire.journal.entree("actualite", item.id, item.date)
    lines = [item.resume]
    if event:
        place = f", {event.lieu.nom}" if event.lieu else ""
        state = " Annulé." if event.statut == "annulee" else ""
        lines.append(f"Rendez-vous : {event.objet}, {periode(event.quand, event.jusque)}{place}.{state}")
    return FeedItem(
        kind="actualite",
        id=item.id,
        adresse=item.adresse,
        titre=item.titre,
        paragraphes=tuple(lines),
        auteur=author(annuaire, item, reseau),
        publie=published,
        modifie=max(published, (event.modifie_le or "") if event else ""),
        themes=tuple((theme, annuaire.labels.of("actualite.themes", theme)) for theme in item.themes),
        territoires=places_of_actualite(annuaire, item),
    )


def _facts(formation: Formation, labels: Labels) -> Iterable[str]:
    yield f"Organisme : {formation.organisateur.nom}."
    yield f"Modalité : {decapitalise(labels.of('formation.modalite', formation.modalite))}."
    if formation.publics:
        publics = enumeration(decapitalise(labels.of("formation.publics", value)) for value in formation.publics)
        yield f"Publics : {publics}."
    if formation.prochaine:
        place = f", {formation.prochaine.lieu.nom}" if formation.prochaine.lieu else ""
        yield f"Prochaine session : {periode(formation.prochaine.quand, formation.prochaine.jusque)}{place}."
    elif formation.a_la_demande == "oui":
        yield "Sur demande."

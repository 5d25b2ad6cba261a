"""The letter of the network: what is new between two days, on one territory or everywhere. A person sends it.

It is data: the templates, the text and the feed say the same parts in the same order.
"""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from functools import cached_property
from operator import itemgetter

from generator.feeds.items import actualite_item, cop_item
from generator.french import capitalise, date_longue, nombre, periode, pluriel, tell_when, typographie
from generator.model.agenda import KINDS, Agenda, Event
from generator.model.annuaire import Actualite, Annuaire, Formation
from generator.model.cop import Cop
from generator.model.journal import Journal
from generator.model.labels import Labels
from generator.model.period import Period, waits_since
from generator.model.places import places_of_actualite, places_of_cop, union
from generator.territories.kinds import Departement, Epci, Region

MOST = 100
"""Lines of one part: beyond, mail programs cut the letter (at 102 KB the strictest); the page with all is named."""

Place = Region | Departement | Epci
"""What has a page, hence a letter of its own."""


@dataclass(frozen=True, slots=True)
class LetterLine:
    """One thing that is told."""

    titre: str
    adresse: str  # of its page, from the root of the site
    precision: str = ""  # what it is, where, when
    texte: str = ""


@dataclass(frozen=True, slots=True)
class LetterPart:
    """Things of one kind under a heading; `suite` and `adresse` name the page that has them all."""

    titre: str
    lignes: tuple[LetterLine, ...]
    suite: str
    adresse: str
    reste: int = 0  # how many more there are


@dataclass(frozen=True, slots=True)
class Call:
    """The one thing that the letter asks."""

    titre: str
    texte: str
    bouton: str
    adresse: str


@dataclass(frozen=True, slots=True)
class Letter:
    """One letter. Its words are spaced."""

    titre: str
    sujet: str  # of the e-mail
    periode: str  # « du 2 mars au 1er avril 2027 »
    accueil: str  # one sentence
    parties: tuple[LetterPart, ...]  # those that hold something
    appel: Call
    period: Period
    place: Place | None

    @property
    def is_empty(self) -> bool:
        return not self.parties


@dataclass(frozen=True)
class LetterWriter:
    """Writes the letters of one directory."""

    annuaire: Annuaire
    agenda: Agenda
    labels: Labels
    reseau: str
    site_name: str

    def write(self, period: Period, place: Place | None = None) -> Letter:
        """What became known in the period, and what is to come until the next letter at the same pace."""
        slug = place.slug if place else ""
        waiting = self._list_waiting(period, slug)
        parts = (
            _make_part("Nouvelles COP", self._list_cops(period, slug), "Tout l’annuaire", "cops/"),
            _make_part("Étapes franchies", self._list_milestones(period), "Les chiffres", "chiffres/"),
            *self._make_news_parts(period, slug),
            _make_part("Nouvelles formations", self._list_trainings(period, slug), "Les formations", "formations/"),
            _make_part("Prochains rendez-vous", self._list_events(period.following, slug), "Tout l’agenda", "agenda/"),
            _make_part("À confirmer", waiting, "Toutes les COP à confirmer", "cops/?statut=a-confirmer"),
        )
        where = f" – {place.nom}" if place else ""
        words = _tell_period(period)
        return Letter(
            titre=typographie(f"La lettre des COP{where}"),
            sujet=typographie(f"{self.site_name}{where} : la lettre {words}"),
            periode=typographie(words),
            accueil=typographie(self._welcome(period, place)),
            parties=tuple(part for part in parts if part.lignes),
            appel=self._make_call(place, bool(waiting)),
            period=period,
            place=place,
        )

    def _welcome(self, period: Period, place: Place | None) -> str:
        """The count is that of the directory's own day: of a past one nobody knows it any more."""
        told = f"Voici ce qui est nouveau {'sur ce territoire' if place else 'en Bretagne'}."
        if period.until != self.annuaire.today:
            return told
        count = self.annuaire.compteur
        counted = pluriel(count.value, "COP comptée", "COP comptées")
        return f"{told} L’annuaire a {counted} sur {nombre(count.objectif)}."

    @property
    def _journal(self) -> Journal:
        """An entry that was accepted later than it says is told when it came."""
        return self.annuaire.journal

    # What is told

    def _list_cops(self, period: Period, slug: str) -> Iterator[LetterLine]:
        for cop in reversed(self.annuaire.dernieres):
            entered = self._journal.entree("cop", cop.id, cop.inscrite_le)
            if period.holds(entered) and not cop.finie and _lies_in(places_of_cop(cop), slug):
                state = self.labels.of("cop.statut", cop.statut_affiche).lower()
                kind = self.labels.of("cop.type", cop.type)
                yield _line(self._name(cop), cop.adresse, f"{kind}, {cop.collectivite_nom} – {state}", cop.resume)

    def _name(self, cop: Cop) -> str:
        return cop_item(cop, self.labels, self._journal).titre

    def _list_milestones(self, period: Period) -> Iterator[LetterLine]:
        for milestone in self.annuaire.jalons:
            if period.holds(milestone.date):
                item = self.annuaire.annonces.get(milestone.count)
                title = f"{nombre(milestone.count)} COP comptées en Bretagne"
                yield _line(title, item.adresse if item else "chiffres/", f"le {date_longue(milestone.date)}")

    def _make_news_parts(self, period: Period, slug: str) -> Iterator[LetterPart]:
        """A part for each category of news that the schema wants in the letter (`x-lettre`)."""
        for category, title in self.labels.read_notes("actualite.categorie", "x-lettre").items():
            news = (item for item in self.annuaire.actualites if item.categorie == category)
            lines = (self._tell_news(item) for item in reversed([*news]) if self._is_told(item, period, slug))
            yield _make_part(title, lines, "Toutes les actualités", "actualites/")

    def _is_told(self, item: Actualite, period: Period, slug: str) -> bool:
        entered = self._journal.entree("actualite", item.id, item.date)
        return period.holds(entered) and _lies_in(places_of_actualite(self.annuaire, item), slug)

    def _tell_news(self, item: Actualite) -> LetterLine:
        author = actualite_item(item, self.annuaire, self.labels, self.reseau).auteur
        return _line(item.titre, item.adresse, f"{author}, {date_longue(item.date_affichee)}", item.resume)

    def _list_trainings(self, period: Period, slug: str) -> Iterator[LetterLine]:
        """A training is told where one of its sessions is held, and everywhere when it has no place."""
        for formation in sorted(self.annuaire.formations, key=lambda formation: formation.publiee_le):
            entered = self._journal.entree("formation", formation.id, formation.publiee_le)
            if period.holds(entered) and (not slug or self._is_held_in(formation, slug)):
                is_known = formation.modalite not in self.labels.read_notes("formation.modalite", "x-inconnu")
                kind = self.labels.of("formation.modalite", formation.modalite).lower() if is_known else ""
                told = " – ".join(filter(None, (formation.organisateur.nom, kind)))
                yield _line(formation.titre, formation.adresse, told, formation.resume)

    def _is_held_in(self, formation: Formation, slug: str) -> bool:
        own = [event.territoires for event in self.agenda.events if event.formation == formation.id]
        return any(slug in places for places in own) or not any(own)

    def _list_events(self, period: Period, slug: str) -> Iterator[LetterLine]:
        for event in self.agenda.events:
            if period.holds(event.debut) and not event.annulee and _lies_in(event.territoires, slug):
                yield _line(event.titre, event.adresse, self._tell_event(event))

    def _tell_event(self, event: Event) -> str:
        place = event.lieu.nom if event.lieu else "en ligne" if event.en_ligne_url else ""
        told = (tell_when(event.debut, event.fin, event.horaires), place, event.porteur)
        return f"{KINDS[event.sorte]} – {', '.join(filter(None, told))}"

    def _list_waiting(self, period: Period, slug: str) -> list[LetterLine]:
        """What began to wait for a confirmation; an entry that waits from its first day was told as new."""
        return [
            _line(self._name(cop), f"{cop.adresse}#corriger", f"à confirmer depuis le {date_longue(since)}")
            for since, cop in self._waiting
            if period.holds(since) and since != cop.inscrite_le and _lies_in(places_of_cop(cop), slug)
        ]

    @cached_property
    def _waiting(self) -> Sequence[tuple[str, Cop]]:
        """By the day since which they wait."""
        return sorted(((waits_since(cop), cop) for cop in self.annuaire.cops), key=itemgetter(0))

    @cached_property
    def _covered(self) -> frozenset[str]:
        """Slugs of the territories that have a COP."""
        return union(places_of_cop(cop) for cop in self.annuaire.cops if not cop.finie)

    def _make_call(self, place: Place | None, some_wait: bool) -> Call:
        if place and place.slug not in self._covered:
            return _call(
                "Demandez une COP",
                f"Aucune COP n’est recensée ici : {place.nom}. Une lettre est prête pour votre mairie.",
                "Demander une COP",
                "demander/",
            )
        if some_wait:
            return _call(
                "Confirmez une fiche",
                "Vous connaissez une COP à confirmer ? Dites si sa fiche est toujours exacte : deux minutes suffisent.",
                "Voir les COP à confirmer",
                "cops/?statut=a-confirmer",
            )
        return _call(
            "Ajoutez une COP",
            "Une COP que vous connaissez manque à l’annuaire ? Dix minutes suffisent pour l’ajouter.",
            "Ajouter une COP",
            "ajouter/",
        )


def _lies_in(slugs: frozenset[str], slug: str) -> bool:
    return not slug or slug in slugs


def _tell_period(period: Period) -> str:
    if period.first[:7] != period.until[:7] and period.first[:4] == period.until[:4]:
        return f"du {date_longue(period.first).removesuffix(f' {period.first[:4]}')} au {date_longue(period.until)}"
    return periode(period.first, period.until)


def _line(titre: str, adresse: str, precision: str = "", texte: str = "") -> LetterLine:
    return LetterLine(typographie(titre), adresse, typographie(capitalise(precision)), typographie(texte))


def _call(titre: str, texte: str, bouton: str, adresse: str) -> Call:
    return Call(typographie(titre), typographie(texte), typographie(bouton), adresse)


def _make_part(titre: str, lines: Iterable[LetterLine], suite: str, adresse: str) -> LetterPart:
    told = tuple(lines)
    return LetterPart(typographie(titre), told[:MOST], typographie(suite), adresse, max(0, len(told) - MOST))

"""The letter of the network: what is new between two days, on one territory or everywhere. A person sends it.

It is data: the templates, the text and the feed say the same parts in the same order.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field
from functools import cached_property
from operator import itemgetter

from generator.feeds.items import cop_item
from generator.french import capitalise, date_longue, nombre, periode, pluriel, tell_when, typographie
from generator.model.agenda import KINDS, Agenda, Event, author
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.journal import Journal
from generator.model.period import Period, waits_since
from generator.model.places import Slugs, places_of_actualite, places_of_cop, union
from generator.repository.settings import Settings
from generator.territories.kinds import Wide

MOST = 100
"""Lines of one part: beyond, mail programs cut the letter (at 102 KB the strictest); the page with all is named."""


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
    place: Wide | None

    @property
    def is_empty(self) -> bool:
        return not self.parties


Told = tuple[Slugs | None, LetterLine]
"""A line, and the territories that it is told on; None for all of them."""


@dataclass(frozen=True, slots=True)
class _Gathered:
    """What a period brought, everywhere."""

    titre: str
    lines: tuple[Told, ...]
    suite: str
    adresse: str

    def keep(self, slug: str) -> LetterPart:
        """What lies on a territory; all of it without one."""
        lines = [line for slugs, line in self.lines if not slug or slugs is None or slug in slugs]
        left = max(0, len(lines) - MOST)
        return LetterPart(typographie(self.titre), tuple(lines[:MOST]), typographie(self.suite), self.adresse, left)


@dataclass(frozen=True)
class LetterWriter:
    """Writes the letters of one directory. What a period brought is gathered once for all territories."""

    annuaire: Annuaire
    agenda: Agenda
    settings: Settings
    _gathered: dict[Period, tuple[_Gathered, ...]] = field(default_factory=dict, repr=False, compare=False)

    def write(self, period: Period, place: Wide | None = None) -> Letter:
        """What became known in the period, and what is to come until the next letter at the same pace."""
        if period not in self._gathered:
            self._gathered[period] = tuple(self._gather(period))
        parts = [gathered.keep(place.slug if place else "") for gathered in self._gathered[period]]
        where, words = f" – {place.nom}" if place else "", _tell_period(period)
        return Letter(
            titre=typographie(f"La lettre des COP{where}"),
            sujet=typographie(f"{self.settings.site_name}{where} : la lettre {words}"),
            periode=typographie(words),
            accueil=typographie(self._welcome(period, place)),
            parties=tuple(part for part in parts if part.lignes),
            appel=self._make_call(place, bool(parts[-1].lignes)),
            place=place,
        )

    def _gather(self, period: Period) -> Iterator[_Gathered]:
        """What waits for a confirmation comes last."""
        yield _Gathered("Nouvelles COP", tuple(self._list_cops(period)), "Tout l’annuaire", "cops/")
        yield _Gathered("Étapes franchies", tuple(self._list_milestones(period)), "Les chiffres", "chiffres/")
        # Of the news, the categories that the schema wants in the letter.
        for category, title in self.annuaire.labels.read_notes("actualite.categorie", "x-lettre").items():
            news = tuple(self._list_news(period, category))
            yield _Gathered(title, news, "Toutes les actualités", "actualites/")
        yield _Gathered("Nouvelles formations", tuple(self._list_trainings(period)), "Les formations", "formations/")
        yield _Gathered("Prochains rendez-vous", tuple(self._list_events(period.following)), "Tout l’agenda", "agenda/")
        waiting, page = tuple(self._list_waiting(period)), "cops/?statut=a-confirmer"
        yield _Gathered("À confirmer", waiting, "Toutes les COP à confirmer", page)

    def _welcome(self, period: Period, place: Wide | None) -> str:
        """The count is that of the directory's own day: of a past one nobody knows it any more."""
        told = f"Voici ce qui est nouveau {'sur ce territoire' if place else 'dans l’annuaire'}."
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

    def _list_cops(self, period: Period) -> Iterator[Told]:
        for cop in reversed(self.annuaire.dernieres):
            if period.holds(self._journal.entree("cop", cop.id, cop.inscrite_le)) and not cop.finie:
                state = self.annuaire.labels.of("cop.statut", cop.statut_affiche).lower()
                kind = self.annuaire.labels.of("cop.type", cop.type)
                told = f"{kind}, {cop.collectivite_nom} – {state}"
                yield places_of_cop(cop), _line(self._name(cop), cop.adresse, told, cop.resume)

    def _name(self, cop: Cop) -> str:
        return cop_item(cop, self._journal).titre

    def _list_milestones(self, period: Period) -> Iterator[Told]:
        for milestone in self.annuaire.jalons:
            if period.holds(milestone.date):
                item = self.annuaire.annonces.get(milestone.count)
                title = f"{nombre(milestone.count)} COP comptées"
                yield None, _line(title, item.adresse if item else "chiffres/", f"le {date_longue(milestone.date)}")

    def _list_news(self, period: Period, category: str) -> Iterator[Told]:
        for item in reversed(self.annuaire.actualites):
            entered = self._journal.entree("actualite", item.id, item.date)
            if item.categorie == category and period.holds(entered):
                wrote = author(self.annuaire, item, self.settings.reseau)
                told = f"{wrote}, {date_longue(item.date_affichee)}"
                yield places_of_actualite(self.annuaire, item), _line(item.titre, item.adresse, told, item.resume)

    def _list_trainings(self, period: Period) -> Iterator[Told]:
        """A training is told where its sessions are held, and everywhere when it has no place."""
        for formation in sorted(self.annuaire.formations, key=lambda formation: formation.publiee_le):
            if period.holds(self._journal.entree("formation", formation.id, formation.publiee_le)):
                is_known = formation.modalite not in self.annuaire.labels.read_notes("formation.modalite", "x-inconnu")
                kind = self.annuaire.labels.of("formation.modalite", formation.modalite).lower() if is_known else ""
                told = " – ".join(filter(None, (formation.organisateur.nom, kind)))
                places = union(event.territoires for event in self.agenda.events if event.formation == formation.id)
                yield places or None, _line(formation.titre, formation.adresse, told, formation.resume)

    def _list_events(self, period: Period) -> Iterator[Told]:
        for event in self.agenda.events:
            if period.holds(event.debut) and not event.annulee:
                yield event.territoires, _line(event.titre, event.adresse, self._tell_event(event))

    def _tell_event(self, event: Event) -> str:
        place = event.lieu.nom if event.lieu else "en ligne" if event.en_ligne_url else ""
        told = (tell_when(event.debut, event.fin, event.horaires), place, event.porteur)
        return f"{KINDS[event.sorte]} – {', '.join(filter(None, told))}"

    def _list_waiting(self, period: Period) -> Iterator[Told]:
        """What began to wait for a confirmation; an entry that waits from its first day was told as new."""
        for since, cop in self._waiting:
            if period.holds(since) and since != cop.inscrite_le:
                told = f"à confirmer depuis le {date_longue(since)}"
                yield places_of_cop(cop), _line(self._name(cop), f"{cop.adresse}#corriger", told)

    @cached_property
    def _waiting(self) -> Sequence[tuple[str, Cop]]:
        """By the day since which they wait."""
        return sorted(((waits_since(cop), cop) for cop in self.annuaire.cops), key=itemgetter(0))

    @cached_property
    def _covered(self) -> Slugs:
        """Slugs of the territories that have a COP."""
        return union(places_of_cop(cop) for cop in self.annuaire.cops if not cop.finie)

    def _make_call(self, place: Wide | None, some_wait: bool) -> Call:
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


def _tell_period(period: Period) -> str:
    if period.first[:7] != period.until[:7] and period.first[:4] == period.until[:4]:
        return f"du {date_longue(period.first).removesuffix(f' {period.first[:4]}')} au {date_longue(period.until)}"
    return periode(period.first, period.until)


def _line(titre: str, adresse: str, precision: str = "", texte: str = "") -> LetterLine:
    return LetterLine(typographie(titre), adresse, typographie(capitalise(precision)), typographie(texte))


def _call(titre: str, texte: str, bouton: str, adresse: str) -> Call:
    return Call(typographie(titre), typographie(texte), typographie(bouton), adresse)

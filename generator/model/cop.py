"""One COP with its derived values, and what it is read against. "Today" is part of the input."""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from datetime import date
from functools import cached_property
from operator import attrgetter
from typing import Any, TypeVar

from generator.entries.checks.forms import ENDS_WITH_THE_TERM, mandate_end
from generator.model.fields import CopFields, Dated, Rencontre
from generator.model.labels import Labels
from generator.territories.kinds import Departement, Epci, Point, Region, Territoire
from generator.territories.reference import Territories

TO_CONFIRM_AFTER = 18  # months since the last check: the page says « information à confirmer »
OUT_OF_COUNT_AFTER = 36  # months since the last check: no longer counted


@dataclass(frozen=True, slots=True)
class Context:
    """What a COP is read against."""

    today: str  # AAAA-MM-JJ
    echeances: tuple[str, ...]  # ends of municipal terms, oldest first
    departements: tuple[str, ...]  # the perimeter…
    epci_entiers: bool  # … and whether it takes whole EPCI
    territories: Territories
    objectif: int  # how many COP the directory aims at
    labels: Labels = field(compare=False, repr=False)

    @property
    def last_term_end(self) -> str:
        """The last election day that is not in the future, empty when none is known."""
        return max((day for day in self.echeances if day <= self.today), default="")

    def in_perimeter(self, kind: str, code: str) -> bool:
        """Whether a commune, EPCI, département or région is in the perimeter (a setting)."""
        departements = set(self.territories.departements_of(kind, code)) & set(self.departements)
        if departements or kind != "commune" or not self.epci_entiers:
            return bool(departements)
        epci = self.territories.chain(kind, code).epci
        return bool(epci and set(epci.departements) & set(self.departements))


class Cop(CopFields, frozen=True, kw_only=True, dict=True, eq=False):
    id: str  # the file's name; also its address
    dossier: str  # its folder in cops/
    donnees: Mapping[str, Any]  # as typed, for the exports
    commentaires: bool = False  # the file holds comments, which an edit by form would lose
    yaml: str = ""  # the file's text
    context: Context

    def __repr__(self) -> str:
        return f"Cop({self.id!r})"  # its context is the whole reference

    @property
    def chemin(self) -> str:
        return f"cops/{self.dossier}/{self.id}.yml"

    @property
    def adresse(self) -> str:
        """Address of the page from the root of the site."""
        return f"cops/{self.id}/"

    @property
    def ids(self) -> tuple[str, ...]:
        """Its id and its former ones: what was published under each stays there."""
        return (self.id, *self.anciens_ids)

    @property
    def verifiee(self) -> str:
        """Day of the last check; without one, of the entry: months are counted from it, nobody is told of a check."""
        return self.verifiee_le or self.inscrite_le

    @property
    def precision(self) -> str:
        """What kind of space it is, where no type of the list says it."""
        return (self.type_precision or "") if self.type == "autre" else ""

    @cached_property
    def base(self) -> str | None:
        """Legal basis, given or the usual one of this form for its kind of collectivité."""
        usual = self.context.labels.read_notes("cop.type", "x-base-legale").get(self.type, {})
        return self.base_legale or usual.get(self.collectivite.type)

    @cached_property
    def mois(self) -> int:
        """Whole months since the last check."""
        return months_between(self.verifiee, self.context.today)

    @cached_property
    def a_verifier(self) -> bool:
        return older_than(self.verifiee, TO_CONFIRM_AFTER, self.context.today)

    @cached_property
    def fraiche(self) -> bool:
        """Recent enough to be counted."""
        return not older_than(self.verifiee, OUT_OF_COUNT_AFTER, self.context.today)

    @cached_property
    def statut_affiche(self) -> str:
        """An active commission of an ended municipal term is legally over until somebody says it was created again."""
        return "a-confirmer" if self.statut == "active" and self.mandat_echu else self.statut

    @cached_property
    def mandat_echu(self) -> bool:
        """CGCT L2143-2: the commission lasts at most the municipal term, and that of this one is over."""
        last = self.context.last_term_end
        if self.base != ENDS_WITH_THE_TERM or not last:
            return False
        if self.mandat and self.mandat.fin:
            return mandate_end(self.mandat.fin, self.context.echeances) <= last
        start = (self.mandat and self.mandat.debut) or self._last_known_day
        return start < last[: len(start)]

    @property
    def _last_known_day(self) -> str:
        """When it was last known to meet: an entry written to be confirmed says nothing of its own day."""
        if self.verifiee_le or self.statut != "a-confirmer":
            return self.verifiee
        return self.creee_le or self.inscrite_le

    @cached_property
    def communes(self) -> tuple[str, ...]:
        """INSEE codes it covers: its perimeter when it has its own, else its collectivité's."""
        territories = self.context.territories
        if not self.perimetre:
            return territories.communes_of(self.collectivite.type, self.collectivite.code)
        kinds = (("commune" if len(code) == 5 else "epci", code) for code in self.perimetre)
        return tuple(sorted({c for kind, code in kinds for c in territories.communes_of(kind, code)}))

    @cached_property
    def territoire(self) -> Territoire | None:
        return self.context.territories.collectivite(self.collectivite.type, self.collectivite.code)

    @cached_property
    def collectivite_nom(self) -> str:
        """The reference's name; a syndicat mixte, which is in no reference, bears the name that was typed."""
        return self.territoire.nom if self.territoire else self.collectivite.nom or self.collectivite.code

    @cached_property
    def epcis(self) -> tuple[Epci, ...]:
        """The EPCI it belongs to, is, or covers by its own perimeter, its bearer first; none for a wider bearer."""
        own = self.territoire
        if isinstance(own, Departement | Region):
            return ()
        territories = self.context.territories
        codes = {territories.communes[commune].epci or "" for commune in self.communes}
        covered = [territories.epci[code] for code in sorted(codes) if code]
        return (own, *(epci for epci in covered if epci is not own)) if isinstance(own, Epci) else tuple(covered)

    @cached_property
    def departements(self) -> tuple[Departement, ...]:
        """Those of its bearer and of what it covers; none for the Région."""
        if isinstance(self.territoire, Region):
            return ()
        territories = self.context.territories
        own = territories.departements_of(self.collectivite.type, self.collectivite.code)
        covered = {territories.communes[code].departement for code in self.communes} if self.perimetre else set()
        return tuple(territories.departements[code] for code in sorted({*own, *covered}))

    @cached_property
    def position(self) -> Point | None:
        """Longitude and latitude of a point inside the commune or EPCI, of the prefecture above, None where unknown."""
        territories = self.context.territories
        point = territories.position(self.collectivite.type, self.collectivite.code)
        return point or (territories.position("commune", self.communes[0]) if self.communes else None)

    @cached_property
    def dans_le_perimetre(self) -> bool:
        if self.territoire is None:
            return any(self.context.in_perimeter("commune", code) for code in self.communes)
        return self.context.in_perimeter(self.collectivite.type, self.collectivite.code)

    @cached_property
    def comptee(self) -> bool:
        """The one rule of the counter."""
        return self._weight(self.statut_affiche) == "comptee" and self.fraiche and self.dans_le_perimetre

    @cached_property
    def en_projet(self) -> bool:
        return self._weight(self.statut) == "prevue" and self.fraiche and self.dans_le_perimetre

    @property
    def finie(self) -> bool:
        """Over for good: its entry is kept as an archive."""
        return self._weight(self.statut) == "finie"

    @property
    def a_suivre(self) -> bool:
        """Whether its entry is to be checked again one day: counted, or about to be."""
        return self._weight(self.statut) in {"comptee", "prevue"}

    def _weight(self, statut: str) -> str:
        """What a status means for the counter: `comptee`, `prevue`, `finie`, or nothing."""
        return str(self.context.labels.read_notes("cop.statut", "x-compte").get(statut, ""))

    @cached_property
    def rejoindre_ferme(self) -> bool:
        """The last day to join is over."""
        return bool(self.rejoindre and self.rejoindre.jusqu_au and self.rejoindre.jusqu_au < self.context.today)

    @property
    def rejoindre_affiche(self) -> str:
        """How to join today, empty where unknown: a past last day is closed, whatever the file still says."""
        if self.rejoindre is None:
            return ""
        return "ferme" if self.rejoindre_ferme else self.rejoindre.mode

    @property
    def sans_la_collectivite(self) -> bool:
        """Written by others, from public pages."""
        written_by = self.context.labels.read_notes("cop.fiche.source", "x-sans-la-collectivite")
        return bool(self.fiche and self.fiche.source and written_by.get(self.fiche.source))

    @cached_property
    def rencontres_a_venir(self) -> tuple[Rencontre, ...]:
        return upcoming(self.rencontres, self.context.today)

    @cached_property
    def rencontres_passees(self) -> tuple[Rencontre, ...]:
        return past(self.rencontres, self.context.today)


D = TypeVar("D", bound=Dated)


def upcoming(events: Iterable[D], today: str) -> tuple[D, ...]:
    return tuple(sorted((e for e in events if e.dernier_jour >= today), key=attrgetter("quand")))


def past(events: Iterable[D], today: str) -> tuple[D, ...]:
    """The last one first."""
    return tuple(sorted((e for e in events if e.dernier_jour < today), key=attrgetter("quand"), reverse=True))


def months_between(start: str, end: str) -> int:
    """Whole months from one day to another."""
    first, last = date.fromisoformat(start), date.fromisoformat(end)
    return (last.year - first.year) * 12 + last.month - first.month - (last.day < first.day)


def older_than(day: str, months: int, today: str) -> bool:
    """More than so many months ago: the very day is not yet older."""
    first, last = date.fromisoformat(day), date.fromisoformat(today)
    elapsed = (last.year - first.year) * 12 + last.month - first.month
    return elapsed > months or (elapsed == months and last.day > first.day)

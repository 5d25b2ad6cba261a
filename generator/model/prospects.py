"""Where to act: what the directory does not know yet, or what is about to be over. One line, one thing to ask.

« Aucun recensé » is all that may be said: the directory knows only what it was told.
"""

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from functools import cached_property

from generator.french import decapitalise, sort_key
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.territories.kinds import Commune, Epci, Territoire

LEAST_POPULATION = 50_000
"""Of an EPCI: above, it sets up a conseil de développement (CGCT, article L5211-10-1, I)."""
COUNCIL = "cgct-l5211-10-1"

COMMUNE, EPCI, RENEW, COMPLETE = "commune-sans-cop", "epci-sans-conseil", "cop-a-renouveler", "fiche-a-completer"
KINDS: Mapping[str, str] = {
    EPCI: "Conseils de développement",
    RENEW: "COP à renouveler",
    COMPLETE: "Fiches à compléter",
    COMMUNE: "Communes sans COP recensée",
}
"""What there is to ask, the most pressing first."""


@dataclass(frozen=True, slots=True)
class Prospect:
    """One thing to ask, of one commune, EPCI or COP."""

    sorte: str  # a key of KINDS
    code: str  # INSEE or SIREN of the place, or id of the COP: with `sorte`, what it is followed by
    nom: str
    adresse: str  # of its page, from the root of the site
    departements: tuple[str, ...]  # codes
    epci: Epci | None
    place: Territoire | None
    population: int = 0
    cop: Cop | None = None  # whose entry it is
    proche: Cop | None = None  # the nearest COP that goes on…
    distance: float = 0  # … and how far, in km
    plus_large: Cop | None = None  # a wider COP that covers the commune
    manque: tuple[str, ...] = ()  # what its entry does not say yet

    @property
    def cle(self) -> str:
        return f"{self.sorte}/{self.code}"


@dataclass(frozen=True)
class Prospects:
    """All of them, by what there is to do, then by département and by name."""

    annuaire: Annuaire

    @cached_property
    def all(self) -> tuple[Prospect, ...]:
        order = list(KINDS)
        found = (*self._list_epcis(), *self._list_cops(), *self._list_communes())
        return tuple(sorted(found, key=lambda one: (order.index(one.sorte), one.departements, sort_key(one.nom))))

    def of(self, place: Territoire | None) -> tuple[Prospect, ...]:
        """Those of a territory of animation: an EPCI, a département; everything for the Région and for None."""
        if isinstance(place, Commune):
            return tuple(one for one in self.all if one.place is place)
        if isinstance(place, Epci):
            return tuple(one for one in self.all if one.epci is place)
        if place is None or place.code in self.annuaire.territories.regions:
            return self.all
        return tuple(one for one in self.all if place.code in one.departements)

    def _list_communes(self) -> Iterator[Prospect]:
        annuaire = self.annuaire
        for commune in annuaire.communes:
            if any(not cop.finie for cop in annuaire.par_commune.get(commune.code, ())):
                continue
            near = annuaire.proches((commune.longitude, commune.latitude), 1)
            yield Prospect(
                sorte=COMMUNE,
                code=commune.code,
                nom=commune.nom,
                adresse=commune.adresse,
                departements=(commune.departement,),
                epci=annuaire.territories.epci.get(commune.epci or ""),
                place=commune,
                population=commune.population,
                proche=near[0][0] if near else None,
                distance=near[0][1] if near else 0,
                plus_large=next(iter(annuaire.couvrant.get(commune.code, ())), None),
            )

    def _list_epcis(self) -> Iterator[Prospect]:
        for epci in self.annuaire.epcis:
            cops = self.annuaire.par_epci.get(epci.code, ())
            if epci.population > LEAST_POPULATION and not any(cop.base == COUNCIL and not cop.finie for cop in cops):
                yield Prospect(
                    sorte=EPCI,
                    code=epci.code,
                    nom=epci.nom,
                    adresse=epci.adresse,
                    departements=epci.departements,
                    epci=epci,
                    place=epci,
                    population=epci.population,
                )

    def _list_cops(self) -> Iterator[Prospect]:
        for cop in self.annuaire.cops:
            if not cop.a_suivre:
                continue
            if cop.mandat_echu:
                yield _ask_of(RENEW, cop)
            missing = tuple(self._list_missing(cop))
            if 2 * len(missing) >= len(self._useful):
                yield _ask_of(COMPLETE, cop, missing)

    def _list_missing(self, cop: Cop) -> Iterator[str]:
        """What visitors look for first (`x-utile`) and its entry does not say."""
        for path, label in self._useful.items():
            if not _says(cop.donnees, path.split(".")[1:]):
                yield label

    @cached_property
    def _useful(self) -> Mapping[str, str]:
        labels = self.annuaire.labels
        titles = {path: labels.field(path).label for path, _ in labels.noting("cop", "x-utile")}
        return {path: decapitalise(title) for path, title in titles.items()}


def _ask_of(sorte: str, cop: Cop, missing: tuple[str, ...] = ()) -> Prospect:
    return Prospect(
        sorte=sorte,
        code=cop.id,
        nom=cop.nom,
        adresse=cop.adresse,
        departements=tuple(departement.code for departement in cop.departements),
        epci=next(iter(cop.epcis), None),
        place=cop.territoire,
        cop=cop,
        manque=missing,
    )


def _says(data: object, steps: list[str]) -> bool:
    for step in steps:
        if not isinstance(data, Mapping) or step not in data:
            return False
        data = data[step]
    return True

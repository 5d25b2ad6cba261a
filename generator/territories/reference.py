"""Communes, EPCI, départements and the Région: who they are, where they lie, how they are called in a sentence.

Everything comes from the tables of the folder data/ (sources and vintage in its README). `load` reads them once, in
about 30 ms; the caller keeps the result.
"""

import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import TypeVar

from generator.french import slug, sort_key
from generator.territories.kinds import (
    Ancienne,
    Chain,
    Commune,
    Departement,
    Epci,
    Former,
    Holder,
    Mairie,
    Named,
    Point,
    Region,
    Territoire,
)
from generator.territories.names import core_key, initials, list_keys, list_words
from generator.territories.tables import DATA_FOLDER, read_rows

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class HeirRow:
    """One line of heritiers.csv: a published address that is no territory's any more."""

    code: str  # INSEE or SIREN; still that of a territory, where only the name changed
    type: str  # commune or epci
    nom: str
    slug: str  # of the address
    heritiers: str  # codes, the one that took most first; a département where the perimeter lost it


@dataclass(frozen=True, slots=True)
class Territories:
    """The reference and its indexes. `kind` is the `type` of a collectivité: commune, epci, departement or region."""

    communes: Mapping[str, Commune]
    epci: Mapping[str, Epci]
    departements: Mapping[str, Departement]
    regions: Mapping[str, Region]
    anciennes: Mapping[str, Ancienne]
    formers: tuple[Former, ...]  # by code
    mairies: Mapping[str, Mairie]
    names: Mapping[str, tuple[Named, ...]]  # by the keys of `names.list_keys`
    cores: Mapping[str, tuple[Named, ...]]  # by those of `names.core_key`: what is larger than a commune
    elsewhere: frozenset[str]  # the same keys, of what is not in the directory
    _postal: Mapping[str, tuple[Commune, ...]]

    def by_postal(self, code: str) -> tuple[Commune, ...]:
        """The communes of a postal code, by INSEE code."""
        return self._postal.get(code, ())

    def collectivite(self, kind: str, code: str) -> Territoire | None:
        kinds: dict[str, Mapping[str, Territoire]] = {
            "commune": self.communes, "epci": self.epci, "departement": self.departements, "region": self.regions
        }  # fmt: skip
        return kinds[kind].get(code) if kind in kinds else None

    def find(self, code: str) -> Territoire | None:
        """The territory of a code, the nearest kind first."""
        kinds: tuple[Mapping[str, Territoire], ...] = (self.communes, self.epci, self.departements, self.regions)
        return next((places[code] for places in kinds if code in places), None)

    def former_epci(self, code: str) -> Former | None:
        """What an EPCI that is no more became; None for one that is there, or never was."""
        formers = (former for former in self.formers if former.kind == "epci" and former.code == code)
        return next(formers, None) if code not in self.epci else None

    def former_codes(self, code: str) -> tuple[str, ...]:
        """The SIREN that lead to a territory now; one that was shared out leads to who took most, as its page does."""
        gone = (former for former in self.formers if former.kind == "epci" and former.code not in self.epci)
        return tuple(former.code for former in gone if former.heirs[0].code == code)

    def former_slugs(self, slug: str) -> tuple[str, ...]:
        """The addresses among `territoires/` that lead to a territory now."""
        return tuple(f.slug for f in self.formers if f.kind == "epci" and f.heirs[0].slug == slug)

    def departements_of(self, kind: str, code: str) -> tuple[str, ...]:
        """Codes of the départements where it lies; the Région answers its four, an unknown code none."""
        match self.collectivite(kind, code):
            case Commune(departement=departement):
                return (departement,)
            case Epci(departements=departements):
                return departements
            case Departement(code=own):
                return (own,)
            case Region():
                return tuple(d for d in self.departements if self.is_whole(d))
        return ()

    def is_whole(self, departement: str) -> bool:
        """Whether all of a département is Breton; of Loire-Atlantique, only what belongs to a Breton EPCI is here."""
        return departement in self.departements and self.departements[departement].prefecture in self.communes

    def covered(self, kind: str) -> tuple[Departement | Region, ...]:
        """The départements, or the regions, that the directory is about: all of each is here."""
        if kind == "region":
            return tuple(self.regions.values())
        return tuple(area for code, area in self.departements.items() if self.is_whole(code))

    def communes_of(self, kind: str, code: str) -> tuple[str, ...]:
        """INSEE codes of its communes, sorted; for Loire-Atlantique only those of the perimeter."""
        match self.collectivite(kind, code):
            case Commune(code=own):
                return (own,)
            case Epci(membres=membres):
                return membres
            case None:
                return ()
        inside = self.departements_of(kind, code)
        return tuple(c.code for c in self.communes.values() if c.departement in inside)

    def position(self, kind: str, code: str) -> Point | None:
        """Where to draw it: a central point of the commune or EPCI, the prefecture of the département or Région."""
        match self.collectivite(kind, code):
            case Commune(longitude=longitude, latitude=latitude) | Epci(longitude=longitude, latitude=latitude):
                return longitude, latitude
            case Departement(prefecture=prefecture) | Region(prefecture=prefecture):
                return self.position("commune", prefecture)  # None for Nantes, outside the perimeter
        return None

    def chain(self, kind: str, code: str) -> Chain:
        territory = self.collectivite(kind, code)
        commune = territory if isinstance(territory, Commune) else None
        epci = territory if isinstance(territory, Epci) else self.epci.get(commune.epci or "") if commune else None
        codes = () if isinstance(territory, Region) else self.departements_of(kind, code)
        # A commune of Loire-Atlantique is in the perimeter but not in the Région.
        inside = isinstance(territory, Region) or any(map(self.is_whole, codes))
        region = next(iter(self.regions.values())) if inside else None
        return Chain(epci, tuple(self.departements[d] for d in codes), region)


def load_territories(folder: Path = DATA_FOLDER) -> Territories:
    """Read the committed tables. Raises OSError or KeyError when they are missing or damaged: a broken installation."""
    rows = partial(read_rows, folder)
    breton = {(r["type"], r["code"]): r["nom_br"] for r in rows("noms-bretons")}
    anciennes = [Ancienne(**r) for r in rows("anciennes-communes")]
    areas = rows("departements")
    heirs = read_heirs(folder)
    old_names = _old_names(anciennes, heirs)
    communes = _communes(rows("communes"), old_names, breton, {r["code"]: r["slug"] for r in areas})
    epci = _epci(rows("epci"), communes.values(), old_names)
    departements = {r["code"]: Departement(**r, nom_br=breton.get(("departement", r["code"]))) for r in areas}
    regions = {r["code"]: Region(**r, nom_br=breton.get(("region", r["code"]))) for r in rows("region")}
    places: list[Territoire] = [*communes.values(), *epci.values(), *departements.values(), *regions.values()]
    return Territories(
        communes=MappingProxyType(communes),
        epci=MappingProxyType(epci),
        departements=MappingProxyType(departements),
        regions=MappingProxyType(regions),
        # A commune déléguée often keeps the code of the new commune: that code is current, only the name is old.
        anciennes=MappingProxyType({a.code: a for a in anciennes if a.code not in communes}),
        formers=tuple(_formers(heirs, {**communes, **epci, **departements})),
        mairies=MappingProxyType({r["code"]: Mairie(r["courriel"], r["site"]) for r in rows("mairies")}),
        names=_index((key, Named(p, how)) for p in places for how, nom in list_names(p) for key in _keys(nom)),
        cores=_index((core, Named(p, "nom-court")) for p in places[len(communes) :] for core in _cores(p)),
        elsewhere=frozenset(key for r in rows("ailleurs") for key in _keys(r["nom"])),
        _postal=_index((p, c) for c in communes.values() for p in c.codes_postaux),
    )


def read_heirs(folder: Path) -> list[HeirRow]:
    return [HeirRow(**row) for row in read_rows(folder, "heritiers")]


def _old_names(anciennes: Iterable[Ancienne], heirs: Iterable[HeirRow]) -> Mapping[str, Sequence[str]]:
    """What the places that a territory took over were called, and what itself was called before, by its code."""
    names: dict[str, dict[str, None]] = defaultdict(dict)
    for ancienne in anciennes:
        if ancienne.nom:
            names[ancienne.chef_lieu][ancienne.nom] = None
    for heir in heirs:
        for code in heir.heritiers.split():
            names[code][heir.nom] = None
    return {code: tuple(of_code) for code, of_code in names.items()}


def _formers(heirs: Iterable[HeirRow], places: Mapping[str, Holder]) -> Iterator[Former]:
    for row in heirs:
        found = tuple(places[code] for code in row.heritiers.split() if code in places)
        if found:  # while the tables are being made again, an heir may itself be gone
            yield Former(row.type, row.code, row.nom, row.slug, found)


def _communes(
    rows: Sequence[Mapping[str, str]],
    old_names: Mapping[str, Sequence[str]],
    breton: Mapping[tuple[str, str], str],
    slugs: Mapping[str, str],
) -> dict[str, Commune]:
    """By INSEE code; `slugs` are those of the départements, for the names that two places bear."""
    names = {r["code"]: slug(r["nom"]) for r in rows}
    # The list of a département stands among the pages of its communes: Mayenne is both.
    counts = Counter((*names.values(), *slugs.values()))
    return {
        r["code"]: Commune(
            code=r["code"],
            nom=r["nom"],
            slug=names[r["code"]] if counts[names[r["code"]]] == 1 else f"{names[r['code']]}-{slugs[r['departement']]}",
            liaison=r["liaison"],
            departement=r["departement"],
            epci=r["epci"] or None,
            population=int(r["population"]),
            codes_postaux=tuple(r["codes_postaux"].split()),
            anciens_codes=tuple(r["anciens_codes"].split()),
            anciens_noms=tuple(sorted((n for n in old_names.get(r["code"], ()) if n != r["nom"]), key=sort_key)),
            littoral=r["littoral"] == "oui",
            longitude=float(r["longitude"]),
            latitude=float(r["latitude"]),
            nom_br=breton.get(("commune", r["code"])),
        )
        for r in rows
    }


def _epci(
    rows: Iterable[Mapping[str, str]], communes: Iterable[Commune], old_names: Mapping[str, Sequence[str]]
) -> dict[str, Epci]:
    members = defaultdict(list)
    for commune in communes:
        members[commune.epci].append(commune.code)
    return {
        r["code"]: Epci(
            code=r["code"],
            nom=r["nom"],
            slug=r["slug"],
            liaison=r["liaison"],
            nature=r["nature"],
            departements=tuple(r["departements"].split()),
            population=int(r["population"]),
            longitude=float(r["longitude"]),
            latitude=float(r["latitude"]),
            autres_noms=(
                *r["autres_noms"].split("|"),
                *(nom for nom in old_names.get(r["code"], ()) if nom != r["nom"]),
            ),
            membres=tuple(members[r["code"]]),
        )
        for r in rows
    }


def list_names(place: Territoire) -> Iterator[tuple[str, str]]:
    """What one calls it, and what that is of it; each name once."""
    yield "nom", place.nom
    match place:
        case Commune(anciens_noms=names):
            yield from (("ancien-nom", nom) for nom in names)
            # « Bréhat » for Île-de-Bréhat.
            yield from (("nom-court", nom) for nom in re.findall(r"^Île-(?:de-|d’)?(.+)", place.nom))
        case Epci(autres_noms=names, nature=nature):
            yield from (("nom", nom) for nom in names)
            yield from (("sigle" if len(nom) > 3 else "initiales", nom) for nom in initials(place.nom, nature))
    if breton := getattr(place, "nom_br", None):
        yield "nom-breton", breton


def _keys(nom: str) -> tuple[str, ...]:
    return list_keys(list_words(nom))


def _cores(place: Territoire) -> Iterable[str]:
    names = (place.nom, *getattr(place, "autres_noms", ()))
    return filter(None, dict.fromkeys(core_key(list_words(nom)) for nom in names))


def _index(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    index: dict[str, tuple[T, ...]] = {}
    for key, value in pairs:
        known = index.get(key, ())
        if value not in known:
            index[key] = (*known, value)
    return MappingProxyType(index)

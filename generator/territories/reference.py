"""Communes, EPCI, départements and the Région: who they are, where they lie, how they are called in a sentence.

Everything comes from the tables of the folder data/ (sources and vintage in its README). `load` reads them once, in
about 20 ms; the caller keeps the result.
"""

import csv
import re
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from functools import partial
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple, TypeVar

from generator.french import fold, slug, sort_key

DATA_FOLDER = Path(__file__).with_name("data")
T = TypeVar("T")
Point = tuple[float, float]  # longitude and latitude, in degrees

_ARTICLE = re.compile(r"^(?:Le |La |Les |L[’'])")


def avec_de(liaison: str, nom: str) -> str:
    """The name after « de »: `du`, `des`, `de la` and `de l’` stand in place of the name's own article."""
    if liaison in ("de", "d’"):
        return f"{liaison}{nom}" if liaison == "d’" else f"de {nom}"
    bare = _ARTICLE.sub("", nom)
    return f"{liaison}{bare}" if liaison.endswith("’") else f"{liaison} {bare}"


def avec_a(liaison: str, nom: str) -> str:
    """The name after « à »: `à Rennes`, `au Faouët`, `aux Fougerêts`, `à la Bouillie`, `à l’Île-de-Batz`."""
    bare = _ARTICLE.sub("", nom)
    match liaison:
        case "du" | "des":
            return f"{'au' if liaison == 'du' else 'aux'} {bare}"
        case "de la":
            return f"à la {bare}"
        case "de l’":
            return f"à l’{bare}"
    return f"à {nom}"


def name_key(nom: str) -> str:
    """What two spellings of one name share: `Le Faouët` and `faouet`, `St-Aubin` and `SAINT AUBIN`."""
    words = ["saint" if w == "st" else "sainte" if w == "ste" else w for w in fold(nom).split()]
    return " ".join(words[1:] if len(words) > 1 and words[0] in ("le", "la", "les", "l") else words)


class _Named:
    """What every territory can say of itself in a sentence."""

    __slots__ = ()
    nom: str
    liaison: str  # de, d’, du, de la, des or de l’, from the source's typeLiaison or epci-noms.csv

    @property
    def de(self) -> str:
        return avec_de(self.liaison, self.nom)

    @property
    def a(self) -> str:
        return avec_a(self.liaison, self.nom)


@dataclass(frozen=True, slots=True)
class Commune(_Named):
    """A commune of the perimeter as it stands on 1 January 2026."""

    code: str  # INSEE
    nom: str
    slug: str  # of two with one name, each bears that of its département: `le-faouet-morbihan`
    liaison: str
    departement: str
    epci: str | None  # SIREN; None for Bréhat, Sein and Ouessant
    population: int
    codes_postaux: tuple[str, ...]
    anciens_codes: tuple[str, ...]  # INSEE codes that it took over by mergers
    anciens_noms: tuple[str, ...]  # names of its communes déléguées or associées, its own left out
    littoral: bool  # touches the sea or an estuary
    longitude: float  # of a central point inside the shape
    latitude: float
    nom_br: str | None


@dataclass(frozen=True, slots=True)
class Epci(_Named):
    """An EPCI that has a Breton member, with all its members."""

    code: str  # SIREN
    nom: str  # cleaned by hand: epci-noms.csv
    slug: str
    liaison: str
    nature: str  # Communauté de communes, Communauté d’agglomération, Métropole
    departements: tuple[str, ...]  # five EPCI have several
    population: int  # sum of its communes
    longitude: float
    latitude: float
    autres_noms: tuple[str, ...]  # the source's label, then usual short names
    membres: tuple[str, ...]  # INSEE codes


@dataclass(frozen=True, slots=True)
class Departement(_Named):
    """One of the four, or Loire-Atlantique, of which twenty communes lie in the perimeter."""

    code: str
    nom: str
    slug: str
    liaison: str
    prefecture: str  # INSEE
    nom_br: str | None


@dataclass(frozen=True, slots=True)
class Region(_Named):
    """The Région Bretagne."""

    code: str
    nom: str
    slug: str
    liaison: str
    prefecture: str  # INSEE
    nom_br: str | None


class Ancienne(NamedTuple):
    """An INSEE code that is no longer a commune's; `nom` is empty for 55 of them, which no source names."""

    code: str
    nom: str
    chef_lieu: str  # INSEE code of the commune that took it over


class Mairie(NamedTuple):
    """How to write to a town hall: a role's address or nothing, never a person's."""

    courriel: str
    site: str


class Chain(NamedTuple):
    """From the nearest territory to the farthest, as a breadcrumb needs it."""

    commune: Commune | None
    epci: Epci | None
    departements: tuple[Departement, ...]
    region: Region | None


Territoire = Commune | Epci | Departement | Region


@dataclass(frozen=True, slots=True)
class Territories:
    """The reference and its indexes. `kind` is the `type` of a collectivité: commune, epci, departement or region."""

    communes: Mapping[str, Commune]
    epci: Mapping[str, Epci]
    departements: Mapping[str, Departement]
    regions: Mapping[str, Region]
    anciennes: Mapping[str, Ancienne]
    mairies: Mapping[str, Mairie]
    _postal: Mapping[str, tuple[Commune, ...]]
    _names: Mapping[str, tuple[Commune, ...]]
    _old_names: Mapping[str, tuple[Commune, ...]]
    _epci_names: Mapping[str, tuple[Epci, ...]]
    _neighbours: Mapping[str, tuple[str, ...]]

    def by_postal(self, code: str) -> tuple[Commune, ...]:
        """The communes of a postal code, by INSEE code."""
        return self._postal.get(code, ())

    def by_name(self, nom: str) -> tuple[Commune, ...]:
        """The communes of this name (six names have two), whatever its accents, hyphens, article or « st »."""
        return self._names.get(name_key(nom), ())

    def by_old_name(self, nom: str) -> tuple[Commune, ...]:
        """The communes that a commune of this name has joined."""
        return self._old_names.get(name_key(nom), ())

    def epci_by_name(self, nom: str) -> tuple[Epci, ...]:
        """The EPCI of this name, by its name here, the State's label or a usual short name."""
        return self._epci_names.get(name_key(nom), ())

    def collectivite(self, kind: str, code: str) -> Territoire | None:
        kinds: dict[str, Mapping[str, Territoire]] = {
            "commune": self.communes, "epci": self.epci, "departement": self.departements, "region": self.regions
        }  # fmt: skip
        return kinds[kind].get(code) if kind in kinds else None

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
                return tuple(d for d in self.departements if d != "44")
        return ()

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

    def neighbours(self, code: str) -> tuple[str, ...]:
        """INSEE codes of the communes that touch this one; an island has the nearest over the sea."""
        return self._neighbours.get(code, ())

    def chain(self, kind: str, code: str) -> Chain:
        territory = self.collectivite(kind, code)
        commune = territory if isinstance(territory, Commune) else None
        epci = territory if isinstance(territory, Epci) else self.epci.get(commune.epci or "") if commune else None
        codes = () if isinstance(territory, Region) else self.departements_of(kind, code)
        # A commune of Loire-Atlantique is in the perimeter but not in the Région.
        inside = isinstance(territory, Region) or any(d != "44" for d in codes)
        region = next(iter(self.regions.values())) if inside else None
        return Chain(commune, epci, tuple(self.departements[d] for d in codes), region)


def load_territories(folder: Path = DATA_FOLDER) -> Territories:
    """Read the committed tables. Raises OSError or KeyError when they are missing or damaged: a broken installation."""
    rows = partial(_rows, folder)
    breton = {(r["type"], r["code"]): r["nom_br"] for r in rows("noms-bretons")}
    anciennes = [Ancienne(**r) for r in rows("anciennes-communes")]
    departements = rows("departements")
    communes = _communes(rows("communes"), anciennes, breton, {r["code"]: r["slug"] for r in departements})
    epci = _epci(rows("epci"), communes.values())
    return Territories(
        communes=MappingProxyType(communes),
        epci=MappingProxyType(epci),
        departements=MappingProxyType(
            {r["code"]: Departement(**r, nom_br=breton.get(("departement", r["code"]))) for r in departements}
        ),
        regions=MappingProxyType(
            {r["code"]: Region(**r, nom_br=breton.get(("region", r["code"]))) for r in rows("region")}
        ),
        # A commune déléguée often keeps the code of the new commune: that code is current, only the name is old.
        anciennes=MappingProxyType({a.code: a for a in anciennes if a.code not in communes}),
        mairies=MappingProxyType({r["code"]: Mairie(r["courriel"], r["site"]) for r in rows("mairies")}),
        _postal=_index((p, c) for c in communes.values() for p in c.codes_postaux),
        _names=_index((name_key(c.nom), c) for c in communes.values()),
        _old_names=_index((name_key(nom), c) for c in communes.values() for nom in c.anciens_noms),
        _epci_names=_index(pair for e in epci.values() for pair in {(name_key(n), e) for n in (e.nom, *e.autres_noms)}),
        _neighbours=MappingProxyType({r["code"]: tuple(r["voisins"].split()) for r in rows("voisins")}),
    )


def _rows(folder: Path, table: str) -> list[dict[str, str]]:
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))


def _communes(
    rows: Sequence[Mapping[str, str]],
    anciennes: Iterable[Ancienne],
    breton: Mapping[tuple[str, str], str],
    slugs: Mapping[str, str],
) -> dict[str, Commune]:
    """By INSEE code; `slugs` are those of the départements, for the names that two communes bear."""
    names = {r["code"]: slug(r["nom"]) for r in rows}
    counts = Counter(names.values())
    old = defaultdict(list)
    for ancienne in anciennes:
        if ancienne.nom:
            old[ancienne.chef_lieu].append(ancienne.nom)
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
            anciens_noms=tuple(sorted((n for n in old[r["code"]] if n != r["nom"]), key=sort_key)),
            littoral=r["littoral"] == "oui",
            longitude=float(r["longitude"]),
            latitude=float(r["latitude"]),
            nom_br=breton.get(("commune", r["code"])),
        )
        for r in rows
    }


def _epci(rows: Iterable[Mapping[str, str]], communes: Iterable[Commune]) -> dict[str, Epci]:
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
            autres_noms=tuple(r["autres_noms"].split("|")),
            membres=tuple(members[r["code"]]),
        )
        for r in rows
    }


def _index(pairs: Iterable[tuple[str, T]]) -> Mapping[str, tuple[T, ...]]:
    index: dict[str, tuple[T, ...]] = {}
    for key, value in pairs:
        index[key] = (*index.get(key, ()), value)
    return MappingProxyType(index)

"""What a territory is: a commune, an EPCI, a département or the Région, and how it is called in a sentence."""

import re
from dataclasses import dataclass
from typing import NamedTuple, get_args

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


def avec_dans(liaison: str, nom: str) -> str:
    """The name after « dans »: `dans le Pays d’Iroise`, `dans la Côte d’Émeraude`, `dans Quimperlé Communauté`."""
    article = {"du": "le ", "des": "les ", "de la": "la ", "de l’": "l’"}.get(liaison, "")
    return f"dans {article}{_ARTICLE.sub('', nom) if article else nom}"


class _Named:
    """What every territory can say of itself in a sentence."""

    __slots__ = ()
    code: str
    nom: str
    slug: str
    liaison: str  # de, d’, du, de la, des or de l’, from the source's typeLiaison or epci-noms.csv

    @property
    def de(self) -> str:
        return avec_de(self.liaison, self.nom)

    @property
    def a(self) -> str:
        return avec_a(self.liaison, self.nom)

    @property
    def dans(self) -> str:
        return avec_dans(self.liaison, self.nom)

    @property
    def adresse(self) -> str:
        """Of its page, from the root of the site."""
        return f"territoires/{self.slug}/"

    @property
    def avec_code(self) -> str:
        """What nothing else is called: « Quimperlé (29233) »."""
        return f"{self.nom} ({self.code})"


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

    @property
    def adresse(self) -> str:
        return f"communes/{self.slug}/"


@dataclass(frozen=True, slots=True)
class Epci(_Named):
    """An EPCI that has a member in the region, with all its members."""

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

    @property
    def dans(self) -> str:
        """One is `dans le Finistère`, and `en` what bears no article: `en Ille-et-Vilaine`."""
        return avec_dans(self.liaison, self.nom) if self.liaison in ("du", "des") else f"en {self.nom}"


@dataclass(frozen=True, slots=True)
class Region(_Named):
    """The region of the directory."""

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


Holder = Commune | Epci | Departement
"""What may hold the place of a territory that is no more."""


class Former(NamedTuple):
    """An address that was published and is no territory's any more: its commune merged, its EPCI changed its name…"""

    kind: str  # commune or epci
    code: str  # what it had; still that of a territory, where only the name changed
    nom: str
    slug: str
    heirs: tuple[Holder, ...]  # the one that took most first, never empty


@dataclass(frozen=True, slots=True)
class Mairie:
    """How to write to a town hall: a role's address or nothing, never a person's."""

    courriel: str
    site: str


class Chain(NamedTuple):
    """What is around a territory, itself included, the nearest first."""

    epci: Epci | None
    departements: tuple[Departement, ...]
    region: Region | None


Wide = Epci | Departement | Region
"""What is larger than a commune, and has its feed, its letter and its calendar."""

Territoire = Commune | Wide


KINDS = tuple(kind.__name__.lower() for kind in get_args(Territoire))
"""What `kind_of` answers, the nearest territory first."""


def kind_of(territory: Territoire) -> str:
    """The `type` of a collectivité in a file."""
    return type(territory).__name__.lower()


class Named(NamedTuple):
    """A territory, and what of it a text or a code names: `nom`, `ancien-nom`, `code-postal`… (see `reading`)."""

    place: Territoire
    how: str

"""What pages list, grouped and counted: small rows that templates only loop over."""

from collections.abc import Iterable
from dataclasses import dataclass
from typing import Generic, TypeVar

from generator.french import accord, en_lettres, nombre, sort_key
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.formation import Formation
from generator.model.neighbours import Neighbours
from generator.pages.entries.facts import tell_distance
from generator.territories.kinds import Commune, Departement, Epci, Territoire

SEATS_AS_DOTS = 60
"""Up to so many members one dot is one seat; above, a bar."""


@dataclass(frozen=True, slots=True)
class College:
    """One college: how many, in words."""

    rank: int  # colour of its dots, from 1
    count: int
    name: str  # « élus », agreed with the count
    is_feminine: bool

    @property
    def words(self) -> str:
        """`8 élus`."""
        return f"{nombre(self.count)} {self.name}"

    @property
    def in_letters(self) -> str:
        """`huit élus`, for a sentence."""
        return f"{en_lettres(self.count, self.is_feminine)} {self.name}"


def list_colleges(cop: Cop) -> tuple[College, ...]:
    """The colleges that are known and not empty: the schema says how each is counted in words.

    Neither the total nor the young, who are counted again in the others, are colleges.
    """
    children = cop.context.labels.field("cop.composition").children
    counted = {key: field.annotations for key, field in children.items() if "x-singulier" in field.annotations}
    counts = cop.donnees.get("composition", {})
    filled = [(counts[key], counted[key]) for key in counted if counts.get(key)]
    return tuple(
        College(rank, count, accord(count, notes["x-singulier"], notes["x-pluriel"]), notes.get("x-feminin", False))
        for rank, (count, notes) in enumerate(filled, 1)
    )


@dataclass(frozen=True, slots=True)
class Near:
    """A COP that is near, and how far it is."""

    cop: Cop
    words: str  # « Quimperlé, à 12 km »


def tell_near(neighbours: Neighbours) -> tuple[Near, ...]:
    return tuple(Near(cop, f"{cop.collectivite_nom}, {tell_distance(distance)}") for cop, distance in neighbours)


T = TypeVar("T", Epci, Departement, Commune)


@dataclass(frozen=True, slots=True)
class TerritoryRow(Generic[T]):
    """One territory of a list, with its number of COP."""

    territoire: T
    count: int


def list_departements(annuaire: Annuaire) -> tuple[TerritoryRow[Departement], ...]:
    """Those of the perimeter, and any other that has a COP."""
    return tuple(TerritoryRow(d, len(annuaire.par_departement.get(d.code, ()))) for d in annuaire.departements)


def list_epcis(annuaire: Annuaire, departement: str | None = None) -> tuple[TerritoryRow[Epci], ...]:
    """EPCI by name, of one département or all; one that crosses a border stands in both."""
    chosen = (e for e in annuaire.epcis if departement is None or departement in e.departements)
    rows = (TerritoryRow(e, len(annuaire.par_epci.get(e.code, ()))) for e in chosen)
    return tuple(sorted(rows, key=lambda row: sort_key(row.territoire.nom)))


@dataclass(frozen=True, slots=True)
class Group:
    """COP under one heading, by name."""

    title: str
    path: str  # page of the heading from the root of the site, or empty
    cops: tuple[Cop, ...]


def group_by_epci(cops: Iterable[Cop]) -> tuple[Group, ...]:
    """Each COP once, under its EPCI, its département or the region; headings in French order."""
    groups: dict[tuple[str, str], list[Cop]] = {}
    for cop in cops:
        groups.setdefault(_find_heading(cop), []).append(cop)
    rows = (Group(title, path, tuple(group)) for (title, path), group in groups.items())
    return tuple(sorted(rows, key=lambda group: sort_key(group.title)))


def _find_heading(cop: Cop) -> tuple[str, str]:
    places: list[Territoire] = [*cop.epcis, *cop.departements]
    territory = cop.territoire
    places += [territory] if territory else []
    return (places[0].nom, places[0].adresse) if places else ("Ailleurs", "")


@dataclass(frozen=True, slots=True)
class Trainings:
    """Trainings without a session to come, by what one can do with them today."""

    on_demand: tuple[Formation, ...]
    undated: tuple[Formation, ...]  # nothing is known of when, nor whether one may ask for it
    archive: tuple[Formation, ...]


def part_trainings(annuaire: Annuaire) -> Trainings:
    """Those without a date to come: a past session moves to the archive by itself."""
    rest = [f for f in annuaire.formations if not f.prochaine]
    on_demand = [f for f in rest if f.a_la_demande == "oui"]
    undated = [f for f in rest if not (f.a_la_demande or f.sessions)]
    archive = [f for f in rest if f not in on_demand and f not in undated]
    return Trainings(tuple(on_demand), tuple(undated), tuple(archive))

"""What happens on a territory: how much of it is covered, which communes, what is announced there."""

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from generator import french
from generator.model import figures
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.pages.groups.atlas import tell_commune
from generator.pages.groups.lists import TerritoryRow
from generator.territories.kinds import Commune, Departement, Epci


@dataclass(frozen=True, slots=True)
class Figure:
    """A figure with its label, both in words."""

    label: str
    words: str


def count_figures(cops: Sequence[Cop], codes: Collection[str], annuaire: Annuaire) -> tuple[Figure, ...]:
    """The figures of a territory whose communes are `codes`, in words."""
    cover = figures.measure_coverage(cops, codes, annuaire.territories)
    rows = [
        Figure("Fiches", french.nombre(len(cops))),
        Figure("COP comptées", french.nombre(sum(cop.comptee for cop in cops))),
        Figure("Communes couvertes", f"{french.nombre(cover.communes)} sur {french.nombre(cover.communes_total)}"),
        Figure("Population", french.pluriel(cover.population_total, "habitant")),
    ]
    if cover.communes:
        text = f"{french.nombre(cover.share)} %, soit {french.pluriel(cover.population, 'habitant')}"
        rows.append(Figure("Population couverte", french.typographie(text)))
    return tuple(rows)


@dataclass(frozen=True, slots=True)
class CommuneRow:
    """One commune of a list that says the same as the map."""

    nom: str
    path: str  # of its page; empty outside the perimeter
    words: str  # « 2 COP de la commune », « couverte par une COP plus large »; empty without any


def list_communes(epci: Epci, annuaire: Annuaire) -> tuple[CommuneRow, ...]:
    """The communes of an EPCI in French order."""
    covered = {code for cop in annuaire.par_epci.get(epci.code, ()) for code in cop.communes}
    members = sorted((annuaire.territories.communes[c] for c in epci.membres), key=lambda c: french.sort_key(c.nom))
    rows = []
    for commune in members:
        cops = annuaire.par_commune.get(commune.code, ())
        state = tell_commune(len(cops), commune.code in covered)
        words = state if cops or commune.code in covered else ""
        path = commune.adresse if annuaire.context.in_perimeter("commune", commune.code) else ""
        rows.append(CommuneRow(commune.nom, path, words))
    return tuple(rows)


def find_alone(departement: Departement, annuaire: Annuaire) -> tuple[Commune, ...]:
    """The communes of a département that have a page and belong to no EPCI: islands, which no other page would name."""
    return tuple(c for c in annuaire.communes if c.departement == departement.code and c.epci is None)


def list_alone(departement: Departement, annuaire: Annuaire) -> tuple[TerritoryRow[Commune], ...]:
    """The same, with their number of COP."""
    communes = find_alone(departement, annuaire)
    return tuple(TerritoryRow(commune, len(annuaire.par_commune.get(commune.code, ()))) for commune in communes)

"""Rows of the lists that hand-written pages show: départements and EPCI."""

from collections.abc import Sequence
from dataclasses import dataclass

from generator.pages.groups.lists import TerritoryRow
from generator.territories.kinds import Commune, Departement, Epci

MOST_COVERED = 12
"""Territories that the home page names beside its map."""


@dataclass(frozen=True, slots=True)
class DepartementRows:
    """A département, its EPCI, and its communes without any."""

    row: TerritoryRow[Departement]
    epcis: Sequence[TerritoryRow[Epci]]
    lone_communes: Sequence[TerritoryRow[Commune]]


@dataclass(frozen=True, slots=True)
class EpciRows:
    """The EPCI by name, parted by whether they have a COP."""

    all: Sequence[TerritoryRow[Epci]]
    covered: Sequence[TerritoryRow[Epci]]
    empty: Sequence[TerritoryRow[Epci]]

    @property
    def most_covered(self) -> Sequence[TerritoryRow[Epci]]:
        return sorted(self.covered, key=lambda row: row.count, reverse=True)[:MOST_COVERED]

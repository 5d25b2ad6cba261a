"""The choices of the directory with the number of COP of each, written at build; the script then keeps them true."""

from collections import Counter
from dataclasses import dataclass

from generator.model import facets
from generator.model.annuaire import Annuaire
from generator.model.facets import Facet


@dataclass(frozen=True, slots=True)
class Choice:
    """One value that one may choose."""

    value: str
    label: str
    count: int
    formers: tuple[str, ...]  # what one chose before it took their place


@dataclass(frozen=True, slots=True)
class FacetRow:
    """One facet as the page shows it: boxes to tick, or one list."""

    name: str  # of the parameter in the address
    title: str
    everything: str  # the answer of a list that keeps all; empty for boxes
    choices: tuple[Choice, ...]


def count_facets(annuaire: Annuaire) -> tuple[FacetRow, ...]:
    """Every facet with its counts over the whole directory."""
    return tuple(
        FacetRow(facet.name, facet.title, facet.everything, _count_choices(facet, annuaire))
        for facet in facets.list_facets(annuaire)
    )


def _count_choices(facet: Facet, annuaire: Annuaire) -> tuple[Choice, ...]:
    counts = Counter(value for cop in annuaire.cops for value in facet.values(cop))
    formers = annuaire.territories.former_codes
    return tuple(Choice(value, label, counts[value], formers(value)) for value, label in facet.choices.items())

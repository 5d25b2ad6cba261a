"""The choices of the directory with the number of COP of each, written at build; the script then keeps them true."""

from collections import Counter
from collections.abc import Callable, Iterable
from dataclasses import dataclass

from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.labels import Labels
from generator.opendata import finder
from generator.pages.groups import lists

TITLES = {
    "departement": "Département",
    "statut": "État",
    "theme": "Thème",
    "rejoindre": "Comment rejoindre",
    "type": "Forme",
    "participation": "Participation",
}
"""Facets as boxes to tick, in order; EPCI, which are sixty, are one list to choose from."""


@dataclass(frozen=True, slots=True)
class Choice:
    """One box."""

    value: str
    label: str
    count: int


@dataclass(frozen=True, slots=True)
class Facet:
    """One group of boxes."""

    name: str  # of the parameter in the address
    title: str
    choices: tuple[Choice, ...]


_VALUES: dict[str, Callable[[Cop], Iterable[str]]] = {
    "type": lambda cop: (cop.type,),
    "theme": lambda cop: cop.themes,
    "statut": lambda cop: (cop.statut_affiche,),
    "rejoindre": lambda cop: (finder.how_to_join(cop),),
    "participation": lambda cop: (cop.participation or "",),
}


def count_facets(annuaire: Annuaire, labels: Labels) -> tuple[Facet, ...]:
    """Every facet of boxes, with its counts over the whole directory."""
    return tuple(Facet(name, title, _count_choices(name, annuaire, labels)) for name, title in TITLES.items())


def _count_choices(name: str, annuaire: Annuaire, labels: Labels) -> tuple[Choice, ...]:
    if name == "departement":
        rows = lists.list_departements(annuaire)
        return tuple(Choice(row.territoire.code, row.territoire.nom, row.count) for row in rows)
    found = Counter(value for cop in annuaire.cops for value in _VALUES[name](cop))
    return tuple(Choice(value, label, found[value]) for value, label in labels.choices(finder.FACETS[name]).items())

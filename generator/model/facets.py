"""By what the directory is filtered: the facets that the schema of a COP declares (`x-facette`), and nothing else.

The page draws them, the finder's file ships their values, its script loops over what the page shows.
"""

from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import partial
from typing import Any

from generator.entries.schemas.fields import Field, write_simple
from generator.failures import UnreadableRules
from generator.french import sort_key
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop, older_than
from generator.model.labels import say_value
from generator.model.signs import find_last_sign


@dataclass(frozen=True, slots=True)
class Facet:
    """One question; a COP may answer it by no value, one or several."""

    name: str  # of the parameter in the address
    title: str
    everything: str  # of one list to choose from, the answer that keeps all; empty for boxes to tick
    choices: Mapping[str, str]  # value → label, in order
    values: Callable[[Cop], tuple[str, ...]]


def list_facets(annuaire: Annuaire) -> tuple[Facet, ...]:
    """Every facet, in the order of its `rang`; without one it comes last."""
    labels = annuaire.labels
    declared = ((path, name, note) for path, notes in labels.noting("cop", "x-facette") for name, note in notes.items())
    ordered = sorted(declared, key=lambda one: one[2].get("rang", float("inf")))
    facets = (_make_facet(annuaire, path, name, note) for path, name, note in ordered)
    return tuple(facet for facet in facets if facet.choices)


def _make_facet(annuaire: Annuaire, path: str, name: str, note: Mapping[str, Any]) -> Facet:
    field = annuaire.labels.field(path)
    derived, ages = note.get("lit", ""), note.get("mois", {})
    if derived and derived not in DERIVED:
        raise UnreadableRules(f"« x-facette » de « {path} » lit « {derived} », que l’annuaire ne déduit pas")
    values = partial(DERIVED[derived], annuaire, ages) if derived else _make_reader(path.split(".")[1:])
    return Facet(
        name=name,
        title=note.get("titre", field.label),
        everything=note.get("tout", ""),
        choices=ages or _list_places(annuaire).get(derived) or field.labels or _list_said(annuaire, field, values),
        values=values,
    )


def _list_said(annuaire: Annuaire, field: Field, values: Callable[[Cop], Iterable[str]]) -> Mapping[str, str]:
    """The choices that no schema lists: what the entries say, in order."""
    said = {value for cop in annuaire.cops for value in values(cop)}
    if field.element.kind in ("integer", "number"):
        ordered = sorted(said, key=float)
    else:
        ordered = sorted(said) if field.element.kind == "date" else sorted(said, key=sort_key)
    is_decimal = field.element.kind == "number"
    return {value: value.replace(".", ",") if is_decimal else say_value(value, field.element) for value in ordered}


def _find_age_of_sign(annuaire: Annuaire, ages: Iterable[str], cop: Cop) -> tuple[str, ...]:
    """The shortest of some ages in months that its last sign of life does not pass. A bare year is its first day."""
    sign = find_last_sign(annuaire, cop)
    if sign is None:
        return (NO_SIGN,)
    day = f"{sign.jour}-01-01"[:10]
    held = (age for age in ages if age.isdecimal() and not older_than(day, int(age), annuaire.today))
    return (next(held, OLD_SIGN),)


OLD_SIGN, NO_SIGN = "ancien", "aucun"
"""What the schema names beside the ages."""

DERIVED: Mapping[str, Callable[[Annuaire, Mapping[str, str], Cop], tuple[str, ...]]] = {
    "statut_affiche": lambda _annuaire, _ages, cop: (cop.statut_affiche,),
    "rejoindre_affiche": lambda _annuaire, _ages, cop: (cop.rejoindre_affiche,) if cop.rejoindre_affiche else (),
    "dernier_signe": _find_age_of_sign,
    "departements": lambda _annuaire, _ages, cop: tuple(departement.code for departement in cop.departements),
    "epci": lambda _annuaire, _ages, cop: tuple(epci.code for epci in cop.epcis),
}
"""What a facet may read (`lit`) in place of what was typed: values that the directory derives."""


def _list_places(annuaire: Annuaire) -> Mapping[str, Mapping[str, str]]:
    """The choices that no schema can list: they are territories."""
    epcis = sorted(annuaire.epcis, key=lambda epci: sort_key(epci.nom))
    return {
        "departements": {departement.code: departement.nom for departement in annuaire.departements},
        "epci": {epci.code: epci.nom for epci in epcis},
    }


def _make_reader(steps: list[str]) -> Callable[[Cop], tuple[str, ...]]:
    """What was typed under a key, each value once."""
    return lambda cop: tuple(dict.fromkeys(_read_typed(cop.donnees, steps)))


def _read_typed(value: Any, steps: list[str]) -> Iterator[str]:
    if isinstance(value, list | tuple):
        yield from _read_each(value, steps)
    elif steps:
        if steps[0] in value:
            yield from _read_typed(value[steps[0]], steps[1:])
    elif value is not None and not isinstance(value, Mapping):
        yield write_simple(value)


def _read_each(values: Iterable[Any], steps: list[str]) -> Iterator[str]:
    for value in values:
        yield from _read_typed(value, steps)

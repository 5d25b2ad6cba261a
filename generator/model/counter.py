"""The counter toward the goal, a setting: the one rule and its figures."""

from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

from generator.model.cop import Cop

STEPS = (10, 25, 50, 100, 250, 500, 750, 1000, 2500, 5000)
"""What is worth telling on the way to the goal, which is the last step."""


@dataclass(frozen=True, slots=True)
class Compteur:
    """The figures beside the thousand points; the JSON of /donnees/compteur.json has the same names."""

    value: int  # COP counted
    objectif: int
    date: str  # AAAA-MM-JJ
    a_confirmer: int  # of them, whose existence is to be confirmed
    en_projet: int  # not counted: idea, or voted and in creation
    collectivites: int  # distinct collectivités of the COP counted
    par_departement: Mapping[str, int]  # by folder, so that the sum is `value`
    par_type: Mapping[str, int]


def compter(cops: Iterable[Cop], today: str, objectif: int) -> Compteur:
    """The COP shown as active, in renewal or to confirm, checked within 36 months, in the perimeter; one per file."""
    everything = tuple(cops)
    counted = [cop for cop in everything if cop.comptee]
    return Compteur(
        value=len(counted),
        objectif=objectif,
        date=today,
        a_confirmer=sum(cop.statut_affiche == "a-confirmer" for cop in counted),
        en_projet=sum(cop.en_projet for cop in everything),
        collectivites=len({(cop.collectivite.type, cop.collectivite.code) for cop in counted}),
        par_departement=dict(sorted(Counter(cop.dossier for cop in counted).items())),
        par_type=dict(sorted(Counter(cop.type for cop in counted).items())),
    )


@dataclass(frozen=True, slots=True)
class Milestone:
    """A step on the way, reached on the day of the N-th entry."""

    count: int  # one of the steps
    date: str  # AAAA-MM-JJ
    cop: str  # id of the entry that reached it


def steps_to(objectif: int) -> tuple[int, ...]:
    """The steps on the way to the goal, itself included."""
    return (*(step for step in STEPS if step < objectif), objectif)


def milestones(cops: Iterable[Cop], steps: Iterable[int]) -> tuple[Milestone, ...]:
    """The steps reached by the COP counted today, in their order: step N is the N-th `inscrite_le`.

    A COP that leaves the count would move the next ones: what was reached once is kept by its news item, a file.
    """
    entered = sorted((cop.inscrite_le, cop.id) for cop in cops if cop.comptee)
    reached = (step for step in steps if step <= len(entered))
    return tuple(Milestone(step, *entered[step - 1]) for step in reached)


def next_step(value: int, steps: Iterable[int]) -> int | None:
    """The first step that is not reached; None when all are."""
    return next((step for step in steps if step > value), None)

"""What the COP do, over all of them: their engagements, the documents they publish, their steps in the Pacte."""

from collections import Counter
from collections.abc import Mapping
from dataclasses import dataclass

from generator.french import sort_key
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.fields import Document, Engagement


@dataclass(frozen=True, slots=True)
class CopEngagement:
    """Something that a COP has undertaken."""

    cop: Cop
    engagement: Engagement
    is_late: bool  # its term is over on the day of the build, and it remains to be kept


@dataclass(frozen=True, slots=True)
class CopDocument:
    """A document that a COP has published."""

    cop: Cop
    document: Document


def list_engagements(annuaire: Annuaire) -> tuple[CopEngagement, ...]:
    """Those of all COP, by the name of their collectivité: no other order, no ranking."""
    return tuple(
        CopEngagement(cop, engagement, _is_late(engagement, annuaire))
        for cop in _by_place(annuaire)
        for engagement in cop.engagements
    )


def list_documents(annuaire: Annuaire) -> tuple[CopDocument, ...]:
    """Those of all COP, by the name of their collectivité."""
    return tuple(CopDocument(cop, document) for cop in _by_place(annuaire) for document in cop.documents)


def _by_place(annuaire: Annuaire) -> list[Cop]:
    return sorted(annuaire.cops, key=lambda cop: sort_key(cop.collectivite_nom))


def _is_late(engagement: Engagement, annuaire: Annuaire) -> bool:
    """A year or a month is over once another one has begun."""
    is_open = annuaire.labels.read_notes("cop.engagements.statut", "x-ouvert").get(engagement.statut)
    term = engagement.echeance
    return bool(is_open and term and term < annuaire.today[: len(term)])


def count_begun_pillars(annuaire: Annuaire) -> Mapping[str, int]:
    """By pillar of the Pacte, how many COP have begun it: those whose entry says so, and nothing of the others."""
    labels = annuaire.labels
    begun: Counter[str] = Counter(dict.fromkeys(labels.field("cop.pacte.piliers").children, 0))
    for cop in annuaire.cops:
        for pillar in begun if cop.pacte else ():
            state = getattr(cop.pacte and cop.pacte.piliers, pillar)
            # A pillar that has begun has a sign, half or full.
            if state and labels.read_notes(f"cop.pacte.piliers.{pillar}.etat", "x-signe").get(state.etat):
                begun[pillar] += 1
    return begun

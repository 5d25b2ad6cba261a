"""The letter by which residents ask for a COP: to the council that can create it, with examples from around."""

from dataclasses import dataclass

from generator import french
from generator.model.cop import Cop
from generator.model.neighbours import Neighbours, keep_near
from generator.pages.entries.facts import tell_distance
from generator.territories.kinds import Commune, Epci


@dataclass(frozen=True, slots=True)
class Letter:
    """What the letter says of one place; `templates/lettre.html` holds its sentences."""

    kind: str  # `commune`, `epci`, or `rejoindre` where both have their COP already
    subject: str  # « création d’une COP locale à l’Île-de-Batz »
    to: str  # « Madame, Monsieur le Maire »
    where: str  # « à l’Île-de-Batz »; « sur le territoire de Dinan Agglomération »
    cop: str  # name of the COP to join, where there is one
    examples: str  # « la commission du temps long de Quimperlé (à 12 km) », or empty

    @property
    def title(self) -> str:
        """As a line of its own says it: with a capital."""
        return french.capitalise(self.subject)


def write_letter(commune: Commune, epci: Epci | None, own: Cop | None, wider: Cop | None, examples: str) -> Letter:
    """To the municipal council; where the commune has its COP (`own`), to that of the EPCI, unless it has one too."""
    if not own:
        return _ask("commune", "Madame, Monsieur le Maire", commune.a, examples)
    if epci and not wider:
        return _ask("epci", "Madame la Présidente, Monsieur le Président", f"sur le territoire {epci.de}", examples)
    subject = f"prendre part à la COP {commune.de}"
    return Letter("rejoindre", subject, "Madame, Monsieur le Maire", commune.a, own.nom, "")


def _ask(kind: str, to: str, where: str, examples: str) -> Letter:
    return Letter(kind, f"création d’une COP locale {where}", to, where, "", examples)


def tell_examples(neighbours: Neighbours) -> str:
    """COP that are near enough to be visited, in one phrase."""
    return french.enumeration(
        f"{cop.nom}, {cop.collectivite_nom} ({tell_distance(distance)})" for cop, distance in keep_near(neighbours)
    )


def make_blank_letter() -> Letter:
    """The letter before anybody said where they live: what stands between brackets is to be filled in."""
    return _ask("commune", "Madame, Monsieur le Maire", "à [nom de la commune]", "")

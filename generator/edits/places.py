"""Which territory a person means, and where its entries are kept."""

from generator.territories.kinds import Territoire
from generator.territories.reference import Territories


def find_territories(territories: Territories, text: str) -> tuple[Territoire, ...]:
    """The territories that a person may mean: an INSEE code, a SIREN, a name, the old name of a merged commune.

    A postal code answers only where it is nobody's INSEE code; several answers mean that one must be chosen.
    """
    exact: tuple[Territoire, ...] = tuple(
        territory
        for kind in ("commune", "epci", "departement", "region")
        if (territory := territories.collectivite(kind, text))
    )
    if exact:
        return exact
    ancienne = territories.anciennes.get(text)
    return (
        ((territories.communes[ancienne.chef_lieu],) if ancienne else ())
        or territories.by_postal(text)
        or territories.by_name(text)
        or territories.epci_by_name(text)
        or territories.by_old_name(text)
    )


def kind_of(territory: Territoire) -> str:
    """The `type` of a collectivité in a file."""
    return type(territory).__name__.lower()


def folder_of(territories: Territories, territory: Territoire) -> str:
    """The sub-folder of cops/ where its COP are kept."""
    kind = kind_of(territory)
    return "bretagne" if kind == "region" else territories.departements_of(kind, territory.code)[0]

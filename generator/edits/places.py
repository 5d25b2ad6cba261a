"""Which territory a person means, and where its entries are kept."""

from generator.territories.reference import Territoire, Territories


def find_territories(territories: Territories, words: str) -> tuple[Territoire, ...]:
    """The territories that a person may mean: an INSEE code, a SIREN, a name, the old name of a merged commune.

    A postal code answers only where it is nobody's INSEE code; several answers mean that one must be chosen.
    """
    known: tuple[Territoire, ...] = tuple(
        own for kind in ("commune", "epci", "departement", "region") if (own := territories.collectivite(kind, words))
    )
    if known:
        return known
    former = territories.anciennes.get(words)
    return (
        ((territories.communes[former.chef_lieu],) if former else ())
        or territories.by_postal(words)
        or territories.by_name(words)
        or territories.epci_by_name(words)
        or territories.by_old_name(words)
    )


def kind_of(territory: Territoire) -> str:
    """The `type` of a collectivité in a file."""
    return type(territory).__name__.lower()


def folder_of(territories: Territories, territory: Territoire) -> str:
    """The sub-folder of cops/ where its COP are kept."""
    kind = kind_of(territory)
    return "bretagne" if kind == "region" else territories.departements_of(kind, territory.code)[0]

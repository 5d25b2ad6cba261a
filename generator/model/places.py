"""To which territories a COP, a news item or a place belongs, by slug: that of its EPCI, départements and region.

Pages, feeds and calendars of a territory ask here, so they hold the same things.
"""

from collections.abc import Iterable

from generator.model.actualite import Actualite
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.fields import Lieu
from generator.territories.kinds import kind_of
from generator.territories.reference import Territories

Slugs = frozenset[str]


def places_of_cop(cop: Cop) -> Slugs:
    """Every EPCI and département where the COP lies, and the region."""
    territories = cop.context.territories
    around = {epci.slug for epci in cop.epcis} | {departement.slug for departement in cop.departements}
    return frozenset(around | {region.slug for region in territories.regions.values()})


def places_of_code(territories: Territories, code: str) -> Slugs:
    """Those of a commune, EPCI, département or region; none for an unknown code."""
    place = territories.find(code)
    if place is None:
        return frozenset()
    chain = territories.chain(kind_of(place), code)
    return frozenset(territory.slug for territory in (chain.epci, *chain.departements, chain.region) if territory)


def places_of_lieu(territories: Territories, lieu: Lieu | None) -> Slugs:
    """A place without a code lies nowhere that we could name."""
    return places_of_code(territories, lieu.code) if lieu and lieu.code else frozenset()


def places_of_actualite(annuaire: Annuaire, item: Actualite) -> Slugs:
    """Those of its COP, of the territories it names, of the place of its event."""
    cops = (places_of_cop(annuaire.par_id[name]) for name in item.cops)
    codes = (places_of_code(annuaire.territories, code) for code in item.territoires)
    event = places_of_lieu(annuaire.territories, item.evenement.lieu if item.evenement else None)
    return union((*cops, *codes, event))


def union(parts: Iterable[Slugs]) -> Slugs:
    return frozenset().union(*parts)

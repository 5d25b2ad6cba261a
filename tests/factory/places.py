"""Where fictitious COP are: real communes, EPCI, départements and the Région, and invented syndicats mixtes."""

from collections import Counter
from collections.abc import Iterator
from dataclasses import dataclass
from itertools import chain, count, cycle, zip_longest
from random import Random

from generator.territories.folders import REGION_FOLDER
from generator.territories.kinds import Commune, Epci, avec_de
from generator.territories.reference import Territories


@dataclass(frozen=True)
class Place:
    """A collectivité that bears a COP."""

    kind: str  # commune, epci, syndicat-mixte, departement or region
    code: str
    nom: str
    de: str  # « de Quimperlé »
    folder: str  # of cops/
    turn: int  # where it starts in the list of subjects, so that neighbours differ
    commune: str | None  # INSEE code for the meetings, where it is a commune
    members: tuple[str, ...] = ()  # some of its communes, for `perimetre`
    perimetre: tuple[str, ...] = ()  # EPCI, where the schema requires them


def places(territories: Territories, seed: int) -> Iterator[Place]:
    """Without end: the hard cases and ordinary communes by turns, then 4 communes for 1 EPCI."""
    rng = Random(f"places {seed}")
    communes = [_commune(c) for c in territories.communes.values()]
    epci = [_epci(e, rank) for e in territories.epci.values() for rank in range(len(e.departements))]
    rng.shuffle(communes)
    rng.shuffle(epci)
    hard = list(_hard(territories))
    ordinary = cycle(communes)
    # Two ordinary communes after each hard case, so that a small corpus already holds both.
    yield from chain.from_iterable((place, next(ordinary), next(ordinary)) for place in hard)
    others = cycle(epci)
    rare = cycle([place for place in hard if place.kind not in {"commune", "epci"}])
    for turn in count(1):
        yield next(rare) if turn % 40 == 0 else next(others) if turn % 5 == 0 else next(ordinary)


def _hard(territories: Territories) -> Iterator[Place]:
    """Homonyms, borders, islands, départements of which little is here, and the kinds that are few, in turn."""
    communes = territories.communes.values()
    counts = Counter(c.nom for c in communes)
    twins = [c for c in communes if counts[c.nom] > 1]
    twins.sort(key=lambda c: (c.nom, c.code))
    beyond = [c for c in communes if not territories.is_whole(c.departement)][:8]
    islands = [c for c in communes if c.epci is None]
    across = [_epci(e, 1) for e in territories.epci.values() if len(e.departements) > 1]
    few = [*_syndicats(territories), *_large(territories)]
    lists = ([_commune(c) for c in twins], across, few, [_commune(c) for c in (*beyond, *islands)])
    for row in zip_longest(*lists):
        yield from (place for place in row if place)


def _commune(commune: Commune) -> Place:
    return Place(
        "commune", commune.code, commune.nom, commune.de, commune.departement, int(commune.code[2:]), commune.code
    )


def _epci(epci: Epci, rank: int) -> Place:
    folder = epci.departements[rank % len(epci.departements)]
    return Place(
        "epci", epci.code, epci.nom, f"({epci.nom})", folder, int(epci.code[-4:]), None, members=epci.membres[:4]
    )


def _syndicats(territories: Territories) -> Iterator[Place]:
    """Invented ones: no SIREN begins with 0000, these only have the right check digit."""
    # Short names: what two bodies of one place share must not make their names alike.
    invented = (("000010009", "Syndicat fictif des Chênes"), ("000020008", "Syndicat fictif du Héron"))
    for step, (code, nom) in enumerate(invented):
        covered = list(territories.epci.values())[10 * step + 3 : 10 * step + 5]
        folder = covered[0].departements[0]
        perimetre = tuple(e.code for e in covered)
        yield Place("syndicat-mixte", code, nom, f"({nom.split()[-1]})", folder, 9 * step, None, perimetre=perimetre)


def _large(territories: Territories) -> Iterator[Place]:
    inside = [d for d in territories.departements.values() if territories.is_whole(d.code)]
    for step, own in enumerate(inside):
        yield Place("departement", own.code, own.nom, avec_de(own.liaison, own.nom), own.code, 5 * step, None)
        if step == 0:
            for region in territories.regions.values():
                yield Place("region", region.code, region.nom, region.de, REGION_FOLDER, 3, None)

"""Who took over what vanished: a commune that merged, an EPCI that was renamed, merged or shared out.

An address that was published leads to the heir for ever, so each is a line of heritiers.csv, kept from year to year.
"""

from collections import Counter
from collections.abc import Iterable, Iterator
from dataclasses import replace

from generator.territories.kinds import Epci
from generator.territories.reference import HeirRow, Territories
from generator.territories.refresh.stop import Stop

Codes = tuple[str, ...]


def list_heirs(former: Territories, known: Iterable[HeirRow], present: Territories) -> list[HeirRow]:
    """All the lines, sorted: those that are known, brought up to date, and those of what vanishes now."""
    lines = {(line.type, line.slug): line for line in (*known, *_list_vanished(former, present))}
    current = {
        *(("commune", commune.slug) for commune in present.communes.values()),
        *(("epci", epci.slug) for epci in present.epci.values()),
    }
    return sorted(_bring_up_to_date(line, former, present) for key, line in lines.items() if key not in current)


def _list_vanished(former: Territories, present: Territories) -> Iterator[HeirRow]:
    """What had an address that leads nowhere now, under its own code."""
    for kind, before, after in (
        ("commune", former.communes, present.communes),
        ("epci", former.epci, present.epci),
    ):
        for code, place in before.items():
            if code not in after or after[code].slug != place.slug:
                yield HeirRow(code, kind, place.nom, place.slug, code)


def _bring_up_to_date(line: HeirRow, former: Territories, present: Territories) -> HeirRow:
    follow = follow_commune if line.type == "commune" else follow_epci
    codes = (heir for code in line.heritiers.split() for heir in follow(code, former, present))
    return replace(line, heritiers=" ".join(dict.fromkeys(codes)))


def follow_commune(code: str, former: Territories, present: Territories) -> Codes:
    """The commune that holds its place today; the département where the perimeter lost it."""
    if code in present.communes or code in present.departements:
        return (code,)
    if code in present.anciennes:
        return (present.anciennes[code].chef_lieu,)
    commune = former.communes[code]
    if commune.departement in present.departements and not present.is_whole(commune.departement):
        return (commune.departement,)
    raise Stop(
        f"{commune.nom} ({code}) n’est plus dans le découpage, et rien n’y dit quelle commune l’a reprise. Écrivez sa "
        f"ligne dans generator/territories/data/heritiers.csv : « {code},commune,{commune.nom},{commune.slug}, » suivi "
        "du code de la commune qui la reprend. Puis relancez « make reference »."
    )


def follow_epci(code: str, former: Territories, present: Territories) -> Codes:
    """The EPCI that hold its communes today, the one that took most inhabitants first."""
    if code in present.epci or code in present.departements:
        return (code,)
    return share_out(former.epci[code], former, present)


def share_out(epci: Epci, former: Territories, present: Territories) -> Codes:
    """Where the communes of an EPCI went; its first département where none of them is in an EPCI any more."""
    taken: Counter[str] = Counter()
    for code in epci.membres:
        for heir in follow_commune(code, former, present):
            commune = present.communes.get(heir)
            if commune and commune.epci:
                taken[commune.epci] += former.communes[code].population
    return tuple(sorted(taken, key=lambda code: (-taken[code], code))) or epci.departements[:1]

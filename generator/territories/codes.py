"""What a code means: that of a commune, an old one, a postal code, a SIREN, the number of a département or region.

Twelve former INSEE codes and 88 current ones are also the postal code of somebody else: all readings are given. The
scripts read alike: theme/assets/shared/place_codes.js, to be changed with this file.
"""

import re
from collections.abc import Iterable, Iterator, Sequence
from itertools import groupby

from generator.french import enumeration
from generator.territories.kinds import Named
from generator.territories.names import WORDS
from generator.territories.reference import Territories

LENGTHS = frozenset({2, 5, 9, 14})
"""Digits of a number of département or region, of an INSEE or postal code, of a SIREN, of a SIRET."""

_IN_FRANCE = re.compile(r"(?:0[1-9]|[1-8][0-9]|9[0-8]|2[ab])(?:[0-9]{3})?")
_PUBLIC_SIREN = re.compile(r"2[123]([0-9]{2})[0-9]{5}")


def luhn(siren: str) -> bool:
    """The check digit of a SIREN (INSEE; Luhn, as on a bank card)."""
    doubled = [int(d) * (2 if index % 2 else 1) for index, d in enumerate(reversed(siren))]
    return sum(n - 9 if n > 9 else n for n in doubled) % 10 == 0


def read_code(territories: Territories, code: str) -> tuple[Named, ...]:
    """All that a code may mean, the current INSEE code first; empty for a code of nobody here."""
    match len(code):
        case 2:
            areas = territories.departements.get(code) or territories.regions.get(code)
            return (Named(areas, "numero"),) if areas else ()
        case 5:
            return tuple(_read_five(territories, code))
        case 9 | 14:
            return tuple(_read_siren(territories, code[:9]))
    return ()


def _read_five(territories: Territories, code: str) -> Iterator[Named]:
    if commune := territories.communes.get(code):
        yield Named(commune, "insee")
    if old := territories.anciennes.get(code):
        yield Named(territories.communes[old.chef_lieu], "ancien-code")
    for commune in territories.by_postal(code):
        yield Named(commune, "code-postal")


def _read_siren(territories: Territories, siren: str) -> Iterator[Named]:
    """Of an EPCI, of today or gone; of a commune, a département or a region: 21, 22 or 23, its number, then a key."""
    if epci := territories.epci.get(siren):
        yield Named(epci, "siren")
    elif former := territories.former_epci(siren):
        yield from (Named(heir, "ancien-siren") for heir in former.heirs)
    elif _PUBLIC_SIREN.fullmatch(siren) and luhn(siren):
        number, order = siren[2:4], siren[4:8]
        if siren.startswith("21") and (commune := territories.communes.get(f"{number}{order[1:]}")):
            yield Named(commune, "siren")
        elif siren.startswith("22") and order == "0001" and (departement := territories.departements.get(number)):
            yield Named(departement, "siren")
        elif siren.startswith("23") and order == "0001":
            yield from (Named(r, "siren") for r in territories.regions.values() if r.prefecture.startswith(number))


def is_elsewhere(territories: Territories, code: str) -> bool:
    """Whether a code that nobody has here is plainly one of another part of France."""
    public = _PUBLIC_SIREN.match(code) if len(code) in (9, 14) else None
    place = public[1] if public else code
    return bool(_IN_FRANCE.fullmatch(place)) and not territories.is_whole(place[:2])


SORTS = {
    "insee": "code INSEE",
    "ancien-code": "ancien code INSEE",
    "code-postal": "code postal",
    "siren": "SIREN",
    "ancien-siren": "ancien SIREN",
    "numero": "numéro",
}
"""What a code is of a place, in words."""


def describe_readings(found: Sequence[Named]) -> str:
    """« ancien code INSEE de Morlaix (29151) et code postal de Brest (29019) »."""
    return enumeration(
        f"{SORTS[how]} {_enumerate_places(group)}" for how, group in groupby(found, lambda named: named.how)
    )


def _enumerate_places(found: Iterable[Named]) -> str:
    names = [f"{named.place.de} ({named.place.code})" for named in found]
    rest = len(names) - WORDS["most"]
    # A postal code may be that of fifteen communes, which no sentence can hold.
    return enumeration(names) if rest < 2 else enumeration([*names[: WORDS["most"]], f"de {rest} autres communes"])

"""Which place a person means: what was typed, a code, or both → one place, several, or none with the nearest.

Everything that reads a place asks here. The scripts read alike: theme/assets/shared/places.js, to be changed with this
file; both run tests/territories/readings.csv. Nothing is ever chosen among several readings.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from operator import itemgetter

from generator.french import sort_key
from generator.likeness import likeness, may_be_alike
from generator.territories.clues import SHORT, WEAK, Clues, gather, list_places, refuse, strength_of
from generator.territories.kinds import Departement, Named, Territoire, kind_of
from generator.territories.names import WORDS, Words
from generator.territories.reference import Territories


@dataclass(frozen=True, slots=True)
class One:
    """One place, certain."""

    place: Territoire
    how: str
    """What named it: insee, ancien-code, code-postal, siren, ancien-siren, numero; without a code nom, nom-breton,
    ancien-nom, sigle or nom-court."""


@dataclass(frozen=True, slots=True)
class Several:
    """Several places answer as well; nothing says which."""

    found: tuple[Named, ...]
    reason: str
    """code-postal: they share it; deux-codes: a code of two sorts; homonymes; plusieurs-sortes: commune and EPCI."""

    @property
    def places(self) -> tuple[Territoire, ...]:
        return list_places(self.found)


@dataclass(frozen=True, slots=True)
class NoPlace:
    """No place; the nearest ones, none of which was chosen."""

    reason: str
    """vide, trop-long, signes, inconnu, incomplet (only the beginning of a name, or its initials), hors-perimetre,
    contradiction (the parts name different places), autre-sorte (a place of another kind than the one asked for)."""
    nearest: tuple[Territoire, ...] = ()


Reading = One | Several | NoPlace


def read_place(territories: Territories, text: str, code: str = "", kind: str = "") -> Reading:
    """What `text` and `code` name together; only places of `kind` (the `type` of a collectivité) where it is given."""
    if reason := refuse(text) or refuse(code):
        return NoPlace(reason)
    clues = gather(territories, text).join(gather(territories, code))
    if clues.is_empty:
        return NoPlace("vide")
    if clues.elsewhere:
        return NoPlace("hors-perimetre", clues.named_places())
    if clues.unknown:
        return NoPlace("inconnu", _suggest(territories, clues, kind))
    agreed = clues.agree(territories)
    if not agreed:
        return NoPlace("contradiction" if clues.are_several else "autre-sorte", clues.named_places())
    asked = [named for named in agreed if kind in ("", kind_of(named.place))]
    if not asked:
        return NoPlace("autre-sorte", list_places(agreed))
    reading = _decide(clues, asked)
    # Loire-Atlantique, of which only some communes belong to the directory.
    match reading:
        case One(place=Departement(code=number)) if not territories.is_whole(number):
            return NoPlace("hors-perimetre")
    return reading


def agrees(territories: Territories, nom: str, place: Territoire) -> bool:
    """Whether a text is a way to call this place; a code in it, or a département, is the right one too."""
    if nom == place.nom:
        return True
    if refuse(nom):
        return False
    clues = gather(territories, nom)
    return not (clues.unknown or clues.elsewhere) and place in list_places(clues.agree(territories))


# What is decided -----------------------------------------------------------------------------------------------------


def _decide(clues: Clues, asked: Sequence[Named]) -> Reading:
    """`asked`: the places on which all parts agree, at least one."""
    if not clues.codes and clues.names:
        best = min(map(strength_of, asked))
        if best == WEAK:
            return NoPlace("incomplet", list_places(asked)[: WORDS["most"]])
        if len(clues.kinds) < 2:  # « Ville et Métropole de Rennes » means both
            asked = [named for named in asked if strength_of(named) == best]
    places = list_places(asked)
    if len(places) == 1:
        return One(places[0], asked[0].how)
    if clues.names:
        reason = "homonymes" if len({kind_of(place) for place in places}) == 1 else "plusieurs-sortes"
    else:
        reason = "code-postal" if {named.how for named in asked} == {"code-postal"} else "deux-codes"
    return Several(tuple(asked), reason)


def _suggest(territories: Territories, clues: Clues, kind: str) -> tuple[Territoire, ...]:
    """Of a text with other words in it: the places that it names, those of its codes, else the names most like it."""
    inside = find_inside(territories, clues.unknown, kind)
    coded = list_places(named for part in (*clues.codes, *clues.names) for named in part)
    both = tuple(place for place in inside if place in coded)
    near = (*find_nearest(territories, clues.unknown, kind), *inside)
    return tuple(dict.fromkeys(both or coded or near))[: WORDS["most"]]


def find_inside(territories: Territories, words: Words, kind: str = "") -> tuple[Territoire, ...]:
    """The places whose whole name stands among these words, the longest names first: « Rennes, quartier Villejean »."""
    found: dict[Territoire, None] = {}
    for length in range(min(len(words), _LONGEST_NAME), 0, -1):
        for start in range(len(words) - length + 1):
            for named in territories.names.get("".join(words[start : start + length]), ()):
                if strength_of(named) < SHORT and kind in ("", kind_of(named.place)):
                    found[named.place] = None
        if found:
            break
    return tuple(found)


_LONGEST_NAME = 8
"""Words of a name at most: « La Chapelle-aux-Filtzméens » has four."""


def find_nearest(territories: Territories, words: Words, kind: str = "") -> tuple[Territoire, ...]:
    """The places whose names are most like these words, at most three."""
    asked, least = "".join(words), WORDS["alike"]
    best: dict[Territoire, float] = {}
    for key, group in territories.names.items():
        if may_be_alike(asked, key, least) and (alike := likeness(asked, key)) >= least:
            for named in group:
                if kind in ("", kind_of(named.place)):
                    best[named.place] = max(alike, best.get(named.place, 0))
    ranked = sorted((-alike, sort_key(place.nom), place.code, place) for place, alike in best.items())
    return tuple(map(itemgetter(3), ranked[: WORDS["most"]]))

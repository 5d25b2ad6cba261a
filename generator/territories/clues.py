"""What a typed text holds that tells of a place: names, codes, a département, and the words around them.

The scripts read alike: theme/assets/shared/place_clues.js, to be changed with this file.
"""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, replace
from itertools import takewhile

from generator.french import fold
from generator.territories.codes import LENGTHS, is_elsewhere, read_code
from generator.territories.kinds import Named, Region, Territoire, kind_of
from generator.territories.names import WORDS, Words, core_key, list_keys, list_words, peel, strip_article
from generator.territories.reference import Territories

_FOREIGN = re.compile(WORDS["foreign_sign"])
_LABELS = WORDS["labels"]
_IDLE = frozenset(WORDS["idle"].split())
_BOXES = frozenset(WORDS["boxes"].split())
_SCIENTIFIC = re.compile(r"\s*([0-9])[.,]([0-9]+)[eE]\+?([0-9]{1,2})\s*")
_CORSICAN = re.compile(r"(?:^| )2[ab][0-9]{3}(?: |$)")
SHORT, WEAK = 2, 3
_STRENGTH = {
    "nom": 0,
    "nom-breton": 1,
    "ancien-nom": 1,
    "sigle": 1,
    "nom-court": SHORT,
    "initiales": WEAK,
    "debut": WEAK,
}
"""How far a name alone says which place: the full name before a former one, before a short one; the weak never do."""


def strength_of(named: Named) -> int:
    """The less, the surer."""
    return _STRENGTH[named.how]


def list_places(found: Iterable[Named]) -> tuple[Territoire, ...]:
    """The places alone, each once."""
    return tuple(dict.fromkeys(named.place for named in found))


def refuse(text: str) -> str:
    """Why a text is not read at all: `trop-long`, `signes`; empty where it is."""
    if len(text) > WORDS["longest"]:
        return "trop-long"
    return "signes" if _FOREIGN.search(text) else ""


@dataclass(frozen=True, slots=True)
class Clues:
    """What a text says of a place, part by part; each part of `names` and `codes` is all that it may mean."""

    names: tuple[tuple[Named, ...], ...] = ()
    codes: tuple[tuple[Named, ...], ...] = ()
    areas: tuple[Territoire, ...] = ()  # département or Région in which it lies
    kinds: frozenset[str] = frozenset()  # what the words around the name call it
    unknown: Words = ()  # words that are no name here
    elsewhere: bool = False

    @property
    def is_empty(self) -> bool:
        return not (self.names or self.codes or self.areas or self.unknown or self.elsewhere)

    @property
    def are_several(self) -> bool:
        return len(self.names) + len(self.codes) + len(self.areas) > 1

    def join(self, other: "Clues") -> "Clues":
        return Clues(
            self.names + other.names,
            self.codes + other.codes,
            self.areas + other.areas,
            self.kinds | other.kinds,
            (*self.unknown, *other.unknown),
            self.elsewhere or other.elsewhere,
        )

    def named_places(self) -> tuple[Territoire, ...]:
        """The first places that each part names, those of the names first."""
        return list_places(named for part in (*self.names, *self.codes) for named in part)[: WORDS["most"]]

    def agree(self, territories: Territories) -> list[Named]:
        """The places that all parts name, by what the code is where there is one."""
        first, *others = (*self.codes, *self.names) or (tuple(Named(area, "numero") for area in self.areas[:1]),)
        common = [
            named
            for named in first
            if all(named.place in list_places(part) for part in others)
            and all(_lies_in(territories, named.place, area) for area in self.areas)
        ]
        return [named for named in common if not self.kinds or kind_of(named.place) in self.kinds]


def gather(territories: Territories, text: str) -> Clues:
    if (short := _SCIENTIFIC.fullmatch(text)) and len(short[2]) == int(short[3]):
        text = short[1] + short[2]  # a spreadsheet's `2,42900694E+08`, of which no digit is lost
    folded = fold(text)
    clues = Clues(elsewhere=bool(_CORSICAN.search(folded)))
    if clues.elsewhere:
        return clues
    words, codes = _part_codes(list_words(text))
    for label, code in codes:
        found = read_code(territories, code)
        found = tuple(named for named in found if label in ("", named.how)) or found
        if len(code) == 2 and found:
            clues = replace(clues, areas=(*clues.areas, found[0].place))
        elif found:
            clues = replace(clues, codes=(*clues.codes, found))
        elif is_elsewhere(territories, code) and (len(code) > 2 or not words):
            clues = replace(clues, elsewhere=True)
        else:
            clues = replace(clues, unknown=(*clues.unknown, code))
    return clues.join(_gather_names(territories, words)) if words else clues


def _part_codes(parts: Words) -> tuple[Words, list[tuple[str, str]]]:
    """Words, then codes, each with what a label before it says that it is; digits set apart by spaces make one code."""
    words: list[str] = []
    codes: list[tuple[str, str]] = []
    rest = list(parts)
    while rest:
        digits = list(takewhile(str.isdigit, rest))
        if not digits:
            words.append(rest.pop(0))
            continue
        del rest[: len(digits)]
        if words and words[-1] == "cedex":
            continue  # its own number
        if words and words[-1] in _BOXES:
            words.pop()
            digits = digits[1:]  # « CS 12345 35000 Rennes cedex »
        label = _LABELS[words.pop()] if words and words[-1] in _LABELS else ""
        whole = "".join(digits)
        for code in [whole] if len(whole) in LENGTHS else digits:
            if len(code) in LENGTHS:
                codes.append((label, code))
            else:
                words.append(code)
    before = ("", *words)  # « Île-de-France »
    return [word for word, last in zip(words, before, strict=False) if word not in _IDLE or last == "de"], codes


def _gather_names(territories: Territories, words: Words) -> Clues:
    names, kinds, left = _find_names(territories, words)
    if names:
        return Clues(names=(names,), kinds=kinds)
    if not left:  # « Mairie », before a code
        return Clues(kinds=kinds)
    areas: tuple[Territoire, ...] = (*territories.departements.values(), *territories.regions.values())
    for place in areas:
        # « Le Faouët, Morbihan ».
        end = list_words(place.nom)
        if len(words) > len(end) and words[-len(end) :] == end:
            clues = _gather_names(territories, words[: -len(end)])
            return replace(clues, areas=(*clues.areas, place))
    if not territories.elsewhere.isdisjoint((*list_keys(words), *list_keys(left))):
        return Clues(kinds=kinds, elsewhere=True)
    return Clues(kinds=kinds, unknown=left)


def _find_names(territories: Territories, words: Words) -> tuple[tuple[Named, ...], frozenset[str], Words]:
    """The places of a name, the kinds that the words around it say, and the words left where nothing was found."""
    found: list[Named] = []
    for peeled in peel(words):
        left, kinds = peeled
        found += [named for key in list_keys(left) for named in territories.names.get(key, ())]
        if found:
            break
    found += territories.cores.get(core_key(words), ())
    best = min(map(strength_of, found), default=WEAK)
    if best == WEAK:
        found += (Named(place, "debut") for place in _begin_with(territories, left))
    elif best == SHORT and kind_of(found[0].place) == "commune":
        # « Batz » is the island, and how Batz-sur-Mer begins.
        found += (Named(place, "nom-court") for place in _begin_with(territories, left))
    by_place = {named.place: named for named in sorted(found, key=strength_of, reverse=True)}
    return tuple(sorted(by_place.values(), key=strength_of)), kinds, left


def _begin_with(territories: Territories, words: Words) -> Iterator[Territoire]:
    """« La Baule »: those whose name begins with these words."""
    begun = strip_article(words)
    letters = "".join(begun)
    if len(letters) < 3:
        return
    near = [group for key, group in territories.names.items() if key.startswith(letters)]
    for place, how in dict.fromkeys(named for group in near for named in group):
        whole = strip_article(list_words(place.nom))
        if how == "nom" and len(whole) > len(begun) and whole[: len(begun)] == begun:
            yield place


def _lies_in(territories: Territories, place: Territoire, area: Territoire) -> bool:
    codes = territories.departements_of(kind_of(place), place.code)
    return place == area or (any(map(territories.is_whole, codes)) if isinstance(area, Region) else area.code in codes)

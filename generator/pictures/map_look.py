"""The look of every map, decided here and nowhere else: one ink and its strengths, the names and their letters.

The style sheet (theme/css/65-carte.css) only says the colours of the ink, of the ground and of the letters.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import cached_property
from typing import NamedTuple

from generator.french import pluriel
from generator.pictures.svg import SVG_NAMESPACE, Svg
from generator.territories.shapes import Box, FramePoint

MARGIN = 6  # units around the shapes, so that no outline is cut
CLASSES = (1, 5, 10, 20)
"""From how many COP an area takes the next strength of ink."""
FAINTEST = 0.4  # strength of the first class where several are drawn; the last one is the ink itself
LETTER = 0.58  # width of a usual letter of the sans-serif faces, in font sizes
AIR = 0.35  # room kept free around a name, in font sizes
SLENDER = 0.8  # a map whose height passes this share of its width is drawn smaller than its column


class Letters(NamedTuple):
    """How names are written at one width of the screen, of which the style sheet shows one."""

    css: str
    per_width: int  # how many times their size goes into the width of the map: never under 12 px
    most: int  # names


PHONE = Letters("etroit", 24, 7)  # a map of 290 px and more
COLUMN = Letters("colonne", 42, 14)  # 510 px and more
WIDE = Letters("page", 78, 30)  # 950 px and more


class Town(NamedTuple):
    """A place that may be named on a map."""

    name: str
    at: FramePoint


@dataclass(frozen=True, slots=True)
class LegendRow:
    """One line of a legend: what is drawn, as a small picture that prints too, and what it means."""

    swatch: Svg
    words: str


@dataclass(frozen=True)
class Scale:
    """The strengths of ink of one map, for the numbers that it shows: the strongest is always the whole ink."""

    most: int  # COP of the area that has most

    @cached_property
    def _floors(self) -> tuple[int, ...]:
        return tuple(floor for floor in CLASSES if floor <= self.most)

    def find_strength(self, count: int) -> float:
        """From 0, the bare ground, to 1."""
        rank, last = sum(count >= floor for floor in self._floors), len(self._floors)
        if not rank:
            return 0
        return round(FAINTEST + (1 - FAINTEST) * (rank - 1) / (last - 1), 2) if last > 1 else 1

    def write_legend(self) -> Sequence[LegendRow]:
        rows = []
        for floor, after in zip(self._floors, (*self._floors, 0)[1:], strict=True):
            words = f"{floor} à {after - 1} fiches" if after else f"{pluriel(floor, 'fiche')} et plus"
            rows.append(LegendRow(draw_swatch(self.find_strength(floor)), words))
        return rows


def draw_swatch(strength: float, hatched: bool = False) -> Svg:
    """A small piece of the map."""
    lines = '<path class="carte__hachure" d="M-2 9 9-2M-1 15 15-1M5 16 19 2"/>' if hatched else ""
    paint = f'fill-opacity="{strength:g}"' if strength else 'class="carte__fond"'
    return Svg(
        f'<svg xmlns="{SVG_NAMESPACE}" class="carte__touche" viewBox="0 0 18 14" width="18" height="14"'
        f' aria-hidden="true"><path {paint} d="M0 0h18v14H0z"/>{lines}</svg>'
    )


def find_size(letters: Letters, box: Box) -> int:
    """The size of letters in units of the picture."""
    left, top, right, bottom = box
    return round(max(right - left, (bottom - top) / SLENDER) / letters.per_width)


def choose_names(towns: Iterable[Town], letters: Letters, box: Box) -> Sequence[Town]:
    """Of the towns, largest first, those whose name fits in the box, moved in if need be, and lies on no other."""
    size = find_size(letters, box)
    chosen: list[Town] = []
    taken: list[tuple[float, float, float, float]] = []
    for name, (x, y) in towns:
        half, high = len(name) * size * LETTER / 2, size * 0.6
        x = round(min(max(x, box[0] + half), box[2] - half))
        air = size * AIR
        place = (x - half - air, y - high - air, x + half + air, y + high + air)
        if 2 * half <= box[2] - box[0] and not any(_overlap(place, other) for other in taken):
            chosen.append(Town(name, (x, y)))
            taken.append(place)
        if len(chosen) == letters.most:
            break
    return chosen


def _overlap(one: tuple[float, float, float, float], other: tuple[float, float, float, float]) -> bool:
    return one[0] < other[2] and other[0] < one[2] and one[1] < other[3] and other[1] < one[3]

"""The thousand points: the field of a page, and the counter to embed or share.

The thousand points stand on a hexagonal grid in the shape of Brittany. A dot is a dash of length 0 with round caps
(`stroke-dasharray: 0 14`), so that a run of n neighbours is one `h` segment and the whole field 621 bytes.
"""

import json
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from importlib.resources import files
from pathlib import Path
from typing import NamedTuple
from xml.etree import ElementTree

from generator.territories.shapes import DATA, Affine

STEP, ROW = 14, 12  # units between dots of a row, between rows (12/14 ≈ sin 60°); also the margins
VIEW_BOX = "0 0 763 448"
HALO_UP_TO = 60  # beyond, halos would touch each other and no longer help the eye
SVG = "http://www.w3.org/2000/svg"

Position = tuple[float, float]  # longitude and latitude, in degrees


class Dot(NamedTuple):
    """One of the thousand: its column in half steps, because odd rows are shifted by half a step, and its row."""

    column: int
    row: int


@dataclass(frozen=True, slots=True)
class Points:
    """The grid; `rows` holds, from north to south, the runs of dots as (first half column, number)."""

    rows: tuple[tuple[tuple[int, int], ...], ...]
    column_of: Affine  # from a longitude
    row_of: Affine  # from a latitude
    champ: str  # the `d` of the whole field, drawn once for the thousand pages that show it

    def all(self) -> tuple[Dot, ...]:
        """Exactly 1,000, row by row."""
        return tuple(Dot(x + 2 * i, j) for j, row in enumerate(self.rows) for x, n in row for i in range(n))

    def assign(self, places: Iterable[Position | None]) -> tuple[Dot | None, ...]:
        """The nearest free dot for each place in turn: who comes later never moves who came before.

        None stands for a place without position, and for all that come once the thousand are taken.
        """
        free: dict[int, list[int]] = defaultdict(list)
        for dot in self.all():
            insort(free[dot.row], dot.column)
        return tuple(self._take(free, place) if place and free else None for place in places)

    def _take(self, free: dict[int, list[int]], place: Position) -> Dot:
        column, row = self.column_of(place[0]), self.row_of(place[1])
        best: tuple[float, int, int] | None = None
        for j in sorted(free, key=lambda j: (abs(j - row), j)):
            down = ((j - row) * ROW) ** 2
            if best and down > best[0]:
                break
            i = bisect_left(free[j], column)
            for x in free[j][max(0, i - 1) : i + 1]:
                candidate = (((x - column) * STEP / 2) ** 2 + down, j, x)
                best = min(best or candidate, candidate)
        assert best  # `free` keeps no empty row
        _, j, x = best
        free[j].remove(x)
        if not free[j]:
            del free[j]
        return Dot(x, j)

    def dots(self, chosen: Iterable[Dot | None]) -> str:
        """The `d` of some dots; neighbours of a row become one segment."""
        runs: list[Run] = []
        for column, row in sorted({dot for dot in chosen if dot}, key=lambda dot: (dot.row, dot.column)):
            j, x, n = runs[-1] if runs else (-1, 0, 0)
            if row == j and column == x + 2 * n:
                runs[-1] = j, x, n + 1
            else:
                runs.append((row, column, 1))
        return _path(runs)


Run = tuple[int, int, int]  # row, first half column, number of dots


def _path(runs: Iterable[Run]) -> str:
    # One unit longer than needed: a browser may drop a dash that falls on the very end.
    return "".join(f"M{STEP + x * STEP // 2} {STEP + j * ROW}h{(n - 1) * STEP + 1}" for j, x, n in runs)


@cache
def load_points(folder: Path = DATA) -> Points:
    grid = json.loads((folder / "points.json").read_text(encoding="utf-8"))
    assert (grid["pas"], grid["rang"]) == (STEP, ROW)
    rows = tuple(tuple((x, n) for x, n in row) for row in grid["rangees"])
    return Points(
        rows=rows,
        champ=_path((j, x, n) for j, row in enumerate(rows) for x, n in row),
        column_of=Affine(*grid["demi_colonne"]),
        row_of=Affine(*grid["rang_de_latitude"]),
    )


# The field on a page -----------------------------------------------------------------------------------------------


def points_svg(points: Points, lit: Iterable[Dot | None], projected: Iterable[Dot | None] = (), label: str = "") -> str:
    """The field for a page, coloured by the style sheet; `label` says it in words, else the picture is mute."""
    named = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    paths = "".join(
        f'<path class="pt{kind and f" pt--{kind}"}" d="{d}"/>' for kind, d in _layers(points, lit, projected)
    )
    return f'<svg class="points__champ" viewBox="{VIEW_BOX}" {named}>{paths}</svg>'


def _layers(points: Points, lit: Iterable[Dot | None], projected: Iterable[Dot | None]) -> Iterable[tuple[str, str]]:
    """Kind and `d` of each layer, from the bottom up: field, rings of projects, halos, counted dots."""
    counted = {dot for dot in lit if dot}
    rings = points.dots(dot for dot in projected if dot not in counted)
    gold = points.dots(counted)
    yield "", points.champ
    if rings:
        yield "projet", rings
        yield "creux", rings
    if gold and len(counted) <= HALO_UP_TO:
        yield "halo", gold
    if gold:
        yield "cop", gold


def text_of(svg: ElementTree.Element) -> str:
    """The SVG as markup for a page."""
    return ElementTree.tostring(svg, encoding="unicode")


# The counter, alone: to embed, and as the picture that social networks show ------------------------------------------


@dataclass(frozen=True, slots=True)
class CounterWords:
    """What the counter says; all of it is written by the caller, spaces included."""

    title: str  # the whole in one sentence, for those who do not see it
    heading: tuple[str, ...]  # one or two short lines: « 1 000 COP », « en Bretagne »
    value: str  # « 3 »
    caption: str  # « COP recensées sur 1 000 »
    notes: tuple[str, ...] = ()  # up to two lines of about thirty signs: « dont 3 à confirmer »


# Presentation attributes, not classes: the file stands alone, and style attributes are blocked where it is inlined.
_STROKES = {
    "": {"stroke": "#7299B4", "stroke-width": "5"},
    "projet": {"stroke": "#DCE7EE", "stroke-width": "10"},
    "creux": {"stroke": "#0B3C5D", "stroke-width": "6.4"},
    "halo": {"stroke": "#F2B705", "stroke-opacity": ".22", "stroke-width": "27"},
    "cop": {"stroke": "#F2B705", "stroke-width": "10.4"},
}
_SERIF = '"Iowan Old Style","Palatino Linotype",Palatino,P052,Georgia,"Liberation Serif",serif'


def counter_svg(
    points: Points, words: CounterWords, lit: Iterable[Dot | None], projected: Iterable[Dot | None] = ()
) -> str:
    """A stand-alone picture of 1200 × 630: heading and figure on the left, the field on the right."""
    svg = ElementTree.Element(
        "svg", {"xmlns": SVG, "viewBox": "0 0 1200 630", "role": "img", "aria-labelledby": "titre-compteur"}
    )
    ElementTree.SubElement(svg, "title", {"id": "titre-compteur"}).text = words.title
    ElementTree.SubElement(svg, "path", {"fill": "#0B3C5D", "d": "M0 0h1200v630H0z"})
    group = ElementTree.SubElement(svg, "g", {"font-family": _SERIF, "fill": "#FBF9F4"})
    for text, y, attributes in _lines(words):
        ElementTree.SubElement(group, "text", {"x": "64", "y": str(y), **attributes}).text = text
    field = ElementTree.SubElement(
        svg,
        "g",
        {
            "transform": "translate(440 118) scale(.94)",
            "fill": "none",
            "stroke-linecap": "round",
            "stroke-dasharray": f"0 {STEP}",
        },
    )
    for kind, d in _layers(points, lit, projected):
        ElementTree.SubElement(field, "path", {**_STROKES[kind], "d": d})
    return text_of(svg)


def _lines(words: CounterWords) -> Iterable[tuple[str, int, dict[str, str]]]:
    """Text, base line and attributes: the heading hangs from the top, the figure stands on the bottom."""
    for i, line in enumerate(words.heading):
        yield line, 126 + 68 * i, {"font-size": "64", "font-weight": "700"}
    foot = 562 - 34 * len(words.notes)
    # A big figure looks indented at 64.
    yield words.value, foot - 50, {"x": "57", "font-size": "150", "font-weight": "700", "fill": "#F2B705"}
    yield words.caption, foot, {"font-size": "34", "font-weight": "700"}
    for i, line in enumerate(words.notes):
        yield line, foot + 42 + 34 * i, {"font-size": "27", "fill": "#D3E0E9"}


def share_png(svg: str) -> bytes:
    """The picture as PNG, the same bytes on every machine: its letters are Source Serif Pro, never the system's."""
    import resvg_py  # a compiled library that only the build needs

    folder = files("font_source_serif_pro") / "files"
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=1200,
        skip_system_fonts=True,
        font_files=[str(folder / f"SourceSerifPro-{weight}.ttf") for weight in ("Regular", "Bold")],
        serif_family="Source Serif Pro",
    )

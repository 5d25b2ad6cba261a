"""The thousand points, and the field of them that pages show.

They stand on a hexagonal grid in the shape of the region, as many as the COP that it aims at. A dot is a dash of length
0 with round caps
(`stroke-dasharray: 0 14`), so that a run of n neighbours is one `h` segment and the whole field 621 bytes.
"""

import json
from bisect import bisect_left, insort
from collections import defaultdict
from collections.abc import Iterable
from dataclasses import dataclass
from functools import cache
from html import escape
from pathlib import Path
from typing import NamedTuple

from generator.pictures.svg import Svg
from generator.territories.shapes import Affine
from generator.territories.tables import DATA_FOLDER

STEP, ROW = 14, 12  # units between dots of a row, between rows (12/14 ≈ sin 60°); also the margins
HALO_UP_TO = 60  # beyond, halos would touch each other and no longer help the eye

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
    size: tuple[int, int]  # of the box that holds them
    champ: str  # the `d` of the whole field, drawn once for the thousand pages that show it

    def list_dots(self) -> tuple[Dot, ...]:
        """All of them, row by row."""
        return tuple(Dot(x + 2 * i, j) for j, row in enumerate(self.rows) for x, n in row for i in range(n))

    def assign(self, places: Iterable[Position | None]) -> tuple[Dot | None, ...]:
        """The nearest free dot for each place in turn: who comes later never moves who came before.

        None stands for a place without position, and for all that come once the thousand are taken.
        """
        free: dict[int, list[int]] = defaultdict(list)
        for dot in self.list_dots():
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

    def draw_dots(self, chosen: Iterable[Dot | None]) -> str:
        """The `d` of some dots; neighbours of a row become one segment."""
        runs: list[Run] = []
        for column, row in sorted({dot for dot in chosen if dot}, key=lambda dot: (dot.row, dot.column)):
            j, x, n = runs[-1] if runs else (-1, 0, 0)
            if row == j and column == x + 2 * n:
                runs[-1] = j, x, n + 1
            else:
                runs.append((row, column, 1))
        return _draw_path(runs)


Run = tuple[int, int, int]  # row, first half column, number of dots


def _draw_path(runs: Iterable[Run]) -> str:
    # One unit longer than needed: a browser may drop a dash that falls on the very end.
    return "".join(f"M{STEP + x * STEP // 2} {STEP + j * ROW}h{(n - 1) * STEP + 1}" for j, x, n in runs)


@cache
def load_points(folder: Path = DATA_FOLDER) -> Points:
    grid = json.loads((folder / "points.json").read_text(encoding="utf-8"))
    assert (grid["pas"], grid["rang"]) == (STEP, ROW)
    rows = tuple(tuple((x, n) for x, n in row) for row in grid["rangees"])
    return Points(
        rows=rows,
        size=tuple(grid["cadre"]),
        champ=_draw_path((j, x, n) for j, row in enumerate(rows) for x, n in row),
        column_of=Affine(*grid["demi_colonne"]),
        row_of=Affine(*grid["rang_de_latitude"]),
    )


# The field on a page -----------------------------------------------------------------------------------------------


def draw_points(
    points: Points, lit: Iterable[Dot | None], projected: Iterable[Dot | None] = (), label: str = ""
) -> Svg:
    """The field for a page, coloured by the style sheet; `label` says it in words, else the picture is mute."""
    named = f'role="img" aria-label="{escape(label)}"' if label else 'aria-hidden="true"'
    paths = "".join(
        f'<path class="pt{kind and f" pt--{kind}"}" d="{d}"/>' for kind, d in draw_layers(points, lit, projected)
    )
    width, height = points.size
    return Svg(f'<svg class="points__champ" viewBox="0 0 {width} {height}" {named}>{paths}</svg>')


def draw_layers(
    points: Points, lit: Iterable[Dot | None], projected: Iterable[Dot | None]
) -> Iterable[tuple[str, str]]:
    """Kind and `d` of each layer, from the bottom up: field, rings of projects, halos, counted dots."""
    counted = {dot for dot in lit if dot}
    rings = points.draw_dots(dot for dot in projected if dot not in counted)
    gold = points.draw_dots(counted)
    yield "", points.champ
    if rings:
        yield "projet", rings
        yield "creux", rings
    if gold and len(counted) <= HALO_UP_TO:
        yield "halo", gold
    if gold:
        yield "cop", gold

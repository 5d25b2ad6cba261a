"""The dots of the counter's picture, one for each COP to come, on a hexagonal grid in the shape of the land.

They are made again only where the land or the number of COP is another one: a dot that was given stays where it is.
"""

import json
import math
from collections.abc import Iterable
from pathlib import Path
from typing import Any

import numpy as np
import shapely

from generator.pictures.points import ROW, STEP
from generator.territories.refresh.shapes import METRE, Plane

FLAT = ROW / STEP  # height of a row, in steps
TURNS = 40  # halvings of the step: far below a metre


def are_of(folder: Path, departements: Iterable[str], number: int) -> bool:
    """Whether the dots of a folder are those of this land and of so many COP."""
    file = folder / "points.json"
    if not file.exists():
        return False
    known = json.loads(file.read_text(encoding="utf-8"))
    count = sum(n for row in known["rangees"] for _, n in row)
    return bool(known["departements"] == list(departements) and count == number)


def write_dots(out: Path, land: Any, plane: Plane, departements: Iterable[str], number: int) -> None:
    """points.json, for a land in metres."""
    columns, rows, step, west, north = _find_grid(land, number)
    per_degree = plane.squash * METRE
    text = json.dumps(
        {
            "departements": list(departements),
            "cadre": [2 * STEP + int(columns.max()) * STEP // 2, 2 * STEP + int(rows.max()) * ROW],
            "demi_colonne": [round(2 * per_degree / step, 5), round(-2 * west / step, 5)],
            "rang_de_latitude": [round(-METRE / (FLAT * step), 5), round(north / (FLAT * step), 5)],
            "pas": STEP,
            "rang": ROW,
            "rangees": [_list_runs(sorted(columns[rows == row])) for row in range(int(rows.max()) + 1)],
        },
        separators=(",", ":"),
    )
    (out / "points.json").write_text(text + "\n", encoding="utf-8")


def _find_grid(land: Any, number: int) -> tuple[Any, Any, float, float, float]:
    """Half columns and rows of the dots, the step between two of a row, and where the first column and row are."""
    west, _, _, north = shapely.total_bounds(land)
    few, many = math.sqrt(land.area / number) * 2, math.sqrt(land.area / number) / 2
    for _ in range(TURNS):
        step = (few + many) / 2
        few, many = (step, many) if len(_list_inside(land, step)[0]) < number else (few, step)
    columns, rows, depth = _list_inside(land, many)
    # Those too many are the nearest to the border.
    kept = np.sort(np.argsort(-depth, kind="stable")[:number])
    columns, rows = columns[kept], rows[kept]
    # Of two neighbouring columns, odd rows have the odd one: the first column and row stay even.
    left, top = int(columns.min()) // 2 * 2, int(rows.min()) // 2 * 2
    first_x, first_y = west + many / 2 + left * many / 2, north - many * FLAT / 2 - top * FLAT * many
    return columns - left, rows - top, many, float(first_x), float(first_y)


def _list_inside(land: Any, step: float) -> tuple[Any, Any, Any]:
    """Half column, row and distance to the border of the dots of a grid that are on the land."""
    west, south, east, north = shapely.total_bounds(land)
    rows = np.arange(int((north - south) / (FLAT * step)) + 1)
    halves = np.arange(int(2 * (east - west) / step) + 1)
    column, row = (grid.ravel() for grid in np.meshgrid(halves, rows))
    odd = (column + row) % 2 == 0
    column, row = column[odd], row[odd]
    dots = shapely.points(west + step / 2 + column * step / 2, north - step * FLAT / 2 - row * FLAT * step)
    shapely.prepare(land)
    inside = shapely.contains(land, dots)
    return column[inside], row[inside], shapely.distance(dots[inside], shapely.boundary(land))


def _list_runs(columns: Iterable[Any]) -> list[list[int]]:
    """Neighbours of a row, as the first one and their number."""
    runs: list[list[int]] = []
    for column in map(int, columns):
        if runs and column == runs[-1][0] + 2 * runs[-1][1]:
            runs[-1][1] += 1
        else:
            runs.append([column, 1])
    return runs

"""Geometry of the reference data: whole shapes, central points and small SVG paths.

Everything is in metres on a local plane: x = longitude × cos 48.1°, y = latitude, which is true to 1 % over Brittany.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely

from generator.territories.shapes import Frame as DrawnFrame
from generator.territories.shapes import rings

METRE = 111_320.0  # metres in one degree of latitude
SQUASH = math.cos(math.radians(48.1))

SHORTEST_COAST = 100  # metres: less is where two outlines do not quite meet
LARGEST_HOLE = 1e6  # m²: a bigger inner ring is a commune without a shape


def to_metres(points: Any) -> Any:
    """Degrees → metres, for an array of points."""
    return points * [SQUASH * METRE, METRE]


def degrees(x: float, y: float) -> tuple[float, float]:
    """Metres → degrees, rounded to about ten metres."""
    return round(x / SQUASH / METRE, 4), round(y / METRE, 4)


def read_wkb(wkb: Mapping[str, str]) -> dict[str, Any]:
    """Shapes in metres by code, from hexadecimal WKB in degrees."""
    raw = shapely.from_wkb(np.array(list(wkb.values()), dtype=object))
    return dict(zip(wkb, shapely.transform(raw, to_metres), strict=True))


def read_drawing(frame: DrawnFrame, d: str) -> Any:
    """A shape in metres, from the path that was drawn of it in a frame."""
    lines = [shapely.Polygon(ring) for ring in rings(d) if len(ring) > 2]
    # Islands stand apart, holes are inside another ring: what lies in an even number of them is not land.
    shape = lines[0].buffer(0)
    for ring in lines[1:]:
        shape = shapely.symmetric_difference(shape, ring.buffer(0))
    in_degrees = shapely.transform(
        shape, lambda xy: (xy - [frame.x.offset, frame.y.offset]) / [frame.x.factor, frame.y.factor]
    )
    return shapely.transform(in_degrees, to_metres)


def write_degrees(shape: Any) -> str:
    """A shape as a text in degrees, to about ten metres (WKT)."""
    in_degrees = shapely.transform(shape, lambda xy: xy / [SQUASH * METRE, METRE])
    return str(shapely.to_wkt(in_degrees, rounding_precision=4, trim=True))


def read_degrees(text: str) -> Any:
    """The shape that such a text says, in metres."""
    return shapely.transform(shapely.from_wkt(text), to_metres)


def inner_rings(shapes: Iterable[Any]) -> list[Any]:
    """The holes of the union of these shapes, as polygons."""
    parts = shapely.get_parts(shapely.union_all(list(shapes)))
    return [shapely.Polygon(ring) for part in parts for ring in part.interiors]


def coastal(communes: Mapping[str, Any]) -> set[str]:
    """Codes of the communes that touch the sea or an estuary: where no other commune of the country stands."""
    shapes = shapely.coverage_clean(np.array(list(communes.values())))
    outside = shapely.union_all([part.exterior for part in shapely.get_parts(shapely.union_all(shapes))])
    shores = shapely.length(shapely.intersection(shapely.boundary(shapes), outside))
    return {code for code, shore in zip(communes, shores, strict=True) if shore > SHORTEST_COAST}


def central_point(shape: Any) -> tuple[float, float]:
    """Longitude and latitude of the centre of the widest circle inside: a centroid falls outside eleven communes."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    centre = shapely.maximum_inscribed_circle(largest, tolerance=10).coords[0]
    return degrees(*centre)


class Frame:
    """The view box that all the levels share, up to its width: `width` units from the western to the eastern end."""

    def __init__(self, shapes: Iterable[Any], width: int) -> None:
        west, south, east, north = shapely.total_bounds(np.array(list(shapes)))
        self.west, self.north, self.scale = west, north, width / (east - west)
        self.width, self.height = width, math.ceil((north - south) * self.scale)

    def ring(self, coordinates: Any) -> str:
        """A closed integer path in relative coordinates, without the separators that SVG can do without."""
        points = [(round((x - self.west) * self.scale), round((self.north - y) * self.scale)) for x, y in coordinates]
        points = [p for p, before in zip(points, [None, *points], strict=False) if p != before][:-1]
        if len(points) < 3:
            return ""
        d, (x, y) = f"M{points[0][0]} {points[0][1]}l", points[0]
        for px, py in points[1:]:
            for step in (px - x, py - y):
                d += ("" if step < 0 or d[-1] == "l" else " ") + str(step)
            x, y = px, py
        return d + "z"

    def path(self, shape: Any, smallest: float) -> str:
        """The `d` attribute; islets and holes below `smallest` m² are dropped, never the largest part."""
        parts = sorted(shapely.get_parts(shape), key=lambda part: -part.area)
        large = [parts[0], *(part for part in parts[1:] if part.area >= smallest)]
        holes = (hole for part in large for hole in part.interiors if shapely.Polygon(hole).area >= smallest)
        return "".join(self.ring(ring.coords) for ring in (*(part.exterior for part in large), *holes))


def paths(shapes: Mapping[str, Any], frame: Frame, tolerance: float, smallest: float) -> dict[str, str]:
    """`d` by code, simplified to `tolerance` metres all at once, so that two neighbours keep one common line."""
    simple = shapely.coverage_simplify(np.array(list(shapes.values())), tolerance)
    return {code: frame.path(shape, smallest) for code, shape in zip(shapes, simple, strict=True)}

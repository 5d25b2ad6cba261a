"""Geometry of the reference data: whole shapes, central points and small SVG paths.

Everything is in metres on a local plane: x = longitude × the cosine of the middle latitude, y = latitude, which is true
to 1 % over a region.
"""

import math
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from typing import Any

import numpy as np
import shapely

from generator.territories.shapes import Frame as DrawnFrame
from generator.territories.shapes import rings

METRE = 111_320.0  # metres in one degree of latitude
SHORTEST_COAST = 100  # metres: less is where two outlines do not quite meet
LARGEST_HOLE = 1e6  # m²: a bigger inner ring is a commune without a shape


def read_wkb(wkb: Mapping[str, str]) -> dict[str, Any]:
    """Shapes in degrees by code, from hexadecimal WKB."""
    return dict(zip(wkb, shapely.from_wkb(np.array(list(wkb.values()), dtype=object)), strict=True))


@dataclass(frozen=True, slots=True)
class Plane:
    """Where degrees are metres."""

    latitude: float  # of its middle

    @classmethod
    def of(cls, shapes: Iterable[Any]) -> "Plane":
        """That of some shapes in degrees."""
        _, south, _, north = shapely.total_bounds(np.array(list(shapes)))
        return cls(round((south + north) / 2, 1))

    @property
    def squash(self) -> float:
        return math.cos(math.radians(self.latitude))

    def to_metres(self, shape: Any) -> Any:
        """Of a shape in degrees, or of an array of them."""
        return shapely.transform(shape, lambda xy: xy * [self.squash * METRE, METRE])

    def round_degrees(self, x: float, y: float) -> tuple[float, float]:
        """Of a point in metres, rounded to about ten metres."""
        return round(x / self.squash / METRE, 4), round(y / METRE, 4)


def read_drawing(frame: DrawnFrame, d: str) -> Any:
    """A shape in degrees, from the path that was drawn of it in a frame."""
    lines = [shapely.Polygon(ring) for ring in rings(d) if len(ring) > 2]
    # Islands stand apart, holes are inside another ring: what lies in an even number of them is not land.
    shape = lines[0].buffer(0)
    for ring in lines[1:]:
        shape = shapely.symmetric_difference(shape, ring.buffer(0))
    return shapely.transform(
        shape, lambda xy: (xy - [frame.x.offset, frame.y.offset]) / [frame.x.factor, frame.y.factor]
    )


def write_degrees(shape: Any) -> str:
    """A shape in degrees as a text, to about ten metres (WKT)."""
    return str(shapely.to_wkt(shape, rounding_precision=4, trim=True))


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


def central_point(shape: Any, plane: Plane) -> tuple[float, float]:
    """Longitude and latitude of the centre of the widest circle inside: a centroid falls outside eleven communes."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    centre = shapely.maximum_inscribed_circle(largest, tolerance=10).coords[0]
    return plane.round_degrees(*centre)


class Frame:
    """The view box that all the levels share, up to its width: `width` units from the western to the eastern end."""

    def __init__(self, shapes: Iterable[Any], width: int) -> None:
        west, _, east, north = shapely.total_bounds(np.array(list(shapes)))
        self.west, self.north, self.scale = west, north, width / (east - west)

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

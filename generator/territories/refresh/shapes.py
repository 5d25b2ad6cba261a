"""Geometry of the reference data: whole shapes, central points and small SVG paths.

Runs only in the environment that refresh.py makes, because shapely is no dependency of the project.

Everything is in metres on a local plane: x = longitude × cos 48.1°, y = latitude, which is true to 1 % over Brittany.
"""

import math
from collections.abc import Iterable, Mapping
from typing import Any

import numpy as np
import shapely

METRE = 111_320.0  # metres in one degree of latitude
SQUASH = math.cos(math.radians(48.1))

# Four communes that vanished in 2025 have no shape in the source: a point inside each hole, and who took it in.
HOLES = (
    (-2.621, 48.059, "22241"),  # Coëtlogon → Plumieux
    (-2.543, 48.132, "22241"),  # Le Cambout → Plumieux
    (-2.354, 48.232, "22147"),  # Saint-Launeuc → Merdrignac
    (-2.321, 48.491, "22237"),  # Pléven → Val-d’Arguenon
)
SHORTEST_COAST = 100  # metres: less is where two outlines do not quite meet
LARGEST_HOLE = 1e6  # m²: a bigger inner ring is a commune without a shape


def plane(longitude: float, latitude: float) -> tuple[float, float]:
    """Degrees → metres, north up."""
    return longitude * SQUASH * METRE, latitude * METRE


def to_metres(points: Any) -> Any:
    """Degrees → metres, for an array of points."""
    return points * [SQUASH * METRE, METRE]


def degrees(x: float, y: float) -> tuple[float, float]:
    """Metres → degrees, rounded to about ten metres."""
    return round(x / SQUASH / METRE, 4), round(y / METRE, 4)


def coverage(wkb: Mapping[str, str]) -> dict[str, Any]:
    """Shapes by commune code, from hexadecimal WKB in degrees: holes filled, edges shared exactly."""
    codes = sorted(wkb)
    raw = shapely.from_wkb(np.array([wkb[code] for code in codes], dtype=object))
    shapes = dict(zip(codes, shapely.transform(raw, to_metres), strict=True))
    rings = inner_rings(shapes.values())
    for longitude, latitude, code in HOLES:
        (hole,) = (r for r in rings if r.contains(shapely.Point(plane(longitude, latitude))))
        shapes[code] = shapely.union_all([shapes[code], hole])
    clean = shapely.coverage_clean(np.array([shapes[code] for code in codes]))
    assert shapely.coverage_is_valid(clean)
    assert not [r for r in inner_rings(clean) if r.area > LARGEST_HOLE]
    return dict(zip(codes, clean, strict=True))


def inner_rings(shapes: Iterable[Any]) -> list[Any]:
    """The holes of the union of these shapes, as polygons."""
    parts = shapely.get_parts(shapely.union_all(list(shapes)))
    return [shapely.Polygon(ring) for part in parts for ring in part.interiors]


def coastal(wkb: Mapping[str, str]) -> set[str]:
    """Codes of the communes that touch the sea or an estuary: where no other commune of the country stands."""
    shapes = shapely.coverage_clean(shapely.transform(shapely.from_wkb(np.array(list(wkb.values()))), to_metres))
    outside = shapely.union_all([part.exterior for part in shapely.get_parts(shapely.union_all(shapes))])
    shores = shapely.length(shapely.intersection(shapely.boundary(shapes), outside))
    return {code for code, shore in zip(wkb, shores, strict=True) if shore > SHORTEST_COAST}


def central_point(shape: Any) -> tuple[float, float]:
    """Longitude and latitude of the centre of the widest circle inside: a centroid falls outside eleven communes."""
    largest = max(shapely.get_parts(shape), key=lambda part: part.area)
    centre = shapely.maximum_inscribed_circle(largest, tolerance=10).coords[0]
    assert largest.contains(shapely.Point(centre))
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

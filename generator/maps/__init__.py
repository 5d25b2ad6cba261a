"""Pictures as SVG: the thousand points, the maps of the territories, the charts, the seats of a COP.

Functions are pure and hand back text that is safe to embed: what comes from outside is escaped.
The two loaders alone read files, those of `generator/data/`.
"""

from generator.maps.atlas import Area, draw, locator, places, view_of
from generator.maps.charts import Bar, Step, bars_svg, curve_svg
from generator.maps.points import (
    HALO_UP_TO,
    CounterWords,
    Dot,
    Points,
    Position,
    counter_svg,
    load_points,
    points_svg,
    share_png,
)
from generator.maps.seats import bar_svg, seats_svg
from generator.maps.shapes import Box, Frame, Shapes, bounds, load_shapes

__all__ = [
    "HALO_UP_TO",
    "Area",
    "Bar",
    "Box",
    "CounterWords",
    "Dot",
    "Frame",
    "Points",
    "Position",
    "Shapes",
    "Step",
    "bar_svg",
    "bars_svg",
    "bounds",
    "counter_svg",
    "curve_svg",
    "draw",
    "load_points",
    "load_shapes",
    "locator",
    "places",
    "points_svg",
    "seats_svg",
    "share_png",
    "view_of",
]

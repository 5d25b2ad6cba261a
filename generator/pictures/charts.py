"""Charts as SVG, drawn at build time: bars and steps. The table of the same figures stands beneath each.

They have no box of their own: lengths are shares of the column, letters keep the size of the text around them.
"""

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from generator.french import nombre
from generator.pictures.svg import Svg, write_svg

FULL = 84  # % of the width: the figure stands at the end of the longest bar
LINE = 44  # height of one bar with its words above it
PLOT = 240  # height of a curve
HEAD = 20  # room for the highest number
FOOT = 30  # room for the years
MOST_YEARS = 5


class Bar(NamedTuple):
    """One bar: its words, its number, and the number as it is written."""

    label: str
    value: float
    said: str


def draw_bars(bars: Sequence[Bar], label: str, most: int = 0) -> Svg:
    """Horizontal bars from the same zero, words above, figure at the end; `most` fills the width, else the longest."""
    full: float = most or max((bar.value for bar in bars), default=0) or 1
    svg = _start_chart(len(bars) * LINE, label)
    for rank, bar in enumerate(bars):
        y = rank * LINE
        ElementTree.SubElement(svg, "text", {"y": str(y + 15)}).text = bar.label
        length = f"{bar.value / full * FULL:.2f}%"
        place = {"class": "graphique__barre", "y": str(y + 22), "width": length, "height": "14"}
        ElementTree.SubElement(svg, "rect", place)
        ElementTree.SubElement(svg, "text", {"x": length, "dx": "8", "y": str(y + 34)}).text = bar.said
    return write_svg(svg)


class Step(NamedTuple):
    """From this moment the cumulated number is `value`. `at` is a year with its fraction: 2026.5."""

    at: float
    value: int


def draw_curve(curves: Sequence[Sequence[Step]], start: int, end: int, today: float, label: str) -> Svg:
    """Cumulated numbers as stairs until today, one class per curve, from 1 January `start` to 1 January `end`."""
    most = _find_ceiling(max((step.value for steps in curves for step in steps), default=0))
    svg = _start_chart(HEAD + PLOT + FOOT, label)

    def x(at: float) -> float:
        return round((min(max(at, start), end) - start) / (end - start) * 100, 2)

    def y(value: float) -> float:
        return round(PLOT - value / most * PLOT, 1)

    # Only the stairs are stretched; letters and the thickness of lines are not.
    box = {"y": str(HEAD), "width": "100%", "height": str(PLOT), "viewBox": f"0 0 100 {PLOT}"}
    stairs = ElementTree.SubElement(svg, "svg", box | {"preserveAspectRatio": "none", "overflow": "visible"})
    for value in sorted({0, most // 2, most}):
        ElementTree.SubElement(stairs, "path", {"class": "graphique__filet", "d": f"M0 {y(value)}H100"})
        ElementTree.SubElement(svg, "text", {"y": f"{HEAD + y(value) - 5}"}).text = nombre(value)
    each = max(1, -(-(end - start) // MOST_YEARS))
    for year in range(start, end + 1, each):
        anchor = "start" if year == start else "end" if year == end else "middle"
        place = {"x": f"{x(year)}%", "y": str(HEAD + PLOT + 22), "text-anchor": anchor}
        ElementTree.SubElement(svg, "text", place).text = str(year)
    for rank, steps in enumerate(curves):
        d = f"M{x(start)} {y(0)}" + "".join(f"H{x(step.at)}V{y(step.value)}" for step in steps) + f"H{x(today)}"
        ElementTree.SubElement(stairs, "path", {"class": f"graphique__courbe graphique__courbe--{rank}", "d": d})
    return write_svg(svg)


def _start_chart(height: int, label: str) -> ElementTree.Element:
    about = {"class": "graphique__dessin", "width": "100%", "height": str(height), "role": "img", "aria-label": label}
    return ElementTree.Element("svg", about)


def _find_ceiling(value: int) -> int:
    """The next round number, even so that its half is whole: 10, 20, 50, 100…"""
    size = 10
    while size < value:
        size = size * 2 if str(size)[0] in "15" else size * 5 // 2
    return size

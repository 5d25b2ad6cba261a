"""Charts as SVG, drawn at build time: bars and steps. The table of the same figures stands beneath each."""

from collections.abc import Sequence
from typing import NamedTuple
from xml.etree import ElementTree

from generator.pictures.svg import Svg, write_svg

WIDTH = 320  # that of a telephone: letters keep their size there
ROOM = 64  # for the figure at the end of the longest bar
LINE = 44  # height of one bar with its words above it
PLOT = 200  # height of a curve
FOOT = 30  # room for the years


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
        length = round(bar.value / full * (WIDTH - ROOM))
        d = f"M0 {y + 22}h{length or 1}v14h-{length or 1}z"
        ElementTree.SubElement(svg, "path", {"class": "graphique__barre", "d": d})
        ElementTree.SubElement(svg, "text", {"x": str(length + 8), "y": str(y + 34)}).text = bar.said
    return write_svg(svg)


class Step(NamedTuple):
    """From this moment the cumulated number is `value`. `at` is a year with its fraction: 2026.5."""

    at: float
    value: int


def draw_curve(curves: Sequence[Sequence[Step]], start: int, end: int, today: float, label: str) -> Svg:
    """Cumulated numbers as stairs until today, one class per curve, from 1 January `start` to 1 January `end`."""
    most = _find_ceiling(max((step.value for steps in curves for step in steps), default=0))
    svg = _start_chart(PLOT + FOOT, label)
    across = (WIDTH - 60) / (end - start)

    def x(at: float) -> str:
        return f"{44 + (min(max(at, start), end) - start) * across:.1f}"

    def y(value: float) -> str:
        return f"{PLOT - value / most * (PLOT - 14):.1f}"

    for value in sorted({0, most // 2, most}):
        ElementTree.SubElement(svg, "path", {"class": "graphique__filet", "d": f"M44 {y(value)}H{WIDTH - 16}"})
        place = {"x": "38", "y": f"{float(y(value)) + 5:.1f}", "text-anchor": "end"}
        ElementTree.SubElement(svg, "text", place).text = str(value)
    each = max(1, -(-(end - start) // 6))
    for year in range(start, end + 1, each):
        place = {"x": x(year), "y": str(PLOT + 22), "text-anchor": "middle"}
        ElementTree.SubElement(svg, "text", place).text = str(year)
    for rank, steps in enumerate(curves):
        d = f"M{x(start)} {y(0)}" + "".join(f"H{x(step.at)}V{y(step.value)}" for step in steps) + f"H{x(today)}"
        ElementTree.SubElement(svg, "path", {"class": f"graphique__courbe graphique__courbe--{rank}", "d": d})
    return write_svg(svg)


def _start_chart(height: int, label: str) -> ElementTree.Element:
    about = {"class": "graphique__dessin", "viewBox": f"0 0 {WIDTH} {height}", "role": "img", "aria-label": label}
    return ElementTree.Element("svg", about)


def _find_ceiling(value: int) -> int:
    """The next round number, even so that its half is whole: 10, 20, 50, 100…"""
    size = 10
    while size < value:
        size = size * 2 if str(size)[0] in "15" else size * 5 // 2
    return size

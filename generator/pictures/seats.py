"""Who sits in a COP, as dots or as a bar. Decoration: the words stand beside."""

from collections.abc import Sequence
from xml.etree import ElementTree

from generator.pictures.points import text_of

SEATS_PER_ROW = 16


def seats_svg(count: int, rank: int) -> str:
    """One dot per seat, in rows of sixteen, in the colour of its college. Decoration: words stand beside."""
    rows = -(-count // SEATS_PER_ROW)
    d = "".join(
        f"M7 {10 + 18 * row}h{(min(SEATS_PER_ROW, count - SEATS_PER_ROW * row) - 1) * 18 + 1}" for row in range(rows)
    )
    view = f"0 0 288 {20 + 18 * (rows - 1)}"
    svg = ElementTree.Element("svg", {"viewBox": view, "preserveAspectRatio": "xMinYMid", "aria-hidden": "true"})
    ElementTree.SubElement(svg, "path", {"d": d, **({"class": f"s-{rank}"} if rank > 1 else {})})
    return text_of(svg)


def bar_svg(counts: Sequence[int]) -> str:
    """The colleges side by side, each as wide as it is many. Decoration: words stand beside."""
    view = f"0 0 {sum(counts)} 1"
    svg = ElementTree.Element(
        "svg", {"class": "barre", "viewBox": view, "preserveAspectRatio": "none", "aria-hidden": "true"}
    )
    start = 0
    for rank, count in enumerate(counts, 1):
        d = f"M{start} 0h{count}v1H{start}z"
        ElementTree.SubElement(svg, "path", {"d": d, **({"class": f"b-{rank}"} if rank > 1 else {})})
        start += count
    return text_of(svg)

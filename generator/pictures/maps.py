"""Maps of territories: one link per area, its number of COP as text, all COP as one path. No tiles, no script.

Colours and patterns are the style sheet's (theme/css/65-carte.css); here only classes. An area is told by its number,
its pattern and its label, never by colour alone.
"""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

from generator.pictures.points import Position
from generator.pictures.svg import Svg, write_svg
from generator.territories.shapes import Box, Frame

MARGIN = 6  # units around the shapes, so that no outline is cut
CLASSES = (1, 5, 10, 20)
"""From how many COP an area takes the next tint."""
DIGIT = 0.556  # width of a digit of the usual sans-serif faces, in font sizes


@dataclass(frozen=True, slots=True)
class Area:
    """One territory of a map."""

    d: str  # its shape
    href: str  # where it leads, relative to the page; empty for an area without a link
    label: str  # name and figures, as read aloud and shown on hover
    count: int  # COP there
    at: tuple[int, int]  # where its number stands
    kind: str = ""  # class instead of the tint of its count: `couverte` is hatched

    @property
    def css(self) -> str:
        return self.kind or f"t{sum(self.count >= least for least in CLASSES)}"


def find_view(box: Box) -> str:
    """The view box around a box, with its margin."""
    left, top, right, bottom = box
    return f"{left - MARGIN} {top - MARGIN} {right - left + 2 * MARGIN} {bottom - top + 2 * MARGIN}"


def draw_places(frame: Frame, positions: Iterable[Position | None]) -> str:
    """The `d` of the places of COP: a dot each, once where several share a place."""
    return "".join(f"M{x} {y}h0" for x, y in sorted({frame.at(position) for position in positions if position}))


def draw_map(areas: Sequence[Area], view_box: str, label: str, dots: str = "") -> Svg:
    """A map of linked areas, in the order given, which is also that of the keyboard."""
    svg = _start_picture(view_box, label)
    if any(area.kind == "couverte" for area in areas):
        _draw_hatching(svg)
    for area in areas:
        parent = svg
        if area.href:
            parent = ElementTree.SubElement(svg, "a", {"href": area.href, "aria-label": area.label, "class": area.css})
        # Not in the style sheet, from which an address of a pattern would be looked for in the sheet itself.
        fill = {"fill": "url(#hachures)"} if area.kind == "couverte" else {}
        ElementTree.SubElement(parent, "path", {"d": area.d, **fill, **({} if area.href else {"class": area.css})})
    if dots:
        ElementTree.SubElement(svg, "path", {"class": "carte__cop", "d": dots})
    _draw_numbers(svg, [area for area in areas if area.count], float(view_box.split()[2]) / 34)
    return write_svg(svg)


def _start_picture(view_box: str, label: str) -> ElementTree.Element:
    return ElementTree.Element(
        "svg", {"class": "carte__dessin", "viewBox": view_box, "role": "group", "aria-label": label}
    )


def _draw_hatching(svg: ElementTree.Element) -> None:
    pattern = ElementTree.SubElement(
        svg, "pattern", {"id": "hachures", "width": "7", "height": "7", "patternUnits": "userSpaceOnUse"}
    )
    ElementTree.SubElement(pattern, "path", {"class": "carte__fond", "d": "M0 0h7v7H0z"})
    ElementTree.SubElement(pattern, "path", {"class": "carte__hachure", "d": "M-1 8 8-1M-1 1 1-1M6 8 8 6"})


def _draw_numbers(svg: ElementTree.Element, areas: Sequence[Area], size: float) -> None:
    """All numbers as one text: each digit has its own place, so sixty areas cost one element."""
    xs, ys, digits = [], [], ""
    for area in areas:
        number = str(area.count)
        for rank in range(len(number)):
            xs.append(str(round(area.at[0] + (rank - (len(number) - 1) / 2) * size * DIGIT)))
            ys.append(str(area.at[1]))
        digits += number
    if digits:
        about = {"class": "carte__nombres", "font-size": f"{size:.0f}", "aria-hidden": "true"}
        ElementTree.SubElement(svg, "text", {**about, "x": " ".join(xs), "y": " ".join(ys)}).text = digits


def draw_locator(ground: str, covered: str, place: tuple[int, int] | None, box: Box, label: str) -> Svg:
    """Where a COP is: the territory around it, what it covers, its dot. `ground` and `covered` are `d` attributes."""
    named = f'class="carte__dessin" viewBox="{find_view(box)}" role="img" aria-label="{escape(label)}"'
    layers = [("t0", ground), ("t2", covered)]
    if place:
        layers.append(("carte__cop carte__cop--seule", f"M{place[0]} {place[1]}h0"))
    paths = "".join(f'<path class="{css}" d="{d}"/>' for css, d in layers if d)
    return Svg(f"<svg {named}>{paths}</svg>")

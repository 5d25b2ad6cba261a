"""Maps of territories: one link per area, in one ink that is stronger where there are more COP, with names of towns.

No tiles, no script. Colours are the style sheet's, everything else of their look is in `map_look`. An area says its
name and its figures to who points at it, reaches it by keyboard or listens; the list beside says the same.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from html import escape
from xml.etree import ElementTree

from generator.pictures.map_look import (
    MARGIN,
    LegendRow,
    Letters,
    Scale,
    Town,
    choose_names,
    draw_swatch,
    find_size,
)
from generator.pictures.svg import Svg, write_svg
from generator.territories.shapes import Box

NOTHING, COVERED = "aucune COP recensée", "couverte par une COP plus large"


@dataclass(frozen=True, slots=True)
class Area:
    """One territory of a map."""

    d: str  # its shape
    href: str  # where it leads, relative to the page; empty where it has no page
    label: str  # name and figures, as read aloud and shown on hover
    count: int  # COP there
    is_covered: bool = False  # hatched: a wider COP covers it, and it has none of its own


@dataclass(frozen=True, slots=True)
class Map:
    """A map and what explains it."""

    drawing: Svg
    legend: Sequence[LegendRow]


def find_view(box: Box) -> str:
    """The view box around a box, with its margin."""
    left, top, right, bottom = box
    return f"{left - MARGIN} {top - MARGIN} {right - left + 2 * MARGIN} {bottom - top + 2 * MARGIN}"


def draw_map(
    areas: Sequence[Area], box: Box, label: str, towns: Sequence[Town] = (), widths: Sequence[Letters] = ()
) -> Map:
    """A map of linked areas, in the order given, which is also that of the keyboard; towns come largest first."""
    scale = Scale(max((area.count for area in areas), default=0))
    about = {"class": "carte__dessin", "viewBox": find_view(box), "role": "group", "aria-label": label}
    svg = ElementTree.Element("svg", about)
    has_hatching = any(area.is_covered for area in areas)
    if has_hatching:
        _draw_hatching(svg)
    for area in areas:
        named = {"href": area.href} if area.href else {"role": "img"}
        parent = ElementTree.SubElement(svg, "a" if area.href else "g", {**named, "aria-label": area.label})
        ElementTree.SubElement(parent, "path", {"d": area.d, **_paint(area, scale)})
    for letters in widths:
        _write_names(svg, towns, letters, box)
    legend = list(scale.write_legend())
    if any(not (area.count or area.is_covered) for area in areas):
        legend.insert(0, LegendRow(draw_swatch(0), NOTHING))
    if has_hatching:
        legend.append(LegendRow(draw_swatch(0, hatched=True), COVERED))
    return Map(write_svg(svg), legend)


def _paint(area: Area, scale: Scale) -> dict[str, str]:
    if area.is_covered:
        # Not in the style sheet, from which an address of a pattern would be looked for in the sheet itself.
        return {"fill": "url(#hachures)"}
    strength = scale.find_strength(area.count)
    if not strength:
        return {"class": "carte__fond"}
    return {"fill-opacity": f"{strength:g}"} if strength < 1 else {}


def _draw_hatching(svg: ElementTree.Element) -> None:
    pattern = ElementTree.SubElement(
        svg, "pattern", {"id": "hachures", "width": "7", "height": "7", "patternUnits": "userSpaceOnUse"}
    )
    ElementTree.SubElement(pattern, "path", {"class": "carte__fond", "d": "M0 0h7v7H0z"})
    ElementTree.SubElement(pattern, "path", {"class": "carte__hachure", "d": "M-1 8 8-1M-1 1 1-1M6 8 8 6"})


def _write_names(svg: ElementTree.Element, towns: Sequence[Town], letters: Letters, box: Box) -> None:
    """The names for one width of the screen. The areas say theirs already: these are mute."""
    about = {"class": f"carte__noms carte__noms--{letters.css}", "font-size": str(find_size(letters, box))}
    group = ElementTree.SubElement(svg, "g", {**about, "aria-hidden": "true"})
    for name, (x, y) in choose_names(towns, letters, box):
        ElementTree.SubElement(group, "text", {"x": str(x), "y": str(y)}).text = name


def draw_locator(ground: str, covered: str, place: tuple[int, int] | None, box: Box, label: str) -> Svg:
    """Where a COP is: the territory around it, what it covers, its dot. `ground` and `covered` are `d` attributes."""
    named = f'class="carte__dessin" viewBox="{find_view(box)}" role="img" aria-label="{escape(label)}"'
    layers = [(' class="carte__fond"', ground), ("", covered)]
    if place:
        layers.append((' class="carte__cop"', f"M{place[0]} {place[1]}h0"))
    paths = "".join(f'<path{css} d="{d}"/>' for css, d in layers if d)
    return Svg(f"<svg {named}>{paths}</svg>")

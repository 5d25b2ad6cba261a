"""The picture that social networks show of a territory: its name, and where it lies. Drawn once, with the reference."""

import textwrap
from xml.etree import ElementTree

from generator.pictures.svg import SVG_NAMESPACE, Svg, write_svg
from generator.territories.shapes import load_shapes

# The sea and the gold of the counter, beside which these pictures are seen.
SEA, LAND, PAPER, GOLD = "#0B3C5D", "#2A6188", "#FBF9F4", "#F2B705"
SERIF = "Source Serif Pro"
SIZE, LINE, PER_LINE = 62, 70, 17
"""Of the name: letters and lines in units of the picture, signs on a line."""
MOST_LINES = 4


def draw_territory(name: str, kicker: str, level: str, codes: tuple[str, ...]) -> Svg:
    """A picture of 1200 × 630 without any number: it never ages. `level` and `codes` are those of the shapes."""
    shapes = load_shapes()
    svg = ElementTree.Element("svg", {"xmlns": SVG_NAMESPACE, "viewBox": "0 0 1200 630"})
    ElementTree.SubElement(svg, "path", {"fill": SEA, "d": "M0 0h1200v630H0z"})
    land = ElementTree.SubElement(svg, "g", {"transform": "translate(545 135) scale(.63)", "stroke-linejoin": "round"})
    for d in shapes.paths["departements"].values():
        ElementTree.SubElement(land, "path", {"fill": LAND, "stroke": SEA, "stroke-width": "3", "d": d})
    for code in codes:
        attributes = {"fill": GOLD, "stroke": GOLD, "stroke-width": "2", "d": shapes.paths[level][code]}
        ElementTree.SubElement(land, "path", attributes)
    words = ElementTree.SubElement(svg, "g", {"font-family": SERIF, "fill": PAPER})
    _write(words, "Les COP locales", 150, 34, GOLD)
    lines = textwrap.wrap(name.replace(" –", "\u00a0–"), PER_LINE, break_long_words=False)
    size = SIZE if len(lines) <= MOST_LINES else SIZE * MOST_LINES // len(lines)
    for row, line in enumerate(lines):
        _write(words, line, 230 + row * LINE * size // SIZE, size)
    _write(words, kicker, 562, 30)
    return write_svg(svg)


def _write(parent: ElementTree.Element, words: str, y: int, size: int, colour: str = PAPER) -> None:
    attributes = {"x": "64", "y": str(y), "font-size": str(size), "font-weight": "700", "fill": colour}
    ElementTree.SubElement(parent, "text", attributes).text = words

"""The counter, alone: to embed, and as the picture that social networks show."""

from collections.abc import Iterable
from dataclasses import dataclass
from importlib.resources import files
from xml.etree import ElementTree

from generator.pictures.points import STEP, Dot, Points, draw_layers
from generator.pictures.svg import SVG_NAMESPACE, Svg, write_svg


@dataclass(frozen=True, slots=True)
class CounterWords:
    """What the counter says; all of it is written by the caller, spaces included."""

    title: str  # the whole in one sentence, for those who do not see it
    heading: tuple[str, ...]  # one or two short lines: « 1 000 COP », « en Bretagne »
    value: str  # « 3 »
    caption: str  # « COP comptées sur 1 000 »
    notes: tuple[str, ...] = ()  # up to two lines of about thirty signs: « dont 3 à confirmer »


# Presentation attributes, not classes: the file stands alone, and style attributes are blocked where it is inlined.
_STROKES = {
    "": {"stroke": "#7299B4", "stroke-width": "5"},
    "projet": {"stroke": "#DCE7EE", "stroke-width": "10"},
    "creux": {"stroke": "#0B3C5D", "stroke-width": "6.4"},
    "halo": {"stroke": "#F2B705", "stroke-opacity": ".22", "stroke-width": "27"},
    "cop": {"stroke": "#F2B705", "stroke-width": "10.4"},
}
_SERIF = '"Iowan Old Style","Palatino Linotype",Palatino,P052,Georgia,"Liberation Serif",serif'


def draw_counter(
    points: Points, words: CounterWords, lit: Iterable[Dot | None], projected: Iterable[Dot | None] = ()
) -> Svg:
    """A stand-alone picture of 1200 × 630: heading and figure on the left, the field on the right."""
    svg = ElementTree.Element(
        "svg", {"xmlns": SVG_NAMESPACE, "viewBox": "0 0 1200 630", "role": "img", "aria-labelledby": "titre-compteur"}
    )
    ElementTree.SubElement(svg, "title", {"id": "titre-compteur"}).text = words.title
    ElementTree.SubElement(svg, "path", {"fill": "#0B3C5D", "d": "M0 0h1200v630H0z"})
    group = ElementTree.SubElement(svg, "g", {"font-family": _SERIF, "fill": "#FBF9F4"})
    for text, y, attributes in _place_lines(words):
        ElementTree.SubElement(group, "text", {"x": "64", "y": str(y), **attributes}).text = text
    field = ElementTree.SubElement(
        svg,
        "g",
        {
            "transform": _place_field(points),
            "fill": "none",
            "stroke-linecap": "round",
            "stroke-dasharray": f"0 {STEP}",
        },
    )
    for kind, d in draw_layers(points, lit, projected):
        ElementTree.SubElement(field, "path", {**_STROKES[kind], "d": d})
    return write_svg(svg)


_LEFT, _TOP, _WIDTH, _HEIGHT = 440, 118, 717.3, 421.2
"""Where the field may stand."""


def _place_field(points: Points) -> str:
    width, height = points.size
    scale = min(_WIDTH / width, _HEIGHT / height)
    left, top = _LEFT + (_WIDTH - width * scale) / 2, _TOP + (_HEIGHT - height * scale) / 2
    return f"translate({left:.0f} {top:.0f}) scale({scale:.2f})"


def _place_lines(words: CounterWords) -> Iterable[tuple[str, int, dict[str, str]]]:
    """Text, base line and attributes: the heading hangs from the top, the figure stands on the bottom."""
    for i, line in enumerate(words.heading):
        yield line, 126 + 68 * i, {"font-size": "64", "font-weight": "700"}
    foot = 562 - 34 * len(words.notes)
    # A big figure looks indented at 64.
    yield words.value, foot - 50, {"x": "57", "font-size": "150", "font-weight": "700", "fill": "#F2B705"}
    yield words.caption, foot, {"font-size": "34", "font-weight": "700"}
    for i, line in enumerate(words.notes):
        yield line, foot + 42 + 34 * i, {"font-size": "27", "fill": "#D3E0E9"}


def draw_share_png(svg: str) -> bytes:
    """The picture as PNG, the same bytes on every machine: its letters are Source Serif Pro, never the system's."""
    import resvg_py  # a compiled library that only the build needs

    folder = files("font_source_serif_pro") / "files"
    return resvg_py.svg_to_bytes(
        svg_string=svg,
        width=1200,
        skip_system_fonts=True,
        font_files=[str(folder / f"SourceSerifPro-{weight}.ttf") for weight in ("Regular", "Bold")],
        serif_family="Source Serif Pro",
    )

"""The thousand points and the pictures made of them."""

import re
from collections.abc import Iterable
from xml.etree import ElementTree

import pytest

from generator.pictures.counter import CounterWords, draw_counter, draw_share_png
from generator.pictures.icons import SIZES, draw_icons
from generator.pictures.points import (
    HALO_UP_TO,
    Dot,
    Points,
    Position,
    draw_points,
    load_points,
)
from generator.territories.reference import Territories, load_territories
from generator.territories.refresh.borders import outline
from generator.territories.shapes import load_shapes
from tests.support.paths import ROOT

WORDS = CounterWords(
    title="3 COP & plus <recensées>",
    heading=("1\u202f000 COP", "en Bretagne"),
    value="3",
    caption="COP comptées sur 1\u202f000",
    notes=("dont 3 à confirmer",),
)


@pytest.fixture(scope="module")
def points() -> Points:
    return load_points()


@pytest.fixture(scope="module")
def reference() -> Territories:
    return load_territories()


def places(reference: Territories) -> list[Position]:
    return [(c.longitude, c.latitude) for c in reference.communes.values()]


def drawn(d: str) -> list[tuple[int, int]]:
    """The centres of the dots that a path draws: a run of n is `h` of 14 (n - 1) + 1 units."""
    runs = [tuple(map(int, run)) for run in re.findall(r"M(\d+) (\d+)h(\d+)", d)]
    return [(x + 14 * i, y) for x, y, width in runs for i in range((width - 1) // 14 + 1)]


def nearest(points: Points, free: Iterable[Dot], place: Position) -> Dot:
    """The rule, said the slow way."""
    x, y = points.column_of(place[0]), points.row_of(place[1])
    return min(free, key=lambda d: (((d.column - x) * 7) ** 2 + ((d.row - y) * 12) ** 2, d.row, d.column))


def test_exactly_a_thousand(points: Points) -> None:
    assert len(set(points.list_dots())) == 1000
    assert len(set(drawn(points.champ))) == 1000
    assert len(points.champ) == 621


def test_dots_fit_in_the_view_box(points: Points) -> None:
    assert all(5 <= x <= 763 - 5 and 5 <= y <= 448 - 5 for x, y in drawn(points.champ))


def test_the_three_of_the_call(points: Points, reference: Territories) -> None:
    dots = points.assign(reference.position("commune", code) for code in ("29233", "35145", "35253"))
    assert points.draw_dots(dots) == "M679 182h1M294 290h1M595 326h1"


def test_assign_gives_the_nearest_free_dot(points: Points, reference: Territories) -> None:
    free, asked = set(points.list_dots()), places(reference)[::5] * 3
    for place, dot in zip(asked, points.assign(asked), strict=True):
        assert dot == nearest(points, free, place)
        free.discard(dot)


def test_a_later_cop_moves_no_earlier_dot(points: Points, reference: Territories) -> None:
    asked = places(reference)[:400]
    before = points.assign(asked)
    assert points.assign([*asked, asked[0], asked[7]])[:400] == before


def test_a_thousand_and_more(points: Points, reference: Territories) -> None:
    dots = points.assign(places(reference))
    assert len(dots) == len(reference.communes)
    assert set(dots[:1000]) == set(points.list_dots())
    assert set(dots[1000:]) == {None}
    assert sorted(drawn(points.draw_dots(dots))) == sorted(drawn(points.champ))


def test_a_place_without_position_takes_no_dot(points: Points, reference: Territories) -> None:
    quimperle = reference.position("commune", "29233")
    assert points.assign([None, quimperle]) == (None, *points.assign([quimperle]))


def layers(svg: str) -> list[str]:
    return [path.attrib["class"] for path in ElementTree.fromstring(svg).iter("path")]


def test_layers_of_the_field(points: Points) -> None:
    dots = points.list_dots()
    assert layers(draw_points(points, [])) == ["pt"]
    assert layers(draw_points(points, dots[:3])) == ["pt", "pt pt--halo", "pt pt--cop"]
    assert layers(draw_points(points, dots[:HALO_UP_TO], dots[100:101])) == [
        "pt", "pt pt--projet", "pt pt--creux", "pt pt--halo", "pt pt--cop"
    ]  # fmt: skip
    assert layers(draw_points(points, dots[: HALO_UP_TO + 1])) == ["pt", "pt pt--cop"]


def test_a_counted_dot_is_never_drawn_as_a_project(points: Points) -> None:
    dot = points.list_dots()[:1]
    assert layers(draw_points(points, dot, dot)) == ["pt", "pt pt--halo", "pt pt--cop"]


def test_label_of_the_field(points: Points) -> None:
    named = ElementTree.fromstring(draw_points(points, [], label='À "Plœuc" & <ici>')).attrib
    assert (named["role"], named["aria-label"]) == ("img", 'À "Plœuc" & <ici>')
    assert ElementTree.fromstring(draw_points(points, [])).attrib["aria-hidden"] == "true"


def test_counter_is_xml_and_says_the_words(points: Points) -> None:
    svg = draw_counter(points, WORDS, points.list_dots()[:3])
    texts = [e.text for e in ElementTree.fromstring(svg).iter() if e.text]
    assert texts == [WORDS.title, *WORDS.heading, WORDS.value, WORDS.caption, *WORDS.notes]
    assert "style=" not in svg
    assert len(svg.encode()) < 2000


def test_share_png(points: Points) -> None:
    svg = draw_counter(points, WORDS, points.list_dots()[:3])
    png = draw_share_png(svg)
    assert png[:8] == b"\x89PNG\r\n\x1a\n"
    assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (1200, 630)
    assert png == draw_share_png(svg)
    assert png != draw_share_png(svg.replace("Bretagne", ""))  # letters are drawn
    assert png != draw_share_png(draw_counter(points, WORDS, points.list_dots()[:2]))  # and dots


def test_icons_are_the_mark_in_each_size() -> None:
    """PNG of the size that their name says; the .ico holds one, where its head says it begins."""
    icons = draw_icons((ROOT / "generator/theme/assets/marque.svg").read_text("utf-8"))
    for size in SIZES:
        png = icons[f"assets/icone-{size}.png"]
        assert png[:8] == b"\x89PNG\r\n\x1a\n"
        assert (int.from_bytes(png[16:20]), int.from_bytes(png[20:24])) == (size, size)
    tab = icons["favicon.ico"]
    length, start = (int.from_bytes(tab[place : place + 4], "little") for place in (14, 18))
    assert tab[start : start + 8] == b"\x89PNG\r\n\x1a\n"
    assert len(tab) == start + length


def test_shapes_cover_every_territory(reference: Territories) -> None:
    shapes = load_shapes()
    assert set(shapes.paths["communes"]) == set(reference.communes)
    islands = {c.code for c in reference.communes.values() if c.epci is None}
    assert set(shapes.paths["epci"]) == set(reference.epci) | islands
    assert set(shapes.paths["departements"]) == set(reference.departements)
    for paths in shapes.paths.values():
        assert all(re.fullmatch(r"(M\d+ \d+l-?\d+([ -]\d+)+z)+", d) for d in paths.values())


def test_a_commune_lies_in_its_own_shape(reference: Territories) -> None:
    shapes = load_shapes()
    frame = shapes.frames["communes"]
    outside = []
    for commune in reference.communes.values():
        x, y = frame.x(commune.longitude), frame.y(commune.latitude)
        if not inside(shapes.paths["communes"][commune.code], x, y):
            outside.append(commune.nom)
    assert outside == []


def inside(d: str, x: float, y: float) -> bool:
    """Even-odd rule on relative integer rings."""
    crossings = 0
    for ring in d.split("z")[:-1]:
        px, py, *steps = map(int, re.findall(r"-?\d+", ring))
        corners = [(px, py)]
        for dx, dy in zip(steps[::2], steps[1::2], strict=True):
            corners.append((corners[-1][0] + dx, corners[-1][1] + dy))
        for (ax, ay), (bx, by) in zip(corners, corners[1:] + corners[:1], strict=True):
            if (ay > y) != (by > y) and x < ax + (y - ay) * (bx - ax) / (by - ay):
                crossings += 1
    return crossings % 2 == 1


# Shapes -----------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("shapes", "rings"),
    [
        ({"west": "M0 0l10 0 0 10-10 0z", "east": "M10 0l10 0 0 10-10 0z"}, [{(0, 0), (20, 0), (20, 10), (0, 10)}]),
        # An island, and one shape alone.
        ({"land": "M0 0l4 0 0 4-4 0z", "isle": "M9 9l1 0 0 1z"}, [{(0, 0), (4, 4)}, {(9, 9), (10, 10)}]),
        # What they surround together stays outside.
        (
            {"left": "M0 0l5 0 0 3-2 0 0 4 2 0 0 3-5 0z", "right": "M5 0l5 0 0 10-5 0 0-3 2 0 0-4-2 0z"},
            [{(0, 0), (10, 0), (10, 10), (0, 10)}, {(3, 3), (3, 7), (7, 7), (7, 3)}],
        ),
    ],
)
def test_the_border_around_neighbours(shapes: dict[str, str], rings: list[set[tuple[int, int]]]) -> None:
    drawn = sorted(map(set, _walk(outline(shapes.values()))), key=min)
    assert len(drawn) == len(rings)
    for ring, corners in zip(drawn, rings, strict=True):
        assert corners <= ring


def _walk(d: str) -> list[list[tuple[int, int]]]:
    """The points of each ring of a `d` of relative lines."""
    rings = []
    for part in d.split("M")[1:]:
        start, _, rest = part.removesuffix("z").partition("l")
        steps = [complex(*pair) for pair in zip(*[map(int, re.findall(r"-?\d+", rest))] * 2, strict=True)]
        at = complex(*map(int, start.split()))
        ring = [at]
        for step in steps:
            at += step
            ring.append(at)
        rings.append([(int(place.real), int(place.imag)) for place in ring])
    return rings


def test_every_border_encloses_what_its_communes_do() -> None:
    """The area within the borders is that of the communes: no side of the inside was left, no piece was lost."""
    shapes = load_shapes()
    assert shapes.borders.keys() == load_territories().epci.keys()
    for epci in load_territories().epci.values():
        own = [shapes.paths["communes"][code] for code in epci.membres]
        inside = sum(_area(ring) for d in own for ring in _walk(d))
        # The land that one EPCI surrounds without holding it, and the slivers between two communes, are a hundredth.
        assert sum(map(_area, _walk(shapes.borders[epci.code]))) == pytest.approx(inside, rel=0.01), epci.nom
        assert shapes.borders[epci.code] == outline(own), "refaire formes-contours.csv : make reference"


def _area(ring: list[tuple[int, int]]) -> float:
    return abs(sum(x * q - p * y for (x, y), (p, q) in zip(ring, (*ring[1:], ring[0]), strict=True))) / 2

"""Maps: one ink, scaled to what there is; names that fit; a legend that says what is drawn."""

from itertools import combinations
from xml.etree import ElementTree

import pytest

from generator.french import sort_key
from generator.pictures.map_look import COLUMN, LETTER, PHONE, WIDE, Letters, Scale, Town, choose_names, find_size
from generator.pictures.maps import COVERED, NOTHING, Area, draw_map
from generator.territories.reference import load_territories
from generator.territories.shapes import bounds, load_shapes

SQUARE = "M0 0l600 0 0 400-600 0z"
BOX = (0, 0, 600, 400)


@pytest.mark.parametrize(
    ("most", "words"),
    [
        (0, []),
        (2, ["1 fiche et plus"]),
        (9, ["1 à 4 fiches", "5 fiches et plus"]),
        (45, ["1 à 4 fiches", "5 à 9 fiches", "10 à 19 fiches", "20 fiches et plus"]),
    ],
)
def test_the_scale_fits_the_numbers(most: int, words: list[str]) -> None:
    """No line of the legend for what the map does not show; the strongest area has the whole ink."""
    scale = Scale(most)
    assert [row.words for row in scale.write_legend()] == words
    strengths = [scale.find_strength(count) for count in range(most + 1)]
    assert strengths == sorted(strengths)
    assert (strengths[0], strengths[-1]) == (0, 1 if most else 0)


def test_what_is_drawn_is_in_the_legend() -> None:
    areas = [
        Area(SQUARE, "a/", "A", 0),
        Area(SQUARE, "b/", "B", 3),
        Area(SQUARE, "c/", "C", 12),
        Area(SQUARE, "d/", "D", 0, is_covered=True),
    ]
    drawn = draw_map(areas, BOX, "Carte", [Town("Ici & là", (300, 200))], (PHONE, WIDE))
    svg = ElementTree.fromstring(drawn.drawing)
    assert [(a.attrib["href"], a.attrib["aria-label"]) for a in svg.iter("a")] == [(x.href, x.label) for x in areas]
    paints = {path.get("fill-opacity") for path in svg.iter("path")}
    assert paints == {None, "0.4"}  # the ground, the hatching and the whole ink say nothing of their strength
    swatches = "".join(row.swatch for row in drawn.legend)
    assert all(f'fill-opacity="{paint}"' in swatches for paint in paints if paint)
    assert [row.words for row in drawn.legend] == [
        NOTHING,
        "1 à 4 fiches",
        "5 à 9 fiches",
        "10 fiches et plus",
        COVERED,
    ]
    assert [row.words for row in draw_map(areas[1:2], BOX, "Carte").legend] == ["1 fiche et plus"]
    assert [text.text for text in svg.iter("text")] == ["Ici & là"] * 2
    assert "style=" not in drawn.drawing


@pytest.mark.parametrize("letters", [PHONE, COLUMN, WIDE])
def test_names_fit_and_never_touch(letters: Letters) -> None:
    """The largest town is named; no name leaves the map nor lies on another, at any width."""
    frame = load_shapes().frames["epci"]
    communes = sorted(load_territories().communes.values(), key=lambda c: (-c.population, sort_key(c.nom)))
    box = bounds(load_shapes().paths["epci"].values())
    towns = choose_names([Town(c.nom, frame.at((c.longitude, c.latitude))) for c in communes], letters, box)
    assert towns[0].name == "Rennes"
    assert 5 <= len(towns) <= letters.most
    size = find_size(letters, box)
    for name, (x, _) in towns:
        half = len(name) * size * LETTER / 2
        assert box[0] - 1 <= x - half, name
        assert x + half <= box[2] + 1, name
    for one, other in combinations(towns, 2):
        wide = (len(one.name) + len(other.name)) * size * LETTER / 2
        apart = abs(one.at[0] - other.at[0]) >= wide or abs(one.at[1] - other.at[1]) >= size * 1.2
        assert apart, (one, other)


@pytest.mark.parametrize(("letters", "narrowest"), [(PHONE, 288), (COLUMN, 510), (WIDE, 950)])
def test_letters_are_never_under_twelve_pixels(letters: Letters, narrowest: int) -> None:
    """On the narrowest map where the style sheet shows them: a phone of 320 px, a column, a page."""
    assert narrowest / letters.per_width >= 12

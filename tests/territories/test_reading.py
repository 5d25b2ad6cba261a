"""One reading of places: the table of cases, every commune by each of its names and codes, and texts that are none."""

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from generator.territories.kinds import Territoire
from generator.territories.reading import NoPlace, One, Several, agrees, read_place
from tests.support.chance import tries
from tests.support.readings import PLACES, read_table, spell, sweep, sweep_codes

CASES = read_table()
BOTH = "22100 22120 22130 22200 22230 22270 22290 29200 29242 29253 35113 56150".split()
"""Former INSEE codes that are also postal codes."""


def test_the_table_is_large_enough_to_hold_its_subject() -> None:
    assert len(CASES) >= 150
    assert {answer.reponse for answer in CASES.values()} == {"un", "plusieurs", "aucun"}
    assert {asked.texte or asked.code for asked in CASES} >= set(BOTH)


def test_every_case_reads_as_the_table_says() -> None:
    found = {asked: spell(read_place(PLACES, *asked)) for asked in CASES}
    assert {asked: (found[asked], right) for asked, right in CASES.items() if found[asked] != right} == {}


def test_a_name_that_reads_with_a_code_agrees_with_it() -> None:
    """And a name that contradicts it does not."""
    wrong = []
    for asked, answer in CASES.items():
        place = PLACES.communes.get(asked.code) or PLACES.epci.get(asked.code)
        if place and not asked.texte.isdigit():
            is_right = answer.reponse == "un" and answer.lieux == place.code
            wrong += [asked] if agrees(PLACES, asked.texte, place) != is_right else []
    assert wrong == []


def test_every_commune_answers_to_each_of_its_names_and_codes() -> None:
    asked = list(sweep())
    assert len({code for _, code in asked}) == len(PLACES.communes)
    wrong = [(one, code) for one, code in asked if spell(read_place(PLACES, *one))[::2] != ("un", code)]
    assert wrong == []


def test_every_code_tells_all_that_it_means() -> None:
    for code, meant in sweep_codes():
        reading = read_place(PLACES, code)
        places = tuple(dict.fromkeys(named.place for named in meant))
        assert reading == One(places[0], meant[0].how) if len(places) == 1 else isinstance(reading, Several)
        assert isinstance(reading, One) or (isinstance(reading, Several) and reading.places == places)


def test_a_former_code_that_is_a_postal_code_is_read_by_the_name_alone() -> None:
    both = [code for code, meant in sweep_codes() if {"ancien-code", "code-postal"} <= {named.how for named in meant}]
    assert both == BOTH
    for code in both:
        reading = read_place(PLACES, code)
        assert isinstance(reading, Several)
        assert reading.reason == "deux-codes"
        for named in reading.found:
            assert read_place(PLACES, named.place.nom, code) == One(named.place, named.how)


def test_every_larger_territory_answers_to_each_of_its_names() -> None:
    places: list[Territoire] = [*PLACES.epci.values(), *PLACES.regions.values()]
    for place in places:
        names = (place.nom, *getattr(place, "autres_noms", ()), place.code)
        assert {spell(read_place(PLACES, nom)).lieux for nom in names} == {place.code}
    for departement in PLACES.departements.values():
        for nom in (departement.nom, departement.code, f"Département {departement.de}", f"CD{departement.code}"):
            right = ("un", departement.code) if departement.code != "44" else ("aucun", "")
            assert spell(read_place(PLACES, nom))[::2] == right


_SIGNS = st.sampled_from(
    [
        "Quimperlé",
        "Le",
        "29",
        "29300",
        "242900694",
        "CC",
        "Mairie de",
        "(",
        ")",
        "-",
        "’",
        "<b>",
        "🌊",
        "\u202e",
        "\x00",
    ]
)


@tries(4)
@given(
    text=st.lists(_SIGNS | st.text(max_size=8), max_size=12).map(" ".join), code=st.text("0123456789 -", max_size=16)
)
def test_whatever_is_typed_there_is_an_answer(text: str, code: str) -> None:
    reading = read_place(PLACES, text, code)
    if any(sign in text for sign in ("<", "🌊", "\u202e", "\x00")):
        assert reading == NoPlace(reading.reason) if isinstance(reading, NoPlace) else False


@pytest.mark.parametrize("text", ["a" * 500, "1" * 500, "Quimperlé " * 50, "saint " * 20, "( " * 60, "é" * 120])
def test_long_texts_are_read_in_no_time(text: str) -> None:
    start = time.process_time()
    assert isinstance(read_place(PLACES, text, text), NoPlace)
    assert time.process_time() - start < 1

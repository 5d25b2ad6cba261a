"""The reading of places in the browser: the same answers as Python's, for the table and for every commune."""

from collections.abc import Sequence

from generator.territories.reading import agrees, read_place
from tests.support.browser import Scripts
from tests.support.readings import PLACES, Answer, Asked, read_table, spell, sweep, sweep_codes

READ = """fiche.loadPlaces().then((places) => {
  const read = fiche.readPlace(places, v[0], { code: v[1], type: v[2] })
  const found = read.place ? [read.place] : read.nearest ?? [...new Set(read.found.map((named) => named.place))]
  return [read.answer, read.how ?? read.reason, found.map((place) => place.code).join(" ")]
})"""


def read(scripts: Scripts, asked: Sequence[Asked]) -> list[Answer]:
    return [Answer(*answer) for answer in scripts.each(READ, asked)]


def test_every_case_reads_as_the_table_says(scripts: Scripts) -> None:
    cases = read_table()
    found = dict(zip(cases, read(scripts, list(cases)), strict=True))
    assert {asked: (found[asked], right) for asked, right in cases.items() if found[asked] != right} == {}


def test_every_commune_answers_to_each_of_its_names_and_codes(scripts: Scripts) -> None:
    asked = list(sweep())
    answers = read(scripts, [one for one, _ in asked])
    wrong = [(one, code) for (one, code), answer in zip(asked, answers, strict=True) if answer[::2] != ("un", code)]
    assert wrong == []


def test_every_code_tells_what_python_says(scripts: Scripts) -> None:
    codes = [Asked(code, "", "") for code, _ in sweep_codes()]
    assert read(scripts, codes) == [spell(read_place(PLACES, *one)) for one in codes]


def test_a_name_agrees_with_a_code_where_python_says_so(scripts: Scripts) -> None:
    cases = [[asked.texte, asked.code] for asked in read_table() if PLACES.communes.get(asked.code)]
    said = scripts.each("fiche.loadPlaces().then((p) => fiche.agrees(p, v[0], p.byCode.get(v[1])))", cases)
    assert said == [agrees(PLACES, nom, PLACES.communes[code]) for nom, code in cases]


def test_every_place_is_offered_to_who_types_its_name_or_a_code(scripts: Scripts) -> None:
    """Its own name first, and a shared postal code among the others; words of nowhere offer nothing."""
    communes = list(PLACES.communes.values())
    names = [commune.nom for commune in communes]
    codes = [(commune.code, code) for commune in communes for code in (commune.code, *commune.codes_postaux)]
    offer = "fiche.loadPlaces().then((p) => fiche.offer(p, v).found.map((place) => place.code))"
    for commune, offered in zip(communes, scripts.each(offer, names), strict=True):
        assert commune.code in offered[:2], commune.nom
    for (code, typed), offered in zip(codes, scripts.each(offer, [typed for _, typed in codes]), strict=True):
        assert code in offered, typed
    assert scripts.each(offer, ["", "🌊", "xyzzy", "\u202e", "a" * 500]) == [[]] * 5

"""What the finder answers, for every commune: where it leads, what it offers, and what it never chooses."""

from collections.abc import Iterable, Sequence
from typing import NamedTuple

import pytest

from generator.french import fold
from generator.territories.kinds import Commune
from generator.territories.reading import One, read_place
from tests.support.browser import Scripts
from tests.support.readings import PLACES, read_table, sweep

COMMUNES = tuple(PLACES.communes.values())
FIRST_LETTERS = 5
FIRST_OFFERS = 5

LOOK = """fiche.loadPlaces().then((places) => {
  const { place, offered, words } = fiche.look(places, v)
  return [place?.chemin ?? "", offered.map((one) => one.chemin), words]
})"""
ADDRESSED = "fiche.loadPlaces().then((places) => fiche.findAddressed(places, v)?.chemin ?? '')"


SIGNS = "Un de ces signes n’est pas d’un nom de lieu\u00a0: écrivez le nom de la commune, ou son code postal."


class Answer(NamedTuple):
    led: str  # where Enter leads; empty when nothing is certain
    offered: list[str]
    words: str


def look(scripts: Scripts, texts: Iterable[str]) -> dict[str, Answer]:
    asked = list(dict.fromkeys(texts))
    return dict(zip(asked, (Answer(*one) for one in scripts.each(LOOK, asked)), strict=True))


def page_of(commune: Commune) -> str:
    return f"communes/{commune.slug}/"


def find_missing(answers: dict[str, Answer], asked: Sequence[tuple[str, Commune]]) -> list[tuple[str, str]]:
    """What leads elsewhere, or neither leads nor offers."""
    return [
        (text, commune.code)
        for text, commune in asked
        if (answers[text].led or page_of(commune)) != page_of(commune) or page_of(commune) not in answers[text].offered
    ]


def test_every_name_leads_to_its_commune_or_offers_its_namesakes(scripts: Scripts) -> None:
    asked = [
        (text, commune)
        for commune in COMMUNES
        for nom in (commune.nom, *commune.anciens_noms)
        for text in (nom, fold(nom), nom.upper(), nom.removeprefix("Le ").removeprefix("La ").removeprefix("Les "))
    ]
    answers = look(scripts, [text for text, _ in asked])
    readings = {text: read_place(PLACES, text) for text in answers}
    elsewhere = {text for text, one in readings.items() if isinstance(one, One) and not isinstance(one.place, Commune)}
    assert find_missing(answers, [one for one in asked if one[0] not in elsewhere]) == []
    certain = {
        text: page_of(one.place)
        for text, one in readings.items()
        if isinstance(one, One) and isinstance(one.place, Commune)
    }
    assert {text: answers[text].led for text in certain if answers[text].led != certain[text]} == {}
    assert [text for text, one in readings.items() if not isinstance(one, One) and answers[text].led] == []


def test_every_certain_reading_leads_where_python_reads(scripts: Scripts) -> None:
    """The forms in which people write it, and the cases of the table: nothing is certain here that is not there."""
    texts = {asked.texte for asked, _ in sweep() if not asked.code} | {asked.texte for asked in read_table()}
    answers = look(scripts, texts)
    wrong = {}
    for text, answer in answers.items():
        reading = read_place(PLACES, text)
        place = reading.place if isinstance(reading, One) else None
        section = "communes" if isinstance(place, Commune) else "territoires"
        right = f"{section}/{place.slug}/" if place else ""
        if answer.led != right:
            wrong[text] = (answer.led, right)
    assert wrong == {}


def test_first_letters_offer_the_commune_among_the_first(scripts: Scripts) -> None:
    """Unless more begin so than the first ones: these all do."""
    starts = {commune: fold(commune.nom)[:FIRST_LETTERS].strip() for commune in COMMUNES}
    answers = look(scripts, starts.values())
    for commune, start in starts.items():
        offered = answers[start].offered
        alike = {
            page_of(other)
            for other, begun in starts.items()
            if fold(other.nom).replace(" ", "").startswith(begun.replace(" ", ""))
        }
        if page_of(commune) not in offered[:FIRST_OFFERS]:
            assert len(alike) > FIRST_OFFERS, (commune.nom, start, offered)


def test_every_code_leads_or_offers(scripts: Scripts) -> None:
    """An INSEE or a postal code, of today or from before a merger: alone it leads, shared it offers all who have it."""
    asked = [
        (code, commune)
        for commune in COMMUNES
        for code in (commune.code, *commune.codes_postaux, *commune.anciens_codes)
    ]
    answers = look(scripts, [code for code, _ in asked])
    assert find_missing(answers, asked) == []
    meanings: dict[str, set[str]] = {}
    for code, commune in asked:
        meanings.setdefault(code, set()).add(commune.code)
    assert [code for code, found in meanings.items() if bool(answers[code].led) != (len(found) == 1)] == []
    untold = [
        code for code, found in meanings.items() if len(found) > 1 and "choisissez la vôtre" not in answers[code].words
    ]
    assert untold == []


def test_every_address_of_a_commune_leads_to_its_page(scripts: Scripts) -> None:
    codes = {commune.code: page_of(commune) for commune in COMMUNES}
    postal = {code for commune in COMMUNES for code in commune.codes_postaux}
    former = {code: page_of(commune) for commune in COMMUNES for code in commune.anciens_codes if code not in postal}
    right = former | codes
    assert dict(zip(right, scripts.each(ADDRESSED, list(right)), strict=True)) == right
    assert len(codes) == len(COMMUNES) > 1000
    assert len(former) > 100
    others = sorted(postal - right.keys()) + ["Quimperlé", "29", "242900694", "x", "<b>", "29233 ", "75056", ""]
    assert set(scripts.each(ADDRESSED, others)) == {""}


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("29310", "29310 est partagé par deux communes\u00a0: choisissez la vôtre."),
        (
            "29300",
            "29300 est le code postal de sept communes, et le code INSEE d’une autre\u00a0: choisissez la vôtre.",
        ),
        (
            "29200",
            "29200 est le code postal d’une commune, et l’ancien code INSEE d’une autre\u00a0: choisissez la vôtre.",
        ),
        ("Le Faouët", "Deux lieux portent ce nom\u00a0: choisissez le vôtre."),
        ("xyzzyfoo", "Aucun lieu de l’annuaire ne porte ce nom\u00a0: vérifiez-le, ou écrivez le code postal."),
        ("29999", "Aucun lieu de l’annuaire n’a ce code\u00a0: vérifiez-le, ou écrivez le nom."),
        ("Vannez", "Aucun lieu de l’annuaire ne porte ce nom\u00a0; le plus proche est dans la liste."),
        ("Toulouse", "Ce lieu est hors du territoire de l’annuaire."),
        ("75001", "Ce lieu est hors du territoire de l’annuaire."),
        ("Loire-Atlantique", "Ce lieu est hors du territoire de l’annuaire."),
        ("", "Écrivez le nom de votre commune, ou son code postal."),
        *((text, SIGNS) for text in ("🌊", "<script>alert(1)</script>", "\u202eRennes")),
        (
            "a" * 500,
            "C’est trop long pour un nom de lieu\u00a0: écrivez seulement le nom de la commune, ou son code postal.",
        ),
        ("29233 Rennes", "Ce nom et ce code ne sont pas ceux du même lieu\u00a0: choisissez le vôtre."),
    ],
)
def test_what_is_not_certain_is_said_and_nothing_is_chosen(scripts: Scripts, text: str, words: str) -> None:
    (answer,) = look(scripts, [text]).values()
    assert (answer.led, answer.words) == ("", words)


def test_a_line_tells_the_code_and_the_former_name_that_matched(scripts: Scripts) -> None:
    describe = """fiche.loadPlaces().then((places) => {
      const { offered } = fiche.look(places, v)
      return offered.slice(0, 2).map((place) => `${fiche.nameOf(places, place)} : ${fiche.describe(places, place, v)}`)
    })"""
    told = {
        "29300": ["Arzano : 29300, Finistère", "Baye : 29300, Finistère"],
        "29200": ["Brest : 29200, Finistère", "Morlaix : ancien code INSEE 29200, Finistère"],
        "22046": ["Le Mené : code INSEE 22046, Côtes-d’Armor"],
        "gouray": ["Le Mené : 22330, Côtes-d’Armor\u00a0; Le Gouray en fait partie"],
        "le faouet": ["Le Faouët (Côtes-d’Armor) : 22290", "Le Faouët (Morbihan) : 56320"],
        "redon aggl": ["Redon Agglomération : intercommunalité, Ille-et-Vilaine, Loire-Atlantique, Morbihan"],
        "finistere": ["Finistère : département 29"],
        "bretagne romantique": ["Bretagne Romantique : intercommunalité, Ille-et-Vilaine"],
    }
    assert dict(zip(told, scripts.each(describe, list(told)), strict=True)) == told


def test_a_position_offers_the_communes_around_or_none(scripts: Scripts) -> None:
    around = "fiche.loadPlaces().then((places) => [...fiche.findAround(places, v)].map(([place]) => place.code))"
    here = [[round(1000 * c.longitude), round(1000 * c.latitude)] for c in COMMUNES]
    for commune, found in zip(COMMUNES, scripts.each(around, here), strict=True):
        assert commune.code in found[:2]
    far = [[2350, 48850], [-1553, 47218], [0, 0], [-9500, 48000]]  # Paris, Nantes, two seas
    assert scripts.each(around, far) == [[]] * len(far)

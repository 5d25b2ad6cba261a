"""What the search finds: everyday questions, every commune, every COP, with true totals; all asked in one page."""

from collections import Counter
from pathlib import Path

from generator.french import fold
from generator.territories.reference import load_territories
from tests.support.annuaires import LABELS
from tests.support.search_questions import (
    EVERYDAY,
    FIRST,
    list_commune_questions,
    list_cop_questions,
    read_directory,
)
from tests.support.search_site import COPS, Searcher

EACH = 5  # one question in five, so that every kind of COP and of place is among them; `make bench` asks them all
LONG = 8  # letters


def test_everyday_questions_find_what_people_expect(searcher: Searcher) -> None:
    missed = []
    for (question, kind, address), answer in zip(EVERYDAY, searcher.ask([row[0] for row in EVERYDAY]), strict=True):
        first = answer["kinds"].get(kind, {"first": []})["first"][:FIRST]
        if answer["total"] if kind == "rien" else address not in first:
            missed.append((question, address, answer))
    assert missed == []
    assert len(EVERYDAY) >= 60


def test_every_cop_is_among_the_first_by_its_place_its_kind_and_its_name(
    searcher: Searcher, searched_site: Path
) -> None:
    data = read_directory(searched_site)
    assert len(data["cops"]) > COPS
    asked = list_cop_questions(data)[::EACH]
    answers = searcher.ask([question for question, _ in asked])
    assert [
        (question, address)
        for (question, address), answer in zip(asked, answers, strict=True)
        if address not in answer["kinds"].get("cops", {"first": []})["first"][:FIRST]
    ] == []


def test_every_commune_is_in_the_list_by_any_of_its_names(searcher: Searcher) -> None:
    asked = list_commune_questions(load_territories())
    found = searcher.find_places([question for question, _ in asked])
    assert [pair for pair, addresses in zip(asked, found, strict=True) if pair[1] not in addresses] == []


def test_every_territory_is_found_by_any_of_its_names(searcher: Searcher) -> None:
    territories = load_territories()
    asked = [
        (name, f"territoires/{territory.slug}/")
        for kind in (territories.epci, territories.departements, territories.regions)
        for territory in kind.values()
        if territory.code != "44"  # it has a page only once a COP lies there
        for name in filter(
            None, (territory.nom, getattr(territory, "nom_br", ""), *getattr(territory, "autres_noms", ()))
        )
    ]
    found = searcher.find_places([question for question, _ in asked])
    assert [pair for pair, addresses in zip(asked, found, strict=True) if pair[1] not in addresses[:FIRST]] == []


def test_totals_are_true(searcher: Searcher, searched_site: Path) -> None:
    """Every COP of a theme answers its everyday words: a total that is less denies some."""
    data = read_directory(searched_site)
    ranks, topics = data["colonnes"].index("facettes"), [facet["nom"] for facet in data["facettes"]]
    theme = topics.index("theme")
    per_theme = Counter(data["facettes"][theme]["choix"][rank][0] for row in data["cops"] for rank in row[ranks][theme])
    words = LABELS.read_notes("cop.themes", "x-cherche")
    asked = [(word, key) for key, all_words in words.items() for word in all_words]
    answers = searcher.ask([word for word, _ in asked])
    assert [
        (word, per_theme[key], answer["kinds"]["cops"]["total"])
        for (word, key), answer in zip(asked, answers, strict=True)
        if answer["kinds"]["cops"]["total"] < per_theme[key] or answer["said"].startswith("Aucune")
    ] == []
    assert [answer["kinds"]["cops"]["total"] for answer in searcher.ask(["COP", "cops"])] == [len(data["cops"])] * 2


_ARE_WORDS = """async (words) => {
  const { cherche } = await import('/assets/search/indexes.js'), { formes } = await import('/assets/search/words.js')
  const all = []
  for (const word of words) all.push([...(await cherche(formes(word))).values()].some((pages) => pages.size > 0))
  return all
}"""
"""What is begun may be a word of its own: « montre » is no unfinished « montreuil »."""


def test_an_unfinished_word_finds_no_less_than_the_word(searcher: Searcher, searched_site: Path) -> None:
    """Whichever word: its beginning may be cut where the index is cut, or where French cuts its endings."""
    data = read_directory(searched_site)
    name = data["colonnes"].index("nom")
    words = {word for row in data["cops"] for word in fold(row[name]).split() if len(word) > LONG}
    whole = sorted({*words, *fold("alimentation participation biodiversité ostréiculture").split()})
    begun = [(word[:end], word) for word in whole for end in {LONG - 2, len(word) - 1}]
    asked = list(dict.fromkeys((*whole, *(begin for begin, _ in begun))))
    totals = dict(zip(asked, (answer["total"] for answer in searcher.ask(asked)), strict=True))
    known = searcher.evaluate(_ARE_WORDS, asked)
    own = {word for word, is_word in zip(asked, known, strict=True) if is_word}
    assert len(words) > 100
    assert [(begin, word) for begin, word in begun if totals[begin] < totals[word] and begin not in own] == []
    assert min(totals.values()) > 0


def test_elisions_plurals_and_families(searcher: Searcher) -> None:
    alike = (
        ("ostréiculture", "l’ostréiculture", "l'ostreiculture", "de l’ostréiculture", "OSTRÉICULTURE"),
        ("déchet", "déchets", "les déchets", "dechets"),
        ("cœur", "coeur"),
        ("Plourac’h", "plourac'h", "plourac h", "plourach"),
        ("coopération", "coopératif", "coopérative", "coopérations"),
        ("vélo", "vélos", "à vélo"),
    )
    for forms in alike:
        totals = {form: answer["total"] for form, answer in zip(forms, searcher.ask(list(forms)), strict=True)}
        assert len(set(totals.values())) == 1, totals
        assert min(totals.values()) > 0


def test_it_says_which_words_answer(searcher: Searcher) -> None:
    dropped, some = searcher.ask(["mairie calcibius", "calcibius xyzzy"])
    assert (
        dropped["said"]
        == "Aucune page n’a tous ces mots\u00a0; voici celles qui ont «\u00a0calcibius\u00a0»\u00a0: 1\u00a0réponse."
    )
    assert some["said"] == dropped["said"]


HOSTILE = (
    "a" * 500,
    "eau " * 125,
    "🌊🦪👩🏽‍🌾",
    "<img src=x onerror=alert(1)> <b>",
    "\u202egnimalc\u202c \u200f",
    "'\"\\) OR 1=1 --",
    '"*"',
    "ω ωeauω αβγ",
    "\u0000\u0007",
    "%00%2e%2e/",
    "constructor __proto__ toString",
    ".",
)


def test_whatever_is_typed_gets_a_sentence(searcher: Searcher) -> None:
    for question, answer in zip(HOSTILE, searcher.ask(list(HOSTILE)), strict=True):
        assert answer["said"].endswith((".", "réponse", "réponses")), question
        assert len(answer["said"]) < 400, question
        assert not [sign for sign in answer["said"] if sign in "\u202e\u202c\u200f\u0000\u0007"]

"""How much of the directory is found, and how fast: the finder and the search, asked everything in one page each."""

import gzip
import statistics
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from playwright.sync_api import Page, sync_playwright

from generator.territories.reference import load_territories
from tests.support.browser import FLAGS, program, served
from tests.support.search_questions import (
    EVERYDAY,
    FIRST,
    Question,
    list_commune_questions,
    list_cop_questions,
    read_directory,
)
from tests.support.search_site import Searcher

TYPED = ("saint aubin du cormier", "plouguerneau", "29300", "xyzzyfoo", "commune de rennes")

_LOOK = """async (questions) => {
  const { loadPlaces } = await import('/assets/shared/place_index.js')
  const { look } = await import('/assets/finder/lookup.js'), places = await loadPlaces()
  return questions.map((question) => look(places, question).offered.map((one) => one.chemin))
}"""
_ADDRESSED = """async (codes) => {
  const { loadPlaces } = await import('/assets/shared/place_index.js')
  const { findAddressed } = await import('/assets/finder/lookup.js'), places = await loadPlaces()
  return codes.map((code) => findAddressed(places, code)?.chemin ?? '')
}"""
# From the key to the drawn list, the places being there.
_KEYSTROKES = """async (words) => {
  const field = document.getElementById('commune'), costs = []
  for (const word of words) for (let n = 2; n <= word.length; n++) {
    const start = performance.now()
    field.value = word.slice(0, n)
    field.dispatchEvent(new Event('input'))
    await new Promise((done) => setTimeout(done))
    document.body.getBoundingClientRect()
    costs.push(performance.now() - start)
  }
  return costs
}"""


@dataclass(frozen=True)
class Score:
    """How many of the questions of one kind got their answer."""

    what: str
    right: int
    asked: int


@dataclass(frozen=True)
class Finding:
    """What one site gives."""

    scores: list[Score]
    keystroke: float
    """Milliseconds from a key to the suggestions: the median of many keys."""
    places: int
    """Bytes of what the finder fetches to know the places, compressed."""


def measure(site: Path) -> Finding:
    """Asks a site with its search index; its repository is the one of `tests.support.search_site`."""
    with served(site) as address, sync_playwright() as playwright:
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        page = browser.new_page()
        page.goto(address)
        scores = _ask_everything(Searcher(page), site)
        keystroke = _type(page)
        browser.close()
    places = (site / "donnees" / "communes.json").read_bytes()
    return Finding(scores, keystroke, len(gzip.compress(places, mtime=0)))


def _ask_everything(searcher: Searcher, site: Path) -> list[Score]:
    territories = load_territories()
    communes, cops = list_commune_questions(territories), list_cop_questions(read_directory(site))
    addresses = [(commune.code, f"communes/{commune.slug}/") for commune in territories.communes.values()]
    everyday = [(text, address) for text, kind, address in EVERYDAY if kind != "rien"]
    first = _ask_first(searcher)

    def look(asked: list[str]) -> list[list[str]]:
        return searcher.evaluate(_LOOK, asked)

    def follow(codes: list[str]) -> list[list[str]]:
        return [[address] for address in searcher.evaluate(_ADDRESSED, codes)]

    return [
        _score("une commune par ses noms et ses codes, dans la recherche", communes, searcher.find_places),
        _score("la même, dans le champ « Trouver ma COP »", communes, look),
        _score("une commune par son adresse `?commune=`", addresses, follow),
        _score("une COP par « cop » ou sa forme et sa commune, ou par son nom : dans les trois premières", cops, first),
        _score("questions de tous les jours : dans les trois premières", everyday, first),
    ]


def _score(what: str, questions: Sequence[Question], ask: Callable[[list[str]], list[list[str]]]) -> Score:
    answers = ask([text for text, _ in questions])
    right = sum(address in found for (_, address), found in zip(questions, answers, strict=True))
    return Score(what, right, len(questions))


def _ask_first(searcher: Searcher) -> Callable[[list[str]], list[list[str]]]:
    """The addresses among the first answers of each kind."""

    def ask(questions: list[str]) -> list[list[str]]:
        answers = searcher.ask(questions)
        return [
            [address for kind in answer["kinds"].values() for address in kind["first"][:FIRST]] for answer in answers
        ]

    return ask


def _type(page: Page) -> float:
    page.fill("#commune", "quimper")
    page.locator("[role=option]").first.wait_for()
    costs: list[float] = page.evaluate(_KEYSTROKES, list(TYPED))
    return statistics.median(costs)

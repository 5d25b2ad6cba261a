"""A full directory of fictitious entries to search in, built once: hundreds of COP, some with names hard to type."""

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
from playwright.sync_api import Browser, Page

from tests.factory import repositories
from tests.support import repository
from tests.support.browser import served, visitor
from tests.support.once import make_once

COPS = 400
_Data = dict[str, Any]

_PLACES: tuple[tuple[str, str, str, str, _Data], ...] = (
    # id, nom of the commune, its INSEE code, a theme, what else the entry says
    ("quimperle-essai", "Quimperlé", "29233", "climat-energie", {"demarche": [{"type": "pcaet", "nom": "Essai"}]}),
    ("le-faouet-essai", "Le Faouët", "56057", "alimentation-agriculture", {}),
    ("brehat-essai", "Île-de-Bréhat", "22016", "littoral-mer", {}),
    ("plourac-h-essai", "Plourac'h", "22231", "eau", {}),
    ("saint-aubin-essai", "Saint-Aubin-du-Cormier", "35253", "education-jeunesse", {}),
    ("ile-d-arz-essai", "Île-d'Arz", "56088", "littoral-mer", {}),
    ("le-mene-essai", "Le Mené", "22046", "mobilites", {"nom_br": "COP an Arvor fiktivel"}),
    ("ploeuc-essai", "Plœuc-L'Hermitage", "22203", "culture-langues", {}),
    ("langon-essai", "Langon", "35145", "eau", {"type": "commission-extra-municipale"}),
    ("cancale-essai", "Cancale", "35049", "economie-ess", {"sigle": "CALCIBIUS"}),
)
_SUMMARIES = {
    "quimperle-essai": "Un espace inventé au cœur de l’ubac, tel qu’unanimes ils l’ont voulu, pour l’essai.",
    "cancale-essai": "Un espace inventé autour de l’ostréiculture et de ses bassins, pour essayer la recherche.",
}


def _cop(nom: str, code: str, theme: str, summary: str, more: _Data) -> _Data:
    return {
        "nom": f"COP fictive de {nom}",
        "type": "cop-locale",
        "collectivite": {"type": "commune", "code": code, "nom": nom},
        "statut": "active",
        "themes": [theme],
        "resume": summary,
        "contact": {"courriel": "mairie@exemple.example"},
        "inscrite_le": "2026-11-20",
        **more,
    }


def _formation() -> _Data:
    return {
        "titre": "S’entraîner à l’écoute en réunion (fictif)",
        "organisateur": {"nom": "Organisme fictif", "url": "https://exemple.example/organisme/"},
        "resume": "Une journée inventée pour apprendre à écouter, essayée ici par la recherche.",
        "publics": ["elus"],
        "modalite": "presentiel",
        "tarif": {"mode": "gratuit"},
        "inscription": {"courriel": "formation@exemple.example"},
        "publiee_le": "2026-11-20",
        "sessions": [],
        "a_la_demande": "oui",
    }


def write(root: Path, cops: int = COPS) -> None:
    """The repository, at `root`."""
    repository.make(root, cops, 40, 20, is_whole=True)
    summary = "Un espace inventé, où élus et habitants se parlent, pour essayer la recherche."
    own: list[tuple[str, _Data]] = [
        (f"cops/{code[:2]}/{name}.yml", _cop(nom, code, theme, _SUMMARIES.get(name, summary), more))
        for name, nom, code, theme, more in _PLACES
    ]
    repositories.write_files(root, [*own, ("content/formations/ecouter-essai.yml", _formation())])


@pytest.fixture(scope="session")
def searched_site(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """The whole site, search indexes included."""

    def build(root: Path) -> None:
        write(root)
        built = repository.run("--root", root, "build", "--date", repository.TODAY, "--quiet")
        assert (built.returncode, built.stderr) == (0, "")

    return make_once(tmp_path_factory, "recherche", build) / "site"


@pytest.fixture(scope="module")
def searched(searched_site: Path) -> Iterator[str]:
    """Its address."""
    with served(searched_site) as address:
        yield address


_ASK = """async (questions) => {
  const { trouve } = await import('/assets/search/results.js'), { raconte } = await import('/assets/search/answers.js')
  const answers = []
  for (const question of questions) {
    const answer = await trouve(question), kinds = {}
    for (const kind of answer.groupes) {
      const first = (await kind.lis(0, 5)).map(({ url }) => new URL(url, location.href).pathname.slice(1))
      kinds[kind.sorte] = { total: kind.total, first }
    }
    answers.push({ said: raconte(question, answer), total: answer.total, kinds })
  }
  return answers
}"""


_FIND_PLACES = """async (questions) => {
  const { trouveLieux } = await import('/assets/search/territories.js'), all = []
  for (const question of questions)
    all.push((await trouveLieux(question)).trouves.map(({ url }) => new URL(url).pathname.slice(1)))
  return all
}"""


class Searcher:
    """Asks the modules of the search, all questions in one page."""

    def __init__(self, page: Page) -> None:
        self._page = page

    def ask(self, questions: list[str]) -> list[_Data]:
        """For each question: `said`, `total`, and by kind its `total` and the addresses of its `first` five."""
        answers: list[_Data] = self.evaluate(_ASK, questions)
        return answers

    def find_places(self, questions: list[str]) -> list[list[str]]:
        """For each question, the addresses of the communes and territories that answer it, best first."""
        return self.evaluate(_FIND_PLACES, questions)

    def evaluate(self, script: str, questions: list[str]) -> list[Any]:
        """What a script makes of a list; as one text, for the driver takes seconds to hand it over value by value."""
        asked = f"async (text) => JSON.stringify(await ({script})(JSON.parse(text)))"
        found: list[Any] = json.loads(self._page.evaluate(asked, json.dumps(questions)))
        return found


@pytest.fixture(scope="module")
def searcher(chromium: Browser, searched: str) -> Iterator[Searcher]:
    with visitor(chromium, searched) as visit:
        yield Searcher(visit.open("404.html").page)
        assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


if __name__ == "__main__":
    write(Path(sys.argv[1]), int(sys.argv[2]))

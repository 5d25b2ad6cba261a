"""Settings mean what they say: with another name, another goal and another territory, nothing we write keeps ours.

What people contribute says what it says: pages of content/, entries, and the names of the reference.
"""

import re
from collections.abc import Iterator
from html import unescape
from pathlib import Path

import pytest

from generator.repository.settings import SETTINGS_FILE
from tests.support import repository
from tests.support.paths import ROOT

OURS = re.compile(
    r"1 ?000 COP|COP sur 1 ?000|1 ?000 points|(?<!Marches )\b(?:la|de|en) Bretagne\b(?! Porte| Romantique)"
)
"""Three intercommunalités bear the name of Bretagne in theirs."""
EXAMPLES = ("donnees/schema/", "contribuer/champs/", "ajouter/")
"""What the schemas give as an example is ours, and said to be an example."""
WRITTEN_AS = {
    "site_name: 1 000 COP en Bretagne": "site_name: Annuaire d’essai",
    "de Bretagne, où": "d’Armorique, où",
    "{nom: la Bretagne, de: de Bretagne, dans: en Bretagne}": "{nom: l’Armorique, de: d’Armorique, dans: en Armorique}",
    "objectif: 1000": "objectif: 500",
    "# courriels_gardes_mois: 12": "courriels_gardes_mois: 6",
}


@pytest.fixture(scope="module")
def other(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A site with another name, goal and territory."""
    root = repository.make(tmp_path_factory.mktemp("autre"), 6, 2, 2)
    settings = root / SETTINGS_FILE
    text = settings.read_text("utf-8").replace("\u00a0", " ").replace("\u202f", " ")
    for ours, others in WRITTEN_AS.items():
        assert ours in text
        text = text.replace(ours, others)
    settings.write_text(text, encoding="utf-8")
    built = repository.build(root)
    assert built.returncode == 0, built.stderr
    return root / "site"


def _flatten(text: str) -> str:
    plain = re.sub(r"\]\([^)]*\)|[\[*`]", "", re.sub(r"<[^>]+>", "\n", text))
    return "\n".join(" ".join(line.split()) for line in unescape(plain).splitlines())


def _contributed() -> str:
    pages = "\n".join(path.read_text("utf-8") for path in sorted((ROOT / "content").rglob("*.md")))
    return _flatten(pages.replace("\u00a0", " ").replace("\u202f", " "))


def _texts(site: Path) -> Iterator[tuple[str, str]]:
    """Every text of a page, of an attribute that people are told, of a picture, calendar, feed or file of data."""
    for path in sorted(site.rglob("*")):
        name = path.relative_to(site).as_posix()
        if not name.startswith(EXAMPLES) and path.suffix in {
            ".html",
            ".svg",
            ".xml",
            ".rss",
            ".atom",
            ".ics",
            ".json",
            ".js",
            ".css",
        }:
            text = path.read_text("utf-8").replace("\r\n ", "").replace("\u00a0", " ").replace("\u202f", " ")
            told = re.findall(r'\b(?:content|title|alt|aria-label|data-nom)="([^"]*)"', text)
            for line in [*_flatten(text).splitlines(), *map(unescape, told)]:
                yield name, line


def test_nothing_of_ours_is_left(other: Path) -> None:
    # The words of a page of content/ are its own, in it or wherever it is quoted.
    contributed = _contributed()
    found = [
        (name, line[max(0, match.start() - 40) : match.end() + 40])
        for name, line in _texts(other)
        for match in [OURS.search(line)]
        if match and line[max(0, match.start() - 15) : match.end() + 15].strip() not in contributed
    ]
    assert found == []


def test_how_long_e_mails_are_kept_is_said_by_the_publisher_alone(other: Path, site: Path) -> None:
    page = "donnees-personnelles/index.html"
    assert "effacés 6 mois au plus" in (other / page).read_text("utf-8").replace("\u00a0", " ")
    told = (site / page).read_text("utf-8")
    assert "L’éditeur n’a pas encore dit combien de temps il les garde." in told
    assert "mois au plus après" not in told


def test_the_others_are_told(other: Path) -> None:
    home, counter = (other / "index.html").read_text("utf-8"), (other / "integrer/compteur.svg").read_text("utf-8")
    assert "Annuaire d’essai" in home
    assert "Voici celles d’Armorique" in home
    for told in (home, counter):
        assert re.search(r"COP comptées? sur 500", told)
    assert ">500 COP<" in counter
    assert ">en Armorique<" in counter
    assert "-//Annuaire d’essai//Agenda//FR" in (other / "agenda/tout.ics").read_text("utf-8")

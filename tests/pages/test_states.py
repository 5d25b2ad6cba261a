"""What pages say of a date that was moved, cancelled, is full, closed or over, so that nobody comes for nothing."""

import re
from collections.abc import Mapping

import pytest

from tests.support import annuaires, html_pages, repository
from tests.support.html_pages import Page

MEETINGS = """\
rencontres:
  - {debut: 2026-12-01 20:00, objet: Bilan, statut: reportee, reportee_au: 2026-12-15 20:30, ouverte_a: sur-inscription}
  - debut: 2026-12-20
    objet: Atelier
    statut: annulee
    en_ligne_url: https://exemple.org/visio-annulee
    inscription_url: https://exemple.org/inscription-annulee
"""
SESSIONS = """\
sessions:
  - {debut: 2026-12-01, statut: complete}
  - {debut: 2026-12-02, inscription_jusqu_au: 2026-11-20, inscription_url: "https://exemple.org/trop-tard"}
  - debut: 2026-12-03
    statut: reportee
    reportee_au: 2027-01-03
    inscription_url: https://exemple.org/nouvelle-date
  - {debut: 2026-12-04, statut: annulee, en_ligne_url: "https://exemple.org/seance-annulee", places: 7}
  - {debut: 2027-02-01, inscription_jusqu_au: 2027-01-15, inscription_url: "https://exemple.org/ouverte"}
"""
FULL = "sessions: [{debut: 2026-12-01, statut: complete, en_ligne_url: 'https://exemple.org/salle'}]\n"
NEWS = """\
titre: Une nouvelle fictive
resume: Une nouvelle inventée pour les essais.
categorie: reseau
"""


def news(event: str, cops: str = "[]") -> str:
    return f"{NEWS}cops: {cops}\nevenement: {{objet: Banquet fictif, {event}}}\n"


ENTRIES = {
    "cops/29/deplacee.yml": annuaires.cop("COP fictive qui déplace", more=MEETINGS),
    "cops/29/annoncee.yml": annuaires.cop("Autre espace inventé"),
    "content/formations/mixte.yml": annuaires.formation("Formation fictive à plusieurs états", SESSIONS),
    "content/formations/pleine.yml": annuaires.formation("Formation fictive pleine", FULL),
    "content/actualites/2026-11-02-annulee.yml": news(
        "debut: 2026-12-06, statut: annulee, inscription_url: 'https://exemple.org/n'"
    ),
    "content/actualites/2026-11-03-passee.yml": news("debut: 2026-11-20, inscription_url: 'https://exemple.org/n'"),
    "content/actualites/2026-11-04-a-venir.yml": news(
        "debut: 2026-12-08 19:00, ouverte_a: public, en_ligne_url: 'https://exemple.org/v'", "[annoncee]"
    ),
}


@pytest.fixture(scope="module")
def pages(tmp_path_factory: pytest.TempPathFactory) -> Mapping[str, Page]:
    root = repository.make(tmp_path_factory.mktemp("etats"), 0, 0, 0)
    for path, text in ENTRIES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(text, encoding="utf-8")
    built = repository.build(root, "--quiet")
    assert (built.returncode, built.stdout, built.stderr) == (0, "", "")
    return html_pages.read(root / "site")


def said(page: Page) -> str:
    """Its words, with plain spaces."""
    return re.sub(r"\s+", " ", re.sub(r"<script.*?</script>|<[^>]+>", " ", page.text, flags=re.DOTALL))


def linked(page: Page) -> set[str]:
    """Where its links lead, on the sites of the example."""
    return {a["href"] or "" for a in page.all("a") if "exemple.org" in (a["href"] or "")}


def test_a_meeting_that_moved_says_to_when(pages: Mapping[str, Page]) -> None:
    words = said(pages["cops/deplacee/index.html"])
    assert "1er décembre 2026 à 20 h reportée au 15 décembre 2026 à 20 h 30" in words
    assert "Ouverte aux personnes inscrites" in words


def test_what_is_cancelled_invites_nobody(pages: Mapping[str, Page]) -> None:
    page = pages["cops/deplacee/index.html"]
    assert "20 décembre 2026 annulée" in said(page)
    assert [address for address in linked(page) if "annulee" in address] == []
    training = pages["formations/mixte/index.html"]
    assert "https://exemple.org/seance-annulee" not in linked(training)
    assert "7 places" not in said(training)


def test_a_session_says_whether_one_may_still_register(pages: Mapping[str, Page]) -> None:
    page = pages["formations/mixte/index.html"]
    words = said(page)
    assert "Complète" in words
    assert "Inscriptions closes depuis le 20 novembre 2026" in words
    assert words.count("Inscriptions ouvertes") == 1
    assert "inscription jusqu’au 15 janvier 2027" in words
    assert linked(page) == {f"https://exemple.org/{end}" for end in ("", "nouvelle-date", "ouverte", "inscription")}
    assert "Prochaine session le 1er décembre 2026 (complète)" in words
    assert [a["href"] for a in page.all("a") if a.get("class") == "bouton"] == ["https://exemple.org/inscription"]


def test_a_training_without_any_open_session_offers_no_registration(pages: Mapping[str, Page]) -> None:
    words = said(pages["formations/pleine/index.html"])
    assert "La page de l’organisme" in words
    assert "Lieu en ligne" in words


def test_an_event_of_a_news_item_is_masculine_and_closes_its_doors(pages: Mapping[str, Page]) -> None:
    cancelled = pages["actualites/2026-11-02-annulee/index.html"]
    assert "6 décembre 2026 annulé" in said(cancelled)
    assert "annulée" not in said(cancelled)
    past = pages["actualites/2026-11-03-passee/index.html"]
    assert "Ce rendez-vous est passé." in said(past)
    for page in (cancelled, past):
        assert "https://exemple.org/n" not in linked(page)
        assert ".ics" not in page.text.replace("tout.ics", "")
    coming = pages["actualites/2026-11-04-a-venir/index.html"]
    assert "Ouvert à tout le monde" in said(coming)
    assert "https://exemple.org/v" in linked(coming)


def test_a_cop_shows_the_event_that_a_news_item_announces(pages: Mapping[str, Page]) -> None:
    page = pages["cops/annoncee/index.html"]
    words = said(page)
    assert "Aucune rencontre annoncée" not in words
    assert "Prochaine rencontre le 8 décembre 2026 à 19 h Banquet fictif" in words
    addresses = [a["href"] or "" for a in page.all("a")]
    assert "../../actualites/2026-11-04-a-venir/" in addresses
    assert any(address.startswith("../../agenda/cops/annoncee.ics#") for address in addresses)
    assert any(address.startswith("webcal:") for address in addresses)


def test_the_page_of_a_month_is_an_archive(pages: Mapping[str, Page]) -> None:
    """Opened later, it still shows its month: no script takes rows away."""
    assert [a for a in pages["agenda/2026-12/index.html"].all("li") if "data-fin" in a] == []
    assert [a for a in pages["agenda/index.html"].all("li") if "data-fin" in a]

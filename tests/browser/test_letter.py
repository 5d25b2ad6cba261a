"""« Demander une COP » in a real browser: the letter of one's commune, signed, ready to be sent."""

from collections.abc import Iterator
from urllib.parse import parse_qs, urlsplit

import pytest
from playwright.sync_api import Browser, expect

from generator.territories.reference import load_territories
from tests.support.browser import Visit, screen, visitor

MAIRIES = load_territories().mairies


@pytest.fixture
def visit(chromium: Browser, web: str) -> Iterator[Visit]:
    with visitor(chromium, web, **screen(1280)) as visit:
        yield visit


def test_a_shared_address_shows_the_letter_of_its_commune(visit: Visit) -> None:
    page = visit.open("demander/?commune=29082").page
    letter = page.locator("#lettre-texte")
    expect(letter).to_contain_text("création d’une COP locale à l’Île-de-Batz")
    page.fill("#lettre-nom", "L’association <b>des voisins</b>")
    page.fill("#lettre-adresse", "voisins@exemple.example")
    expect(letter).to_contain_text("L’association <b>des voisins</b>")
    expect(letter).not_to_contain_text("[")
    sent = urlsplit(page.get_attribute("#lettre-message", "href") or "")
    said = parse_qs(sent.query)
    assert (sent.scheme, sent.path) == ("mailto", MAIRIES["29082"].courriel)
    assert said["subject"] == ["création d’une COP locale à l’Île-de-Batz"]
    assert "L’association <b>des voisins</b>" in said["body"][0]
    assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


def test_choosing_a_commune_gives_its_address(visit: Visit) -> None:
    page = visit.open("demander/").page
    expect(page.locator("#lettre-texte")).to_contain_text("[nom de la commune]")
    page.fill("#lettre-commune", "le faouet")
    page.locator("[role=option]", has_text="Morbihan").click()
    expect(page.locator("#lettre-texte")).to_contain_text("au Faouët")
    expect(page).to_have_url(f"{visit.base}demander/?commune=56057")
    page.reload()
    expect(page.locator("#lettre-texte")).to_contain_text("au Faouët")


@pytest.mark.parametrize("code", ["29200", "75056", "x", "<script>", "29082x", ""])
def test_a_code_that_is_no_commune_chooses_nothing(visit: Visit, code: str) -> None:
    page = visit.open(f"demander/?commune={code}").page
    page.wait_for_load_state("networkidle")
    expect(page.locator("#lettre-texte")).to_contain_text("[nom de la commune]")
    assert (visit.complaints, visit.failures) == ([], [])

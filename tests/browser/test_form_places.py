"""The collectivité in the form, as hands give it: by name, by code, by a code that is also a postal code, by none."""

from collections import Counter
from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.territories.reference import load_territories
from tests.support.browser import screen, visitor

KEYS = ("type", "code", "nom")


@pytest.fixture
def page(chromium: Browser, web: str) -> Iterator[Page]:
    """The form, empty and at work."""
    with visitor(chromium, web, **screen(1280)) as visit:
        page = visit.open("ajouter/").page
        page.focus("#q-lieu")
        expect(page.locator("#apercu")).to_be_visible()
        yield page
        assert (visit.complaints, visit.strangers) == ([], [])


def place(page: Page, *values: str) -> None:
    for key, value in zip(KEYS, values, strict=True):
        expect(page.locator(f"[name='collectivite.{key}']")).to_have_value(value)


def typed(page: Page, key: str, text: str) -> None:
    """Sign by sign, the form keeping up, then on to the next field."""
    page.focus(f"[name='collectivite.{key}']")
    for sign in text:
        page.keyboard.type(sign)
        page.evaluate("new Promise((done) => setTimeout(done, 20))")
    page.keyboard.press("Tab")


def test_a_code_typed_sign_by_sign_finds_its_commune(page: Page) -> None:
    typed(page, "code", "35236")
    place(page, "commune", "35236", "Redon")
    expect(page.locator("#lieu-connu")).to_contain_text("Redon Agglomération")
    expect(page.locator("[name='contact.page']")).not_to_have_value("")


def test_two_figures_are_a_departement_once_left(page: Page) -> None:
    page.fill("[name='collectivite.code']", "29")
    place(page, "", "29", "")
    page.press("[name='collectivite.code']", "Tab")
    place(page, "departement", "29", "Finistère")


def test_a_siren_pasted_with_its_spaces(page: Page) -> None:
    typed(page, "code", "243 500 741")
    place(page, "epci", "243500741", "Redon Agglomération")
    typed(page, "nom", "Loire")
    page.fill("[name=nom]", "Conseil fictif")
    expect(page.locator("#apercu-chemin")).to_contain_text("cops/35/redon-agglomeration-")


def test_a_code_that_is_also_a_postal_code_waits_for_the_name(page: Page) -> None:
    """29300 is the INSEE code of Le Trévoux and the postal code of Quimperlé: nothing is written for the person."""
    typed(page, "code", "29300")
    place(page, "commune", "29300", "")
    expect(page.locator("[name='contact.page']")).to_have_value("")
    page.fill("[name=nom]", "Commission fictive")
    expect(page.locator("#q-collectivite-code-dit")).to_contain_text("Quimperlé (29233)")
    page.click("text=C’est bien cette commune")
    place(page, "commune", "29300", "Le Trévoux")


def test_the_name_tells_which_commune_was_meant(page: Page) -> None:
    typed(page, "nom", "Quimperlé")
    typed(page, "code", "29300")
    expect(page.locator("#lieu-connu")).to_be_empty()
    page.click("text=Écrire « 29233 »")
    place(page, "commune", "29233", "Quimperlé")
    expect(page.locator("#lieu-connu")).to_contain_text("Quimperlé Communauté")
    expect(page.locator("[name='contact.page']")).to_have_value("https://www.quimperle.bzh/")


def test_what_the_form_wrote_goes_with_its_place_and_what_was_typed_stays(page: Page) -> None:
    typed(page, "code", "35236")
    typed(page, "code", "")
    page.fill("[name='collectivite.code']", "29155")
    place(page, "commune", "29155", "Ouessant")
    page.fill("[name='contact.page']", "https://exemple.org/cop")
    page.fill("[name='collectivite.code']", "29083")
    place(page, "commune", "29083", "Île-de-Sein")
    expect(page.locator("[name='contact.page']")).to_have_value("https://exemple.org/cop")


FOUND = {
    "le faouet": ["Le Faouët", "Le Faouët"],
    "gouray": ["Le Mené"],  # merged
    "22191": ["Le Mené"],  # the former code of Plessala
    "sein": ["Île-de-Sein"],
    "guerande": ["Guérande", "Cap Atlantique"],
    "finistere": ["Finistère"],
    "roi morvan": ["Roi Morvan Communauté"],
}


def test_one_finds_a_place_as_one_calls_it(page: Page) -> None:
    names = page.locator("#q-lieu-propositions li strong")
    for asked, names_found in FOUND.items():
        page.fill("#q-lieu", asked)
        expect(names).to_have_text(names_found)
    page.fill("#q-lieu", "35133")  # the postal code of fifteen communes, and the INSEE code of another
    expect(names).to_have_count(16)


def test_an_exact_name_needs_no_choice(page: Page) -> None:
    page.fill("#q-lieu", "Ouessant")
    page.press("#q-lieu", "Tab")
    place(page, "commune", "29155", "Ouessant")


def test_a_name_that_two_bear_does(page: Page) -> None:
    page.fill("#q-lieu", "Le Faouët")
    page.press("#q-lieu", "Tab")
    expect(page.locator("#q-lieu-etat")).to_contain_text("Choisissez une ligne")
    place(page, "", "", "")


def test_a_syndicat_mixte_is_described_by_hand(page: Page) -> None:
    page.fill("#q-lieu", "syndicat du pays")
    expect(page.locator("#q-lieu-etat")).to_contain_text("syndicat mixte")
    page.select_option("[name='collectivite.type']", "syndicat-mixte")
    page.fill("[name='collectivite.code']", "000 010 009")
    page.fill("[name='collectivite.nom']", "Syndicat mixte inventé")
    page.fill("[name=nom]", "Conseil fictif")
    page.click("summary:has-text('Cadre et calendrier')")
    page.click("[data-liste=perimetre] > [data-action=ajouter]")
    page.keyboard.type("Quimperlé Communauté")
    page.keyboard.press("Tab")
    expect(page.locator("[name='perimetre.0']")).to_have_value("242900694")
    expect(page.locator("#q-perimetre-0-note")).to_have_text("Quimperlé Communauté")
    expect(page.locator("#apercu-chemin")).to_have_text("cops/29/syndicat-mixte-invente-conseil-fictif.yml")
    assert page.inner_text("#q-collectivite-code-dit") == ""


def test_a_chosen_place_folds_what_it_filled(page: Page) -> None:
    page.fill("#q-lieu", "guehen")
    expect(page.locator("#q-lieu-propositions li")).to_have_count(1)
    page.press("#q-lieu", "ArrowDown")
    page.press("#q-lieu", "Enter")
    place(page, "commune", "56071", "Guéhenno")
    expect(page.locator("#q-collectivite")).to_be_hidden()
    page.click("text=Modifier le type, le code ou le nom")
    expect(page.locator("#q-collectivite")).to_be_focused()
    page.fill("[name='collectivite.code']", "")
    expect(page.locator("#lieu-connu")).to_be_empty()


def test_a_postal_code_of_several_communes_says_so(page: Page) -> None:
    known = load_territories()
    shared = Counter(code for commune in known.communes.values() for code in commune.codes_postaux)
    alone = ((count, code) for code, count in shared.items() if code not in {*known.communes, *known.anciennes})
    count, code = max((count, code) for count, code in alone if count <= 12)
    page.fill("#q-lieu", code)
    said = f"{code} est le code postal de {count} communes\u00a0: choisissez la vôtre dans la liste."
    expect(page.locator("#q-lieu-etat")).to_have_text(said)
    expect(page.locator("#q-lieu-propositions li")).to_have_count(count)
    page.press("#q-lieu", "Tab")
    expect(page.locator("#q-lieu-etat")).to_have_text(said)
    place(page, "", "", "")

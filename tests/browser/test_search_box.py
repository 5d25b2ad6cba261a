"""The search of the header, as people type and with the keyboard alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, Route, expect

from tests.support.browser import Visit, screen, visitor
from tests.support.search_site import COPS

FOUND = (
    ("quimperle", "cops/quimperle-essai/"),
    ("Quimperlé", "communes/quimperle/"),
    ("energie", "themes/climat-energie/"),
    ("mobilites", "themes/mobilites/"),
    ("le faouët", "cops/le-faouet-essai/"),
    ("ile de brehat", "cops/brehat-essai/"),
    ("plourac h", "cops/plourac-h-essai/"),
    ("35253", "cops/saint-aubin-essai/"),  # an INSEE code
    ("d’Arz", "cops/ile-d-arz-essai/"),
    ("l'ubac", "cops/quimperle-essai/"),
    ("unanimes", "cops/quimperle-essai/"),  # « qu’unanimes »
    ("22066", "communes/le-mene/"),  # a former code
    ("penn ar bed", "territoires/finistere/"),
    ("ouessant", "communes/ouessant/"),  # without EPCI
    ("courriel", "contact/"),  # a hand-written page
)


@pytest.fixture
def visit(chromium: Browser, searched: str) -> Iterator[Visit]:
    with visitor(chromium, searched, **screen(1280)) as visit:
        yield visit


def results(page: Page) -> Locator:
    """The links found, once there are some."""
    links = page.locator("#recherche-resultats li a")
    links.first.wait_for()
    return links


def addresses(visit: Visit) -> list[str]:
    """Where the results lead, from the root of the site."""
    hrefs: list[str] = results(visit.page).evaluate_all("links => links.map((a) => a.href)")
    return [href.removeprefix(visit.base) for href in hrefs]


def test_finds(visit: Visit) -> None:
    """One visitor after another question, without a new page."""
    page = visit.open("lancer/").page
    for question, expected in FOUND:
        page.fill("#recherche", question)
        expect(page.locator(f"#recherche-resultats a[href$='/{expected}']"), question).to_be_visible()
    assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


def test_each_kind_has_its_list_and_its_true_total(visit: Visit) -> None:
    """Hundreds of COP that answer as well do not hide the trainings."""
    page = visit.open("").page
    page.fill("#recherche", "fictive")
    results(page)
    headings = page.locator("#recherche-resultats h2").all_inner_texts()
    assert [heading.split("\u00a0")[0] for heading in headings] == ["COP", "Formations", "Actualités"]
    assert page.locator("#recherche-resultats ul[aria-label=COP] li").count() == 3
    told = [int("".join(filter(str.isdigit, heading))) for heading in headings]
    assert told[0] > COPS
    everything = page.locator("#recherche-resultats .recherche__tout")
    assert int("".join(filter(str.isdigit, everything.inner_text()))) == sum(told)
    everything.click()
    page.wait_for_url("**/recherche/?q=fictive")


def test_enter_leads_to_the_page_of_answers(visit: Visit) -> None:
    page = visit.open("formations/").page
    page.fill("#recherche", "cop langon")
    page.press("#recherche", "Enter")
    page.wait_for_url("**/recherche/?q=cop+langon")
    expect(page.locator("#cops li a").first).to_have_attribute("href", "/cops/langon-essai/")


def test_nothing_is_loaded_before_the_field_is_used(visit: Visit) -> None:
    page = visit.open("").page
    page.mouse.wheel(0, 600)
    assert [url for url in visit.requests if "/pagefind/" in url] == []
    with page.expect_response("**/pagefind/pages/pagefind.js"):
        page.focus("#recherche")


def test_keyboard_alone(visit: Visit) -> None:
    page = visit.open("formations/").page
    for _ in range(4):
        page.keyboard.press("Tab")
        if page.evaluate("document.activeElement.id") == "recherche":
            break
    else:
        pytest.fail("Le champ de recherche est trop loin au clavier.")
    page.keyboard.type("faouet")
    assert "cops/le-faouet-essai/" in addresses(visit)
    assert "réponses" in page.inner_text("#recherche-etat")
    page.keyboard.press("Tab")
    target = page.evaluate("document.activeElement.href")
    assert target.removeprefix(visit.base) == addresses(visit)[0]
    page.keyboard.press("Enter")
    page.wait_for_url(target)


def test_escape_closes_and_keeps_the_field(visit: Visit) -> None:
    page = visit.open("").page
    page.fill("#recherche", "quimperle")
    results(page)
    page.keyboard.press("Tab")
    page.keyboard.press("Escape")
    page.locator("#recherche-resultats").wait_for(state="hidden")
    assert page.evaluate("document.activeElement.id") == "recherche"
    assert page.input_value("#recherche") == "quimperle"
    assert page.inner_text("#recherche-etat") == ""


def test_leaving_closes(visit: Visit) -> None:
    page = visit.open("").page
    page.fill("#recherche", "quimperle")
    results(page)
    page.focus(".heros .bouton >> nth=0")
    page.locator("#recherche-resultats").wait_for(state="hidden")


def test_nothing_found_says_so_and_proposes(visit: Visit) -> None:
    page = visit.open("").page
    page.fill("#recherche", "99999")  # a code that nothing carries
    expect(page.locator("#recherche-etat")).to_contain_text("Aucune commune de l’annuaire n’a le code 99999")
    assert {"territoires/", "demander/", "ajouter/"} == set(addresses(visit))


@pytest.mark.parametrize(
    "missing", ["**/search/results.js*", "**/pagefind.js*", "**/cops/index/*", "**/wasm.*", "**/communes.json"]
)
def test_what_does_not_come_says_so_and_can_be_tried_again(visit: Visit, missing: str) -> None:
    page = visit.page
    page.route(missing, lambda route: route.abort())
    visit.open("").page.fill("#recherche", "quimperle")
    expect(page.locator("#recherche-etat")).to_contain_text("La recherche ne répond pas. Vérifiez la connexion.")
    page.unroute(missing)
    page.locator("#recherche-resultats button", has_text="Réessayer").click()
    # Here, or on the page of answers where a script must be asked for again.
    expect(page.locator("a[href$='/cops/quimperle-essai/']").first).to_be_visible()


def test_what_is_slow_says_that_it_waits(visit: Visit) -> None:
    page = visit.page
    held: list[Route] = []
    free: list[bool] = []
    page.route("**/cops/index/*", lambda route: route.continue_() if free else held.append(route))
    visit.open("").page.fill("#recherche", "quimperle")
    expect(page.locator("#recherche-etat")).to_have_text("La recherche arrive…")
    free.append(True)
    for route in held:
        route.continue_()
    results(page)


def test_text_of_an_entry_is_never_markup(visit: Visit) -> None:
    """Whatever an entry says, its results are text."""
    page = visit.open("").page
    page.fill("#recherche", "fictive")
    results(page)
    tags: list[str] = page.evaluate(
        "[...new Set([...document.querySelectorAll('#recherche-resultats *')].map((e) => e.localName))].sort()"
    )
    assert tags == ["a", "h2", "li", "p", "span", "ul"]


@pytest.mark.parametrize("width", [320, 360])
def test_results_fit_a_phone(chromium: Browser, searched: str, width: int) -> None:
    with visitor(chromium, searched, **screen(width)) as visit:
        page = visit.open("").page
        page.fill("#recherche", "fictive")
        results(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

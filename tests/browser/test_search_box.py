"""The search of the header, as people type and with the keyboard alone."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, Locator, Page, expect

from tests.factory import repositories
from tests.support import repository
from tests.support.browser import Visit, screen, served, visitor

PLACES = {
    # id: nom of the commune, its INSEE code, themes
    "quimperle-essai": ("Quimperlé", "29233", ["climat-energie", "democratie-cooperation"]),
    "le-faouet-essai": ("Le Faouët", "56057", ["mobilites"]),
    "brehat-essai": ("Île-de-Bréhat", "22016", ["littoral-mer"]),
    "plourac-h-essai": ("Plourac'h", "22231", ["eau"]),
    "saint-aubin-essai": ("Saint-Aubin-du-Cormier", "35253", ["education-jeunesse"]),
    "ile-d-arz-essai": ("Île-d'Arz", "56088", ["littoral-mer"]),
    "le-mene-essai": ("Le Mené", "22046", ["mobilites"]),
    "ploeuc-essai": ("Plœuc-L'Hermitage", "22203", ["culture-langues"]),
}
"""Fictitious COP of real communes whose names are hard to type."""

FOUND = (
    ("quimperle", "cops/quimperle-essai/"),
    ("Quimperlé", "cops/quimperle-essai/"),
    ("energie", "themes/climat-energie/"),
    ("ecologique", "cops/quimperle-essai/"),
    ("mobilites", "themes/mobilites/"),
    ("faouet", "cops/le-faouet-essai/"),
    ("le faouët", "cops/le-faouet-essai/"),
    ("ile de brehat", "cops/brehat-essai/"),
    ("plourach", "cops/plourac-h-essai/"),
    ("plourac h", "cops/plourac-h-essai/"),
    ("st aubin", "cops/saint-aubin-essai/"),
    ("saint aubin du cormier", "cops/saint-aubin-essai/"),
    ("ploeuc", "cops/ploeuc-essai/"),
    ("pcet", "cops/quimperle-essai/"),
    ("35140", "cops/saint-aubin-essai/"),  # a postal code
    ("35253", "cops/saint-aubin-essai/"),  # an INSEE code
    ("arz", "cops/ile-d-arz-essai/"),
    ("île d'Arz", "cops/ile-d-arz-essai/"),
    ("d’Arz", "cops/ile-d-arz-essai/"),
    ("ubac", "cops/quimperle-essai/"),  # « l’ubac »
    ("l'ubac", "cops/quimperle-essai/"),
    ("unanimes", "cops/quimperle-essai/"),  # « qu’unanimes »
    ("coeur", "cops/quimperle-essai/"),
    ("cœur", "cops/quimperle-essai/"),
    ("gouray", "cops/le-mene-essai/"),  # the old name of a commune
    ("an arvor fictif", "cops/le-mene-essai/"),  # a Breton name
    ("gouray", "territoires/loudeac-communaute-bretagne-centre/"),
    ("22066", "cops/le-mene-essai/"),  # … and its code
    ("22066", "territoires/loudeac-communaute-bretagne-centre/"),
    ("quimperle", "territoires/quimperle-communaute/"),
    ("35140", "territoires/liffre-cormier-communaute/"),
    ("penn ar bed", "territoires/finistere/"),
    ("bretagne", "territoires/bretagne/"),
    ("brehat", "cops/?commune=22016"),  # a commune without EPCI
    ("ouessant", "cops/?commune=29155"),  # … and without COP
    ("courriel", "donnees-personnelles/"),  # a hand-written page
)


def cop(name: str, code: str, themes: list[str]) -> dict[str, object]:
    """A fictitious COP; that of Quimperlé is attached to a plan, under its present name."""
    plan = {"demarche": [{"type": "pcaet", "nom": "Plan climat fictif"}]} if code == "29233" else {}
    summary = "Transition écologique : un espace inventé" if plan else "Fiche fictive : un espace inventé"
    summary += " au cœur de l’ubac, tel qu’unanimes ils l’ont voulu," if plan else ""
    breton = {"nom_br": "COP an Arvor fictif"} if code == "22046" else {}
    return {
        "nom": f"COP fictive de {name}",
        "type": "cop-locale",
        "collectivite": {"type": "commune", "code": code, "nom": name},
        "statut": "active",
        "themes": themes,
        "resume": f"{summary} pour essayer la recherche.",
        "contact": {"courriel": "mairie@exemple.example"},
        "inscrite_le": "2026-11-20",
        **plan,
        **breton,
    }


@pytest.fixture(scope="module")
def web(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    root = tmp_path_factory.mktemp("recherche")
    repository.make(root, 12, 1, 1)
    own = [(f"cops/{code[:2]}/{name}.yml", cop(*PLACES[name])) for name, (_, code, _) in PLACES.items()]
    repositories.write_files(root, own)
    built = repository.run("--root", root, "build", "--date", repository.TODAY, "--quiet")
    assert (built.returncode, built.stderr) == (0, "")
    with served(root / "site") as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, web: str) -> Iterator[Visit]:
    with visitor(chromium, web, **screen(1280)) as visit:
        yield visit


def results(page: Page) -> Locator:
    """The links found, once there are some."""
    links = page.locator("#recherche-resultats a")
    links.first.wait_for()
    return links


def addresses(visit: Visit) -> list[str]:
    """Where the results lead, from the root of the site."""
    hrefs: list[str] = results(visit.page).evaluate_all("links => links.map((a) => a.href)")
    return [href.removeprefix(visit.base) for href in hrefs]


def test_finds(visit: Visit) -> None:
    """One question after another, as somebody does who corrects what was typed."""
    page = visit.open("lancer/").page
    lost = []
    for question, expected in FOUND:
        page.fill("#recherche", "")
        page.locator("#recherche-resultats").wait_for(state="hidden")
        page.fill("#recherche", question)
        if expected not in (found := addresses(visit)):
            lost.append((question, expected, found))
    assert lost == []
    assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


def test_each_kind_has_its_list(visit: Visit) -> None:
    """Twenty COP that answer as well do not hide the one training."""
    visit.open("").page.fill("#recherche", "fictive")
    results(visit.page)
    assert visit.page.locator("#recherche-resultats h2").all_inner_texts() == ["COP", "Formations", "Actualités"]
    assert visit.page.locator("#recherche-resultats ul[aria-label=COP] li").count() == 5


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
    assert "trouvée" in page.inner_text("#recherche-etat")
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


def test_nothing_found_says_so(visit: Visit) -> None:
    page = visit.open("").page
    page.fill("#recherche", "99999")  # a code that nothing carries
    page.locator("#recherche-etat", has_text="Rien trouvé").wait_for()
    assert not page.locator("#recherche-resultats").is_visible()


def test_question_in_the_address(visit: Visit) -> None:
    """The header's form leads to the directory, whose own filters answer it."""
    page = visit.open("cops/?q=quimperle").page
    # The list is there before the script is: what the script writes is waited for.
    expect(page.locator("#facette-q")).to_have_value("quimperle")
    page.locator("#annuaire-resultats a[href$='cops/quimperle-essai/']").wait_for()


def test_missing_index_says_so(visit: Visit) -> None:
    page = visit.page
    page.route("**/pagefind/**", lambda route: route.fulfill(status=404, body=""))
    visit.open("").page.fill("#recherche", "quimperle")
    page.locator("#recherche-etat", has_text="La recherche ne répond pas").wait_for()
    assert not page.locator("#recherche-resultats").is_visible()


def test_text_of_an_entry_is_never_markup(visit: Visit) -> None:
    """Whatever an entry says, its results are text."""
    page = visit.open("").page
    page.fill("#recherche", "fictive")
    results(page)
    tags: list[str] = page.evaluate(
        "[...new Set([...document.querySelectorAll('#recherche-resultats *')].map((e) => e.localName))].sort()"
    )
    assert tags == ["a", "h2", "li", "p", "ul"]


@pytest.mark.parametrize("width", [320, 360])
def test_results_fit_a_phone(chromium: Browser, web: str, width: int) -> None:
    with visitor(chromium, web, **screen(width)) as visit:
        page = visit.open("").page
        page.fill("#recherche", "fictive")
        results(page)
        assert page.evaluate("document.documentElement.scrollWidth") <= width

"""« Ma commune », the facets of the directory and the maps, in a real browser, with the keyboard and the history."""

import json
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support.browser import Visit, screen, violations, visitor

TWENTY = (
    ("quimperle", "29233"),
    ("QUIMPERLÉ", "29233"),
    ("le faouet 56", ""),
    ("Saint-Aubin-du-Cormier", "35253"),
    ("st aubin du cormier", "35253"),
    ("saint aubin du cormier", "35253"),
    ("ploeuc", "22203"),
    ("Plœuc", "22203"),
    ("plourac'h", "22231"),
    ("plourach", "22231"),
    ("plourac h", "22231"),
    ("ereac", "22053"),
    ("ile de brehat", "22016"),
    ("Ouessant", "29155"),
    ("29242", "29155"),
    ("56001", "56001"),
    ("gouray", "22046"),
    ("L'Hermitage", "35131"),
    ("la baule", "44055"),
    ("Herbignac", "44072"),
)
"""What people type, and the commune that it leads to; nothing where no commune answers."""


@pytest.fixture
def visit(chromium: Browser, web: str) -> Iterator[Visit]:
    with visitor(chromium, web, **screen(1280)) as visit:
        yield visit


@pytest.mark.parametrize(("typed", "code"), TWENTY)
def test_finds_a_commune(visit: Visit, typed: str, code: str) -> None:
    page = visit.open("cops/").page
    page.fill("#commune", typed)
    page.click("#ma-commune [type=submit]")
    if not code:
        expect(page.locator("#commune-etat")).to_contain_text("Aucune commune")
        return
    page.wait_for_url(f"**/cops/?commune={code}")
    expect(page.locator("#ma-commune-resultat h3")).to_contain_text("COP")
    assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


def test_homonyms_are_told_apart(visit: Visit) -> None:
    page = visit.open("").page
    page.fill("#commune", "le faouet")
    options = page.locator("[role=option]")
    options.first.wait_for()
    assert sorted(text.split(",")[1].strip() for text in options.all_inner_texts()[:2]) == ["Côtes-d’Armor", "Morbihan"]


def test_finder_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open("").page
    page.focus("#commune")
    page.keyboard.type("quimperl")
    page.locator("[role=option]").first.wait_for()
    assert page.get_attribute("#commune", "aria-expanded") == "true"
    page.keyboard.press("ArrowDown")
    active = page.get_attribute("#commune", "aria-activedescendant")
    assert page.get_attribute(f"#{active}", "aria-selected") == "true"
    assert violations(page) == []
    page.keyboard.press("Escape")
    assert page.get_attribute("#commune", "aria-expanded") == "false"
    page.keyboard.press("ArrowDown")
    page.locator("[role=option]").first.wait_for()
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#ma-commune-resultat h3")).to_contain_text("Quimperlé")
    assert "commune=29233" in visit.path


def test_without_cop_the_nearest_and_what_to_do(visit: Visit, site: Path) -> None:
    taken = {row[4] for row in json.loads((site / "donnees/annuaire.json").read_bytes())["cops"]}
    code, name = next(
        (row[0], row[1])
        for epci in json.loads((site / "donnees/communes.json").read_bytes())["epci"]
        for row in epci[3]
        if row[0] not in taken and not row[1].startswith(("Le ", "Les "))
    )
    page = visit.open(f"cops/?commune={code}").page
    result = page.locator("#ma-commune-resultat")
    expect(result.locator("h3")).to_have_text(f"Pas encore de COP à {name}")
    nearest = result.locator("h4", has_text="Les plus proches").locator("+ ul > li")
    expect(nearest).to_have_count(3)
    assert all("km" in text or "kilomètre" in text for text in nearest.all_inner_texts())
    assert result.locator("a", has_text="Demander une COP").get_attribute("href") == f"{visit.base}demander/"
    assert result.locator("a", has_text="Lancer une COP").get_attribute("href") == f"{visit.base}lancer/"
    assert violations(page) == []


def test_nothing_is_fetched_before_use(visit: Visit) -> None:
    page = visit.open("").page
    page.mouse.wheel(0, 500)
    assert [url for url in visit.requests if "/donnees/" in url or "choix-commune" in url] == []
    with page.expect_response("**/donnees/communes.json"):
        page.focus("#commune")


# Facets ---------------------------------------------------------------------------------------------------------------


def count(page: Page) -> int:
    return int(page.inner_text("#annuaire-compte").removesuffix("COP").replace("\u202f", "").strip())


def counted(page: Page, number: int) -> None:
    expect(page.locator("#annuaire-compte")).to_have_text(f"{number} COP")


def test_facets_address_and_back_button(visit: Visit) -> None:
    page = visit.open("cops/").page
    counted(page, 30)
    box = page.locator("[data-facette=departement] label").nth(1)
    number = int(box.locator(".nombre").inner_text())
    box.locator("input").check()
    counted(page, number)
    assert visit.path == "cops/?departement=29"
    page.locator("[data-facette=statut] summary").wait_for()
    state = page.locator("[data-facette=statut] label", has=page.locator("[value=active]"))
    less = int(state.locator(".nombre").inner_text())
    state.locator("input").check()
    counted(page, less)
    assert visit.path == "cops/?departement=29&statut=active"
    page.go_back()
    counted(page, number)
    assert not state.locator("input").is_checked()
    page.go_back()
    counted(page, 30)
    page.go_forward()
    counted(page, number)
    page.click("#facettes [type=reset]")
    counted(page, 30)
    assert visit.path == "cops/"
    assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


def test_address_is_shareable(visit: Visit) -> None:
    page = visit.open("cops/?departement=29&tri=nom").page
    page.locator("#annuaire-resultats .notices").wait_for()
    expect(page.locator("[name=departement][value='29']")).to_be_checked()
    names = page.locator("#annuaire-resultats h3").all_inner_texts()
    assert names == page.evaluate("(noms) => [...noms].sort(new Intl.Collator('fr').compare)", names)


def test_twenty_at_a_time(visit: Visit) -> None:
    page = visit.open("cops/?tri=nom").page
    expect(page.locator("#annuaire-resultats li")).to_have_count(20)
    page.click("#annuaire-suite")
    expect(page.locator("#annuaire-resultats li")).to_have_count(30)
    expect(page.locator("#annuaire-suite")).to_be_hidden()
    assert (
        page.evaluate("[...document.querySelectorAll('#annuaire-resultats h3 a')].indexOf(document.activeElement)")
        == 20
    )


def test_nearest_needs_a_commune(visit: Visit) -> None:
    page = visit.open("cops/?commune=56001&tri=proches").page
    expect(page.locator("#annuaire-resultats .notice__ligne").first).to_contain_text("km")
    lines = page.locator("#annuaire-resultats .notice__ligne").all_inner_texts()
    distances = [int(line.rsplit("à ", 1)[1].removesuffix(" km")) for line in lines if line.endswith("km")]
    assert distances == sorted(distances)
    assert distances


def test_nothing_left_says_what_to_undo(visit: Visit) -> None:
    page = visit.open("cops/?departement=29&q=zzzz").page
    expect(page.locator("#annuaire-resultats")).to_contain_text("Aucune COP ne répond")
    assert violations(page) == []
    page.fill("#facette-q", "")
    expect(page.locator("#annuaire-resultats .notices")).to_be_visible()


def test_data_out_of_reach_says_so(visit: Visit) -> None:
    visit.page.route("**/donnees/**", lambda route: route.abort())
    page = visit.open("cops/?tri=nom").page
    expect(page.locator("#annuaire-compte")).to_contain_text("Vérifiez la connexion")
    page.fill("#commune", "allaire")
    expect(page.locator("#commune-etat")).to_contain_text("Vérifiez la connexion")


OURS = "la faute est de notre côté"


@pytest.mark.parametrize("broken", ["{}", "null", "<!doctype html>"])
def test_data_of_another_shape_are_told_as_a_mistake_of_ours(visit: Visit, broken: str) -> None:
    """Nobody looks for a cable: the page says whose fault it is, and the console which."""
    visit.page.route("**/donnees/annuaire.json", lambda route: route.fulfill(body=broken))
    visit.page.route("**/donnees/communes.json", lambda route: route.fulfill(body=broken))
    page = visit.open("cops/?tri=nom").page
    expect(page.locator("#annuaire-compte")).to_contain_text(OURS)
    told = len(visit.complaints)
    assert told
    page.fill("#commune", "allaire")
    expect(page.locator("#commune-etat")).to_contain_text(OURS)
    assert "connexion" not in " ".join(page.locator("#annuaire-compte, #commune-etat").all_inner_texts())
    assert len(visit.complaints) > told


@pytest.mark.parametrize(
    ("address", "data", "field", "state"),
    [
        ("ajouter/", "**/donnees/formulaire.json", "#q-nom", "#formulaire-etat"),
        ("", "**/pagefind/sortes.json", "#recherche", "#recherche-etat"),
    ],
)
def test_the_form_and_the_search_tell_a_mistake_of_ours_from_a_lost_connection(
    visit: Visit, address: str, data: str, field: str, state: str
) -> None:
    visit.page.route(data, lambda route: route.abort())
    page = visit.open(address).page
    page.fill(field, "quimper")
    expect(page.locator(state)).to_contain_text("Vérifiez la connexion")
    page.unroute(data)
    page.route(data, lambda route: route.fulfill(body="null"))
    page.locator("body").click(position={"x": 2, "y": 2})
    page.fill(field, "quimperlé")
    expect(page.locator(state)).to_contain_text(OURS)
    assert visit.complaints


# Maps -----------------------------------------------------------------------------------------------------------------


def test_map_says_names_and_leads_to_the_directory(visit: Visit) -> None:
    page = visit.open("carte/").page
    area = page.locator(".carte__dessin a[aria-label^='Quimperlé']")
    area.focus()
    expect(page.locator(".carte__nom")).to_contain_text("Quimperlé Communauté")
    page.keyboard.press("Enter")
    page.wait_for_url("**/cops/?epci=242900694")
    expect(page.locator("#facette-epci")).to_have_value("242900694")


def test_first_tap_shows_and_second_follows(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, **screen(360), has_touch=True) as visit:
        page = visit.open("carte/").page
        area = page.locator(".carte__dessin a[aria-label^='Rennes Métropole'] path")
        with page.expect_response("**/assets/finder/map.js"):
            page.locator(".carte__dessin").dispatch_event("touchstart")
        page.wait_for_timeout(300)  # the module runs after it came; nothing on the page tells when
        area.tap()
        expect(page.locator(".carte__nom")).to_contain_text("touchez encore")
        area.tap()
        page.wait_for_url("**/cops/?epci=*")


@pytest.mark.parametrize("address", ["", "carte/", "territoires/finistere/", "territoires/quimperle-communaute/"])
def test_every_map_has_an_equal_list(visit: Visit, address: str) -> None:
    """What the areas say, the page also lists, or leads to in one link on the home page."""
    page = visit.open(address).page
    names: list[str] = page.locator(".carte__dessin a").evaluate_all(
        "(areas) => areas.map((area) => area.getAttribute('aria-label').split('\\u00a0:')[0])"
    )
    listed = page.inner_text("main")
    if address == "":
        listed = visit.open("territoires/").page.inner_text("main")
        names = [name for name in names if name not in ("Île-de-Bréhat", "Île-de-Sein", "Ouessant")]
    assert [name for name in names if name not in listed] == []

"""« Ma commune », the facets of the directory and the maps, in a real browser, with the keyboard and the history."""

import re
from collections.abc import Iterator
from urllib.parse import urlencode, urlsplit

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.support.browser import Visit, screen, violations, visitor

TYPED = (
    ("QUIMPERLE", "quimperle"),
    ("le faouet 56", "le-faouet-morbihan"),
    ("st aubin du cormier", "saint-aubin-du-cormier"),
    ("56001", "allaire"),
    ("gouray", "le-mene"),
    ("Plœuc", ""),  # only the beginning of its name
    ("29242", ""),  # the postal code of Ouessant, and a former INSEE code of Le Faou
    ("toulouse", ""),
    ("\u202e🌊<b>", ""),
)
"""What people type, and the commune whose page Enter opens; nothing where it is not certain."""


@pytest.fixture
def visit(chromium: Browser, web: str) -> Iterator[Visit]:
    with visitor(chromium, web, **screen(1280)) as visit:
        yield visit


def test_enter_leads_to_the_page_of_a_commune_or_says_why_not(visit: Visit) -> None:
    for typed, slug in TYPED:
        page = visit.open("cops/").page
        page.fill("#commune", typed)
        page.click("#ma-commune [type=submit]")
        if slug:
            page.wait_for_url(f"**/communes/{slug}/")
        else:
            expect(page.locator("#commune-etat")).to_have_text(re.compile(r".{20,}\.$"))
            expect(page).to_have_url(re.compile(r"/cops/\?commune="))
    assert (visit.complaints, visit.strangers) == ([], [])


def test_a_territory_has_its_page_too(visit: Visit) -> None:
    page = visit.open("").page
    page.fill("#commune", "quimperle co")
    page.locator("[role=option]", has_text="Quimperlé Communauté").click()
    page.wait_for_url("**/territoires/quimperle-communaute/")


def test_a_shared_code_opens_the_list_and_the_address_keeps_it(visit: Visit) -> None:
    page = visit.open("").page
    page.fill("#commune", "29310")
    page.keyboard.press("Enter")
    options, state = page.locator("[role=option]"), page.locator("#commune-etat")
    shared = "29310 est partagé par deux communes\u00a0: choisissez la vôtre."
    expect(page).to_have_url(f"{visit.base}?commune=29310")
    page.locator("[role=option]", has_text="Querrien").click()
    page.wait_for_url("**/communes/querrien/")
    page.go_back()  # the same question, the same answer…
    for again in (lambda: None, page.reload, lambda: visit.open("cops/?commune=29310")):
        again()  # … reloaded or shared too
        expect(state).to_have_text(shared)
        expect(options).to_have_count(2)
        expect(page.locator("#commune")).to_have_value("29310")
        assert page.locator("[aria-selected=true]").count() == 0


def test_an_old_address_leads_to_the_page_and_back_leaves_it(visit: Visit) -> None:
    page = visit.open("agenda/").page
    for address, asked, slug in (
        ("cops/", "29233", "quimperle"),
        ("", "56260", "vannes"),
        ("communes/", "22066", "le-mene"),
        ("cops/", "22016", "ile-de-brehat"),
    ):
        with page.expect_navigation(url=f"**/communes/{slug}/"):
            page.goto(f"{visit.base}{address}?commune={asked}")
        page.go_back()
        expect(page).to_have_url(f"{visit.base}agenda/")


def test_another_address_is_put_in_the_field_and_nothing_is_chosen(visit: Visit) -> None:
    for asked in ("29200", "Quimperlé", "75056", "zzz", "<b>x</b>"):
        page = visit.open(f"cops/?{urlencode({'commune': asked})}").page
        expect(page.locator("#commune-etat")).not_to_be_empty()
        expect(page.locator("#commune")).to_have_value(asked)
        assert urlsplit(page.url).path == "/cops/"
        assert page.locator("#commune-etat *").count() == 0


def test_finder_by_keyboard_alone(visit: Visit) -> None:
    page = visit.open("").page
    page.get_by_role("link", name="Trouver ma COP").press("Enter")
    expect(page.locator("#commune")).to_be_focused()
    assert visit.path == "#commune"
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
    page.wait_for_url("**/communes/quimperle/")


WINDOWS = ((1280, 800), (360, 740), (360, 330), (740, 300))
"""The last two: what a keyboard leaves of a telephone, upright and lying."""


@pytest.mark.parametrize("address", ["", "cops/", "demander/"])
def test_suggestions_open_inside_the_window(visit: Visit, address: str) -> None:
    field = "#lettre-commune" if address == "demander/" else "#commune"
    for width, height in WINDOWS:
        visit.page.set_viewport_size({"width": width, "height": height})
        page = visit.open(address).page
        page.focus(field)
        page.keyboard.type("saint")
        page.locator("[role=option]").first.wait_for()
        box = page.locator("[role=listbox]").bounding_box()
        assert box
        assert 0 <= box["y"] <= box["y"] + box["height"] <= height, (width, height)
        assert 0 <= box["x"] <= box["x"] + box["width"] <= width, (width, height)
        assert box["height"] >= 70, (width, height)


# The position, and networks that fail ---------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("position", "words", "offered"),
    [
        ((47.87, -3.55), "Voici les communes les plus proches de vous", 5),
        ((48.85, 2.35), "Vous êtes hors du territoire", 0),
        (None, "Votre position n’est pas permise", 0),
    ],
)
def test_a_position_offers_what_is_around_and_goes_nowhere(
    chromium: Browser, web: str, position: tuple[float, float] | None, words: str, offered: int
) -> None:
    place = {"latitude": position[0], "longitude": position[1]} if position else None
    choices = {"geolocation": place, "permissions": ["geolocation"]} if place else {"permissions": []}
    with visitor(chromium, web, **screen(1280), **choices) as visit:
        page = visit.open("").page
        if not place:
            page.evaluate("() => { navigator.geolocation.getCurrentPosition = (_, refuse) => refuse({ code: 1 }) }")
        page.click("#me-situer")
        expect(page.locator("#commune-etat")).to_contain_text(words)
        expect(page.locator("[role=option]")).to_have_count(offered)
        assert not [url for url in visit.requests if "47." in url or "48." in url]
        assert visit.path == ""


def test_a_position_that_never_comes_is_said(visit: Visit) -> None:
    page = visit.page
    page.clock.install()
    visit.open("")
    page.evaluate("() => { navigator.geolocation.getCurrentPosition = () => {} }")
    page.click("#me-situer")
    expect(page.locator("#commune-etat")).to_contain_text("cherche votre position")
    page.clock.run_for(10_000)
    expect(page.locator("#commune-etat")).to_contain_text("Votre position n’est pas venue\u00a0: écrivez")


@pytest.mark.parametrize("missing", ["**/donnees/communes.json", "**/finder/my_commune.js", "**/shared/places.js"])
def test_what_does_not_come_is_said_and_can_be_asked_again(visit: Visit, missing: str) -> None:
    page = visit.page
    page.route(missing, lambda route: route.abort())
    visit.open("")
    page.fill("#commune", "allaire")
    page.click("#ma-commune [type=submit]")
    state = page.locator("#commune-etat")
    expect(state).to_contain_text("Vérifiez la connexion.")
    page.unroute(missing)
    state.get_by_role("button", name="Réessayer").click()
    expect(page).to_have_url(re.compile("/communes/allaire/|commune=allaire"))
    page.locator("[role=option]", has_text="Allaire").or_(page.locator("h1", has_text="Allaire")).first.wait_for()


def test_a_slow_network_is_told(visit: Visit) -> None:
    page = visit.page
    held: list[Route] = []
    page.route("**/donnees/communes.json", lambda route: held.append(route))
    with page.expect_request("**/donnees/communes.json"):
        visit.open("cops/?commune=29310")
    expect(page.locator("#commune-etat")).to_have_text("La liste des communes arrive…")
    held[0].continue_()
    expect(page.locator("#commune-etat")).to_contain_text("partagé par deux communes")


def test_nothing_is_fetched_before_use(visit: Visit) -> None:
    page = visit.open("").page
    page.mouse.wheel(0, 500)
    assert [url for url in visit.requests if "/donnees/" in url or "combobox" in url] == []
    with page.expect_response("**/donnees/communes.json"):
        page.focus("#commune")


def test_without_script_the_form_leads_to_the_communes(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, **screen(360), java_script_enabled=False) as visit:
        page = visit.open("").page
        expect(page.locator("#ma-commune noscript")).to_be_visible()
        page.fill("#commune", "quimperlé")
        page.click("#ma-commune [type=submit]")
        expect(page).to_have_url(re.compile("/communes/.commune="))
        page.get_by_role("main").get_by_role("link", name="Finistère").click()
        page.get_by_role("main").get_by_role("link", name="Quimperlé", exact=True).click()
        page.wait_for_url("**/communes/quimperle/")


# Facets ---------------------------------------------------------------------------------------------------------------


def count(page: Page) -> int:
    return int(page.inner_text("#annuaire-compte").removesuffix("fiches").replace("\u202f", "").strip())


def counted(page: Page, number: int) -> None:
    expect(page.locator("#annuaire-compte")).to_have_text(re.compile(rf"^{number} fiches?$"))


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
    expect(page.locator("[name=departement][value='29']")).to_be_checked()
    # The list that the page came with stands there until the addresses and names are known.
    page.wait_for_function("""() => {
        const names = [...document.querySelectorAll("#annuaire-resultats h3")].map((title) => title.innerText);
        return names.length && names.join() === [...names].sort(new Intl.Collator("fr").compare).join();
    }""")


def test_those_that_gave_a_sign_of_life_come_first(visit: Visit) -> None:
    page = visit.open("cops/?tri=signes").page
    expect(page.locator("#annuaire-resultats li")).to_have_count(20)
    expect(page.locator("#annuaire-tri")).to_have_value("signes")
    index = page.evaluate("fetch('../donnees/annuaire.json').then((answer) => answer.json())")
    place = index["colonnes"].index("dernier_signe")
    days = {row[0]: row[place] for row in index["cops"]}
    newest = max(days.values())
    assert newest
    # The list that the page came with has as many lines: the first one says that it is sorted.
    first = re.compile("|".join(f"/{name}/$" for name, day in days.items() if day == newest))
    expect(page.locator("#annuaire-resultats h3 a").first).to_have_attribute("href", first)
    shown = page.evaluate(
        "[...document.querySelectorAll('#annuaire-resultats h3 a')].map((a) => a.href.split('/').at(-2))"
    )
    assert [days[name] for name in shown] == sorted(days.values(), reverse=True)[:20]


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


def test_nearest_first_from_the_page_of_a_commune(visit: Visit) -> None:
    page = visit.open("communes/allaire/").page
    page.get_by_role("link", name="de la plus proche à la plus lointaine").click()
    page.wait_for_url("**/cops/?pres=56001")
    for _ in range(2):
        expect(page.locator("#annuaire-resultats .notice__ligne").first).to_contain_text("km")
        expect(page.locator("#annuaire-tri")).to_have_value("proches")
        expect(page.locator("#annuaire-tri option:checked")).to_have_text("les plus proches de Allaire")
        lines = page.locator("#annuaire-resultats .notice__ligne").all_inner_texts()
        distances = [int(line.rsplit("à ", 1)[1].removesuffix(" km")) for line in lines if line.endswith("km")]
        assert distances == sorted(distances)
        assert distances
        page.reload()


WORDS = ("commission", "conseil", "climat", "29300", "plourach", "cop", "transition écologique", "zzzz", "toulouse")


def test_words_filter_what_the_search_finds_in_its_order(visit: Visit) -> None:
    """One engine, one total."""
    page = visit.open("cops/").page
    found = page.evaluate(
        """async (all) => {
          const { trouve } = await import('/assets/search/results.js'), found = []
          for (const words of all) {
            const cops = (await trouve(words)).groupes.find((one) => one.sorte === 'cops')
            found.push(cops ? (await cops.lis(0, 20)).map((cop) => cop.titre).concat(cops.total) : [0])
          }
          return found
        }""",
        WORDS,
    )
    for words, (*names, total) in zip(WORDS, found, strict=True):
        page.fill("#facette-q", words)
        expect(page).to_have_url(f"{visit.base}cops/?{urlencode({'q': words})}")
        if total:
            expect(page.locator("#annuaire-compte")).to_have_text(re.compile(rf"^{total} fiches?($|, qui ont)"))
            expect(page.locator("#annuaire-resultats h3")).to_have_text(names)
        else:
            expect(page.locator("#annuaire-resultats")).to_contain_text("Aucune fiche n’a ces mots.")
            expect(page.locator("#annuaire-resultats")).not_to_contain_text(re.compile("créer|Ajoutez"))
    assert (visit.complaints, visit.strangers) == ([], [])


def test_words_and_choices_together(visit: Visit) -> None:
    page = visit.open("cops/?q=fictive&departement=29").page
    expect(page.locator("#annuaire-tri")).to_have_value("mots")
    expect(page.locator("#annuaire-compte")).to_have_text(re.compile("^[1-9][0-9]* fiches?$"))
    page.select_option("#annuaire-tri", "nom")
    expect(page).to_have_url(re.compile("tri=nom"))
    page.fill("#facette-q", "")
    expect(page).to_have_url(f"{visit.base}cops/?departement=29&tri=nom")
    page.fill("#facette-q", "zzzz")
    page.get_by_role("button", name="Sans ces mots").click()
    expect(page).to_have_url(f"{visit.base}cops/?departement=29&tri=nom")
    expect(page.locator("#annuaire-resultats .notices")).to_be_visible()


def test_a_short_list_keeps_its_summaries(visit: Visit) -> None:
    page = visit.open("cops/").page
    box = page.locator("[data-facette=departement] label").nth(1)
    assert 0 < int(box.locator(".nombre").inner_text()) <= 12
    box.locator("input").check()
    summaries = page.locator("#annuaire-resultats .notice__resume")
    expect(summaries).to_have_count(int(box.locator(".nombre").inner_text()))
    expect(summaries.first).not_to_be_empty()
    box.locator("input").uncheck()
    counted(page, 30)
    expect(page.locator("#annuaire-resultats .notices--serrees")).to_be_visible()
    expect(summaries).to_have_count(0)


@pytest.mark.parametrize("missing", ["donnees/annuaire.json", "pagefind/**", "search/results.js", "finder/facets.js"])
def test_a_filter_that_failed_can_be_tried_again(visit: Visit, missing: str) -> None:
    page = visit.page
    page.route(f"**/{missing}", lambda route: route.abort())
    visit.open("cops/")
    page.fill("#facette-q", "commission")
    count = page.locator("#annuaire-compte")
    expect(count).to_contain_text("Vérifiez la connexion")
    page.unroute(f"**/{missing}")
    count.get_by_role("button", name="Réessayer").click()
    expect(count).to_have_text(re.compile("^[1-9][0-9]* fiches?$"))
    expect(page.locator("#facette-q")).to_have_value("commission")


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


@pytest.mark.parametrize("address", ["", "carte/"])
def test_first_tap_shows_and_second_follows(chromium: Browser, web: str, address: str) -> None:
    with visitor(chromium, web, **screen(360), has_touch=True) as visit:
        page = visit.open(address).page
        page.wait_for_load_state("networkidle")  # the module waits for no gesture where there is a finger
        area = page.locator(".carte__dessin a[aria-label^='Rennes Métropole'] path")
        area.tap()
        expect(page.locator(".carte__nom")).to_contain_text("touchez encore")
        area.tap()
        page.wait_for_url(re.compile(r"/cops/\?epci=|/territoires/rennes-metropole/"))


def test_one_key_leaps_over_the_map(visit: Visit) -> None:
    page = visit.open("carte/").page
    page.locator(".carte__passer").focus()
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    expect(page.locator("h2 a:focus")).to_have_count(1)


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

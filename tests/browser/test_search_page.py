"""The page of answers: all that is found, page after page, whose address says everything."""

from collections.abc import Iterator

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import Visit, screen, violations, visitor


@pytest.fixture
def visit(chromium: Browser, searched: str) -> Iterator[Visit]:
    with visitor(chromium, searched, **screen(1280)) as visit:
        yield visit


def number(text: str) -> int:
    return int("".join(filter(str.isdigit, text)))


def open_answers(visit: Visit, question: str) -> None:
    visit.open(f"recherche/?{question}").page.locator("#reponses li a").first.wait_for()


def test_kinds_stand_in_order_with_their_totals_and_all_can_be_seen(visit: Visit) -> None:
    open_answers(visit, "q=bretagne")
    page = visit.page
    headings = page.locator("#reponses h2").all_inner_texts()
    kinds = ["Communes et territoires", "COP", "Formations", "Actualités", "Pages"]
    assert [heading.split("\u00a0")[0] for heading in headings] == kinds
    assert number(page.inner_text("#reponses-etat")) == sum(map(number, headings))
    page.locator("#cops a", has_text="Tout voir").click()
    seen: list[str] = []
    while True:
        links = page.locator("#cops h3 a")
        links.first.wait_for()
        seen += links.evaluate_all("links => links.map((a) => a.href)")
        following = page.get_by_role("link", name="Page suivante")
        if not following.count():
            break
        following.click()
        page.wait_for_url(f"**p={len(seen) // 20 + 1}")
    assert len(seen) == len(set(seen)) == number(headings[1])
    assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


def test_back_forward_and_reload_give_the_same_answer(visit: Visit) -> None:
    page = visit.page

    def shown() -> list[str]:
        page.locator("#reponses li a").first.wait_for()
        return [page.input_value("#recherche"), page.inner_text("#reponses-etat"), page.inner_text("#reponses")]

    open_answers(visit, "q=v%C3%A9lo")
    first = shown()
    page.get_by_role("link", name="Tout voir : COP").click()
    page.wait_for_url("**sorte=cops")
    second = shown()
    page.get_by_role("link", name="Page suivante").click()
    page.wait_for_url("**p=2")
    third = shown()
    assert len({*map(str, (first, second, third))}) == 3
    page.go_back()
    assert shown() == second
    page.go_back()
    assert shown() == first
    page.go_forward()
    assert shown() == second
    page.reload()
    assert shown() == second


def test_a_place_that_does_not_exist_gets_ways_on_and_no_help_page(visit: Visit) -> None:
    page = visit.open("recherche/?q=toulouse").page
    expect(page.locator("#reponses-etat")).to_contain_text("Rien trouvé pour «\u00a0toulouse\u00a0».")
    assert page.locator("#reponses a").count() == 3
    assert page.locator("#reponses section").count() == 0


@pytest.mark.parametrize("rest", ["sorte=cops&p=999", "sorte=cops&p=-3", "sorte=cops&p=%F0%9F%8C%8A", "sorte=%3Cb%3E"])
def test_an_odd_address_is_answered_all_the_same(visit: Visit, rest: str) -> None:
    open_answers(visit, f"q=eau&{rest}")
    assert visit.page.locator("#cops li").count() > 0


def test_the_summary_of_an_entry_is_its_excerpt_and_its_texts_are_never_markup(visit: Visit) -> None:
    open_answers(visit, "q=%3Cb%3Ecalcibius%3C%2Fb%3E%E2%80%AE")
    line = visit.page.locator("#cops li").first
    assert line.locator("p").all_inner_texts() == [
        "Cancale",
        "Un espace inventé autour de l’ostréiculture et de ses bassins, pour essayer la recherche.",
    ]
    assert visit.page.locator("#reponses-etat b, #reponses b").count() == 0
    assert visit.complaints == []


@pytest.mark.parametrize("missing", ["**/search/listing.js*", "**/pagefind/cops/index/*", "**/pagefind/pages/wasm.*"])
def test_what_does_not_come_says_so_and_can_be_tried_again(visit: Visit, missing: str) -> None:
    page = visit.page
    page.route(missing, lambda route: route.abort())
    visit.open("recherche/?q=quimperle")
    expect(page.locator("#reponses-etat")).to_have_text("La recherche ne répond pas. Vérifiez la connexion.")
    page.unroute(missing)
    page.get_by_role("button", name="Réessayer").click()
    expect(page.locator("#cops a[href$='/cops/quimperle-essai/']")).to_be_visible()


def test_without_a_question_it_says_where_to_write_one(visit: Visit) -> None:
    page = visit.open("recherche/").page
    expect(page.locator("#reponses-etat")).to_contain_text("Écrivez une commune, un thème ou un mot")


def test_without_scripts_it_leads_to_every_list(chromium: Browser, searched: str) -> None:
    with visitor(chromium, searched, java_script_enabled=False) as visit:
        page = visit.open("accessibilite/").page
        page.fill("#recherche", "eau")
        page.press("#recherche", "Enter")
        page.wait_for_url("**/recherche/?q=eau")
        assert "La recherche demande JavaScript" in page.inner_text("main")
        links = page.locator("main a").evaluate_all("links => links.map((a) => a.href)")
        wanted = {"communes/finistere/", "territoires/", "plan-du-site/"}
        assert wanted <= {href.removeprefix(visit.base) for href in links}


@pytest.mark.parametrize("scheme", ["light", "dark"])
def test_answers_are_accessible_and_fit(chromium: Browser, searched: str, scheme: str) -> None:
    with visitor(chromium, searched, viewport={"width": 320, "height": 700}, color_scheme=scheme) as visit:
        open_answers(visit, "q=langon+commission")
        assert violations(visit.page) == []
        assert visit.page.evaluate("document.documentElement.scrollWidth") <= 320

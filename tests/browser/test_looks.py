"""Light and dark, paper, forced colours: what the visitor or the system chooses."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import repository
from tests.support.browser import screen, served, sheets, visitor, words_by_sheet
from tests.support.browser_pages import KINDS
from tests.support.paths import ROOT

REAL = ("quimperle-commission-du-temps-long", "langon-commissions-extra-municipales")


@pytest.fixture(scope="module")
def real(tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The site of the real entries, which this repository ships."""
    output = tmp_path_factory.mktemp("vrai") / "site"
    built = repository.build(ROOT, "--quiet", "--output", output)
    assert built.returncode == 0, built.stderr
    with served(output) as address:
        yield address


# Light and dark -------------------------------------------------------------------------------------------------------


def scheme(page: Page) -> str:
    return str(page.evaluate("document.body.getAttribute('data-md-color-scheme')"))


def test_follows_the_system_until_one_chooses(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, color_scheme="dark") as visit:
        page = visit.open("").page
        assert scheme(page) == "slate"
        page.emulate_media(color_scheme="light")
        expect(page.locator("body")).to_have_attribute("data-md-color-scheme", "default")
        page.click("#bascule")
        assert scheme(page) == "slate"
        page.emulate_media(color_scheme="dark")
        page.emulate_media(color_scheme="light")
        assert scheme(page) == "slate"


def test_choice_is_kept_on_the_next_page(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, color_scheme="light") as visit:
        page = visit.open("").page
        assert page.get_attribute("#bascule", "aria-label") == "Passer au thème sombre"
        page.click("#bascule")
        assert page.get_attribute("#bascule", "aria-label") == "Passer au thème clair"
        assert page.evaluate("getComputedStyle(document.body).backgroundColor") == "rgb(14, 26, 36)"
        visit.open("cops/")
        assert scheme(page) == "slate"
        page.click("#bascule")
        visit.open("lancer/")
        assert scheme(page) == "default"


def test_scheme_is_set_before_anything_is_painted(chromium: Browser, web: str) -> None:
    """By the inline script that opens the body: with every module held back, the page is dark all the same."""
    with visitor(chromium, web, color_scheme="dark") as visit:
        visit.page.route("**/assets/**/*.js", lambda route: route.fulfill(body="", content_type="text/javascript"))
        assert scheme(visit.open("").page) == "slate"
        first = "document.body.querySelector('script').compareDocumentPosition(document.querySelector('header'))"
        assert visit.page.evaluate(f"{first} & Node.DOCUMENT_POSITION_FOLLOWING")


def test_refused_storage_is_no_failure(chromium: Browser, web: str) -> None:
    """A browser may forbid that anything be kept: the choice then holds for this page."""
    refuse = "Object.defineProperty(window, 'localStorage', { get() { throw new DOMException('non') } })"
    with visitor(chromium, web, color_scheme="light") as visit:
        visit.page.add_init_script(refuse)
        page = visit.open("").page
        page.click("#bascule")
        assert scheme(page) == "slate"
        page.emulate_media(color_scheme="dark")
        assert visit.complaints == []


# Paper ----------------------------------------------------------------------------------------------------------------


def test_paper_leaves_no_room_for_the_map_that_it_drops(chromium: Browser, web: str, site: Path) -> None:
    with visitor(chromium, web, **screen(1280)) as visit:
        page = visit.open(KINDS["commune"](site)).page
        page.emulate_media(media="print")
        expect(page.locator("#cops .carte--lieu")).to_be_hidden()
        widths = page.locator("#cops .cote").evaluate(
            "(cote) => [cote, cote.firstElementChild].map((e) => e.clientWidth)"
        )
        assert widths[0] == widths[1]


def printed(page: Page) -> int:
    return sheets(page.pdf(format="A4", prefer_css_page_size=True))


@pytest.mark.parametrize("name", REAL)
def test_ordinary_entry_prints_on_one_sheet(chromium: Browser, real: str, name: str) -> None:
    with visitor(chromium, real) as visit:
        assert printed(visit.open(f"cops/{name}/").page) == 1


@pytest.mark.parametrize("kind", ["agenda.md", "mois d’agenda", "chiffres.md"])
def test_a_long_list_begins_on_its_first_sheet(chromium: Browser, web: str, site: Path, kind: str) -> None:
    """A part that is longer than what is left of a sheet is cut there, not sent whole to the next one."""
    with visitor(chromium, web) as visit:
        words = words_by_sheet(visit.open(KINDS[kind](site)).page.pdf(format="A4", prefer_css_page_size=True))
    assert words[0] > max(words) / 3, words


def test_full_entry_prints_whole(chromium: Browser, web: str, site: Path) -> None:
    with visitor(chromium, web, color_scheme="dark") as visit:
        page = visit.open(KINDS["COP pleine"](site)).page
        assert 1 < printed(page) <= 6
        page.emulate_media(media="print")
        assert page.evaluate("getComputedStyle(document.body).color") == "rgb(0, 0, 0)"
        for unwanted in ("nav.md-tabs", "form.recherche", "#bascule", "#corriger"):
            assert not page.locator(unwanted).is_visible(), unwanted


# Forced colours, no movement ------------------------------------------------------------------------------------------


@pytest.mark.parametrize("kind", ["index.md", "COP pleine", "EPCI"])
def test_forced_colours_keep_a_mark_beside_each_status(chromium: Browser, web: str, site: Path, kind: str) -> None:
    with visitor(chromium, web, forced_colors="active", reduced_motion="reduce", **screen(1280)) as visit:
        page = visit.open(KINDS[kind](site)).page
        marks = page.evaluate("""[...document.querySelectorAll('.statut')].map((statut) => {
          const mark = getComputedStyle(statut, '::before')
          return [statut.textContent.trim() !== '', parseFloat(mark.width) > 8, mark.borderTopStyle !== 'none',
            mark.borderTopColor !== getComputedStyle(document.body).backgroundColor]
        })""")
        assert marks
        assert all(all(mark) for mark in marks)
        assert page.evaluate("getComputedStyle(document.querySelector('.md-tabs__link')).transitionDuration") == "0s"
        assert visit.complaints == []

"""The main journeys in Firefox: find, filter, fill in the form, read the agenda, choose the theme, print.

`make essais-firefox` runs them; `make test` does not.
"""

import base64
import re
import zlib
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import TypeVar

import pytest
from selenium.common.exceptions import NoSuchElementException, StaleElementReferenceException
from selenium.webdriver import Firefox, Keys
from selenium.webdriver.common.by import By
from selenium.webdriver.common.print_page_options import PrintOptions
from selenium.webdriver.remote.webelement import WebElement
from selenium.webdriver.support.select import Select
from selenium.webdriver.support.wait import WebDriverWait

from tests.support.browser_pages import KINDS
from tests.support.firefox import visiting
from tests.support.form_visits import NAME, PLACE, SUMMARY

T = TypeVar("T")
pytestmark = pytest.mark.firefox


@pytest.fixture(scope="module")
def firefox(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Firefox]:
    with visiting(tmp_path_factory.mktemp("firefox")) as browser:
        yield browser


def one(firefox: Firefox, css: str) -> WebElement:
    return wait(firefox, lambda: firefox.find_element(By.CSS_SELECTOR, css))


def shown(firefox: Firefox, css: str) -> list[WebElement]:
    return [found for found in firefox.find_elements(By.CSS_SELECTOR, css) if found.is_displayed()]


def wait(firefox: Firefox, ready: Callable[[], T]) -> T:
    """What `ready` answers as soon as it is true."""
    passing = (NoSuchElementException, StaleElementReferenceException)  # a list is drawn again under our eyes
    return WebDriverWait(firefox, 15, ignored_exceptions=passing).until(lambda _: ready())


def test_finds_the_commune_as_it_is_typed(firefox: Firefox, web: str) -> None:
    firefox.get(web)
    one(firefox, "#commune").send_keys("kemperle")
    option = wait(firefox, lambda: shown(firefox, "[role=option]"))[0]
    assert "Quimperlé" in option.text
    option.click()
    wait(firefox, lambda: firefox.current_url.endswith("/communes/quimperle/"))


def test_a_shared_code_asks_which(firefox: Firefox, web: str) -> None:
    firefox.get(web)
    one(firefox, "#commune").send_keys("29310", Keys.ENTER)
    wait(firefox, lambda: "choisissez la vôtre" in one(firefox, "#commune-etat").text)
    assert len(shown(firefox, "[role=option]")) == 2


def test_search_answers_by_kind(firefox: Firefox, web: str) -> None:
    firefox.get(web)
    one(firefox, "#recherche").send_keys("commission")
    wait(firefox, lambda: shown(firefox, "#recherche-resultats a[href*='cops/']"))


def test_a_facet_is_in_the_list_and_in_the_address(firefox: Firefox, web: str) -> None:
    firefox.get(f"{web}cops/")
    everything = len(shown(firefox, ".notices > li"))
    one(firefox, "[data-facette=departement] label input").click()
    wait(firefox, lambda: 0 < len(shown(firefox, ".notices > li")) < everything)
    assert "departement=" in firefox.current_url
    firefox.refresh()
    wait(firefox, lambda: 0 < len(shown(firefox, ".notices > li")) < everything)
    assert one(firefox, "[data-facette=departement] label input").is_selected()


def test_the_form_makes_its_file(firefox: Firefox, web: str) -> None:
    firefox.get(f"{web}ajouter/")
    place = wait(firefox, lambda: shown(firefox, "#q-lieu"))[0]
    place.send_keys("guehen")
    wait(firefox, lambda: shown(firefox, "#q-lieu-propositions li"))
    place.send_keys(Keys.ARROW_DOWN, Keys.ENTER)
    code = one(firefox, "[name='collectivite.code']")
    wait(firefox, lambda: code.get_attribute("value") == PLACE["code"])
    Select(one(firefox, "[name=type]")).select_by_value("commission-extra-municipale")
    one(firefox, "[name=nom]").send_keys(NAME)
    Select(one(firefox, "[name=statut]")).select_by_value("active")
    theme = one(firefox, "[name=themes][value=eau]")
    firefox.execute_script("arguments[0].scrollIntoView({ block: 'center' })", theme)
    theme.click()
    one(firefox, "[name=resume]").send_keys(SUMMARY)
    one(firefox, "[name='contact.courriel']").send_keys("mairie@guehenno.example", Keys.TAB)
    wait(firefox, lambda: NAME.split(" : ")[0] in one(firefox, "#apercu").text)
    assert not shown(firefox, "[aria-invalid=true]")


def test_the_agenda_keeps_what_is_asked(firefox: Firefox, web: str) -> None:
    firefox.get(f"{web}agenda/?sorte=session")
    everything = firefox.find_elements(By.CSS_SELECTOR, "#dates li[data-sorte]")
    wait(firefox, lambda: len(shown(firefox, "#dates li[data-sorte]")) < len(everything))
    assert {row.get_attribute("data-sorte") for row in shown(firefox, "#dates li[data-sorte]")} <= {"session"}


def test_the_theme_is_kept_on_the_next_page(firefox: Firefox, web: str) -> None:
    firefox.get(web)
    wait(firefox, lambda: shown(firefox, "#bascule"))[0].click()
    firefox.get(f"{web}lancer/")
    assert one(firefox, "body").get_attribute("data-md-color-scheme") == "slate"
    one(firefox, "#bascule").click()


@pytest.mark.parametrize(("kind", "most"), [("COP minimale", 1), ("COP pleine", 3)])
def test_an_entry_prints_without_a_nearly_blank_sheet(
    firefox: Firefox, web: str, site: Path, kind: str, most: int
) -> None:
    firefox.get(web + KINDS[kind](site))
    paper = PrintOptions()
    paper.page_width, paper.page_height = 21.0, 29.7
    paper.margin_top = paper.margin_bottom = 1.3
    paper.margin_left = paper.margin_right = 1.5
    assert 1 <= sheets(base64.b64decode(firefox.print_page(paper))) <= most


def sheets(pdf: bytes) -> int:
    """Pages of a document that Firefox printed: its objects lie in compressed streams."""
    streams = re.findall(rb"stream\r?\n(.*?)\r?\nendstream", pdf, re.DOTALL)
    opened = [zlib.decompressobj().decompress(raw) for raw in streams if raw[:1] == b"x"]
    return sum(len(re.findall(rb"/Type\s*/Page\b", text)) for text in opened)

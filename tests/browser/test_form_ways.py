"""The ways out of the form, in a real browser: forge, e-mail, file, and what is told when the browser refuses."""

import re
from pathlib import Path
from urllib.parse import parse_qs, urlsplit

from playwright.sync_api import Browser, expect

from tests.support.browser import Visit, screen, visitor
from tests.support.form_visits import NOON, answer, download, spy


def test_the_forge_gets_the_file(chromium: Browser, reachable: str) -> None:
    with visitor(chromium, reachable, **screen(1280)) as visit:
        visit.page.clock.set_fixed_time(NOON)
        page = visit.open("ajouter/").page
        answer(page)
        spy(page)
        page.click("[data-action=forge]")
        expect(page.locator("#envoi-erreurs")).to_contain_text("Cochez la case")
        page.check("#q-accord")
        page.click("[data-action=forge]")
        expect(page.locator("#envoi-suite")).to_contain_text("s’est ouverte dans un autre onglet")
        address = urlsplit(page.evaluate("window.ouverte"))
        asked = parse_qs(address.query)
        assert address.geturl().startswith("https://github.com/exemple/annuaire/new/main?filename=cops%2F56%2Fguehenno")
        assert asked["value"][0] == page.text_content("#apercu-fichier")


def test_a_long_file_is_copied_and_a_blocked_window_offers_a_link(chromium: Browser, reachable: str) -> None:
    with visitor(chromium, reachable, **screen(1280)) as visit:
        page = visit.open("ajouter/").page
        answer(page)
        page.click("summary:has-text('Autres noms')")
        page.fill("textarea[name=description]", "Un long récit fictif. " * 250)
        page.check("#q-accord")
        spy(page, opens=False)
        page.evaluate("() => { navigator.clipboard.writeText = () => Promise.reject(new Error('refusé')) }")
        page.click("[data-action=forge]")
        said = page.locator("#envoi-suite")
        expect(said).to_contain_text("a bloqué l’ouverture")
        link = said.locator("a")
        assert len(link.get_attribute("href") or "") < 300
        expect(page.locator("#envoi-texte textarea")).to_have_value(re.compile("^# yaml-language-server"))


def test_the_mail_holds_the_file_or_says_to_join_it(chromium: Browser, reachable: str) -> None:
    with visitor(chromium, reachable, **screen(1280)) as visit:
        page = visit.open("ajouter/").page
        answer(page)
        page.check("#q-accord")
        page.click("[data-action=courriel]")
        expect(page.locator("#envoi-suite")).to_contain_text("il reste à l’envoyer")
        expect(page.locator("#envoi-texte textarea")).to_have_value(re.compile("nom: "))
        page.click("summary:has-text('Autres noms')")
        page.fill("textarea[name=description]", "Un long récit fictif. " * 250)
        with page.expect_download() as waiting:
            page.click("[data-action=courriel]")
        assert waiting.value.suggested_filename.startswith("guehenno-")
        expect(page.locator("#envoi-suite")).to_contain_text("Joignez ce fichier")


def test_without_any_address_only_the_file_remains(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    assert page.locator("[data-action=forge], [data-action=courriel]").count() == 0
    expect(page.locator("#envoi")).to_contain_text("n’est pas encore ouverte")


def test_what_to_do_with_the_file(chromium: Browser, reachable: str, tmp_path: Path) -> None:
    with visitor(chromium, reachable, **screen(1280)) as visit:
        page = visit.open("ajouter/").page
        answer(page)
        download(page, tmp_path)
        expect(page.locator("#envoi-suite")).to_contain_text("un courriel pour contact@annuaire.example")


def test_after_one_entry_another(chromium: Browser, reachable: str) -> None:
    with visitor(chromium, reachable, **screen(1280)) as visit:
        page = visit.open("ajouter/").page
        answer(page)
        page.check("#q-accord")
        page.click("[data-action=courriel]")
        page.once("dialog", lambda dialog: dialog.accept())
        page.click("text=Commencer une autre fiche")
        expect(page.locator("#q-lieu")).to_be_focused()
        expect(page.locator("#formulaire-etat")).to_have_text("Le brouillon est effacé.")
        assert page.input_value("[name=nom]") == page.inner_text("#lieu-connu") == page.inner_text("#envoi-suite") == ""
        assert not page.is_checked("#q-accord")


def test_without_javascript_the_other_doors_are_told(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, java_script_enabled=False, **screen(360)) as visit:
        page = visit.open("ajouter/").page
        expect(page.locator("#fiche")).to_be_hidden()
        expect(page.locator("noscript .avis")).to_contain_text("JavaScript")
        expect(page.locator("#autrement pre")).to_be_visible()

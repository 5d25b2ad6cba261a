"""The ways out of the form, in a real browser: forge, e-mail, file, and what is told when the browser refuses."""

import re
from pathlib import Path
from urllib.parse import parse_qs, quote, unquote, urlsplit

from playwright.sync_api import Browser, Page, expect

from generator.edits.requests.messages import read_mail
from generator.edits.requests.proposals import propose
from generator.repository.snapshot import read_snapshot
from tests.support import mails
from tests.support.browser import Visit, screen, visitor
from tests.support.form_visits import NOON, answer, download, spy
from tests.support.repository import TODAY


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


def read_message(page: Page) -> str:
    """The body of the message that the button opens, as a mail program receives it."""
    address = page.evaluate("window.message")
    assert len(address) <= 1900
    assert address.startswith("mailto:contact@annuaire.example?subject=")
    return unquote(address.partition("&body=")[2]).replace("\r\n", "\n")


def send(page: Page) -> None:
    page.evaluate(
        """document.addEventListener("click", (e) => {
          const lien = e.target.closest("a[href^=mailto]");
          if (lien) { window.message = lien.href; e.preventDefault(); }
        }, true)"""
    )
    page.check("#q-accord")
    page.click("[data-action=courriel]")
    expect(page.locator("#envoi-suite")).to_contain_text("Rien ne s’est ouvert")


def test_a_message_holds_the_whole_entry(chromium: Browser, reachable: str, depot: Path) -> None:
    """From the button of the site to the file, by way of a mail program."""
    found = read_snapshot(depot, {}, TODAY)
    with visitor(chromium, reachable, **screen(1280)) as visit:
        visit.page.clock.set_fixed_time(NOON)
        page = visit.open("ajouter/").page
        answer(page)
        send(page)
        expect(page.locator("#envoi-suite")).to_contain_text("il reste à l’envoyer")
        made = propose(found, {}, read_mail(mails.flowed(read_message(page))))
        assert made
        assert (made.etat, made.texte) == ("prete", page.text_content("#apercu-fichier")), made.reponse
        assert made.chemin == page.inner_text("#apercu-chemin")
        # Too long for a link: what an entry needs stands there, and the rest is told and shown.
        page.click("summary:has-text('Autres noms')")
        page.fill("textarea[name=description]", "Un long récit fictif. " * 250)
        page.click("[data-action=courriel]")
        expect(page.locator("#envoi-suite")).to_contain_text("à la place de ce début")
        short = read_message(page)
        assert "(Il manque encore : description.)" in short
        assert "joint" not in short
        whole = page.input_value("#envoi-texte textarea")
        for words, has_all in ((short, False), (whole, True)):
            made = propose(found, {}, read_mail(mails.plain(words)))
            assert made
            assert made.etat == "prete", made.reponse
            assert ("récit fictif" in made.texte) is has_all


def test_a_message_says_what_a_correction_changes(chromium: Browser, reachable: str, depot: Path) -> None:
    found = read_snapshot(depot, {}, TODAY)
    entry = min(found.corpus.of("cop"), key=lambda entry: len(entry.source.text))
    with visitor(chromium, reachable, **screen(1280)) as visit:
        visit.page.clock.set_fixed_time(NOON)
        page = visit.open(f"ajouter/?cop={entry.id}").page
        expect(page.locator("#envoi-changements")).to_contain_text("Vous n’avez encore rien changé")
        page.fill("[name='contact.courriel']", "vie.locale@exemple.example")
        send(page)
        words = read_message(page)
        assert "vie.locale@exemple.example" in words.partition("Le fichier corrigé")[0]
        assert f"/cops/{entry.id}/" in words
        made = propose(found, {}, read_mail(mails.plain(words)))
        assert made
        assert made.etat in ("a-relire", "prete"), made.reponse  # in words only where the file is too long
        made = propose(found, {}, read_mail(mails.plain(page.input_value("#envoi-texte textarea"))))
        assert made
        assert (made.etat, made.chemin) == ("prete", entry.path), made.reponse
        assert "vie.locale@exemple.example" in made.texte


def test_an_address_is_measured_as_a_forge_passes_it_on(chromium: Browser, reachable: str) -> None:
    """Encoded a second time in the address of the page that asks to sign in: 8,191 bytes and no more."""
    with visitor(chromium, reachable, **screen(1280)) as visit:
        page = visit.open("ajouter/").page
        answer(page)
        page.click("summary:has-text('Autres noms')")
        page.check("#q-accord")
        spy(page)
        for length in (300, 2800):
            page.fill("textarea[name=description]", "é" * length)
            page.click("[data-action=forge]")
            expect(page.locator("#envoi-suite")).to_contain_text("dans un autre onglet")
            assert len(quote("/login?return_to=" + quote(page.evaluate("window.ouverte"), safe=""))) < 8191
        expect(page.locator("#envoi-texte textarea")).to_have_value(re.compile("é{2800}"))


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

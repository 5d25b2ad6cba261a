"""The form in a real browser: a newcomer's whole path to the published page, and what can go wrong on the way."""

import csv
import io
import json
import re
import shutil
from pathlib import Path

import feedparser
import pytest
from playwright.sync_api import Browser, Page, expect

from tests.support import repository
from tests.support.browser import Visit, screen, served, violations, visitor
from tests.support.form_visits import NAME, PLACE, SUMMARY, Fingers, answer, download, entries

# The whole path -------------------------------------------------------------------------------------------------------


def by_keyboard(page: Page) -> Fingers:
    """The required answers from the first field to the button, without a mouse."""
    hands = Fingers(page)
    page.focus("#q-lieu")
    hands.type("guehen")
    expect(page.locator("#q-lieu-propositions li")).to_have_count(1)
    hands.press("ArrowDown")
    hands.press("Enter")
    expect(page.locator("[name='collectivite.code']")).to_have_value(PLACE["code"])
    hands.tab_to("type")
    hands.type("Commission extra-m")
    hands.tab_to("nom")
    hands.type(NAME)
    hands.tab_to("statut")
    hands.type("Act")
    hands.tab_to("themes", "eau")
    hands.press("Space")
    hands.tab_to("resume")
    hands.type(SUMMARY)
    hands.tab_to("contact.courriel")
    hands.type("mairie@guehenno.example")
    return hands


def test_from_the_form_to_the_site(visit: Visit, depot: Path, tmp_path: Path, chromium: Browser) -> None:
    page = visit.open("ajouter/").page
    hands = by_keyboard(page)
    file = download(page, tmp_path)
    words = len(NAME + SUMMARY)
    print(f"\nDu premier champ au fichier : {hands.keys} touches, dont {words} de nom et de résumé")
    assert hands.keys - words <= 75  # with a name and a summary of usual length, 150 in all
    assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])

    own = tmp_path / "depot"
    shutil.copytree(depot, own, ignore=shutil.ignore_patterns("site"))
    before = json.loads((depot / "site/donnees/compteur.json").read_text())["value"]
    (own / "cops/56" / file.name).write_bytes(file.read_bytes())
    checked = repository.call("--root", own, "check", "--date", repository.TODAY, own / "cops/56" / file.name)
    assert checked.returncode == 0, checked.stdout
    assert "avertissement" not in checked.stdout
    built = repository.run("--root", own, "build", "--date", repository.TODAY, "--quiet")
    assert built.returncode == 0, built.stderr
    with served(own / "site") as address, visitor(chromium, address, **screen(1280)) as after:
        found_everywhere(after, own / "site", file.stem, before)


def found_everywhere(visit: Visit, site: Path, name: str, before: int) -> None:
    """The new COP is where a person, a program or a neighbour would look for it."""
    page = visit.open("cops/").page
    page.fill("#recherche", "guehenno commission")
    expect(page.locator(f"#recherche-resultats a[href$='cops/{name}/']")).to_be_visible()
    page = visit.open(f"cops/?commune={PLACE['code']}").page
    page.wait_for_url("**/communes/*/")
    expect(page.locator("#cops")).to_contain_text("Commission fictive de l’eau")
    page = visit.open("carte/").page
    epci = page.locator(f"a[href*='epci='][aria-label^='{epci_of(site)}']")
    expect(epci).not_to_have_attribute("aria-label", re.compile("aucune"))
    assert any(name in entry.link for entry in feedparser.parse((site / "flux/cops.rss").read_bytes()).entries)
    rows = csv.DictReader(io.StringIO((site / "donnees/cops.csv").read_text(encoding="utf-8")))
    assert [row["nom"] for row in rows if row["id"] == name] == [NAME]
    assert json.loads((site / "donnees/compteur.json").read_text())["value"] == before + 1


def epci_of(site: Path) -> str:
    known: list[str] = [
        epci[1]
        for epci in json.loads((site / "donnees/communes.json").read_text())["epci"]
        if any(row[0] == PLACE["code"] for row in epci[3])
    ]
    return known[0]


# Answers that are refused ---------------------------------------------------------------------------------------------


def test_nothing_is_reproached_before_it_is_left(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    page.fill("[name=resume]", "Trop court")
    expect(page.locator("#apercu-fichier")).to_contain_text("Trop court")
    assert page.inner_text("#q-resume-dit") == ""
    page.press("[name=resume]", "Tab")
    told = "«\u00a0Résumé\u00a0» est trop court\u00a0: 10 caractères, 40 au moins."
    expect(page.locator("#q-resume-dit")).to_contain_text(told)
    assert page.get_attribute("[name=resume]", "aria-invalid") == "true"
    assert "q-resume-dit" in (page.get_attribute("[name=resume]", "aria-describedby") or "")


def test_an_empty_form_leads_to_each_question(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    page.click("[data-action=telecharger]")
    box = page.locator("#envoi-erreurs")
    expect(box).to_be_focused()
    expect(box.locator("h3")).to_have_text("7 réponses sont à revoir")
    box.locator("a", has_text="Résumé").click()
    expect(page.locator("[name=resume]")).to_be_focused()


def test_a_date_is_taken_as_people_write_it_and_said_in_words(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    answer(page)
    page.click("summary:has-text('Comment participer')")
    page.click("[data-liste=rencontres] > [data-action=ajouter]")
    start = page.locator("[name='rencontres.0.debut']")
    expect(start).to_be_focused()
    start.fill("14/01/2027 à 18h30")
    page.fill("[name='rencontres.0.objet']", "Réunion fictive")
    expect(start).to_have_value("2027-01-14 18:30")
    expect(page.locator("#q-rencontres-0-debut-note")).to_have_text("jeudi 14 janvier 2027 à 18\u00a0h\u00a030")
    assert "q-rencontres-0-debut-note" in (start.get_attribute("aria-describedby") or "")
    expect(page.locator("#apercu-fichier")).to_contain_text("- id: 2027-01-14")
    page.fill("[name='rencontres.0.lieu.code']", "Guehenno")
    page.press("[name='rencontres.0.lieu.code']", "Tab")
    expect(page.locator("#q-rencontres-0-lieu-code-note")).to_have_text("Guéhenno")
    expect(page.locator("[name='rencontres.0.lieu.code']")).to_have_value(PLACE["code"])


def test_a_sure_correction_is_one_click_away(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    page.fill("[name='contact.page']", "www.exemple.org/cop")
    page.press("[name='contact.page']", "Tab")
    page.click("text=Écrire « https://www.exemple.org/cop »")
    expect(page.locator("[name='contact.page']")).to_have_value("https://www.exemple.org/cop")
    expect(page.locator("[name='contact.page']")).to_be_focused()
    expect(page.locator("#q-contact-page-dit")).to_be_empty()


def test_personal_data_and_twins_are_told(visit: Visit, depot: Path) -> None:
    page = visit.open("ajouter/").page
    known = json.loads((depot / "site/donnees/cops.json").read_text())["cops"]
    twin = next(cop for cop in known if cop["collectivite"]["type"] == "commune" and cop["type"] != "autre")
    page.fill("[name='collectivite.code']", twin["collectivite"]["code"])
    expect(page.locator("#lieu-connu")).to_contain_text("Est-ce celle-ci ?")
    page.fill("[name=nom]", twin["nom"])
    page.select_option("[name=type]", twin["type"])
    page.fill("[name='contact.telephone']", "06 12 34 56 78")
    page.press("[name='contact.telephone']", "Tab")
    assert page.locator("#q-nom-dit a").evaluate("(link) => link.href") == f"{visit.base}cops/{twin['id']}/"
    assert "cops/" not in page.inner_text("#q-nom-dit")
    expect(page.locator("#q-contact-telephone-dit")).to_contain_text("mobile")


def test_messages_speak_the_words_of_the_page(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    page.select_option("[name=statut]", "terminee")
    page.click("[data-action=telecharger]")
    expect(page.locator("#q-type-dit")).to_have_text(
        "À revoir\u00a0: Il manque «\u00a0Forme de la COP\u00a0». Remplissez ce champ."
    )
    expect(page.locator("#q-terminee_le-dit")).to_contain_text(
        "Une COP «\u00a0Terminée\u00a0» demande «\u00a0Terminée le\u00a0»."
    )


def test_what_is_to_verify_is_told_and_does_not_stop(visit: Visit, tmp_path: Path) -> None:
    page = visit.open("ajouter/").page
    answer(page, nom="COMMISSION FICTIVE DE L’EAU")
    assert download(page, tmp_path).stat().st_size > 0
    told = page.locator("#envoi-erreurs")
    expect(told.locator("h3")).to_have_text("À vérifier, sans que cela empêche l’envoi")
    expect(told).to_contain_text("capitales")


def test_what_a_browser_would_drop_in_silence_is_told(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
    page.focus("[name='rejoindre.jusqu_au']")
    page.keyboard.type("14")
    page.fill("[name='composition.total']", "une douzaine")
    page.click("[data-action=telecharger]")
    expect(page.locator("#q-rejoindre-jusqu_au-dit")).to_contain_text("n’est pas complète")
    expect(page.locator("#q-composition-total-dit")).to_contain_text("n’est pas un nombre entier")


def test_a_message_moves_nothing_under_the_mouse(visit: Visit) -> None:
    """Leaving a field shows what is wrong with it; the box that the mouse was pressed on is ticked all the same."""
    page = visit.open("ajouter/").page
    page.fill("[name=resume]", "Un début")
    expect(page.locator("#apercu-fichier")).to_contain_text("Un début")
    page.fill("[name=nom]", "COMMISSION FICTIVE DE L’EAU")
    page.check("[name=themes][value=eau]")
    expect(page.locator("#q-nom-dit")).to_contain_text("capitales")


def test_a_whole_book_pasted_is_cut_and_told(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    page.click("summary:has-text('Autres noms')")
    page.fill("textarea[name=description]", "a" * 1_000_000)
    page.press("textarea[name=description]", "Tab")
    expect(page.locator("#q-description-dit")).to_contain_text("20000 caractères, 6000 au plus")


# Lists ----------------------------------------------------------------------------------------------------------------


def test_lists_grow_shrink_and_move_by_keyboard(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    page.click("summary:has-text('Formations et liens')")
    for name in ("Un", "Deux", "Trois"):
        page.focus("[data-liste=liens] > [data-action=ajouter]")
        page.keyboard.press("Enter")
        page.locator("[data-liste=liens] li [name$='.titre']").last.fill(name)
    page.locator("[data-liste=liens] li").nth(2).locator("[data-action=monter]").focus()
    page.keyboard.press("Enter")
    titles = page.locator("[data-liste=liens] [name$='.titre']")
    assert titles.evaluate_all("all => all.map((one) => [one.name, one.value])") == [
        ["liens.0.titre", "Un"],
        ["liens.1.titre", "Trois"],
        ["liens.2.titre", "Deux"],
    ]
    expect(page.locator("[data-liste=liens] li").nth(1).locator("[data-action=monter]")).to_be_focused()
    expect(page.locator("#formulaire-voix")).to_have_text("Place 2 sur 3.")
    page.once("dialog", lambda dialog: dialog.dismiss())
    page.locator("[data-liste=liens] li").nth(0).locator("[data-action=retirer]").press("Enter")
    assert titles.count() == 3
    page.once("dialog", lambda dialog: dialog.accept())
    page.locator("[data-liste=liens] li").nth(0).locator("[data-action=retirer]").press("Enter")
    assert titles.evaluate_all("all => all.map((one) => one.value)") == ["Trois", "Deux"]
    expect(page.locator("[data-liste=liens] li").nth(0).locator("[data-action=retirer]")).to_be_focused()
    ids = page.evaluate("[...document.querySelectorAll('#fiche [id]')].map((one) => one.id)")
    assert len(ids) == len(set(ids))


# Looks ----------------------------------------------------------------------------------------------------------------


@pytest.mark.parametrize(("width", "scheme"), [(320, "light"), (1280, "dark")])
def test_the_working_form_is_accessible(chromium: Browser, web: str, depot: Path, width: int, scheme: str) -> None:
    name = next(n for n, e in entries(depot).items() if e["donnees"].get("rencontres"))
    with visitor(chromium, web, color_scheme=scheme, **screen(width)) as visit:
        page = visit.open(f"ajouter/?cop={name}").page
        expect(page.locator("#envoi-changements")).to_contain_text("rien changé")
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        page.fill("[name=resume]", "Court")
        page.click("[data-action=telecharger]")
        expect(page.locator("#envoi-erreurs")).to_be_focused()
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= width

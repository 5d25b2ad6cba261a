"""The form in a real browser: a newcomer's whole path to the published page, and what can go wrong on the way."""

import csv
import io
import json
import re
import shutil
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

import feedparser
import pytest
from playwright.sync_api import Browser, Page, expect

from generator import schemas, sources
from tests import factory, repository
from tests.browser import Visit, screen, served, violations, visitor

NOON = f"{repository.TODAY}T12:00:00+01:00"
PLACE = {"nom": "Guéhenno", "code": "56071"}
"""A commune that the fictitious directory does not know."""
NAME = "Commission fictive de l’eau & des « haies » : essai"
SUMMARY = "Des élus et des habitants inventés suivent ensemble l’eau et les haies de la commune."


class Fingers:
    """A person at the keyboard: every key is counted."""

    def __init__(self, page: Page) -> None:
        self.page = page
        self.keys = 0

    def press(self, key: str, times: int = 1) -> None:
        for _ in range(times):
            self.page.keyboard.press(key)
        self.keys += times

    def type(self, text: str) -> None:
        self.page.keyboard.type(text)
        self.keys += len(text)

    def tab_to(self, name: str, value: str = "") -> None:
        """Tab until the control of that name has the focus. Fails where the keyboard never gets there."""
        for _ in range(60):
            self.press("Tab")
            here = self.page.evaluate("[document.activeElement.name, document.activeElement.value]")
            if here[0] == name and (not value or here[1] == value):
                return
        raise AssertionError(f"{name} n’est pas atteint au clavier")


@pytest.fixture(scope="module")
def web(site: Path) -> Iterator[str]:
    with served(site) as address:
        yield address


@pytest.fixture
def visit(chromium: Browser, web: str) -> Iterator[Visit]:
    with visitor(chromium, web, **screen(1280)) as visit:
        visit.page.clock.set_fixed_time(NOON)
        yield visit


@pytest.fixture(scope="module")
def reachable(depot: Path, tmp_path_factory: pytest.TempPathFactory) -> Iterator[str]:
    """The same directory with a repository and a mailbox."""
    target = tmp_path_factory.mktemp("joignable") / "site"
    doors = {"DEPOT": "https://github.com/exemple/annuaire", "CONTACT": "contact@annuaire.example"}
    built = repository.build(depot, "--output", target, variables=doors)
    assert built.returncode == 0, built.stderr
    with served(target) as address:
        yield address


def answer(page: Page, **more: str) -> None:
    """The required answers, as a mouse would give them."""
    page.fill("[name='collectivite.code']", PLACE["code"])
    page.fill("[name=nom]", more.get("nom", NAME))
    page.select_option("[name=type]", "commission-extra-municipale")
    page.select_option("[name=statut]", "active")
    page.check("[name=themes][value=eau]")
    page.fill("[name=resume]", more.get("resume", SUMMARY))
    page.fill("[name='contact.courriel']", more.get("courriel", "mairie@guehenno.example"))
    expect(page.locator("#apercu-chemin")).to_contain_text("cops/56/guehenno-")


def download(page: Page, folder: Path) -> Path:
    with page.expect_download() as waiting:
        page.click("[data-action=telecharger]")
    target = folder / waiting.value.suggested_filename
    waiting.value.save_as(target)
    return target


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
    hands.tab_to("nom")
    hands.type(NAME)
    hands.tab_to("type")
    hands.type("Commission extra-m")
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
    print(f"\nDu premier champ au fichier : {hands.keys} touches, dont {len(NAME + SUMMARY)} de nom et de résumé")
    assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])

    own = tmp_path / "depot"
    shutil.copytree(depot, own, ignore=shutil.ignore_patterns("site"))
    before = json.loads((depot / "site/donnees/compteur.json").read_text())["value"]
    (own / "cops/56" / file.name).write_bytes(file.read_bytes())
    checked = repository.run("--root", own, "check", "--date", repository.TODAY, own / "cops/56" / file.name)
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
    expect(page.locator("#ma-commune-resultat")).to_contain_text("Commission fictive de l’eau")
    page = visit.open("carte/").page
    epci = page.locator(f"a[href*='epci='][aria-label^='{epci_of(site)}']")
    expect(epci).not_to_have_attribute("aria-label", re.compile("pas encore"))
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
    told = "«\u00a0Résumé\u00a0» est trop court\u00a0: 10 signes, 40 au moins."
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
    expect(page.locator("#q-nom-dit a")).to_have_attribute("href", re.compile(f"cops/{twin['id']}/$"))
    expect(page.locator("#q-contact-telephone-dit")).to_contain_text("portable")


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


# The draft ------------------------------------------------------------------------------------------------------------


def test_nothing_is_lost_on_reload_nor_by_going_back(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    answer(page)
    page.reload()
    expect(page.locator("#formulaire-etat")).to_contain_text("brouillon du 24 novembre 2026")
    assert page.input_value("[name=nom]") == NAME
    assert page.is_checked("[name=themes][value=eau]")
    visit.open("cops/")
    page.go_back()
    expect(page.locator("[name=nom]")).to_have_value(NAME)
    page.once("dialog", lambda dialog: dialog.accept())
    page.click("[data-action=effacer]")
    expect(page.locator("[name=nom]")).to_have_value("")
    page.reload()
    assert page.input_value("[name=nom]") == ""
    assert page.evaluate("Object.keys(localStorage).filter((one) => one.startsWith('cop-brouillon'))") == []


def test_a_browser_that_keeps_nothing_says_so(visit: Visit) -> None:
    page = visit.page
    page.add_init_script("Storage.prototype.setItem = () => { throw new DOMException('non', 'QuotaExceededError') }")
    visit.open("ajouter/")
    page.fill("[name=nom]", NAME)
    expect(page.locator("#formulaire-etat")).to_contain_text("ne garde pas de brouillon")


# Ways out -------------------------------------------------------------------------------------------------------------


def spy(page: Page, opens: bool = True) -> None:
    """Note the windows that are opened; `opens` false: the browser blocks them."""
    page.evaluate(f"window.open = (url) => {{ window.ouverte = url; return {'{}' if opens else 'null'} }}")


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
        assert asked["value"][0] == page.inner_text("#apercu-fichier")


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


def test_without_javascript_the_other_doors_are_told(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, java_script_enabled=False, **screen(360)) as visit:
        page = visit.open("ajouter/").page
        expect(page.locator("#fiche")).to_be_hidden()
        expect(page.locator("noscript .avis")).to_contain_text("JavaScript")
        expect(page.locator("#autrement pre")).to_be_visible()


def test_without_a_network_the_answers_stay(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    page.route("**/donnees/**", lambda route: route.abort())
    page.fill("[name=nom]", NAME)
    expect(page.locator("#formulaire-etat")).to_contain_text("ne se charge pas")
    page.unroute("**/donnees/**")
    page.focus("[name=resume]")
    expect(page.locator("#apercu-fichier")).to_contain_text("nom: ")


# Corrections ----------------------------------------------------------------------------------------------------------


def entries(depot: Path) -> Mapping[str, Any]:
    return {path.stem: json.loads(path.read_text()) for path in sorted((depot / "site/donnees/cops").glob("*.json"))}


def test_ten_entries_open_and_come_back_equal(visit: Visit, depot: Path, tmp_path: Path) -> None:
    for name, entry in list(entries(depot).items())[:10]:
        page = visit.open(f"cops/{name}/").page
        page.click(".fiche__cote >> text=Corriger cette fiche")
        expect(page.locator("h1")).to_contain_text(entry["donnees"]["nom"][:30])
        expect(page.locator("#envoi-changements")).to_contain_text("Vous n’avez encore rien changé")
        file = download(page, tmp_path)
        assert file.name == f"{name}.yml"
        assert read(file.name, file.read_text(encoding="utf-8")) == entry["donnees"], name
        told = page.locator("text=Ce fichier porte des commentaires").count()
        assert bool(told) == entry["commentaires"], name


THROUGH = """async (entries) => {
  const module = (name) => import(new URL(`../assets/${name}.js`, location.href))
  const [{ remplit }, { paires, controles }] = [await module("formulaire/listes"), await module("formulaire/controles")]
  const { aplatit, imbrique, reouvre } = await module("fiche/valeurs")
  const { ecrit } = await module("fiche/ecrit")
  const { schema } = await (await module("fiche/outils")).prepare()
  const form = document.getElementById("fiche")
  return entries.map((base) => {
    remplit(form, aplatit(base))
    const montres = controles(form).map((one) => one.name)
    return ecrit(reouvre(imbrique(paires(form), schema, { base, montres }), base, "2026-11-24"), schema)
  })
}"""


def test_a_thousand_entries_go_through_the_form_unchanged(visit: Visit) -> None:
    """The very code of « Corriger », in one page: fill the questions, read the answers, write the file."""
    page = visit.open("ajouter/").page
    known = [read(path, factory.text(path, data)) for path, data in factory.cops(1000)]
    for start in range(0, len(known), 100):
        batch = known[start : start + 100]
        back = page.evaluate(THROUGH, batch)
        assert [read("cops/29/essai.yml", text) for text in back] == batch


def test_a_correction_shows_what_changes_and_asks_for_it(chromium: Browser, reachable: str, depot: Path) -> None:
    name, entry = next(
        (n, e)
        for n, e in entries(depot).items()
        # Only a municipal commission could be said « active » after the end of its term, which is an error.
        if e["donnees"].get("rencontres") and e["donnees"]["type"] != "commission-extra-municipale"
    )
    with visitor(chromium, reachable, **screen(1280)) as visit:
        visit.page.clock.set_fixed_time(NOON)
        page = visit.open(f"ajouter/?cop={name}").page
        expect(page.locator("[name=resume]")).to_have_value(entry["donnees"]["resume"])
        page.fill("[name=resume]", SUMMARY)
        page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
        page.fill("[name='rencontres.0.objet']", "Un autre objet fictif")
        page.click("text=Oui, j’ai tout relu aujourd’hui")
        changed = page.locator("#envoi-changements")
        expect(changed).to_contain_text(SUMMARY)
        expect(changed).to_contain_text(repository.TODAY)
        meeting = entry["donnees"]["rencontres"][0]
        expect(page.locator("#apercu-fichier")).to_contain_text(f"revision: {meeting.get('revision', 0) + 1}")
        page.check("#q-accord")
        spy(page)
        page.click("[data-action=demande]")
        expect(page.locator("#envoi-suite")).to_contain_text("demande")
        address = unquote(page.evaluate("window.ouverte"))
        assert "template=corriger-une-fiche.yml" in address
        assert f"fiche={name}" in address


def test_an_unknown_entry_is_told(visit: Visit) -> None:
    page = visit.open("ajouter/?cop=nulle-part").page
    expect(page.locator("#formulaire-etat")).to_contain_text("« nulle-part » ne se charge pas")


def read(path: str, text: str) -> Mapping[str, Any]:
    """A file as the directory reads it."""
    source = sources.read(path, text.encode())
    assert source.data is not None
    return schemas.typed(source.data, schemas.load(repository.ROOT / "schema", "cop").inlined)  # type: ignore[no-any-return]


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

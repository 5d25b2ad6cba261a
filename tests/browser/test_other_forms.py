"""A training, a news item and a meeting by their forms, in a real browser: up to a file that is accepted."""

import json
import shutil
from pathlib import Path

import pytest
from playwright.sync_api import Browser, Page, expect

from generator.entries.schemas.schema import type_data
from generator.entries.yaml.source import read_source
from tests.support import repository
from tests.support.annuaires import SCHEMAS
from tests.support.browser import Visit, screen, violations, visitor
from tests.support.form_visits import NOON, Fingers, download, entries, spy
from tests.support.kept import is_kept

WORDS = {
    "titre": "Animer une COP",
    "organisateur.nom": "Organisme fictif",
    "organisateur.url": "https://organisme.example",
    "resume": "Une journée pour apprendre.",
    "inscription.courriel": "formation@organisme.example",
}


def accepted(depot: Path, file: Path, path: str, tmp_path: Path) -> None:
    """The repository takes the file as it is, without a word."""
    own = tmp_path / "depot"
    shutil.copytree(depot, own, ignore=shutil.ignore_patterns("site"))
    (own / path).write_bytes(file.read_bytes())
    checked = repository.call("--root", own, "check", "--date", repository.TODAY, own / path)
    assert checked.returncode == 0, checked.stdout
    assert "avertissement" not in checked.stdout


def path_of(page: Page) -> str:
    return page.inner_text("#apercu-chemin")


def test_a_training_is_added(visit: Visit, depot: Path, tmp_path: Path) -> None:
    page = visit.open("formations/").page
    page.click("text=Ajouter une formation")
    hands = Fingers(page)
    page.wait_for_selector("[name=titre]")  # hidden until its script runs, it would not take what is typed
    page.focus("[name=titre]")
    for name, words in WORDS.items():
        if name == "inscription.courriel":
            hands.tab_to("modalite")
            hands.type("En p")
            hands.tab_to("tarif.mode")
            hands.type("G")
        if name != "titre":
            hands.tab_to(name)
        hands.type(words)
    file = download(page, tmp_path)
    own = sum(len(WORDS[name]) for name in ("titre", "organisateur.nom", "resume"))
    print(f"\nUne formation : {hands.keys} touches, dont {own} de titre, d’organisme et de résumé")
    assert hands.keys - own <= 100
    assert path_of(page) == "content/formations/animer-une-cop.yml"
    accepted(depot, file, path_of(page), tmp_path)
    assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


def test_a_news_item_is_proposed(visit: Visit, depot: Path, tmp_path: Path) -> None:
    page = visit.open("actualites/").page
    page.click("text=Proposer une actualité")
    name, entry = next(iter(entries(depot).items()))
    page.fill("[name=titre]", "Une nouvelle fictive")
    page.fill("[name=resume]", "Elle est inventée pour les essais.")
    page.select_option("[name=categorie]", "decision")
    page.click("[data-action=telecharger]")
    expect(page.locator("#envoi-erreurs")).to_contain_text("quelle COP ou quel territoire")
    page.click("[data-liste=cops] > [data-action=ajouter]")
    # Proposed by its name, and the address of its page is taken too.
    expect(page.locator(f"#cops-connues option[value='{name}']")).to_contain_text(entry["donnees"]["nom"][:20])
    page.fill("[name='cops.0']", f"https://annuaire.example/cops/{name}/")
    page.press("[name='cops.0']", "Tab")
    expect(page.locator("[name='cops.0']")).to_have_value(name)
    page.click("[data-liste=territoires] > [data-action=ajouter]")
    page.fill("[name='territoires.0']", "Finistère")
    page.press("[name='territoires.0']", "Tab")
    expect(page.locator("[name='territoires.0']")).to_have_value("29")
    file = download(page, tmp_path)
    assert path_of(page) == f"content/actualites/{repository.TODAY}-une-nouvelle-fictive.yml"
    accepted(depot, file, path_of(page), tmp_path)
    assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


def test_a_meeting_is_announced_and_the_rest_stays(visit: Visit, depot: Path, tmp_path: Path) -> None:
    name, entry = next((n, e) for n, e in entries(depot).items() if e["commentaires"] and "rencontres" in e["donnees"])
    page = visit.open("agenda/").page
    page.click("text=Annoncer une rencontre")
    hands = Fingers(page)
    page.wait_for_selector("#q-cop")
    page.focus("#q-cop")
    hands.type(entry["donnees"]["nom"][:25])
    expect(page.locator("#q-cop-propositions li").first).to_be_visible()
    rank = (
        page.locator("#q-cop-propositions li")
        .all_inner_texts()
        .index(
            next(
                said
                for said in page.locator("#q-cop-propositions li").all_inner_texts()
                if entry["donnees"]["nom"] in said
            )
        )
    )
    hands.press("ArrowDown", rank + 1)
    hands.press("Enter")
    page.wait_for_url(f"**/ajouter/rencontre/?cop={name}")
    expect(page.locator("h1")).to_contain_text(entry["donnees"]["nom"][:20])
    page.wait_for_selector("[name='rencontres.0.debut']")
    page.focus("[name='rencontres.0.debut']")
    hands.type("14/1/2027 18h30")
    hands.tab_to("rencontres.0.objet")
    hands.type("Réunion fictive")
    hands.tab_to("rencontres.0.lieu.nom")
    hands.type("Mairie")
    hands.tab_to("rencontres.0.ouverte_a")
    hands.type("Tout")
    file = download(page, tmp_path)
    print(f"\nUne rencontre : {hands.keys} touches")
    assert hands.keys <= 100
    path = path_of(page)
    before, after = (depot / path).read_text("utf-8"), file.read_text("utf-8")
    assert is_kept(before, after)
    data = type_data(read_source(path, after.encode()).data, SCHEMAS["cop"].fields)
    assert data["rencontres"][:-1] == entry["donnees"]["rencontres"]
    assert data["rencontres"][-1] | {"id": ""} == {
        "id": "",
        "debut": "2027-01-14 18:30",
        "objet": "Réunion fictive",
        "lieu": {"nom": "Mairie"},
        "ouverte_a": "public",
    }
    accepted(depot, file, path, tmp_path)
    assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


@pytest.mark.parametrize("kind", ["formation", "actualite"])
def test_what_is_published_is_corrected(visit: Visit, depot: Path, tmp_path: Path, kind: str) -> None:
    for known in sorted((depot / f"content/{kind}s").glob("*.yml"))[:4]:
        page = visit.open(f"{kind}s/{known.stem}/").page
        page.click("#corriger >> text=Corriger cette")
        expect(page.locator("#envoi-changements")).to_contain_text("Vous n’avez encore rien changé")
        file = download(page, tmp_path)
        assert file.name == known.name
        before, after = (
            type_data(read_source(known.name, path.read_bytes()).data, SCHEMAS[kind].fields) for path in (known, file)
        )
        assert after == before
    page.fill("[name=resume]", "Un autre résumé fictif, pour voir ce qui change.")
    expect(page.locator("#envoi-changements")).to_contain_text("pour voir ce qui change")


def test_a_session_that_moves_is_followed_by_calendars(visit: Visit, depot: Path) -> None:
    listed = json.loads((depot / "site/donnees/formations.json").read_text())["formations"]
    training = next(one for one in listed if one["sessions"])
    page = visit.open(f"ajouter/formation/?formation={training['id']}").page
    expect(page.locator("#envoi-changements")).to_contain_text("rien changé")
    page.fill("[name='sessions.0.debut']", "2027-04-01")
    page.fill("[name='sessions.0.fin']", "2027-04-01")
    expect(page.locator("#apercu-fichier")).to_contain_text(f"modifie_le: {repository.TODAY}")
    expect(page.locator("#apercu-fichier")).to_contain_text("revision: ")


def test_a_draft_of_each_waits_for_its_own_page(visit: Visit) -> None:
    page = visit.open("ajouter/formation/").page
    page.fill("[name=titre]", "Un brouillon fictif")
    expect(page.locator("#apercu-fichier")).to_contain_text("Un brouillon fictif")
    page = visit.open("ajouter/").page
    assert page.inner_text("#formulaire-etat") == ""
    page = visit.open("ajouter/formation/").page
    expect(page.locator("[name=titre]")).to_have_value("Un brouillon fictif")
    expect(page.locator("#formulaire-etat")).to_contain_text("est repris")


def test_a_meeting_goes_to_the_forge(chromium: Browser, reachable: str, depot: Path) -> None:
    name = next(iter(entries(depot)))
    with visitor(chromium, reachable, **screen(1280)) as visit:
        visit.page.clock.set_fixed_time(NOON)
        page = visit.open(f"ajouter/rencontre/?cop={name}").page
        page.fill("[name='rencontres.0.debut']", "2027-01-14")
        page.fill("[name='rencontres.0.objet']", "Réunion fictive")
        page.check("#q-accord")
        spy(page)
        page.click("[data-action=forge]")
        expect(page.locator("#envoi-suite")).to_contain_text("s’est ouverte dans un autre onglet")
        assert "/edit/main/cops/" in page.evaluate("window.ouverte")
        page.click("[data-action=demande]")
        expect(page.locator("#envoi-suite")).to_contain_text("La demande")
        assert f"fiche={name}" in page.evaluate("window.ouverte")


@pytest.mark.parametrize("width", [320, 1280])
def test_they_are_accessible_at_work(chromium: Browser, web: str, depot: Path, width: int) -> None:
    name = next(iter(entries(depot)))
    scheme = "dark" if width == 320 else "light"
    with visitor(chromium, web, color_scheme=scheme, **screen(width)) as visit:
        for path in ("ajouter/formation/", "ajouter/actualite/", f"ajouter/rencontre/?cop={name}"):
            page = visit.open(path).page
            page.focus(".partie:not([hidden]) .question input")
            expect(page.locator("#apercu")).to_be_visible()
            page.evaluate("document.querySelectorAll('details').forEach((one) => { one.open = true })")
            page.click("[data-action=telecharger]")
            expect(page.locator("#envoi-erreurs")).to_be_focused()
            assert violations(page) == []
            assert page.evaluate("document.documentElement.scrollWidth") <= width

"""The form over time, in a real browser: what it keeps, what it finds again, published entries that one corrects."""

import json
from pathlib import Path
from typing import Any
from urllib.parse import unquote

import pytest
from playwright.sync_api import Browser, Page, Route, expect

from tests.factory import repositories
from tests.support.browser import Visit, screen, visitor
from tests.support.form_visits import NAME, NOON, SUMMARY, answer, download, entries, read, spy

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


def test_a_draft_that_was_tampered_with_does_no_harm(visit: Visit) -> None:
    evil = "<img src=x onerror=alert(1)></textarea><script>alert(2)</script>"
    couples = [["nom", f"{evil}\nBcc: a@b.example"], ["__proto__.x", "1"], ["constructor", "2"], ["elements", "3"]]
    couples += [["rencontres.7.objet", evil], ["rencontres.7._origine", "99"], ["themes", "inventé"], ["type", evil]]
    kept = json.dumps({"quand": NOON, "base": {}, "couples": couples})
    page = visit.open("404.html").page
    page.evaluate("(kept) => localStorage.setItem('cop-brouillon:', kept)", kept)
    visit.open("ajouter/")
    expect(page.locator("#apercu-carte")).to_contain_text(evil)
    assert page.locator("#fiche :is(img, script)").count() == 0
    assert page.input_value("[name=nom]") == f"{evil}Bcc: a@b.example"
    expect(page.locator("[name='rencontres.7.objet']")).to_have_value(evil)
    expect(page.locator("#apercu-fichier")).to_contain_text("- inventé")  # never dropped in silence
    assert visit.complaints == []


def test_another_tab_that_fills_the_same_form_is_told(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, **screen(1280)) as visit:
        one = visit.open("ajouter/").page
        one.fill("[name=nom]", NAME)
        expect(one.locator("#apercu-fichier")).to_contain_text("nom: ")
        other = one.context.new_page()
        other.goto(f"{web}ajouter/")
        expect(other.locator("#formulaire-etat")).to_contain_text("est repris")
        other.fill("[name=resume]", SUMMARY)
        expect(one.locator("#formulaire-etat")).to_contain_text("Un autre onglet")


# A slow or broken network ---------------------------------------------------------------------------------------------


def held(page: Page, address: str) -> list[Route]:
    """Requests that wait for an answer."""
    waiting: list[Route] = []
    page.route(address, lambda route: waiting.append(route))
    return waiting


def released(page: Page, waiting: list[Route], address: str) -> None:
    for route in waiting:
        route.continue_()
    page.unroute(address)


def test_what_is_typed_while_the_form_loads_stays(visit: Visit) -> None:
    page = visit.open("ajouter/").page
    waiting = held(page, "**/form/setup.js")
    page.focus("[name=type]")
    page.keyboard.type("COP loc")
    page.keyboard.press("Tab")
    page.keyboard.type("Bref")
    page.keyboard.press("Tab")
    released(page, waiting, "**/form/setup.js")
    expect(page.locator("#apercu-fichier")).to_contain_text("nom: Bref\ntype: cop-locale")
    expect(page.locator("#q-nom-dit")).to_contain_text("trop court")
    expect(page.locator("[name=statut]")).to_be_focused()


def test_an_entry_or_a_draft_that_arrives_overwrites_nothing(visit: Visit, depot: Path) -> None:
    page, name = visit.page, next(iter(entries(depot)))
    waiting = held(page, "**/donnees/cops/*.json")
    visit.open(f"ajouter/?cop={name}")
    expect(page.locator("#formulaire-etat")).to_contain_text("Un instant")
    shut = "[...document.querySelectorAll('.partie')].map((one) => one.inert)"
    assert set(page.evaluate(shut)) == {True}
    released(page, waiting, "**/donnees/cops/*.json")
    expect(page.locator("#envoi-changements")).to_contain_text("rien changé")
    assert set(page.evaluate(shut)) == {False}
    assert page.inner_text("#formulaire-etat") == ""


@pytest.mark.parametrize("missing", ["form/entry.js", "donnees/formulaire.json", "donnees/communes.json"])
def test_after_a_cut_one_goes_on(chromium: Browser, web: str, missing: str) -> None:
    with visitor(chromium, web, **screen(1280)) as visit:
        page = visit.open("ajouter/").page
        page.route(f"**/{missing}", lambda route: route.abort())
        page.fill("[name=nom]", NAME)
        expect(page.locator("#formulaire-etat")).to_contain_text("ne se charge pas")
        page.unroute(f"**/{missing}")
        page.focus("[name=resume]")
        expect(page.locator("#apercu-fichier")).to_contain_text("nom: ")
        assert page.inner_text("#formulaire-etat") == ""
        assert page.locator(".propositions").count() == 1


def test_without_the_directory_nor_the_town_halls_the_form_works(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, **screen(1280)) as visit:
        page = visit.open("ajouter/").page
        for missing in ("annuaire.json", "mairies/*.json"):
            page.route(f"**/donnees/{missing}", lambda route: route.abort())
        answer(page)
        expect(page.locator("#lieu-connu")).to_contain_text("Guéhenno")
        assert [said for said in visit.complaints if "ERR_FAILED" not in said] == []


# Corrections ----------------------------------------------------------------------------------------------------------


def test_entries_open_and_come_back_equal(visit: Visit, depot: Path, tmp_path: Path) -> None:
    for name, entry in list(entries(depot).items())[:4]:
        page = visit.open(f"cops/{name}/").page
        page.click("#corriger >> text=Corriger cette fiche")
        expect(page.locator("h1")).to_contain_text(entry["donnees"]["nom"][:30])
        expect(page.locator("#envoi-changements")).to_contain_text("Vous n’avez encore rien changé")
        file = download(page, tmp_path)
        assert file.name == f"{name}.yml"
        assert read(file.name, file.read_text(encoding="utf-8")) == entry["donnees"], name
        told = page.locator("text=Ce fichier porte des commentaires").count()
        assert bool(told) == entry["commentaires"], name


THROUGH = """async (text) => {
  const module = (name) => import(new URL(`../assets/${name}.js`, location.href))
  const [{ remplit }, { paires, controles }] = [await module("form/lists"), await module("form/controls")]
  const { aplatit, imbrique } = await module("entries/answers")
  const { reouvre } = await module("entries/revisions")
  const { ecrit } = await module("entries/writer")
  const outils = await (await module("entries/tools")).prepare()
  const { schema } = outils
  const form = document.getElementById("fiche")
  return JSON.stringify(JSON.parse(text).map((base) => {
    remplit(form, aplatit(base))
    const montres = controles(form).map((one) => one.name)
    return ecrit(reouvre(imbrique(paires(form), outils, { base, montres }), base, outils), outils)
  }))
}"""


def test_hundreds_of_entries_go_through_the_form_unchanged(visit: Visit) -> None:
    """The very code of « Corriger », in one page: fill the questions, read the answers, write the file."""
    page = visit.open("ajouter/").page
    known = [read(path, repositories.text(path, data)) for path, data in repositories.cops(300)]
    for start in range(0, len(known), 100):
        batch = known[start : start + 100]
        # As one text: the browser's driver takes seconds to hand over entries value by value.
        back = json.loads(page.evaluate(THROUGH, json.dumps(batch)))
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
        expect(changed).to_contain_text("mardi 24 novembre 2026")
        meeting = entry["donnees"]["rencontres"][0]
        expect(page.locator("#apercu-fichier")).to_contain_text(f"revision: {meeting.get('revision', 0) + 1}")
        page.check("#q-accord")
        spy(page)
        page.click("[data-action=demande]")
        expect(page.locator("#envoi-suite")).to_contain_text("demande")
        address = unquote(page.evaluate("window.ouverte"))
        assert "template=corriger-une-fiche.yml" in address
        assert f"fiche={name}" in address


def test_to_open_is_not_to_change(visit: Visit, depot: Path) -> None:
    page = visit.open(f"ajouter/?cop={next(iter(entries(depot)))}").page
    expect(page.locator("#envoi-changements")).to_contain_text("rien changé")
    assert page.evaluate("localStorage.length") == 0


def test_a_former_name_opens_the_entry(visit: Visit, depot: Path) -> None:
    name, entry = next(iter(entries(depot).items()))

    def renamed(route: Route) -> None:
        answer = route.fetch()
        route.fulfill(json=answer.json() | {"anciens_ids": {"nom-d-avant": name}})

    visit.page.route("**/donnees/formulaire.json", renamed)
    page = visit.open("ajouter/?cop=nom-d-avant").page
    expect(page.locator("[name=nom]")).to_have_value(entry["donnees"]["nom"])
    expect(page.locator("#apercu-chemin")).to_contain_text(f"/{name}.yml")


def with_meetings(depot: Path) -> tuple[str, Any]:
    """An entry with two meetings or more."""
    return next((n, e["donnees"]) for n, e in entries(depot).items() if len(e["donnees"].get("rencontres", ())) >= 2)


def test_a_moved_or_removed_item_is_told_once(visit: Visit, depot: Path) -> None:
    name, entry = with_meetings(depot)
    page = visit.open(f"ajouter/?cop={name}").page
    changed = page.locator("#envoi-changements dt")
    expect(page.locator("#envoi-changements")).to_contain_text("rien changé")
    page.click("summary:has-text('Comment participer')")
    rows = page.locator("[data-liste=rencontres] > ol > li")
    rows.nth(1).locator("> .ligne__gestes [data-action=monter]").click()
    expect(changed).to_have_text(["Rencontres"])
    page.once("dialog", lambda dialog: dialog.accept())
    rows.nth(1).locator("> .ligne__gestes [data-action=retirer]").click()
    expect(changed).to_have_text(["Rencontre 1"])
    kept = read("cops/29/a.yml", page.text_content("#apercu-fichier") or "")["rencontres"]
    assert kept == entry["rencontres"][1:]
    for left in range(len(kept), 0, -1):
        page.once("dialog", lambda dialog: dialog.accept())
        rows.nth(0).locator("> .ligne__gestes [data-action=retirer]").click()
        expect(changed).to_have_count(2 + len(kept) - left)
    assert "rencontres" not in read("cops/29/a.yml", page.text_content("#apercu-fichier") or "")


def test_a_draft_follows_the_entry_that_was_published_since(visit: Visit, depot: Path) -> None:
    """What the person had not touched follows; a meeting keeps its own identity, wherever it went."""
    name, entry = with_meetings(depot)
    page = visit.open(f"ajouter/?cop={name}").page
    expect(page.locator("#envoi-changements")).to_contain_text("rien changé")
    page.fill("[name=resume]", SUMMARY)
    page.click("summary:has-text('Comment participer')")
    page.fill("[name='rencontres.0.objet']", "Un objet corrigé")
    expect(page.locator("#envoi-changements")).to_contain_text("Un objet corrigé")
    added = {"id": "ajoutee-ailleurs", "debut": "2027-05-05", "objet": "Ajoutée par une autre personne"}

    def since(route: Route) -> None:
        answer = route.fetch().json()
        answer["donnees"] |= {"nom": "Un nom changé depuis", "rencontres": [added, *answer["donnees"]["rencontres"]]}
        route.fulfill(json=answer)

    page.route("**/donnees/cops/*.json", since)
    page.reload()
    expect(page.locator("#envoi-changements")).to_contain_text("Un objet corrigé")
    expect(page.locator("#formulaire-etat")).to_contain_text("a changé depuis")
    now = read("cops/29/a.yml", page.text_content("#apercu-fichier") or "")
    assert (now["nom"], now["resume"]) == ("Un nom changé depuis", SUMMARY)
    first, *others = entry["rencontres"]
    again, *rest = now["rencontres"]
    day = first.get("id", first["debut"][:10])
    assert (again["id"], again["objet"], again["revision"]) == (day, "Un objet corrigé", first.get("revision", 0) + 1)
    assert rest == [*others, added]


def test_an_unknown_entry_is_told(visit: Visit) -> None:
    page = visit.open("ajouter/?cop=nulle-part").page
    expect(page.locator("#formulaire-etat")).to_contain_text("« nulle-part » ne se charge pas")

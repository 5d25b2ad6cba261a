"""What was added in the schemas alone, in a real browser: the facets filter, the forms ask it all and give it back."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from generator.entries.schemas.schema import load_schema
from generator.entries.yaml.source import read_source
from tests.support import form_visits, grown
from tests.support.browser import Visit, screen, served, visitor
from tests.support.grown import ENTRIES


@pytest.fixture
def visit(chromium: Browser, grown_root: Path) -> Iterator[Visit]:
    with served(grown_root / "site") as address, visitor(chromium, address, **screen(1280)) as visit:
        visit.page.clock.set_fixed_time(form_visits.NOON)
        yield visit
        assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


def test_the_facets_filter(visit: Visit) -> None:
    page = visit.open("cops/").page
    expect(page.locator("#annuaire-compte")).to_have_text("4 fiches")
    page.evaluate("document.querySelectorAll('#facettes details').forEach((facet) => { facet.open = true })")
    for facet, value in (("theme", grown.THEME), ("type", grown.TYPE), ("vrai", "oui"), ("entier", "-12")):
        box = page.locator(f"[data-facette={facet}] [value='{value}']")
        expect(box.locator("..").locator(".nombre")).to_have_text("1")
        box.check()
        expect(page.locator("#annuaire-compte")).to_have_text("1 fiche")
        expect(page.locator("#annuaire-resultats h3")).to_have_text(["Essai de croissance"])
        assert visit.path == f"cops/?{facet}={value}"
        box.uncheck()
        expect(page.locator("#annuaire-compte")).to_have_text("4 fiches")


def test_the_address_of_a_new_facet_is_shareable(visit: Visit) -> None:
    page = visit.open("cops/?annees=2026").page
    expect(page.locator("#annuaire-compte")).to_have_text("1 fiche")
    expect(page.locator("[data-facette=annees] [value='2026']")).to_be_checked()


@pytest.mark.parametrize("kind", ENTRIES)
def test_the_form_gives_every_answer_back(visit: Visit, grown_root: Path, kind: str) -> None:
    file = grown_root / ENTRIES[kind][0]
    address = "ajouter/" if kind == "cop" else f"ajouter/{kind}/"
    page = visit.open(f"{address}?{kind}={file.stem}").page
    expect(page.locator("#apercu-fichier")).to_have_text(file.read_text("utf-8"))


def test_the_form_takes_what_the_check_takes(visit: Visit, grown_root: Path, tmp_path: Path) -> None:
    page = visit.open("ajouter/").page
    form_visits.answer(page)
    page.select_option("[name=type]", grown.TYPE)
    page.uncheck("[name=themes][value=eau]")
    page.check(f"[name=themes][value='{grown.THEME}']")
    page.evaluate("document.querySelectorAll('form details').forEach((part) => { part.open = true })")
    page.select_option("[name=cop_vrai]", "oui")
    page.select_option("[name=cop_annees]", "2020")
    page.fill("[name=cop_nombre]", "2,5")
    page.fill("[name=cop_bloc]", "Une ligne\nUne autre")
    expect(page.locator("#apercu-fichier")).to_contain_text("cop_nombre: 2.5")
    made = form_visits.download(page, tmp_path)
    schema = load_schema(grown_root / "schema", "cop")
    data, problems = schema.check(read_source("a.yml", made.read_bytes(), schema.keys))
    assert problems == []
    assert (data["type"], data["themes"]) == (grown.TYPE, [grown.THEME])
    assert (data["cop_vrai"], data["cop_annees"], data["cop_nombre"]) == (True, 2020, 2.5)
    assert data["cop_bloc"] == "Une ligne\nUne autre"


def test_a_list_within_an_item_is_filled_and_grows(visit: Visit) -> None:
    page = visit.open(f"ajouter/?cop={grown.ID}").page
    days = "rencontres.0.rencontre_groupes.1.jours"
    expect(page.locator(f"[name='{days}.1']")).to_have_value("2026-01-03")
    page.evaluate("document.querySelectorAll('form details').forEach((part) => { part.open = true })")
    page.locator(f"[data-liste='{days}'] > [data-action=ajouter]").click()
    page.fill(f"[name='{days}.2']", "2026-01-04")
    expect(page.locator("#apercu-fichier")).to_contain_text("jours: [2026-01-02, 2026-01-03, 2026-01-04]")
    ids = page.evaluate("[...document.querySelectorAll('[id]')].map((element) => element.id)")
    assert len(ids) == len(set(ids))

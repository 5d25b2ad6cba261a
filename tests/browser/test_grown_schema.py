"""What was added in the schema alone, in a real browser: the facet filters, the form takes what the check takes."""

import shutil
from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support import form_visits, grown, repository
from tests.support.browser import Visit, screen, served, visitor


@pytest.fixture
def visit(chromium: Browser, grown_root: Path) -> Iterator[Visit]:
    with served(grown_root / "site") as address, visitor(chromium, address, **screen(1280)) as visit:
        visit.page.clock.set_fixed_time(form_visits.NOON)
        yield visit
        assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


def test_the_facet_filters_and_its_address_is_shareable(visit: Visit) -> None:
    page = visit.open("cops/").page
    page.evaluate("document.querySelectorAll('#facettes details').forEach((facet) => { facet.open = true })")
    for facet, value in (("theme", grown.THEME), ("type", grown.TYPE), ("enfants", "oui")):
        expect(page.locator("#annuaire-compte")).to_have_text("7 fiches")
        box = page.locator(f"[data-facette={facet}] [value={value}]")
        expect(box.locator("..").locator(".nombre")).to_have_text("1")
        box.check()
        expect(page.locator("#annuaire-compte")).to_have_text("1 fiche")
        expect(page.locator("#annuaire-resultats h3")).to_have_text(["Essai de croissance"])
        assert visit.path == f"cops/?{facet}={value}"
        box.uncheck()
    page = visit.open("cops/?enfants=oui").page
    expect(page.locator("#annuaire-compte")).to_have_text("1 fiche")
    expect(page.locator("[data-facette=enfants] [value=oui]")).to_be_checked()


def test_the_form_takes_what_the_check_takes(visit: Visit, grown_root: Path, tmp_path: Path) -> None:
    page = visit.open("ajouter/").page
    form_visits.answer(page)
    page.select_option("[name=type]", grown.TYPE)
    page.uncheck("[name=themes][value=eau]")
    page.check(f"[name=themes][value={grown.THEME}]")
    page.evaluate("document.querySelectorAll('form details').forEach((part) => { part.open = true })")
    page.select_option(f"[name={grown.KEY}]", "oui")
    expect(page.locator("#apercu-fichier")).to_contain_text(f"{grown.KEY}: oui")
    made = form_visits.download(page, tmp_path)
    text = made.read_text("utf-8")
    assert f"type: {grown.TYPE}\n" in text
    assert grown.THEME in text
    own = tmp_path / "depot"
    shutil.copytree(grown_root, own, symlinks=True, ignore=shutil.ignore_patterns("site"))
    target = own / "cops/56" / made.name
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8")
    checked = repository.call("--root", own, "check", "--date", repository.TODAY)
    assert checked.returncode == 0, checked.stdout + checked.stderr


def test_the_form_gives_the_answer_back(visit: Visit) -> None:
    page = visit.open(f"ajouter/?cop={Path(grown.ENTRY).stem}").page
    expect(page.locator(f"[name={grown.KEY}]")).to_have_value("oui")
    expect(page.locator("[name=type]")).to_have_value(grown.TYPE)
    expect(page.locator(f"[name=themes][value={grown.THEME}]")).to_be_checked()
    expect(page.locator("#apercu-fichier")).to_contain_text(f"{grown.KEY}: oui")

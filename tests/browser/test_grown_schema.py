"""What was added in the schema alone, in a real browser: the facet filters, the form takes what the check takes."""

from collections.abc import Iterator
from pathlib import Path

import pytest
from playwright.sync_api import Browser, expect

from tests.support import form_visits, grown, repository
from tests.support.browser import Visit, screen, served, visitor


@pytest.fixture(scope="module", params=["liste", "boolean"])
def root(request: pytest.FixtureRequest, tmp_path_factory: pytest.TempPathFactory) -> Path:
    root = grown.make(tmp_path_factory.mktemp("croissance"), request.param)
    built = repository.build(root, "--quiet")
    assert built.returncode == 0, built.stderr
    return root


@pytest.fixture
def visit(chromium: Browser, root: Path) -> Iterator[Visit]:
    with served(root / "site") as address, visitor(chromium, address, **screen(1280)) as visit:
        visit.page.clock.set_fixed_time(form_visits.NOON)
        yield visit
        assert (visit.complaints, visit.failures, visit.strangers) == ([], [], [])


@pytest.mark.parametrize(
    ("facet", "value"), [("enfants", "oui"), ("theme", grown.THEME), ("type", grown.TYPE)], ids=str
)
def test_the_facet_filters(visit: Visit, facet: str, value: str) -> None:
    page = visit.open("cops/").page
    expect(page.locator("#annuaire-compte")).to_have_text("7 fiches")
    page.evaluate("document.querySelectorAll('#facettes details').forEach((facet) => { facet.open = true })")
    box = page.locator(f"[data-facette={facet}] [value={value}]")
    expect(box.locator("..").locator(".nombre")).to_have_text("1")
    box.check()
    expect(page.locator("#annuaire-compte")).to_have_text("1 fiche")
    expect(page.locator("#annuaire-resultats h3")).to_have_text(["Essai de croissance"])
    assert visit.path == f"cops/?{facet}={value}"


def test_the_address_of_a_new_facet_is_shareable(visit: Visit) -> None:
    page = visit.open("cops/?enfants=oui").page
    expect(page.locator("#annuaire-compte")).to_have_text("1 fiche")
    expect(page.locator("[data-facette=enfants] [value=oui]")).to_be_checked()


def test_the_form_takes_what_the_check_takes(visit: Visit, root: Path, tmp_path: Path) -> None:
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
    target = root / "cops/56" / made.name
    target.parent.mkdir(exist_ok=True)
    target.write_text(text, encoding="utf-8")
    try:
        checked = repository.call("--root", root, "check", "--date", repository.TODAY)
        assert checked.returncode == 0, checked.stdout + checked.stderr
    finally:
        target.unlink()


def test_the_form_gives_the_answer_back(visit: Visit) -> None:
    page = visit.open(f"ajouter/?cop={Path(grown.ENTRY).stem}").page
    expect(page.locator(f"[name={grown.KEY}]")).to_have_value("oui")
    expect(page.locator("[name=type]")).to_have_value(grown.TYPE)
    expect(page.locator(f"[name=themes][value={grown.THEME}]")).to_be_checked()
    expect(page.locator("#apercu-fichier")).to_contain_text(f"{grown.KEY}: oui")

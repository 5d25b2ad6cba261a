"""The pictures of CONTRIBUTING.md, taken from the real pages: `python -m tests.tools.pictures`, by hand.

They are no part of `make refaire`: the bytes of a picture change with the browser.

Commune and words are an example and say so; the site is built with an invented repository so that its button shows.
"""

import tempfile
from io import BytesIO
from pathlib import Path

from PIL import Image
from playwright.sync_api import Page, expect, sync_playwright

from tests.support import repository
from tests.support.browser import FLAGS, program, served
from tests.support.paths import ROOT

FOLDER = ROOT / ".github" / "images"
COLOURS = 64
"""Enough for flat colours and the edges of letters."""


def take(page: Page, name: str, first: str, last: str) -> None:
    """What lies between two elements of the page, on its whole width."""
    page.locator(first).evaluate("element => element.scrollIntoView()")
    edge = "(element, side) => element.getBoundingClientRect()[side]"
    top, bottom = page.locator(first).evaluate(edge, "top"), page.locator(last).evaluate(edge, "bottom")
    clip = {"x": 0, "y": max(0, top - 20), "width": 1000, "height": bottom - top + 40}
    # Not of the full page: that gives the window another size, and the suggestions another place.
    shot = page.screenshot(clip=clip)  # type: ignore[arg-type]
    small = Image.open(BytesIO(shot)).convert("RGB").quantize(COLOURS)
    small.save(FOLDER / f"{name}.png", optimize=True)


def steps(page: Page) -> None:
    """The three steps of a newcomer."""
    page.fill("#q-lieu", "lannio")
    expect(page.locator("#q-lieu-propositions li").first).to_be_visible()
    take(page, "1-collectivite", "#partie-essentiel", "#q-lieu-propositions")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Enter")
    expect(page.locator("#lieu-connu")).to_contain_text("Lannion")
    page.fill("[name=nom]", "Commission de l’eau (exemple)")
    page.select_option("[name=type]", "commission-extra-municipale")
    page.select_option("[name=statut]", "en-projet")
    page.check("[name=themes][value=eau]")
    page.fill("[name=resume]", "Un exemple.")
    page.press("[name=resume]", "Tab")
    expect(page.locator("#q-resume-dit")).to_contain_text("trop court")
    take(page, "2-reponses", "[data-champ=nom]", "[data-champ=resume]")
    page.fill("[name=resume]", "Un exemple de résumé : ce que fait la COP, avec qui, en deux phrases courtes.")
    page.fill("[name='contact.courriel']", "mairie@exemple.example")
    page.check("#q-accord")
    page.evaluate("window.open = () => ({})")
    page.click("[data-action=forge]")
    expect(page.locator("#envoi-suite")).to_contain_text("autre onglet")
    take(page, "3-envoi", "#envoi", "#envoi")


def main() -> None:
    FOLDER.mkdir(parents=True, exist_ok=True)
    with tempfile.TemporaryDirectory() as folder, sync_playwright() as playwright:
        doors = {"DEPOT": "https://github.com/exemple/annuaire", "CONTACT": "annuaire@exemple.example"}
        built = repository.run("build", "--no-index", "--quiet", "--output", Path(folder) / "site", variables=doors)
        assert built.returncode == 0, built.stderr
        browser = playwright.chromium.launch(executable_path=program(), args=list(FLAGS))
        page = browser.new_page(viewport={"width": 1000, "height": 1500}, locale="fr-FR", color_scheme="light")
        with served(Path(folder) / "site") as address:
            page.goto(f"{address}ajouter/")
            steps(page)
        browser.close()


if __name__ == "__main__":
    main()

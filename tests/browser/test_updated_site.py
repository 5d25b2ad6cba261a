"""A page that was open when the site was made again: its scripts have gone, and it says to reload it."""

import pytest
from playwright.sync_api import Browser, Route, expect

from tests.support.browser import visitor

DOORS = [
    ("", "#recherche", "#recherche-etat"),
    ("recherche/?q=quimper", "", "#reponses-etat"),
    ("cops/", "#facette-q", "#annuaire-compte"),
    ("", "#commune", "#commune-etat"),
    ("demander/", "#lettre-qui input", "#lettre-etat"),
    ("ajouter/", "#q-nom", "#formulaire-etat"),
    ("importer/", "#q-coller", "#coller-etat"),
]
"""Where a gesture asks for a script: the page, the field that one fills, and where the page says what happens."""


@pytest.mark.parametrize(("address", "field", "state"), DOORS)
def test_it_asks_to_be_reloaded(chromium: Browser, web: str, address: str, field: str, state: str) -> None:
    with visitor(chromium, web) as visit:
        page = visit.page
        loaded: set[str] = set()

        def answer(route: Route) -> None:
            """What comes with the page is still there; what a gesture asks for is not, nor anything asked twice."""
            url = route.request.url
            if route.request.method == "GET" and url not in loaded and not _asks_later(url):
                loaded.add(url)
                route.continue_()
            else:
                route.fulfill(status=404, body="")

        page.route("**/assets/**", answer)
        visit.open(address)
        if field:
            page.locator(field).first.fill("quimper")
        if address == "importer/":
            page.locator("#coller-saisie button[type=submit]").first.click()
        expect(page.locator(state)).to_contain_text("Le site a été mis à jour : rechargez la page.")
        assert page.get_by_role("button", name="Réessayer").count() == 0


LATER = ("results.js", "listing.js", "my_commune.js", "facets.js", "letter.js", "setup.js", "failures.js")


def _asks_later(url: str) -> bool:
    return url.endswith(LATER)

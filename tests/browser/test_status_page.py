"""The page for who keeps the directory: it says by itself how old the publication is."""

import pytest
from playwright.sync_api import Browser, expect

from tests.support.browser import visitor


@pytest.mark.parametrize(
    ("now", "told"),
    [
        ("2026-11-24T12:00:00", "Publié pour le 24 novembre 2026. Aujourd’hui."),
        ("2026-11-25T00:30:00+01:00", "Publié pour le 24 novembre 2026. Il y a 1 jour."),
        ("2026-11-26T23:30:00+01:00", "Publié pour le 24 novembre 2026. Il y a 2 jours."),
        ("2026-12-01T12:00:00", "Publié pour le 24 novembre 2026. Il y a 7 jours : la publication est arrêtée."),
    ],
)
def test_it_says_how_old_the_publication_is(chromium: Browser, web: str, now: str, told: str) -> None:
    with visitor(chromium, web) as visit:
        visit.page.clock.set_fixed_time(now)
        expect(visit.open("etat/").page.locator("p:has(#age)")).to_have_text(told)


def test_without_script_it_says_the_rest(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, java_script_enabled=False) as visit:
        page = visit.open("etat/").page
        expect(page.locator("p:has(#age)")).to_have_text("Publié pour le 24 novembre 2026.")
        expect(page.locator("#a-regler li")).to_have_count(4)
        assert page.locator("#echeances dt").count() >= 2

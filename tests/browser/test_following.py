"""What one can follow, in a real browser: filters, calendars, addresses to copy, what other sites embed."""

from pathlib import Path
from urllib.parse import urlsplit

import icalendar
import pytest
from playwright.sync_api import Browser, Route, expect

from tests.support.browser import screen, served, violations, visitor

DATES = "#dates li[data-sorte]"


def test_filters_keep_their_answers_in_the_address(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, **screen(1280)) as visit:
        page = visit.open("agenda/").page
        page.clock.set_fixed_time("2026-11-24T12:00:00+01:00")
        everything = page.locator(DATES).count()
        sessions = page.locator(f"{DATES}[data-sorte=session]").count()
        assert 0 < sessions < everything
        page.get_by_label("Quoi").select_option("session")
        expect(page.locator(f"{DATES}:visible")).to_have_count(sessions)
        expect(page.locator("form.filtres [role=status]")).to_have_text(f"{sessions} rendez-vous sur {everything}")
        assert urlsplit(page.url).query == "sorte=session"
        page.reload()
        expect(page.locator(f"{DATES}:visible")).to_have_count(sessions)
        assert not page.locator("#dates section:visible").filter(has_not=page.locator("li[data-sorte]:visible")).count()
        page.get_by_role("button", name="Tout montrer").click()
        expect(page.locator(f"{DATES}:visible")).to_have_count(everything)
        assert urlsplit(page.url).query == ""
        assert visit.complaints == []


def test_trainings_are_filtered_by_public_and_mode(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, **screen(360)) as visit:
        page = visit.open("formations/?mode=distanciel").page
        rows = page.locator(f"{DATES}:visible")
        shown = rows.count()
        assert shown == page.locator(f"{DATES}[data-mode~=distanciel]").count() > 0
        assert shown < page.locator(DATES).count()
        assert violations(page) == []


def test_filters_count_the_dates_of_the_other_pages_too(chromium: Browser, web: str) -> None:
    """What is asked of a list is asked of what its page does not hold: later months, and what is held on demand."""
    with visitor(chromium, web, **screen(1280)) as visit:
        page = visit.page
        page.clock.set_fixed_time("2026-11-24T12:00:00+01:00")
        page = visit.open("formations/?public=elus").page
        assert (
            page.locator("#a-la-demande li:visible").count()
            == page.locator("#a-la-demande li:is([data-public~=elus], [data-public='*'])").count()
        )
        later = page.locator("[data-reste]").evaluate_all(
            "lines => lines.flatMap(({dataset}) => dataset.reste.split('|'))"
            ".filter((date) => /public=([^;]* )?(elus|\\*)( |;|$)/.test(date)).length"
        )
        found = page.locator(f"{DATES}:visible").count() + later
        expect(page.locator("form.filtres [role=status]")).to_contain_text(f"{found} formation")
        assert "elus" in page.locator("select[name=public] option").evaluate_all("all => all.map((one) => one.value)")


def test_an_address_kept_from_before_a_merger_still_filters(chromium: Browser, web: str) -> None:
    def merge(route: Route) -> None:
        page = route.fetch().text()
        route.fulfill(body=page.replace('value="finistere"', 'value="finistere" data-anciens="pays-fictif"'))

    with visitor(chromium, web) as visit:
        visit.page.route("**/agenda/?*", merge)
        page = visit.open("agenda/?territoire=pays-fictif").page
        expect(page.locator("select[name=territoire]")).to_have_value("finistere")
        expect(page.locator("form.filtres [role=status]")).to_contain_text(" sur ")
        page = visit.open("agenda/?territoire=jamais-vu").page
        expect(page.locator("form.filtres")).to_be_visible()
        expect(page.locator("select[name=territoire]")).to_have_value("")


def test_without_script_everything_is_there(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, java_script_enabled=False) as visit:
        page = visit.open("agenda/?sorte=session").page
        expect(page.locator("form.filtres")).to_be_hidden()
        expect(page.locator(f"{DATES}[data-sorte=rencontre]").first).to_be_visible()
        expect(page.get_by_text("Liste établie le 24 novembre 2026")).to_be_visible()
        assert page.get_by_role("link", name="Janvier 2027", exact=True).count() == 1
        page = visit.open("integrer/").page
        expect(page.locator("#code")).to_contain_text("integrer/compteur/")
        page = visit.open("suivre/").page
        assert page.locator("a[href$='.rss']").count() > 70


def test_a_page_opened_later_hides_what_is_over(chromium: Browser, web: str) -> None:
    with visitor(chromium, web) as visit:
        visit.page.clock.set_fixed_time("2027-02-10T12:00:00+01:00")
        page = visit.open("agenda/").page
        ends = page.locator(DATES).evaluate_all("rows => rows.map((row) => row.dataset.fin)")
        assert ends
        assert min(ends) >= "2027-02-10"
        visit.page.clock.set_fixed_time("2037-01-01T12:00:00+01:00")
        page = visit.open("formations/").page
        assert page.locator(f"{DATES}[data-fin]").count() == 0
        expect(page.get_by_text("Tout ce qui était annoncé ici est passé.").first).to_be_visible()


def test_what_was_next_is_no_more_once_it_is_over(chromium: Browser, web: str, site: Path) -> None:
    """The box of a page opened later agrees with the list beside it."""
    coming = "Prochaine session\u00a0: <span data-fin="
    path = next(p for p in sorted(site.glob("formations/*/index.html")) if coming in p.read_text("utf-8"))
    with visitor(chromium, web) as visit:
        visit.page.clock.set_fixed_time("2037-01-01T12:00:00+01:00")
        page = visit.open(f"formations/{path.parent.name}/").page
        expect(page.locator(".identite")).to_contain_text("Prochaine session\u00a0: aucune annoncée")
        expect(page.locator(".encart dd").first).to_have_text("aucune annoncée")
        month = visit.open("agenda/2026-12/").page
        assert month.locator(DATES).count() > 1


def test_the_months_keep_the_answers(chromium: Browser, web: str) -> None:
    with visitor(chromium, web) as visit:
        visit.page.clock.set_fixed_time("2026-11-24T12:00:00+01:00")
        page = visit.open("agenda/?sorte=session").page
        page.get_by_role("link", name="Décembre 2026", exact=True).click()
        expect(page.locator("select[name=sorte]")).to_have_value("session")
        expect(page.locator(f"{DATES}[data-sorte=rencontre]").first).to_be_hidden()


def test_add_to_my_calendar(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, accept_downloads=True) as visit:
        page = visit.open("agenda/").page
        page.clock.set_fixed_time("2026-11-24T12:00:00+01:00")
        row = page.locator(f"{DATES}:has(a[href*='.ics#'])").first
        title = row.get_by_role("link").first.inner_text().partition(":")[2].strip()
        with page.expect_download() as waiting:
            row.get_by_role("link", name="Ajouter à mon calendrier").click()
        raw = Path(waiting.value.path()).read_bytes()
        (event,) = icalendar.Calendar.from_ical(raw).walk("VEVENT")
        assert title in str(event["summary"])
        assert waiting.value.suggested_filename == f"rendez-vous-{event.decoded('dtstart'):%Y-%m-%d}.ics"
        assert b"TZID:Europe/Paris" in raw
        assert b"X-WR-CALNAME" not in raw
        assert visit.open("agenda/").page.locator("a[href^='webcal://']").count() == 3


def test_addresses_to_copy(chromium: Browser, web: str) -> None:
    with visitor(chromium, web, permissions=["clipboard-read", "clipboard-write"], **screen(360)) as visit:
        page = visit.open("suivre/").page
        page.locator("#territoires select").select_option(label="Finistère")
        page.get_by_role("button", name="Copier l’adresse du fil RSS : Finistère").click()
        expect(page.get_by_text("Copié. Il reste à coller.")).to_be_visible()
        assert page.evaluate("navigator.clipboard.readText()") == f"{web}flux/territoires/finistere.rss"
        assert violations(page) == []
        assert visit.complaints == []


def test_composer(chromium: Browser, web: str, depot: Path) -> None:
    cop = sorted((depot / "cops").rglob("*.yml"))[0].stem
    with visitor(chromium, web, **screen(1280)) as visit:
        page = visit.open("integrer/").page
        code, frame = page.locator("#code"), page.frame_locator("#apercu iframe")
        expect(frame.locator("h1")).to_have_text("1\u202f000 COP en Bretagne")
        page.get_by_label("Quoi").select_option("territoire")
        page.locator("[name=territoire]").select_option("finistere")
        expect(code).to_contain_text("integrer/territoires/finistere/")
        expect(code).to_contain_text('/territoires/finistere/">Les COP : Finistère</a></p>')
        expect(frame.locator("h1")).to_contain_text("Finistère")
        page.get_by_label("Couleurs").select_option(label="Toujours sombres")
        expect(code).to_contain_text("finistere/#sombre")
        expect(frame.locator("body")).to_have_css("background-color", "rgb(14, 26, 36)")
        page.get_by_label("Quoi").select_option("cop")
        expect(page.locator("#manque")).to_be_visible()
        expect(code).to_be_hidden()
        expect(page.get_by_role("button", name="Copier le code")).to_be_hidden()
        page.get_by_label("Adresse de la page de la COP").fill("inconnue-au-bataillon")
        expect(page.locator("#manque")).to_contain_text("Aucune fiche n’est à cette adresse.")
        expect(code).to_be_hidden()
        page.get_by_label("Adresse de la page de la COP").fill(f"{web}cops/{cop}/index.html")
        expect(code).to_contain_text(f"integrer/cops/{cop}/")
        expect(frame.locator("h1")).to_be_visible()
        page.get_by_label("Quoi").select_option("badge")
        expect(code).to_contain_text(f"integrer/cops/{cop}.svg")
        assert page.locator("#apercu img").evaluate("image => image.decode().then(() => image.naturalWidth)") == 280
        page.get_by_label("Adresse de la page de la COP").fill('"><script>alert(1)</script>')
        expect(page.locator("#manque")).to_be_visible()
        assert page.locator("#apercu *").count() == 0
        page = visit.open(f"integrer/?cop={cop}").page
        expect(code).to_contain_text(f"integrer/cops/{cop}/")
        page = visit.open("integrer/?territoire=finistere").page
        expect(code).to_contain_text("integrer/territoires/finistere/")
        assert ["404" in complaint for complaint in visit.complaints] == [True]  # the browser’s, of who is unknown
        assert violations(page) == []


def test_embed_in_a_page_of_another_origin(chromium: Browser, web: str, site: Path, tmp_path: Path) -> None:
    """A town hall's page on another host frames our pages: they show, in its colours, and ask for their sheet only."""
    made = sorted((site / "integrer" / "cops").glob("*/index.html"))[0].parent.name
    paths = ("compteur/", "territoires/finistere/", "formations/", f"cops/{made}/")
    frames = "".join(
        f'<iframe src="{web}integrer/{path}#sombre" title="{path}" width="400" height="400"></iframe>' for path in paths
    )
    body = '<!doctype html><html lang="fr"><title>Mairie fictive</title><link rel="icon" href="data:,">{}'
    (tmp_path / "index.html").write_text(body.format(frames), encoding="utf-8")
    with served(tmp_path) as elsewhere, visitor(chromium, elsewhere, color_scheme="light") as visit:
        page = visit.open("").page
        for path in paths:
            frame = page.frame_locator(f"iframe[title='{path}']")
            expect(frame.locator("h1")).to_be_visible()
            assert frame.locator("a[target=_top]").count() > 0
            expect(frame.locator("body")).to_have_css("background-color", "rgb(14, 26, 36)")
        assert visit.complaints == []
        assert {urlsplit(url).path for url in visit.requests if url.startswith(web)} == {
            f"/integrer/{path}" for path in (*paths, "feuille.css")
        }


@pytest.mark.parametrize("scheme", ["light", "dark"])
@pytest.mark.parametrize("path", ["compteur/", "territoires/bretagne/", "territoires/brest-metropole/", "formations/"])
def test_embeds_are_readable_by_all(chromium: Browser, web: str, path: str, scheme: str) -> None:
    with visitor(chromium, web, color_scheme=scheme, **screen(320)) as visit:
        page = visit.open(f"integrer/{path}").page
        assert violations(page) == []
        assert page.evaluate("document.documentElement.scrollWidth") <= 320
        assert (visit.complaints, visit.strangers) == ([], [])

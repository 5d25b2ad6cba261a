"""Pages and pictures that other sites embed: light, alone, without a script."""

from collections.abc import Mapping
from pathlib import Path
from xml.etree import ElementTree

import pytest

from generator import french
from generator.entries.yaml.source import read_source
from generator.repository.snapshot import read_snapshot
from generator.territories.reference import load_territories
from tests.support import html_pages, repository
from tests.support.html_pages import Page

MOST = 15_000  # bytes


@pytest.fixture(scope="module")
def framed(site: Path) -> Mapping[str, Page]:
    return {path: page for path, page in html_pages.read(site).items() if html_pages.is_embed(path)}


def published(depot: Path) -> set[str]:
    """The ids of the COP, and their former ones."""
    files = list((depot / "cops").rglob("*.yml"))
    former = (read_source(path.name, path.read_bytes()).data or {} for path in files)
    return {path.stem for path in files} | {name for data in former for name in data.get("anciens_ids", ())}


def test_each_thing_has_its_page(framed: Mapping[str, Page], depot: Path) -> None:
    assert {path.split("/")[2] for path in framed if path.startswith("integrer/cops/")} == published(depot)
    assert {"integrer/compteur/index.html", "integrer/formations/index.html"} <= set(framed)
    slugs = {epci.slug for epci in load_territories().epci.values()} | {"bretagne", "finistere"}
    assert slugs <= {path.split("/")[2] for path in framed if path.startswith("integrer/territoires/")}


def test_they_are_light_with_their_only_request(framed: Mapping[str, Page], site: Path) -> None:
    sheet = site / "integrer" / "feuille.css"
    for page in framed.values():
        assert len(page.text.encode()) + sheet.stat().st_size <= MOST, page.path
        assert not page.all("script", "style", "img", "iframe", "form", "object"), page.path
        (link,) = page.all("link")
        assert link["rel"] == "stylesheet"
        assert (site / page.path).parent.joinpath(link["href"] or "").resolve() == sheet.resolve(), page.path
        assert not [name for _, attributes in page.elements for name in attributes if name.startswith("on")]
        assert page.all("html")[0]["lang"] == "fr"
        assert len(page.all("h1")) == 1
        for link in page.all("a"):
            assert (link["href"] or "").startswith("http://localhost:8000/"), page.path
            assert link["target"] == "_top"


def test_their_policy_allows_their_sheet_their_icon_and_nothing_else(framed: Mapping[str, Page]) -> None:
    for page in framed.values():
        (rules,) = [a["content"] or "" for a in page.all("meta") if a.get("http-equiv") == "Content-Security-Policy"]
        assert rules == "default-src 'none'; style-src 'self'; img-src 'self'; base-uri 'none'; form-action 'none'"


def test_they_are_written_in_french_typography(framed: Mapping[str, Page]) -> None:
    for page in framed.values():
        assert french.typographie_html(page.text) == page.text, page.path


def test_they_are_neither_indexed_nor_listed(framed: Mapping[str, Page], site: Path) -> None:
    sitemap = (site / "sitemap.xml").read_text("utf-8")
    for page in framed.values():
        assert page.meta("robots") == ["noindex"]
        assert page.address not in sitemap


def test_badges_are_pictures_that_say_what_they_show(site: Path, depot: Path) -> None:
    badges = sorted((site / "integrer" / "cops").glob("*.svg"))
    assert {badge.stem for badge in badges} == published(depot)
    for badge in badges:
        root = ElementTree.parse(badge).getroot()
        assert root.get("role") == "img"
        assert "COP recensée" in (root.get("aria-label") or "")
        assert badge.stat().st_size <= 3000


def test_mottos_and_counters_say_how_many_are_counted(site: Path, depot: Path) -> None:
    annuaire = read_snapshot(depot, {}, repository.TODAY).annuaire()
    for name in ("notre-commune", "nous-demandons", "themes/eau", "territoires/finistere"):
        root = ElementTree.parse(site / "integrer" / f"{name}.svg").getroot()
        assert root.get("aria-label")
        assert (site / "integrer" / f"{name}.svg").stat().st_size < 2_000
    label = ElementTree.parse(site / "integrer" / "themes" / "eau.svg").getroot().get("aria-label") or ""
    count = sum(cop.comptee for cop in annuaire.par_theme["eau"])
    assert label.startswith(f"{count} COP – Eau.")
    finistere = ElementTree.parse(site / "integrer" / "territoires" / "finistere.svg").getroot().get("aria-label") or ""
    assert finistere.startswith(f"{sum(cop.comptee for cop in annuaire.par_departement['29'])} COP – Finistère.")

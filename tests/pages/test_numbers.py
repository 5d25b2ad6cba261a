"""One name per number: each figure that pages show is that of its definition, counted again from the open data."""

import json
import re
from collections.abc import Mapping
from html import unescape
from pathlib import Path
from typing import Any

import pytest

from generator.territories.reference import load_territories

Rows = list[dict[str, Any]]
TERRITORIES = load_territories()


@pytest.fixture(scope="module")
def rows(site: Path) -> Rows:
    """The COP, with what the directory derives of them."""
    found: Rows = json.loads((site / "donnees" / "cops.json").read_bytes())["cops"]
    return found


def _shown(site: Path, path: str) -> str:
    html = (site / path / "index.html").read_text("utf-8").partition("<article")[2]
    return " ".join(unescape(re.sub(r"<[^>]+>", " ", html)).replace("\xa0", " ").replace("\u202f", " ").split())


def _number(count: int) -> str:
    return f"{count:,}".replace(",", " ")


def _counted(rows: Rows) -> int:
    return sum(row["derive"]["comptee"] for row in rows)


def test_the_counter_is_that_of_the_counted(site: Path, rows: Rows) -> None:
    counted = _counted(rows)
    assert 0 < counted < len(rows)  # else two figures could not be told apart
    for path in ("", "chiffres"):
        assert f"{counted} COP comptées sur 1 000" in _shown(site, path)
    assert json.loads((site / "donnees" / "compteur.json").read_bytes())["value"] == counted


def test_lists_and_maps_count_entries(site: Path, rows: Rows) -> None:
    assert f"{len(rows)} fiches" in _shown(site, "")
    assert f"{len(rows)} fiches" in _shown(site, "cops")
    assert f"{len(rows)} fiches" in _shown(site, "plan-du-site")
    for path in ("", "carte", "cops", "chiffres"):
        assert not re.search(r"\d COP recensée", _shown(site, path))


def test_a_territory_says_both_figures_by_their_names(site: Path, rows: Rows) -> None:
    by_slug: Mapping[str, Rows] = {
        **{
            epci.slug: [row for row in rows if epci.code in row["derive"]["epci"]] for epci in TERRITORIES.epci.values()
        },
        **{
            departement.slug: [row for row in rows if departement.code in row["derive"]["departements"]]
            for departement in TERRITORIES.departements.values()
            if departement.code != "44"
        },
        "bretagne": rows,
    }
    index, home = _shown(site, "territoires"), _shown(site, "")
    for slug, own in by_slug.items():
        shown = _shown(site, f"territoires/{slug}")
        assert f"Fiches {_number(len(own))} COP comptées {_number(_counted(own))} Communes" in shown, slug
    for departement in TERRITORIES.departements.values():
        if departement.code != "44":
            assert f"{departement.nom} {len(by_slug[departement.slug])}" in index
    most = max(TERRITORIES.epci.values(), key=lambda epci: len(by_slug[epci.slug]))
    assert f"{most.nom} {len(by_slug[most.slug])}" in home


def test_themes_and_types_count_entries(site: Path, rows: Rows) -> None:
    for section, key in (("themes", "themes"), ("types", "type")):
        for folder in sorted((site / section).glob("*/index.html")):
            own = [row for row in rows if folder.parent.name in ([row[key]] if key == "type" else row[key])]
            shown = _shown(site, f"{section}/{folder.parent.name}")
            assert (f"{len(own)} fiche" in shown) == bool(own), folder
            assert ("Aucune COP recensée" in shown) == (not own), folder


def test_figures_are_dated_and_lead_to_their_rule(site: Path) -> None:
    for path in ("chiffres", "territoires/finistere"):
        assert re.search(r"(?:Chiffres du|Au) \d{1,2}(?:er)? [a-zéû]+ \d{4}\.", _shown(site, path))
    for path in ("", "territoires/finistere"):
        assert 'chiffres/#mots"' in (site / path / "index.html").read_text("utf-8")
    assert 'id="mots"' in (site / "chiffres" / "index.html").read_text("utf-8")

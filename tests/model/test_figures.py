"""The figures of /chiffres/ and of the territories, on small directories counted by hand."""

import csv
import io

import pytest

from generator.model import figures
from generator.model.annuaire import Annuaire
from generator.opendata import finder, tables
from tests.support.annuaires import SETTINGS, build, cop

ENDED = "statut: terminee\nterminee_le: 2026-09-10\n"


def directory(*days: str, today: str = "2026-11-24") -> Annuaire:
    """One COP of Quimperlé for each day of entry."""
    return build({f"cop-{i}": cop(f"Espace fictif {i}", inscrite_le=day) for i, day in enumerate(days)}, today=today)


def test_growth_counts_ended_cops_until_their_end() -> None:
    ended = cop("Espace fini", inscrite_le="2026-05-01").replace("statut: active\n", ENDED)
    annuaire = build({"vif": cop(inscrite_le="2026-04-01"), "fini": ended})
    points = [(point.day, point.value) for point in figures.trace_entries(annuaire)]
    assert points == [("2026-04-01", 1), ("2026-05-01", 2), ("2026-09-10", 1)]


def test_creation_keeps_the_precision_that_is_known() -> None:
    annuaire = build(
        {
            "an": cop("Espace de l’an", more='creee_le: "2021"\n'),
            "mois": cop("Espace du mois", more='creee_le: "2021-06"\n'),
            "inconnue": cop("Espace sans date"),
        }
    )
    assert [(p.day, p.value) for p in figures.trace_creations(annuaire)] == [("2021-01-01", 1), ("2021-06-01", 2)]


@pytest.mark.parametrize(
    ("days", "why"),
    [
        ((), "aucune COP"),
        (("2026-06-01",), "moins d’un an"),
        (("2025-01-01", "2026-06-01"), "trop peu"),
    ],
)
def test_no_projection_without_grounds(days: tuple[str, ...], why: str) -> None:
    found = figures.measure_pace(directory(*days))
    assert found.year is None
    assert why in found.why_not


def test_projection_is_the_pace_of_twelve_months() -> None:
    recent = [f"2026-{month:02}-15" for month in range(1, 11)] + ["2026-01-02", "2026-01-03"]
    found = figures.measure_pace(directory("2025-01-01", *recent))
    # 13 counted, 12 a year: 987 more take 82 years.
    assert (found.last_year, found.year) == (12, 2109)


def test_coverage_by_commune_and_by_epci() -> None:
    commune = build({"une": cop()})
    epci = build(
        {
            "epci": cop().replace(
                '{type: commune, code: "29233", nom: Quimperlé}',
                '{type: epci, code: "242900694", nom: Quimperlé Communauté}',
            )
        }
    )
    codes = commune.territories.epci["242900694"].membres
    one = figures.measure_coverage(commune.cops, codes, commune.territories)
    every = figures.measure_coverage(epci.cops, codes, epci.territories)
    assert (one.communes, one.communes_total) == (1, 16)
    assert one.population == commune.territories.communes["29233"].population
    assert (every.communes, every.share) == (16, 100)


def test_share_is_never_whole_or_nothing_by_rounding() -> None:
    assert figures.Coverage(1, 10, 1, 100_000).share == 0.1
    assert figures.Coverage(1, 10, 502, 100_000).share == 0.5
    assert figures.Coverage(1, 10, 9_960, 100_000).share == 10
    assert figures.Coverage(9, 10, 99_999, 100_000).share == 99
    assert figures.Coverage(0, 10, 0, 100_000).share == 0
    assert figures.Coverage(10, 10, 100_000, 100_000).share == 100


def test_tables_agree_with_the_counter() -> None:
    annuaire = directory("2026-01-01", "2026-02-01", "2026-03-01")
    found = tables.tables(annuaire)
    for name in ("departements", "types"):
        assert sum(int(row[1]) for row in found[name].rows) == annuaire.compteur.value
    assert found["croissance"].rows[-1][1] == annuaire.compteur.value
    assert found["participation"].rows[-1] == ("non renseigné", 3)


def test_csv_says_what_the_table_says() -> None:
    annuaire = directory("2026-01-01")
    files = tables.files(annuaire)
    for name, table in tables.tables(annuaire).items():
        rows = list(csv.reader(io.StringIO(files[f"donnees/chiffres/{name}.csv"].decode(), newline="")))
        assert rows == [list(table.columns), *[[str(cell) for cell in row] for row in table.rows]]


def test_closed_to_newcomers_once_the_day_is_over() -> None:
    annuaire = build({"a": cop(more='rejoindre: {mode: ouvert, jusqu_au: "2026-10-01"}\n')})
    assert annuaire.cops[0].rejoindre_affiche == "ferme"


def test_finder_files_are_small_and_whole() -> None:
    import gzip
    import json

    annuaire = directory("2026-01-01")
    files = finder.make_files(annuaire, SETTINGS)
    raw = files["donnees/communes.json"]
    assert len(gzip.compress(raw)) <= 30_000
    communes = [row for epci in json.loads(raw)["epci"] for row in epci[3]]
    assert len(communes) == len(annuaire.territories.communes)
    assert {row[0] for row in communes if row[0].startswith("44")}
    index = json.loads(files["donnees/annuaire.json"])
    assert [dict(zip(index["colonnes"], row, strict=True))["id"] for row in index["cops"]] == ["cop-0"]

"""What time will undo: told a year before, in the monthly list and in etat.json."""

import pytest

from generator.repository.clocks import list_clocks
from generator.territories.sources import read_vintage
from generator.upkeep.review import notices_as_markdown


def told(today: str, *echeances: str) -> str:
    return notices_as_markdown([clock for clock in list_clocks(echeances) if clock.rings(today)], ())


@pytest.mark.parametrize(
    ("today", "echeances", "expected"),
    [
        ("2031-02-28", ["2026-03-15"], False),
        ("2031-03-01", ["2026-03-15"], True),
        ("2031-03-01", ["2026-03-15", "2032-03-14"], False),
        ("2037-03-01", ["2026-03-15", "2032-03-14"], True),
        ("2031-03-01", [], False),
    ],
)
def test_an_election_without_a_date_is_told_a_year_before(today: str, echeances: list[str], expected: bool) -> None:
    assert ("élections municipales" in told(today, *echeances)) is expected


def test_the_end_of_the_theme_is_told_a_year_before() -> None:
    assert "Material" not in told("2026-05-04")
    assert "## Échéances\n\n- 5\u00a0mai 2027\u00a0: Material" in told("2026-05-05")


def test_the_next_vintage_is_told_when_it_takes_effect() -> None:
    year = read_vintage()
    [clock] = [clock for clock in list_clocks(()) if "communes" in clock.evenement]
    assert clock.jour == clock.sonne_le == f"{year + 1}-01-01"
    assert f"sont celles de {year}" in clock.evenement

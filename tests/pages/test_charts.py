"""The charts of /chiffres/: drawn where there is something to see, told in a sentence where there is not."""

import re
from xml.etree import ElementTree

import pytest

from generator.opendata.tables import UNKNOWN
from generator.pages.groups import charts
from generator.pages.groups.charts import Chart
from tests.support import annuaires


def draw(count: int, more: str = "") -> dict[str, Chart]:
    cops = {f"c{rank}": annuaires.cop(f"COP fictive {rank}", more=more) for rank in range(count)}
    if count:
        cops["35/x"] = annuaires.cop("COP fictive d’ailleurs").replace(
            '{type: commune, code: "29233", nom: Quimperlé}', '{type: commune, code: "35238", nom: Rennes}'
        )
    return {chart.table.name: chart for chart in charts.draw_charts(annuaires.build(cops))}


@pytest.mark.parametrize("count", [0, 1, 3, 8])
def test_few_cops_are_told(count: int) -> None:
    for name, chart in draw(count).items():
        assert chart.drawing is None, name
        assert re.fullmatch(r"[A-ZÀ-Ý].*\.", chart.sentence), chart.sentence
        assert not re.search(r"  |None|\(0", chart.sentence), chart.sentence


def test_no_bar_is_empty_nor_unknown() -> None:
    made = draw(12, "participation: concertation\n")
    assert made["departements"].drawing is not None
    for name, chart in made.items():
        if chart.drawing and name != "croissance":
            bars = ElementTree.fromstring(chart.drawing).findall("rect")
            widths = [float((bar.get("width") or "").rstrip("%")) for bar in bars]
            assert len(widths) > 1, name
            assert 0 < min(widths) <= max(widths) <= 84, name
            assert UNKNOWN not in chart.drawing, name
    # One answer alone is no comparison, and who says nothing is counted in words.
    assert made["participation"].drawing is None
    assert made["participation"].sentence.replace("\u00a0", " ") == "Concertation (12). Non renseigné : 1 COP."


def test_every_line_of_a_table_is_drawn_or_told() -> None:
    for name, chart in draw(12).items():
        if name != "croissance":
            said = f"{chart.drawing or ''} {chart.sentence}".lower()
            if said.strip() == "aucune fiche ne le dit encore.":
                continue
            assert [row[0] for row in chart.table.rows if str(row[0]).lower() not in said] == []

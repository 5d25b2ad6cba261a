"""However much is wrong, what is told stays short, in every form, and says how much it leaves out."""

import json

import pytest

from generator.problems.bounds import MOST_OF_ONE_CODE, MOST_OF_ONE_FILE, bound
from generator.problems.problem import Problem, problem
from generator.problems.reports import FORMATS
from generator.upkeep.card import make_card
from tests.support import annuaires
from tests.support.cards import COP, snapshot_of


def many(code: str, count: int, path: str = "cops/29/a.yml") -> list[Problem]:
    return [problem(path, ((row, 1), (row, 2)), code, valeur="x") for row in range(1, count + 1)]


def test_a_hundred_warnings_hide_no_error_and_no_other_file() -> None:
    wrong = [*many("accents-abimes", 50_000), *many("portable", 1), *many("accents-abimes", 3, "cops/29/b.yml")]
    kept = list(bound(wrong))
    assert len(kept) == MOST_OF_ONE_CODE + 1 + 3
    assert any(one.code == "portable" for one in kept)


@pytest.mark.parametrize("name", sorted(set(FORMATS) - {"json"}))
def test_every_report_for_a_person_counts_what_it_leaves_out(name: str) -> None:
    text = FORMATS[name]([*many("portable", 23), *many("portable", 4, "cops/29/b.yml")], lambda _: [])
    assert "… et 3 autres problèmes" in text
    assert "au moins" not in text
    assert text.count("portable") >= MOST_OF_ONE_FILE + 4
    capped = FORMATS[name](list(bound(many("portable", 5_000))), lambda _: [])
    assert "… et 80 autres problèmes au moins" in capped
    assert len(capped) < 15_000


def test_a_program_is_given_everything_that_was_kept() -> None:
    told = json.loads(FORMATS["json"](list(bound(many("portable", 5_000))), lambda _: []))
    assert len(told["problems"]) == MOST_OF_ONE_CODE


def test_a_card_counts_too() -> None:
    hostile = annuaires.cop(nom="Deuxième fictive") + "# " + "Ã© " * 40_000
    card = make_card(snapshot_of(a=COP), snapshot_of(a=COP, b=hostile))
    assert "- … et 80 autres problèmes au moins." in card
    assert len(card) < 20_000

"""The pages that explain the fields and the mistakes leave nothing out."""

import json
import re

import pytest

from generator.pages import documentation
from generator.problems import CATALOGUE
from tests.problem_examples import TARGET, examples
from tests.test_problems import RULES


def test_the_examples_are_those_of_the_cases() -> None:
    assert json.loads(TARGET.read_text("utf-8")) == examples()


@pytest.mark.parametrize("mistake", documentation.mistakes(), ids=lambda mistake: mistake.code)
def test_each_mistake_is_told_of_its_example(mistake: documentation.Erreur) -> None:
    assert mistake.quoi
    assert mistake.remede
    assert not re.search(r"\{\w+\}", mistake.quoi + mistake.pourquoi + mistake.remede)


def test_each_code_is_explained_once() -> None:
    assert [mistake.code for mistake in documentation.mistakes()] == list(CATALOGUE)


def test_each_field_of_a_cop_has_its_topic() -> None:
    told = [champ.nom for chapter in documentation.fields_by_topic(RULES) for champ in chapter.champs]
    for key in RULES["cop"].inlined["properties"]:
        assert key in told
    assert "rencontres.lieu.nom" in told


def test_what_is_to_be_typed_is_code() -> None:
    found = next(mistake for mistake in documentation.mistakes() if mistake.code == "deux-points")
    assert "<code>nom: " in found.remede

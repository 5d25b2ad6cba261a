"""The pages that explain the fields and the mistakes leave nothing out."""

import json
import re

from generator.opendata import exports
from generator.pages import documentation
from generator.problems.catalogue import CATALOGUE
from tests.support.paths import ROOT
from tests.support.problem_cases import RULES, TERRITORIES
from tests.support.request_texts import FORMS
from tests.tools.problem_examples import TARGET, examples


def test_the_examples_are_those_of_the_cases() -> None:
    assert json.loads(TARGET.read_text("utf-8")) == examples(), "relancez : make refaire"


def test_each_mistake_is_told_once_of_its_example() -> None:
    mistakes = documentation.list_mistakes(TERRITORIES)
    assert [mistake.code for mistake in mistakes] == list(CATALOGUE)
    for mistake in mistakes:
        assert mistake.quoi, mistake.code
        assert mistake.remede, mistake.code
        words = "".join(piece.text for piece in (*mistake.quoi, *mistake.pourquoi, *mistake.remede))
        assert not re.search(r"\{\w+\}", words), mistake.code


def test_each_field_of_a_cop_has_its_topic() -> None:
    told = [row.name for chapter in documentation.fields_by_topic(RULES) for row in chapter.rows]
    assert {field.path for field in RULES["cop"].fields.walk()} <= set(told)
    assert "rencontres.lieu.nom" in told


def test_what_is_to_be_typed_is_code() -> None:
    found = next(mistake for mistake in documentation.list_mistakes(TERRITORIES) if mistake.code == "deux-points")
    assert [piece.text[:5] for piece in found.remede if piece.is_code] == ["nom: "]


def test_each_column_of_the_model_is_explained() -> None:
    told = {row.name: row.example for row in documentation.columns_of_model(RULES)}
    assert list(told) == exports.MODEL
    assert told["themes"] == "democratie-cooperation, climat-energie"
    assert told["sources.0.url"].startswith("https://")


# For those who review and who contribute ------------------------------------------------------------------------------


def test_answers_are_ready_to_copy() -> None:
    """Each under its title, with a button of its own, and short enough to be read."""
    text = (ROOT / "content" / "relire.md").read_text("utf-8")
    answers = re.findall(
        r"<h3>(.+)</h3>\n<blockquote class=\"lettre\" data-copier=\"(Copier .+)\">\n<p>(.+)</p>\n</blo", text
    )
    assert len(answers) == text.count('class="lettre"') >= 12
    assert len({title for title, _, _ in answers}) == len({button for _, button, _ in answers}) == len(answers)
    assert [title for title, _, words in answers if len(words) > 500] == []


def test_local_links_of_the_documents_lead_somewhere() -> None:
    for name in ("README.md", "CONTRIBUTING.md"):
        text = (ROOT / name).read_text("utf-8")
        titles = {
            re.sub(r"[^\w -]", "", title).lower().replace(" ", "-") for title in re.findall(r"^#+ (.*)", text, re.M)
        }
        for link in re.findall(r"\]\((?!https?:)([^)]+)\)", text):
            assert link[1:] in titles if link.startswith("#") else (ROOT / link).exists(), f"{name}: {link}"


def test_every_form_is_in_the_guide() -> None:
    text = (ROOT / "CONTRIBUTING.md").read_text("utf-8")
    assert re.findall(r"^\| ([^|`]+?) \| [^|]+ \|$", text.split("### 2.")[1].split("### 3.")[0], re.M)[1:] == [
        form.title for form in FORMS.values()
    ]

"""The script that keeps one issue: opened, edited, reopened, closed, never two; a fake forge records it."""

import json
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from generator.territories.reference import load_territories
from generator.upkeep.links import telling
from generator.upkeep.review import review_as_markdown, to_recheck
from generator.upkeep.sections import list_headings
from tests.support import annuaires
from tests.support.link_findings import findings
from tests.support.paths import ROOT
from tests.support.scripts import archive, load

gh = load(".github/gh.py")
entretenir = load(".github/entretenir.py")

DEPOT = "reseau/annuaire"
ENVIRON = {"DEPOT": DEPOT, "EXECUTION": "7", "BRANCHE": "main"}
NAMES = list_headings(load_territories())
OLD = annuaires.build({"vieille": annuaires.cop("Vieille fiche fictive @equipe", inscrite_le="2024-01-05")})
WORK = review_as_markdown(to_recheck(OLD, annuaires.SETTINGS), NAMES)
NO_WORK = review_as_markdown([], NAMES)
LINKS = telling.links_as_markdown(findings(mort="https://mort.example/"), NAMES)
NO_LINKS = telling.links_as_markdown(findings(), NAMES)
BOTH = {"fiches.md": WORK, "liens.md": LINKS}
NOTHING = {"fiches.md": NO_WORK, "liens.md": NO_LINKS}


class Forge:
    """Answers as the forge would, and keeps what is sent to it."""

    def __init__(self, texts: Mapping[str, str], issues: list[dict[str, Any]] | None = None) -> None:
        self.sent: list[tuple[str, str, Mapping[str, Any]]] = []
        self.zipped = archive(**{name.replace(".", "__"): text for name, text in texts.items()})
        self.issues = issues or []
        self.runs: list[dict[str, Any]] = []

    def __call__(self, path: str, method: str = "GET", body: Mapping[str, Any] | None = None) -> Any:
        path = path.removeprefix(f"repos/{DEPOT}/")
        if method != "GET":
            assert body
            self.sent.append((method, path, body))
            return {}
        if path.startswith("actions/workflows/entretenir.yml/runs?branch=main&status=completed&event="):
            return {"workflow_runs": [run for run in self.runs if run["event"] == path.rsplit("=", 1)[1]]}
        listed = [{"id": 9, "name": "entretien", "expired": False, "size_in_bytes": len(self.zipped)}]
        answers = {
            "actions/runs/7/artifacts": {"artifacts": listed},
            "actions/runs/8/artifacts": {"artifacts": []},
            "actions/artifacts/9/zip": self.zipped,
            "issues?state=all&creator=github-actions%5Bbot%5D&per_page=100": self.issues,
        }
        return answers[path]


def issue(state: str = "open", body: str = f"{entretenir.MARK}\n\nancien", login: str = gh.BOT) -> dict[str, Any]:
    return {"number": 12, "state": state, "body": body, "user": {"login": login}}


def keep(texts: Mapping[str, str], *issues: dict[str, Any]) -> tuple[str, list[Any]]:
    forge = Forge(texts, list(issues))
    return entretenir.main(ENVIRON, "sujet", forge), forge.sent


def test_the_issue_is_opened_with_both_reports() -> None:
    told, [(method, path, sent)] = keep(BOTH)
    assert (told, method, path, sent["title"]) == ("Sujet ouvert.", "POST", "issues", entretenir.TITLE)
    assert sent["body"] == "\n\n".join([entretenir.MARK, entretenir.INTRODUCTION, WORK, LINKS])
    assert "@equipe" not in sent["body"]


@pytest.mark.parametrize("name", BOTH)
def test_one_report_is_enough(name: str) -> None:
    assert keep(NOTHING | {name: BOTH[name]})[0] == "Sujet ouvert."


def test_the_same_issue_is_edited_and_only_where_it_changes() -> None:
    told, [(method, path, sent), (_, comments, word)] = keep(BOTH, issue())
    assert (told, method, path, list(sent)) == ("Sujet mis à jour.", "PATCH", "issues/12", ["body"])
    assert (comments, word) == ("issues/12/comments", {"body": entretenir.NEWS})
    assert keep(BOTH, issue(body=sent["body"])) == ("Sujet déjà à jour.", [])


def test_an_older_entry_or_one_that_left_is_no_news() -> None:
    _, [(_, _, sent), _] = keep(BOTH, issue())
    month_before = sent["body"].replace(" mois)", " mois et un jour)") + "\n- une autre\u00a0: fiche du 1er janvier"
    assert month_before != sent["body"]
    assert [path for _, path, _ in keep(BOTH, issue(body=month_before))[1]] == ["issues/12"]


def test_a_closed_issue_is_reopened_where_there_is_something_to_do() -> None:
    told, [(method, path, sent)] = keep(BOTH, issue("closed"))
    assert (told, method, path, sent["state"]) == ("Sujet rouvert.", "PATCH", "issues/12", "open")


def test_the_issue_is_closed_with_a_word() -> None:
    told, sent = keep(NOTHING, issue())
    assert told.startswith("Sujet fermé")
    assert sent == [
        ("POST", "issues/12/comments", {"body": entretenir.DONE}),
        ("PATCH", "issues/12", {"state": "closed", "state_reason": "completed"}),
    ]


@pytest.mark.parametrize("issues", [[], [issue("closed")]])
def test_nothing_is_said_where_there_is_nothing_to_do(issues: list[dict[str, Any]]) -> None:
    assert keep(NOTHING, *issues) == ("Rien à revoir.", [])


@pytest.mark.parametrize(
    "other",
    [issue(login="quelqu-un"), issue() | {"body": None}, issue(body="autre sujet"), issue() | {"pull_request": {}}],
    ids=["someone else", "no body", "another issue", "a proposal"],
)
def test_an_issue_that_is_not_its_own_is_left_alone(other: dict[str, Any]) -> None:
    assert keep(BOTH, other)[0] == "Sujet ouvert."
    assert keep(NOTHING, other)[1] == []


def test_the_body_is_bounded_at_the_end_of_a_line() -> None:
    _, [(_, _, sent)] = keep({"fiches.md": "## Fiches\n\n" + "- une fiche\n" * 10_000, "liens.md": NO_LINKS})
    assert entretenir.LONGEST - 20 < len(sent["body"]) <= entretenir.LONGEST
    assert sent["body"].endswith("- une fiche\n…")


def test_what_the_commands_write_within_their_bounds_is_never_cut() -> None:
    lengths = [int(word) for word in workflow().split() if word.isdigit() and len(word) == 5]
    assert sum(lengths) + len(entretenir.INTRODUCTION) + 200 < entretenir.LONGEST


def workflow() -> str:
    return (ROOT / ".github" / "workflows" / "entretenir.yml").read_text("utf-8")


def test_hostile_words_stay_words() -> None:
    name = "Fictive `$(id)` ${{ github.token }} <!-- --> @equipe #12 [ici](https://piege.example) ::error::x"
    made = annuaires.build({"vieille": annuaires.cop(json.dumps(name), inscrite_le="2024-01-05")})
    report = review_as_markdown(to_recheck(made, annuaires.SETTINGS), NAMES)
    _, [(_, _, sent)] = keep(NOTHING | {"fiches.md": report})
    body = sent["body"].removeprefix(entretenir.MARK)
    for sign in ("<", "`", "@equipe", "${{", "](https://piege", "::error"):
        assert sign not in body


@pytest.mark.parametrize("texts", [{}, {"fiches.md": WORK}])
def test_without_both_reports_nothing_is_touched(texts: Mapping[str, str]) -> None:
    forge = Forge(texts, [issue()])
    with pytest.raises(SystemExit, match="le sujet reste tel quel"):
        entretenir.main(ENVIRON, "sujet", forge)
    assert forge.sent == []


# The memory -----------------------------------------------------------------------------------------------------------


def run(number: int, event: str = "schedule") -> dict[str, Any]:
    return {"id": number, "event": event}


def test_the_memory_of_the_newest_own_run_is_taken_back(tmp_path: Path) -> None:
    forge = Forge({"memoire.json": "{…}"})
    forge.runs = [run(3), run(7, "workflow_dispatch"), run(8), run(5)]  # the newest attached nothing
    target = tmp_path / "memoire.json"
    assert entretenir.main(ENVIRON | {"MEMOIRE": str(target)}, "memoire", forge) == "Mémoire des liens reprise."
    assert target.read_text("utf-8") == "{…}"


@pytest.mark.parametrize(
    ("texts", "runs"),
    [({"memoire.json": "{…}"}, []), ({"memoire.json": "{…}"}, [run(7, "pull_request")]), ({}, [run(7)])],
    ids=["first run", "run of a proposal", "nothing attached"],
)
def test_without_a_memory_it_starts_again(texts: Mapping[str, str], runs: list[Any], tmp_path: Path) -> None:
    forge = Forge(texts)
    forge.runs = runs
    told = entretenir.main(ENVIRON | {"MEMOIRE": str(tmp_path / "memoire.json")}, "memoire", forge)
    assert told.startswith("Aucune visite passée")
    assert list(tmp_path.iterdir()) == []


def test_an_archive_that_is_none_is_no_memory(tmp_path: Path) -> None:
    forge = Forge({})
    forge.zipped, forge.runs = b"pas une archive", [run(7)]
    told = entretenir.main(ENVIRON | {"MEMOIRE": str(tmp_path / "memoire.json")}, "memoire", forge)
    assert told.startswith("Aucune visite passée")

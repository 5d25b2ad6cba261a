"""The settings of the forge, read and told: right, wrong, or not told to this account. And the known weaknesses."""

import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any

import pytest

from tests.support.paths import ROOT
from tests.support.scripts import load

load(".github/gh.py")
reglages = load(".github/reglages.py")
failles = load(".github/failles.py")

RULES = [
    {"type": "non_fast_forward"},
    {
        "type": "pull_request",
        "parameters": {"required_approving_review_count": 1, "dismiss_stale_reviews_on_push": True},
    },
    {
        "type": "required_status_checks",
        "parameters": {
            "strict_required_status_checks_policy": True,
            "required_status_checks": [{"context": "Fiches et site"}],
        },
    },
]
RIGHT: Mapping[str, Any] = {
    "": {"default_branch": "main"},
    "/rules/branches/main": RULES,
    "/actions/permissions/workflow": {"default_workflow_permissions": "read"},
    "/actions/permissions/fork-pr-contributor-approval": {"approval_policy": "first_time_contributors"},
    "/actions/permissions": {"enabled": True, "sha_pinning_required": True},
    "/private-vulnerability-reporting": {"enabled": True},
    "/pages": {"build_type": "workflow"},
}
"""What GitHub answers of a repository that is set as asked, by the end of the path."""

PROTECTED = {
    "required_status_checks": {"strict": True, "contexts": ["Fiches et site"]},
    "required_pull_request_reviews": {"required_approving_review_count": 1, "dismiss_stale_reviews": True},
    "allow_force_pushes": {"enabled": False},
}


class Forge:
    """Answers what it is given, and refuses the rest as `gh` does."""

    def __init__(self, answers: Mapping[str, Any]) -> None:
        self.answers = answers

    def __call__(self, path: str, method: str = "GET", body: object = None) -> Any:
        assert (method, body) == ("GET", None), "nothing is changed"
        end = path.removeprefix("repos/reseau/annuaire")
        if end not in self.answers:
            raise subprocess.CalledProcessError(1, ["gh", "api", path])
        return self.answers[end]


def wrong(answers: Mapping[str, Any]) -> list[str]:
    return [one.wanted for one in reglages.list_settings(Forge(answers), "reseau/annuaire") if not one.is_right]


def test_everything_is_right() -> None:
    assert wrong(RIGHT) == []


def test_the_older_protection_counts_as_well() -> None:
    assert wrong({**RIGHT, "/rules/branches/main": [], "/branches/main/protection": PROTECTED}) == []


def test_a_queue_takes_the_place_of_branches_that_are_up_to_date() -> None:
    loose = [
        *RULES[:2],
        {"type": "required_status_checks", "parameters": {"required_status_checks": [{"context": "Fiches et site"}]}},
    ]
    assert len(wrong({**RIGHT, "/rules/branches/main": loose})) == 1
    assert wrong({**RIGHT, "/rules/branches/main": [*loose, {"type": "merge_queue", "parameters": {}}]}) == []


@pytest.mark.parametrize("place", [path for path in RIGHT if path])
def test_each_setting_is_looked_at(place: str) -> None:
    empty: Any = [] if isinstance(RIGHT[place], list) else {}
    found = wrong({**RIGHT, place: empty})
    assert len(found) == (5 if place.startswith("/rules") else 1)
    assert wrong({path: answer for path, answer in RIGHT.items() if path != place}) == found


def test_what_the_forge_does_not_tell_is_no_success(capsys: pytest.CaptureFixture[str]) -> None:
    assert reglages.main(["reseau/annuaire"], Forge({})) == 1
    assert capsys.readouterr().out == "?    le dépôt se lit\u00a0: la forge ne le dit pas à ce compte (gh auth login)\n"


def test_our_own_actions_are_pinned(tmp_path: Path) -> None:
    assert reglages.find_unpinned() == []
    (tmp_path / "a.yml").write_text("steps:\n  - uses: actions/checkout@v6\n  - uses: ./ici\n", "utf-8")
    assert reglages.find_unpinned(tmp_path) == ["- uses: actions/checkout@v6"]


STUB = """#!{python}
import json, pathlib, sys
assert sys.argv[1:4] == ["api", "--method", "GET"]
answers = json.loads(pathlib.Path(__file__).with_name("answers.json").read_text())
end = sys.argv[4].removeprefix("repos/{{owner}}/{{repo}}")
sys.exit("HTTP 404") if end not in answers else print(json.dumps(answers[end]))
"""


def test_the_command_speaks_to_gh(tmp_path: Path) -> None:
    gh = tmp_path / "gh"
    gh.write_text(STUB.format(python=sys.executable), "utf-8")
    gh.chmod(0o755)
    (tmp_path / "answers.json").write_text(json.dumps(RIGHT), "utf-8")
    done = subprocess.run(
        [sys.executable, ".github/reglages.py"],
        cwd=ROOT,
        env={**os.environ, "PATH": f"{tmp_path}{os.pathsep}{os.environ['PATH']}"},
        stdout=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        timeout=60,
    )
    assert done.returncode == 0, done.stdout
    assert [line[:5] for line in done.stdout.splitlines()] == ["oui  "] * 11


# Known weaknesses -----------------------------------------------------------------------------------------------------

LOCK = "click==8.2.0 \\\n    --hash=sha256:00\njinja2==3.1.0\n# fin\n"


def test_weak_libraries_are_told(tmp_path: Path, capsys: pytest.CaptureFixture[str]) -> None:
    (tmp_path / "lock.txt").write_text(LOCK, "utf-8")
    asked: list[Any] = []

    def base(question: Mapping[str, Any]) -> Mapping[str, Any]:
        asked.append(question)
        return {"results": [{}, {"vulns": [{"id": "GHSA-x"}, {"id": "PYSEC-y"}]}]}

    assert failles.main([str(tmp_path / "lock.txt")], base) == 1
    assert [(one["package"]["name"], one["version"]) for one in asked[0]["queries"]] == [
        ("click", "8.2.0"),
        ("jinja2", "3.1.0"),
    ]
    assert "jinja2 3.1.0\u00a0: GHSA-x, PYSEC-y" in capsys.readouterr().out


def test_without_the_network_nothing_fails(capsys: pytest.CaptureFixture[str]) -> None:
    def nobody(_: object) -> Mapping[str, Any]:
        raise OSError

    assert failles.main(["requirements.txt"], nobody) == 0
    assert "rien n’est su" in capsys.readouterr().out


def test_every_library_of_the_locks_is_asked_about() -> None:
    for name in ("requirements.txt", "requirements-dev.txt"):
        text = (ROOT / name).read_text("utf-8")
        assert len(list(failles.list_pinned(text))) == text.count("==") > 20

"""Signs of life: the program that watches the site from elsewhere, and the issue while the publication fails."""

import subprocess
from collections.abc import Mapping
from datetime import date
from typing import Any

import pytest

from tests.support.paths import ROOT
from tests.support.scripts import load

gh = load(".github/gh.py")
alerte = load(".github/alerte.py")
PROGRAM = ROOT / ".hebergement" / "surveiller"
ENVIRON = {"DEPOT": "reseau/annuaire", "FORGE": "https://forge.example", "EXECUTION": "7"}


@pytest.mark.parametrize(
    ("text", "told"),
    [
        ('{"date": "2026-11-24"}', ""),
        ('{"date": "2026-11-22"}', ""),
        ('{"date": "2026-11-21"}', "il y a 3 jours"),
        ("<html>", "illisible"),
        ("[]", "illisible"),
        ('{"date": 3}', "illisible"),
    ],
)
def test_a_site_older_than_two_days_is_told(text: str, told: str) -> None:
    names: dict[str, Any] = {"__name__": "surveiller"}
    exec(compile(PROGRAM.read_text("utf-8"), str(PROGRAM), "exec"), names)
    found = names["judge"](text, date(2026, 11, 24))
    assert told in found
    assert bool(told) is bool(found)


def test_a_site_that_does_not_answer_is_told() -> None:
    done = subprocess.run([PROGRAM, "http://127.0.0.1:9/"], capture_output=True, text=True, check=False)
    assert (done.returncode, done.stdout.startswith("etat.json ne répond pas")) == (1, True)


def say(results: str, *issues: Mapping[str, Any]) -> tuple[str, list[tuple[str, str]]]:
    sent: list[tuple[str, str]] = []

    def api(path: str, method: str = "GET", body: Mapping[str, Any] | None = None) -> Any:
        if method == "GET":
            return issues
        sent.append((method, path.removeprefix("repos/reseau/annuaire/")))
        assert body
        return {}

    return alerte.main(ENVIRON | {"RESULTATS": results}, api), sent


def issue(state: str, login: str = gh.BOT) -> Mapping[str, Any]:
    return {"number": 4, "state": state, "body": f"{alerte.MARK}\n…", "user": {"login": login}}


def test_one_issue_while_the_publication_fails() -> None:
    opened = ("Sujet ouvert.", [("POST", "issues")])
    assert say("failure skipped") == opened
    assert say("success failure", issue("closed")) == opened
    assert say("failure skipped", issue("open", "quelqu-un")) == opened
    assert say("failure skipped", issue("open")) == ("Le sujet est déjà ouvert.", [])
    assert say("success success") == ("Rien à dire.", [])
    closed = [("POST", "issues/4/comments"), ("PATCH", "issues/4")]
    assert say("success success", issue("open")) == ("Sujet fermé.", closed)

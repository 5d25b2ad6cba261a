"""Every job of .github/workflows, run by `act` and the real `gh` against a forge of this machine: `make forge`.

Played: the actions of GitHub (tests/support/standins.py), the installation of the packages, `make fuzz`, `.ci/run`
and the measures.
"""

import io
import json
import zipfile
from collections.abc import Iterator
from pathlib import Path

import pytest
import yaml

from generator.repository.added_forms import MEETING, NEWS, TRAINING
from generator.repository.request_forms import ADD, CONFIRM, CORRECT, REPORT
from tests.support.act import Run, Runner
from tests.support.loopback import Forge
from tests.support.loopback_server import Server
from tests.support.paths import ROOT
from tests.support.proposed import BAD, GOOD, NEW
from tests.support.request_texts import ANSWERS, MEETING_ANSWERS, NEWS_ANSWERS, TRAINING_ANSWERS, body

QUIMPERLE = "cops/29/quimperle-commission-du-temps-long.yml"


USED: dict[str, set[str]] = {}
"""What each job asked of the forge, as `contents: read`, in all these tests."""


@pytest.fixture
def forge(tmp_path: Path) -> Iterator[Forge]:
    """What is committed here, as the published branch."""
    forge = Forge(tmp_path / "depot.git")
    forge.git.mkdir()
    forge.run("clone", "--quiet", "--bare", str(ROOT), ".")
    forge.run("update-ref", "refs/heads/main", forge.run("rev-parse", "HEAD"))
    forge.run("symbolic-ref", "HEAD", "refs/heads/main")
    server = Server(forge)
    yield forge
    server.shutdown()
    server.server_close()
    for token in forge.tokens.values():
        USED.setdefault(token.job, set()).update(token.used)


@pytest.fixture
def runner(forge: Forge, tmp_path: Path) -> Runner:
    return Runner(forge, tmp_path / "runs")


# A proposal from a fork -----------------------------------------------------------------------------------------------


def verify(runner: Runner, number: int) -> Run:
    """« Vérifier » on a pull request of a fork, then « Commenter », as the forge chains them."""
    forge = runner.forge
    forge.merge(number)
    event = {"action": "synchronize", "number": number, "pull_request": forge.pull(number)}
    run = runner.run("verifier.yml", "pull_request", event, f"refs/pull/{number}/merge", fork=True)
    comment_on(runner, number, run)
    return run


def comment_on(runner: Runner, number: int, run: Run) -> None:
    """« Commenter », once a run on a pull request has ended."""
    forge = runner.forge
    head = forge.pull(number)["head"]
    told = {
        "id": run.number, "name": "Vérifier", "event": "pull_request", "conclusion": forge.runs[-1]["conclusion"],
        "head_repository": head["repo"], "head_branch": head["ref"], "head_sha": head["sha"],
    }  # fmt: skip
    comment = runner.run(
        "commenter.yml", "workflow_run", {"action": "completed", "workflow_run": told}, "refs/heads/main"
    )
    assert comment.results == {"commentaire": "success"}


def test_a_proposal_from_bad_to_good(forge: Forge, runner: Runner) -> None:
    forge.commit({NEW: BAD}, "fork/morlaix", "main")
    number = forge.open_pull("fork/morlaix")
    run = verify(runner, number)
    assert run.results == {"fiches": "failure"}
    assert [error.split()[0] for error in run.errors] == [f"{NEW}:4", f"{NEW}:8"]
    assert {one["name"] for one in forge.artifacts} == {"carte"}
    [card] = forge.answers(number)
    assert "Il reste 2 points à corriger" in card
    assert [one["body"].split("\n")[3] for one in forge.reviews] == ["inscrite_le: 2026-11-24"]

    forge.commit({NEW: GOOD}, "fork/morlaix", "fork/morlaix")
    run = verify(runner, number)
    assert run.results == {"fiches": "success"}
    assert {one["name"] for one in forge.artifacts if one["run"] == run.number} == {"apercu", "carte", "site"}
    [card] = forge.answers(number)
    assert "Commission fictive du climat" in card
    assert len(forge.reviews) == 1
    assert forge.refused == []


MEETINGS = "rencontres:\n- {id: bilan, debut: 2027-01-14 18:00, objet: Rencontre fictive}\n"
HOSTILE = """\
name: Vérifier
on: [pull_request]
permissions: {contents: write, issues: write, pull-requests: write, actions: write}
jobs:
  fiches:
    runs-on: ubuntu-latest
    steps:
      - env: {GH_TOKEN: "${{ github.token }}", FICHE: cops/29/morlaix-cop-fictive.yml}
        run: |
          gh api --method POST repos/reseau/annuaire/issues -f title=x -f body=x || echo refusé
          gh api --method PATCH repos/reseau/annuaire/git/refs/heads/main -f sha=0 || echo refusé
          mkdir carte
          printf '## @mairie [ici](https://exemple.org) <img src=x>\\n' > carte/carte.md
          printf '{"problems": [{"path": "%s", "line": 1, "corrected": "x", "code": "x"}]}' "$FICHE" \\
            > carte/problemes.json
      - uses: actions/upload-artifact@bbbca2ddaa5d8feaa63e36b76fdaad77386f024f
        with: {name: carte, path: carte/}
"""


def test_a_hostile_proposal_writes_nothing(forge: Forge, runner: Runner) -> None:
    """It brings its own workflow, which asks for every right and attaches what it likes."""
    main = forge.head("main")
    forge.commit({NEW: GOOD, ".github/workflows/verifier.yml": HOSTILE}, "fork/morlaix", "main")
    number = forge.open_pull("fork/morlaix")
    assert verify(runner, number).results == {"fiches": "success"}
    assert (forge.comments, forge.reviews, forge.own_issues(), forge.head("main")) == ([], [], [], main)
    assert {(method, path) for _, method, path in forge.refused} == {
        ("POST", "issues"),
        ("PATCH", "git/refs/heads/main"),
    }


# A request ------------------------------------------------------------------------------------------------------------

CONFIRMATION = {"fiche": "quimperle-commission-du-temps-long"}
REQUESTS = {
    ADD: (ANSWERS, "cops/56/"),
    MEETING: (MEETING_ANSWERS | {"fiche": "quimperle-commission-du-temps-long"}, QUIMPERLE),
    TRAINING: (TRAINING_ANSWERS, "content/formations/"),
    NEWS: (NEWS_ANSWERS, "content/actualites/"),
    CONFIRM: (CONFIRMATION, QUIMPERLE),
}


def ask(runner: Runner, number: int, action: str = "opened") -> Run:
    event = {"action": action, "issue": runner.forge.issues[number]}
    return runner.run("proposer.yml", "issues", event, "refs/heads/main")


@pytest.mark.parametrize("form", REQUESTS)
def test_a_request_becomes_a_proposal_that_is_verified(forge: Forge, runner: Runner, form: str) -> None:
    answers, path = REQUESTS[form]
    number = forge.open_issue("Demande", body(form, answers))
    assert ask(runner, number).results == {"fiche": "success", "proposition": "success"}
    [answer] = forge.answers(number)
    assert f"proposition #{number + 1}" in answer, answer
    changed = forge.run("diff", "--name-only", f"main...proposition/{number}").splitlines()
    assert len(changed) == 1
    assert changed[0].startswith(path)

    assert forge.dispatched == [("verifier.yml", f"proposition/{number}")]
    run = runner.run("verifier.yml", "workflow_dispatch", {}, f"refs/heads/proposition/{number}")
    assert run.results == {"fiches": "success"}
    assert forge.refused == []


def test_a_request_to_correct_then_corrected_then_accepted(forge: Forge, runner: Runner) -> None:
    number = forge.open_issue("Ajouter", body(ADD, ANSWERS | {"collectivite.nom": "Ville-Inventée"}))
    ask(runner, number)
    [answer] = forge.answers(number)
    assert "Ville-Inventée" in answer
    assert "pull_request" not in "".join(map(str, forge.issues.values()))

    forge.issues[number]["body"] = body(ADD, ANSWERS)
    ask(runner, number, "edited")
    [answer] = forge.answers(number)
    assert f"proposition #{number + 1}" in answer
    forge.issues[number + 1] |= {"state": "closed", "merged_at": "2026-11-24T10:00:00Z"}
    ask(runner, number, "edited")
    assert "a déjà été acceptée" in forge.answers(number)[0]
    assert len(forge.issues) == 2
    assert forge.refused == []


def test_a_request_in_words_waits_for_a_person(forge: Forge, runner: Runner) -> None:
    correction = {"fiche": "quimperle-commission-du-temps-long", "changement": "L’adresse a changé, merci de l’écrire."}
    for form, answers in ((CORRECT, correction), (REPORT, {"quoi": "Une page ne s’affiche pas.", "fiche": ""})):
        number = forge.open_issue("Demande", body(form, answers))
        assert set(ask(runner, number).results.values()) == {"success"}
        assert forge.issues[number]["labels"] == [{"name": "à relire"}], form
        assert len(forge.answers(number)) == 1
    assert forge.refused == []


def test_a_forge_that_opens_no_proposal_for_a_workflow(forge: Forge, runner: Runner) -> None:
    forge.may_open_pulls = False
    number = forge.open_issue("Ajouter", body(ADD, ANSWERS))
    run = ask(runner, number)
    assert "La forge refuse d’ouvrir la proposition" in run.errors[0]
    assert "Une personne va ouvrir la proposition" in forge.answers(number)[0]
    assert forge.issues[number]["labels"] == [{"name": "à relire"}]
    assert forge.head(f"proposition/{number}")


def test_a_hostile_request_runs_nothing(forge: Forge, runner: Runner, tmp_path: Path) -> None:
    trap = f"$(touch {tmp_path}/piege) `touch {tmp_path}/piege` ${{{{ github.token }}}}\n::set-output name=x::y"
    for text in (f"### {trap}", body(ADD, ANSWERS | {"nom": trap, "resume": f"@mairie <img src=x> {trap}"})):
        number = forge.open_issue(trap, text)
        assert set(ask(runner, number).results.values()) == {"success"}
        assert not (tmp_path / "piege").exists()
        assert all("<img" not in answer and "@mairie" not in answer for answer in forge.answers(number))
    assert forge.refused == []


# What runs by itself --------------------------------------------------------------------------------------------------


def test_upkeep_keeps_one_issue(forge: Forge, runner: Runner) -> None:
    for _ in range(2):
        run = runner.run("entretenir.yml", "workflow_dispatch", {}, "refs/heads/main")
        assert run.results == {"rapport": "success", "sujet": "success"}
    [issue] = forge.own_issues()
    assert issue["title"] == "Fiches et liens à revoir"
    assert "Sujet déjà à jour" in run.log or "Sujet mis à jour" in run.log
    assert forge.refused == []


def test_calendars_become_one_proposal(forge: Forge, runner: Runner, tmp_path: Path) -> None:
    """Read for real where no entry gives one; then with what a reading would have found: nothing is fetched here."""
    run = runner.run("calendriers.yml", "schedule", {}, "refs/heads/main")
    assert run.results == {"lecture": "success", "proposition": "success"}
    assert "Rien de nouveau dans les calendriers." in run.log

    text = forge.text("main", QUIMPERLE) + MEETINGS
    file = {"chemin": QUIMPERLE, "texte": text}
    made = {"fichiers": [file], "carte": "Une rencontre de plus.\n", "empreinte": "1"}
    (tmp_path / "lu.json").write_text(json.dumps(made), encoding="utf-8")
    runner.played[".venv/bin/cop calendriers --format json"] = f"cat '{tmp_path}/lu.json'"
    for said in ("Proposition ouverte.", "Proposition à jour."):
        assert said in runner.run("calendriers.yml", "workflow_dispatch", {}, "refs/heads/main").log
    assert forge.dispatched == [("verifier.yml", "calendriers/rencontres")]
    assert forge.text("calendriers/rencontres", QUIMPERLE).strip() == text.strip()
    assert forge.refused == []


def publish(runner: Runner) -> Run:
    return runner.run("publier.yml", "push", {"ref": "refs/heads/main"}, "refs/heads/main")


def test_publication_tells_when_it_fails_and_when_it_works_again(forge: Forge, runner: Runner) -> None:
    run = publish(runner)
    assert run.results == {"site": "success", "en-ligne": "success", "prevenir": "success"}
    assert (forge.deployed, forge.own_issues()) == ([run.number], [])
    with zipfile.ZipFile(io.BytesIO(next(a["raw"] for a in forge.artifacts if a["name"] == "github-pages"))) as site:
        assert {"index.html", "404.html", "etat.json"} <= set(site.namelist())
        assert json.loads(site.read("etat.json"))["revision"] == forge.head("main")
        assert b"https://reseau.example/annuaire/" in site.read("index.html")
        assert json.loads(site.read("donnees/index.html") and site.read("etat.json"))

    main = forge.head("main")
    copy = forge.text("main", QUIMPERLE)
    forge.commit({QUIMPERLE.replace("temps-long", "meme-temps"): copy}, "main", "main")
    run = publish(runner)
    assert run.results == {"site": "success", "en-ligne": "failure", "prevenir": "success"}
    assert len(forge.deployed) == 2, "the rest is on line all the same"
    [issue] = forge.own_issues()
    assert (issue["title"], issue["state"]) == ("La publication du site demande quelqu’un", "open")

    forge.commit({QUIMPERLE: "nom: [\n"}, "main", main)
    run = publish(runner)
    assert run.results["site"] == "failure"
    assert len(forge.deployed) == 2
    assert len(forge.own_issues()) == 1

    forge.run("update-ref", "refs/heads/main", main)
    assert set(publish(runner).results.values()) == {"success"}
    assert forge.own_issues()[0]["state"] == "closed"
    assert forge.refused == []


@pytest.mark.parametrize(
    ("name", "kind"), [("eprouver.yml", "schedule"), ("essais.yml", "push"), ("nouveautes.yml", "schedule")]
)
def test_the_others_reach_what_they_call(forge: Forge, runner: Runner, name: str, kind: str) -> None:
    run = runner.run(name, kind, {}, "refs/heads/main")
    assert set(run.results.values()) == {"success"}
    assert "joué : " in run.log
    assert forge.refused == []


def test_a_change_of_the_program_is_measured(forge: Forge, runner: Runner) -> None:
    forge.commit({"README.md": "Autre texte.\n"}, "fork/texte", "main")
    number = forge.open_pull("fork/texte")
    forge.merge(number)
    event = {"action": "opened", "number": number, "pull_request": forge.pull(number)}
    run = runner.run("mesurer.yml", "pull_request", event, f"refs/pull/{number}/merge", fork=True)
    assert run.results == {"mesures": "success"}
    assert "joué : .venv/bin/python -m tests.bench.change ../avant ." in run.log
    comment_on(runner, number, run)
    [told] = forge.answers(number)
    assert "joué" in told
    assert forge.refused == []


def test_every_workflow_has_its_run() -> None:
    told = Path(__file__).read_text("utf-8")
    missing = [path.name for path in (ROOT / ".github/workflows").glob("*.yml") if f'"{path.name}"' not in told]
    assert missing == []


def test_no_job_may_do_what_it_never_does() -> None:
    """Read last: a permission that no run above has used is one too many."""
    if not {"commenter.yml:commentaire", "proposer.yml:proposition", "publier.yml:prevenir"} <= USED.keys():
        pytest.skip("tous les essais de ce fichier n’ont pas tourné")
    wide = []
    for path in sorted((ROOT / ".github/workflows").glob("*.yml")):
        for key, job in yaml.safe_load(path.read_text("utf-8"))["jobs"].items():
            used = USED.get(f"{path.name}:{key}", set())
            asked = {f"{scope}: {level}" for scope, level in job["permissions"].items()}
            wide += [f"{path.name}:{key} {one}" for one in sorted(asked - used)]
    assert wide == []

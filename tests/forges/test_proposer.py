"""From a request to its pull request: the script that writes, over a real git repository and a forge for tests."""

import json
import os
import shutil
import subprocess
import sys
from pathlib import Path
from typing import Any

import pytest

from generator.repository.request_forms import ADD, CONFIRM, CORRECT
from tests.support import repository
from tests.support.forge import BOT, DEPOT, Forge
from tests.support.paths import ROOT
from tests.support.repository import TODAY
from tests.support.request_texts import ANSWERS, FORMS, HOSTILE, body
from tests.support.scripts import archive, load

load(".github/gh.py")
load(".github/branche.py")
proposer = load(".github/proposer.py")

AUTHOR = {"login": "mairie-d-allaire", "id": 12345, "type": "User"}
PATH = "cops/56/allaire-cop.yml"
MADE: dict[str, Any] = {
    "version": 1,
    "formulaire": ADD,
    "etat": "prete",
    "chemin": PATH,
    "texte": "nom: Fictive\n",
    "carte": "Merci. Voici la fiche en clair.\n",
    "reponse": "",
}


@pytest.fixture(scope="module")
def first(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A repository with one commit on `main`."""
    folder = repository.make(tmp_path_factory.mktemp("premier") / "depot")
    # A revision is read outside of the repository, where a link would lead nowhere.
    (folder / "schema").unlink()
    shutil.copytree(ROOT / "schema", folder / "schema")
    forge = Forge(folder)
    forge.run("init", "--quiet", "--initial-branch=main")
    forge.run("add", ".")
    forge.run("-c", "user.name=Une relectrice", "-c", "user.email=x@x", "commit", "--quiet", "--message=Début")
    return folder


@pytest.fixture
def git(first: Path, tmp_path: Path) -> Path:
    """One of its own for each test."""
    return shutil.copytree(first, tmp_path / "depot", symlinks=True)


def event(tmp_path: Path, text: str = "", title: str = "Ajouter", labels: tuple[str, ...] = (), **author: Any) -> Path:
    """What the forge tells of a request."""
    issue = {
        "number": 12,
        "title": title,
        "body": text,
        "state": "open",
        "user": AUTHOR | author,
        "labels": [{"name": name} for name in labels],
    }
    file = tmp_path / "event.json"
    file.write_text(json.dumps({"issue": issue, "repository": {"default_branch": "main"}}), encoding="utf-8")
    return file


def environ(forge: Forge, file: Path) -> dict[str, str]:
    return {
        "DEPOT": DEPOT,
        "EXECUTION": "7",
        "REVISION": forge.run("rev-parse", "main"),
        "GITHUB_EVENT_PATH": str(file),
    }


def run(forge: Forge, file: Path) -> str:
    return str(proposer.main(environ(forge, file), forge))


def over(git: Path, **changed: Any) -> Forge:
    return Forge(git, archive(proposition__json=json.dumps(MADE | changed)))


def again(forge: Forge, **changed: Any) -> Forge:
    """The same forge, later, with another file attached."""
    later = over(forge.git, **changed)
    later.state |= {"pulls": forge.state["pulls"], "comments": forge.state["comments"]}
    return later


def verbs(forge: Forge) -> list[str]:
    return [f"{method} {path}" for method, path, _ in forge.sent]


def answer(forge: Forge) -> str:
    [comment] = forge.state["comments"]
    mark, _, text = str(comment["body"]).partition("\n")
    assert mark == proposer.MARK
    return text


# What is written ------------------------------------------------------------------------------------------------------


def test_a_file_becomes_a_branch_a_pull_request_and_an_answer(git: Path, tmp_path: Path) -> None:
    forge = over(git)
    assert run(forge, event(tmp_path)) == "Réponse donnée\u00a0: prete."
    assert forge.run("diff", "--name-status", "main", "proposition/12") == f"A\t{PATH}"
    assert forge.run("show", f"proposition/12:{PATH}") == "nom: Fictive"
    assert forge.run("rev-parse", "proposition/12^") == forge.run("rev-parse", "main")
    assert forge.run("log", "-1", "--format=%B", "proposition/12") == (
        "Ajoute la fiche allaire-cop\n\nDemande #12.\n\n"
        "Co-authored-by: mairie-d-allaire <12345+mairie-d-allaire@users.noreply.github.com>"
    )
    [pull] = forge.state["pulls"]
    assert (pull["title"], pull["base"], pull["head"]["ref"]) == (
        "Ajoute la fiche allaire-cop",
        "main",
        "proposition/12",
    )
    assert "(closes #12)" in pull["body"]
    assert MADE["carte"].strip() in pull["body"]
    assert forge.sent[-2] == ("POST", "actions/workflows/verifier.yml/dispatches", {"ref": "proposition/12"})
    assert answer(forge).startswith("Merci\u202f! Votre demande est devenue la proposition #34\u00a0: ")


def test_the_published_branch_is_never_written(git: Path, tmp_path: Path) -> None:
    forge = over(git)
    before = forge.run("rev-parse", "main")
    run(forge, event(tmp_path))
    assert forge.run("rev-parse", "main") == before
    assert forge.run("for-each-ref", "--format=%(refname)") == "refs/heads/main\nrefs/heads/proposition/12"


def test_a_request_that_was_changed_writes_over_its_own(git: Path, tmp_path: Path) -> None:
    forge = over(git)
    run(forge, event(tmp_path))
    later = again(forge, chemin="cops/56/allaire-autre.yml", texte="nom: Autre\n")
    run(later, event(tmp_path))
    assert forge.run("diff", "--name-status", "main", "proposition/12") == "A\tcops/56/allaire-autre.yml"
    assert "PATCH pulls/34" in verbs(later)
    assert later.state["pulls"][0]["title"] == "Ajoute la fiche allaire-autre"
    assert len(later.state["comments"]) == 1


def test_nothing_new_writes_nothing(git: Path, tmp_path: Path) -> None:
    forge = over(git)
    run(forge, event(tmp_path))
    later = again(forge)
    run(later, event(tmp_path, title="Un autre titre"))
    assert verbs(later) == ["POST git/trees"]


def test_what_a_person_committed_is_left_alone(git: Path, tmp_path: Path) -> None:
    forge = over(git)
    run(forge, event(tmp_path))
    who = {f"GIT_{w}_{k}": "Une relectrice" for w in ("AUTHOR", "COMMITTER") for k in ("NAME", "EMAIL")}
    tree, parent = (forge.run("rev-parse", name) for name in ("main^{tree}", "proposition/12"))
    commit = forge.run("commit-tree", tree, "-p", parent, "-m", "Complète", variables=who)
    forge.run("update-ref", "refs/heads/proposition/12", commit)
    later = again(forge, texte="nom: Autre\n")
    run(later, event(tmp_path))
    assert forge.run("rev-parse", "proposition/12") == commit
    assert "Une personne a repris votre proposition" in answer(later)
    assert later.sent[-1] == ("POST", "issues/12/labels", {"labels": ["à relire"]})


def test_what_was_accepted_is_not_proposed_again(git: Path, tmp_path: Path) -> None:
    forge = over(git)
    run(forge, event(tmp_path))
    forge.state["pulls"][0] |= {"state": "closed", "merged_at": "2026-11-24"}
    later = again(forge, texte="nom: Autre\n")
    run(later, event(tmp_path))
    assert verbs(later) == ["PATCH issues/comments/1"]
    assert "déjà été acceptée" in answer(later)


def test_what_was_closed_comes_back_only_once_changed(git: Path, tmp_path: Path) -> None:
    forge = over(git)
    run(forge, event(tmp_path))
    forge.state["pulls"][0]["state"] = "closed"
    same = again(forge)
    run(same, event(tmp_path))
    assert "POST pulls" not in verbs(same)
    assert "La proposition #34 a été fermée" in answer(same)
    changed = again(same, texte="nom: Autre\n")
    run(changed, event(tmp_path))
    assert "POST pulls" in verbs(changed)


def test_another_branch_that_begins_alike_is_another(git: Path, tmp_path: Path) -> None:
    forge = over(git)
    forge.run("branch", "proposition/123")
    run(forge, event(tmp_path))
    assert forge.run("rev-parse", "proposition/123") == forge.run("rev-parse", "main")
    assert "POST git/refs" in verbs(forge)


def test_a_forge_that_opens_no_pull_request_is_told_to_maintainers(
    git: Path, tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    forge = over(git)
    forge.refuses = "pulls"
    run(forge, event(tmp_path))
    assert "Une personne va ouvrir la proposition" in answer(forge)
    assert capsys.readouterr().err.startswith("::error::La forge refuse d’ouvrir la proposition")


@pytest.mark.parametrize(("state", "labels"), [("a-corriger", ()), ("a-relire", ("à relire",)), ("inchangee", ())])
def test_an_answer_alone_writes_no_branch(git: Path, tmp_path: Path, state: str, labels: tuple[str, ...]) -> None:
    forge = over(git, etat=state, chemin="", texte="", carte="", reponse="Il reste un point à corriger.")
    run(forge, event(tmp_path))
    assert forge.run("for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert answer(forge) == "Il reste un point à corriger."
    assert [path for _, path, _ in forge.sent[1:]] == ["issues/12/labels" for _ in labels]


def test_the_label_goes_once_the_file_is_ready(git: Path, tmp_path: Path) -> None:
    forge = over(git)
    run(forge, event(tmp_path, labels=("à relire", "ajout")))
    assert forge.sent[-1][:2] == ("DELETE", "issues/12/labels/à relire")


def test_an_open_proposal_stays_while_the_request_is_wrong(git: Path, tmp_path: Path) -> None:
    forge = over(git)
    run(forge, event(tmp_path))
    later = again(forge, etat="a-corriger", chemin="", texte="", carte="", reponse="Il reste un point.")
    run(later, event(tmp_path))
    assert verbs(later) == ["PATCH issues/comments/1"]
    assert answer(later).endswith("En attendant, la proposition #34 reste ouverte, telle qu’elle était.")


def test_a_request_without_form_is_left_alone(git: Path, tmp_path: Path) -> None:
    forge = Forge(git, archive(proposition__json="null\n"))
    assert "aucun des formulaires" in run(forge, event(tmp_path))
    assert forge.sent == []


# What was attached is data --------------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    "changed",
    [
        {"chemin": ".github/workflows/publier.yml"},
        {"chemin": "cops/56/../../.github/workflows/x.yml"},
        {"chemin": "cops/56/sous/a.yml"},
        {"chemin": "cops/56/a.yml\n"},
        {"chemin": "cops/56/A.yml"},
        {"chemin": "cops/56/.yml"},
        {"chemin": "content/relire.yml"},
        {"chemin": "content/formations/../a.yml"},
        {"chemin": "/cops/56/a.yml"},
        {"chemin": ["cops/56/a.yml"]},
        {"chemin": f"cops/56/{'a' * 81}.yml"},
        {"texte": ""},
        {"texte": "a" * (proposer.MAX_FILE + 1)},
        {"texte": "\ud800"},
        {"carte": "bonjour @mairie"},
        {"carte": "[ici](https://exemple.org)"},
        {"etat": "a-relire", "reponse": "<img src=x>"},
        {"reponse": "::set-output name=a::b"},
        {"etat": "acceptee"},
        {"formulaire": "../x"},
        {"formulaire": "signaler-une-erreur"},
    ],
    ids=lambda changed: str(changed)[:60],
)
def test_what_our_program_never_writes_is_not_proposed(git: Path, tmp_path: Path, changed: dict[str, Any]) -> None:
    forge = over(git, **changed)
    assert "rien n’est proposé" in run(forge, event(tmp_path))
    assert forge.run("for-each-ref", "--format=%(refname)") == "refs/heads/main"
    assert verbs(forge) == ["POST issues/12/comments", "POST issues/12/labels"]
    assert answer(forge) == proposer.UNKNOWN


def test_each_form_has_its_title() -> None:
    assert proposer.TITLES.keys() == FORMS.keys()


@pytest.mark.parametrize("told", ["", "[]", "{", "3", "[" * 100_000, json.dumps(MADE | {"texte": None})[:-3]])
def test_an_unreadable_file_is_left_to_a_person(git: Path, tmp_path: Path, told: str) -> None:
    forge = Forge(git, archive(proposition__json=told))
    assert "rien n’est proposé" in run(forge, event(tmp_path))
    assert answer(forge) == proposer.UNKNOWN


@pytest.mark.parametrize("zipped", [b"", b"pas une archive", archive(autre="x")], ids=["none", "no zip", "other"])
def test_an_absent_file_is_left_to_a_person(git: Path, tmp_path: Path, zipped: bytes) -> None:
    forge = Forge(git, zipped)
    assert "rien n’est proposé" in run(forge, event(tmp_path))


@pytest.mark.parametrize(
    "author",
    [
        {"login": 'a" <x@y> "'},
        {"login": "a\nSigned-off-by: x"},
        {"login": ""},
        {"login": "a" * 40},
        {"login": None},
        {"id": "12"},
        {"id": True},
        {"id": -1},
        {"type": "Bot"},
    ],
    ids=str,
)
def test_an_author_whose_name_is_odd_is_not_credited(git: Path, tmp_path: Path, author: dict[str, Any]) -> None:
    forge = over(git)
    run(forge, event(tmp_path, **author))
    message = forge.run("log", "-1", "--format=%B", "proposition/12")
    assert message == "Ajoute la fiche allaire-cop\n\nDemande #12."


def test_no_author_at_all(git: Path, tmp_path: Path) -> None:
    file = event(tmp_path)
    told = json.loads(file.read_text("utf-8"))
    told["issue"]["user"] = None
    file.write_text(json.dumps(told), encoding="utf-8")
    forge = over(git)
    run(forge, file)
    assert "Co-authored-by" not in forge.run("log", "-1", "--format=%B", "proposition/12")


# The whole run --------------------------------------------------------------------------------------------------------


def whole(git: Path, tmp_path: Path, file: Path, state: dict[str, Any] | None = None) -> dict[str, Any]:
    """Both jobs as their processes, `gh` being the forge of the tests; its state afterwards."""
    asked = repository.call("--root", git, "issue", file, "--format", "json", "--date", TODAY)
    assert asked.returncode in (0, 1), asked.stderr
    forge = Forge(git, archive(proposition__json=asked.stdout))
    told = (state or {}) | {"sent": [], "zip": forge.state["zip"], "git": str(git)}
    (tmp_path / "forge.json").write_text(json.dumps(told), encoding="utf-8")
    gh = tmp_path / "bin" / "gh"
    gh.parent.mkdir(exist_ok=True)
    gh.write_text(f'#!/bin/sh\nexec "{sys.executable}" -m tests.support.forge "$@"\n', encoding="utf-8")
    gh.chmod(0o755)
    variables = environ(forge, file) | {
        "PATH": f"{gh.parent}{os.pathsep}{os.environ['PATH']}",
        "FORGE": str(tmp_path / "forge.json"),
        "PYTHONPATH": str(ROOT),
    }
    script: list[str | Path] = [sys.executable, ROOT / ".github" / "proposer.py"]
    done = subprocess.run(script, env=os.environ | variables, capture_output=True, text=True, check=False, cwd=ROOT)
    assert done.returncode == 0, done.stderr
    assert done.stderr == ""
    # A line that begins with :: is an order for the log of the forge.
    assert [line for line in done.stdout.split("\n") if line.startswith("::")] == []
    after: dict[str, Any] = json.loads((tmp_path / "forge.json").read_text("utf-8"))
    return after


def test_the_whole_run_of_a_new_entry(git: Path, tmp_path: Path) -> None:
    """The branch passes the very checks that the pull request will ask for."""
    asked = event(tmp_path, body(ADD, ANSWERS, line="\r\n"))
    state = whole(git, tmp_path, asked)
    assert state["pulls"][0]["title"] == "Ajoute la fiche allaire-commission-fictive-de-l-eau"
    assert "| Nom de la COP | Commission fictive de l’eau |" in state["pulls"][0]["body"]
    forge = Forge(git)
    forge.run("checkout", "--quiet", "proposition/12")
    done = repository.call("--root", git, "check", "--since", "HEAD^1", "--date", TODAY)
    assert (done.returncode, done.stderr) == (0, "")
    assert "1 fichier lu" in done.stdout
    told = repository.call("--root", git, "card", "--since", "HEAD^1", "--date", TODAY).stdout
    assert told.strip() in state["pulls"][0]["body"]
    # The person corrects the request: the same branch, proposal and comment follow.
    forge.run("checkout", "--quiet", "main")
    corrected = event(
        tmp_path, body(ADD, ANSWERS | {"nom": "Commission fictive du littoral", "themes": ("littoral-mer",)})
    )
    state = whole(git, tmp_path, corrected, state)
    assert [pull["title"] for pull in state["pulls"]] == ["Ajoute la fiche allaire-commission-fictive-du-littoral"]
    assert len(state["comments"]) == 1
    names = forge.run("diff", "--name-only", "main", "proposition/12")
    assert names == "cops/56/allaire-commission-fictive-du-littoral.yml"


def test_the_whole_run_of_a_confirmation(git: Path, tmp_path: Path) -> None:
    own = next((git / "cops").rglob("*.yml"))
    state = whole(git, tmp_path, event(tmp_path, body(CONFIRM, {"fiche": own.stem})))
    assert state["pulls"][0]["title"] == f"Confirme la fiche {own.stem}"
    changed = Forge(git).run("diff", "--unified=0", "main", "proposition/12")
    assert [line for line in changed.split("\n") if line.startswith("+")][1:] == [f"+verifiee_le: {TODAY}"]


@pytest.mark.parametrize("text", [HOSTILE[1], HOSTILE[5], "\n".join(HOSTILE)], ids=["orders", "signs", "all"])
def test_the_whole_run_of_a_hostile_request(git: Path, tmp_path: Path, text: str) -> None:
    """Nothing of it is run, no branch is made of what is wrong, and the answer acts on nothing."""
    texts = {"nom": text, "resume": text, "description": text}
    asked = event(tmp_path, body(ADD, ANSWERS | texts), title=text, login=text, labels=(text,))
    state = whole(git, tmp_path, asked)
    assert state["pulls"] == []
    assert Forge(git).run("for-each-ref", "--format=%(refname)") == "refs/heads/main"
    [comment] = state["comments"]
    assert load(".github/gh.py").is_card(comment["body"].removeprefix(f"{proposer.MARK}\n"))


def test_the_whole_run_of_a_huge_request(git: Path, tmp_path: Path) -> None:
    own = next((git / "cops").rglob("*.yml"))
    asked = event(tmp_path, body(CORRECT, {"fiche": own.stem, "changement": "x", "fichier": "a" * 1_000_000}))
    state = whole(git, tmp_path, asked)
    assert "trop longue" in state["comments"][0]["body"]
    assert state["pulls"] == []


def test_the_forge_of_the_tests_signs_as_ours() -> None:
    assert load(".github/gh.py").BOT == BOT

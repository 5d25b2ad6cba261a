"""From what `cop calendriers` found to one proposal: opened, kept up to date, not made again once it was refused."""

import json
from pathlib import Path
from typing import Any

import pytest

from tests.support.forge import DEPOT, Forge
from tests.support.scripts import archive, load

load(".github/gh.py")
load(".github/branche.py")
calendriers = load(".github/calendriers.py")

PATH = "cops/29/quimperle-fictive.yml"
OTHER = "cops/35/langon-fictive.yml"
FOUND: dict[str, Any] = {
    "version": 1,
    "carte": "### COP fictive\n\n- jeudi 14 janvier 2027",
    "empreinte": "une rencontre",
    "fichiers": [{"chemin": PATH, "texte": "nom: Fictive\n"}, {"chemin": OTHER, "texte": "nom: Autre\n"}],
}
BRANCH = calendriers.BRANCH


@pytest.fixture
def git(tmp_path: Path) -> Path:
    """A repository with one commit on `main`."""
    (tmp_path / "a").write_text("a", encoding="utf-8")
    forge = Forge(tmp_path)
    forge.run("init", "--quiet", "--initial-branch=main")
    forge.run("add", ".")
    forge.run("-c", "user.name=Une relectrice", "-c", "user.email=x@x", "commit", "--quiet", "--message=Début")
    return tmp_path


def over(git: Path, former: Forge | None = None, **changed: Any) -> Forge:
    forge = Forge(git, archive(calendriers__json=json.dumps(FOUND | changed)), attached="calendriers")
    forge.state["pulls"] = former.state["pulls"] if former else []
    return forge


def run(forge: Forge) -> str:
    environ = {"DEPOT": DEPOT, "EXECUTION": "7", "REVISION": forge.run("rev-parse", "main"), "BRANCHE": "main"}
    return str(calendriers.main(environ, forge))


def test_the_files_become_one_branch_and_one_proposal(git: Path) -> None:
    forge = over(git)
    assert run(forge) == "Proposition ouverte."
    assert forge.run("diff", "--name-status", "main", BRANCH).split("\n") == [f"A\t{PATH}", f"A\t{OTHER}"]
    assert forge.run("show", f"{BRANCH}:{PATH}") == "nom: Fictive"
    [pull] = forge.state["pulls"]
    assert (pull["base"], pull["title"]) == ("main", calendriers.TITLE)
    assert FOUND["carte"] in pull["body"]
    assert forge.sent[-1][1:] == ("actions/workflows/verifier.yml/dispatches", {"ref": BRANCH})
    later = over(git, forge, fichiers=FOUND["fichiers"][:1], empreinte="autre")
    assert run(later) == "Proposition à jour."
    assert later.run("diff", "--name-status", "main", BRANCH) == f"A\t{PATH}"
    assert len(later.state["pulls"]) == 1


def test_what_a_person_refused_comes_back_only_where_a_calendar_changed(git: Path) -> None:
    forge = over(git)
    run(forge)
    forge.state["pulls"][0]["state"] = "closed"
    again = over(git, forge)
    assert (run(again), again.sent) == ("Ces rencontres ont été refusées\u00a0: rien n’est proposé.", [])
    assert run(over(git, forge, empreinte="deux rencontres")) == "Proposition ouverte."


def test_nothing_new_proposes_nothing(git: Path) -> None:
    forge = over(git, fichiers=[], carte="")
    assert (run(forge), forge.sent) == ("Rien de nouveau dans les calendriers.", [])


@pytest.mark.parametrize(
    "changed",
    [
        {"fichiers": [{"chemin": ".github/workflows/x.yml", "texte": "a"}]},
        {"fichiers": [{"chemin": "cops/29/../../x.yml", "texte": "a"}]},
        {"fichiers": [{"chemin": "content/actualites/2026-11-24-a.yml", "texte": "a"}]},
        {"fichiers": [{"chemin": PATH, "texte": "a" * 300_000}]},
        {"fichiers": [{"chemin": f"cops/29/a{n}.yml", "texte": "a"} for n in range(61)]},
        {"carte": "<b>gras</b>"},
        {"carte": "@quelqu-un"},
        {"empreinte": None, "fichiers": None},
    ],
)
def test_what_our_program_never_writes_is_not_proposed(git: Path, changed: dict[str, Any]) -> None:
    forge = over(git, **changed)
    with pytest.raises(SystemExit, match="rien n’est proposé"):
        run(forge)
    assert forge.sent == []


def test_the_branch_that_a_person_works_on_is_left_alone(git: Path) -> None:
    forge = over(git)
    run(forge)
    tree = forge.run("rev-parse", "main^{tree}")
    own = {f"GIT_{who}_{key}": "relectrice@x" for who in ("AUTHOR", "COMMITTER") for key in ("NAME", "EMAIL")}
    sha = forge.run("commit-tree", tree, "-p", BRANCH, content=b"moi", variables=own)
    forge.run("update-ref", f"refs/heads/{BRANCH}", sha)
    assert run(over(git, forge)) == "Une personne complète la proposition\u00a0: elle reste telle quelle."

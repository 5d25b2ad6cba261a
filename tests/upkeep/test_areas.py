"""What a proposal changes beside the entries is named in its card as what it is, with what to do of it."""

import subprocess
from fnmatch import fnmatchcase
from pathlib import Path

import pytest
import yaml

from generator.repository.git import list_changed
from generator.upkeep.areas import AREAS, ENTRIES, MOST_PATHS, tell_areas
from generator.upkeep.card import LONGEST_CARD, make_card
from tests.support import annuaires, repository
from tests.support.cards import COP, HOSTILE, snapshot_of
from tests.support.paths import ROOT
from tests.support.scripts import load

gh = load(".github/gh.py")

SAYS = {
    "content/lancer.md": "change une page du site",
    "content/contribuer/champs.md": "change une page du site",
    "content/images/plan.png": "change une image du site",
    "content/x.js": "ni une fiche, ni une page, ni une image",
    "cops/29/notes.txt": "ni une fiche, ni une page, ni une image",
    "content/page.yml": "ni une fiche, ni une page, ni une image",
    "schema/cop.schema.json": "change les règles des fiches",
    "mkdocs.yml": "change les réglages du site",
    ".github/workflows/publier.yml": "change ce que la forge exécute",
    ".github/gh.py": "change ce que la forge exécute",
    ".gitlab-ci.yml": "change ce que la forge exécute",
    ".ci/run": "change ce que la forge exécute",
    "README.md": "change un texte du dépôt",
    "generator/hook.py": "change le programme",
    "tests/conftest.py": "change le programme",
    "Makefile": "change le programme",
    "pyproject.toml": "change le programme",
    "un/dossier/inconnu": "change le programme",
}


@pytest.mark.parametrize("path", SAYS)
def test_a_change_is_named_as_what_it_is(path: str) -> None:
    (told,) = tell_areas([path])
    assert SAYS[path] in told.split("**")[1]
    assert path.replace("_", "&#95;") in told


def test_whatever_the_repository_holds_is_told() -> None:
    held = subprocess.run(["git", "-C", ROOT, "ls-files", "-z"], capture_output=True, check=True).stdout.decode()
    paths = [path for path in held.split("\0") if path]
    assert all(ENTRIES.match(path) or list(tell_areas([path])) for path in paths)
    told = list(tell_areas(paths))
    assert len(told) >= len(AREAS) - 2  # neither a picture nor a stray file is in it
    assert all(part.count(",") < MOST_PATHS + 5 for part in told)


def test_entries_are_shown_by_the_rest_of_the_card() -> None:
    paths = ("cops/29/b.yml", "content/formations/x.yml", "content/actualites/2026-01-01-x.yml")
    assert list(tell_areas(paths)) == []
    both = make_card(snapshot_of(a=COP), snapshot_of(a=COP, b=annuaires.cop(nom="COP fictive")), [*paths, "mkdocs.yml"])
    assert both.index("change les réglages") < both.index("### COP fictive — nouvelle fiche")


def test_a_file_name_gets_nothing_done() -> None:
    names = [f"{folder}{name}" for folder in ("content/", "", "schema/") for name in HOSTILE]
    told = make_card(snapshot_of(a=COP), snapshot_of(a=COP), [*names, "x" * 4000])
    assert gh.is_card(told)
    assert len(told) < LONGEST_CARD


def test_whatever_is_no_entry_runs_every_test() -> None:
    workflow = yaml.safe_load((ROOT / ".github" / "workflows" / "essais.yml").read_text("utf-8"))
    for event in ("pull_request", "push"):
        ignored = workflow[True][event]["paths-ignore"]  # YAML 1.1 reads `on` as true
        assert not any(
            fnmatchcase(path, pattern)
            for path in SAYS
            for pattern in ignored
            if "/" in pattern and "cops/29" not in path
        )


CHANGES = {
    "moved": "mv .github/workflows/publier.yml NOTES.md",
    "moved into an entry": "mv .github/workflows/publier.yml cops/29/a.yml",
    "taken away": "rm .github/workflows/publier.yml",
    "made to run": "chmod +x .github/workflows/publier.yml",
    "made a link": "ln -sf /etc/hostname .github/workflows/publier.yml",
    "copied": "cp .github/workflows/publier.yml NOTES.md; echo >> .github/workflows/publier.yml",
    "made a folder": "cd .github/workflows; mv publier.yml x; mkdir publier.yml; mv x publier.yml/x",
    "made a submodule": "rm .github/workflows/publier.yml; git clone -q . .github/workflows/publier.yml; "
    "git config -f .gitmodules submodule.x.path .github/workflows/publier.yml; "
    "git config -f .gitmodules submodule.x.url ../x; git config -f .gitmodules submodule.x.ignore all",
}


@pytest.mark.parametrize("commands", CHANGES.values(), ids=CHANGES)
def test_no_way_to_change_a_file_keeps_it_unsaid(tmp_path: Path, commands: str) -> None:
    (tmp_path / ".github" / "workflows").mkdir(parents=True)
    (tmp_path / "cops" / "29").mkdir(parents=True)
    lines = "".join(f"ligne {number}\n" for number in range(50))
    (tmp_path / ".github" / "workflows" / "publier.yml").write_text(lines, encoding="utf-8")
    identity = "git -c user.name=x -c user.email=x@exemple.org -c commit.gpgsign=false -c advice.addEmbeddedRepo=false"
    commit = f"git add -A -f; {identity} commit -q --allow-empty -m x"
    for script in (f"git init -q; {commit}", f"({commands}); {commit}"):
        subprocess.run(["bash", "-euc", script], cwd=tmp_path, check=True, capture_output=True)
    told = list(tell_areas(list_changed(tmp_path, "HEAD^")))
    assert any("change ce que la forge exécute" in part and "workflows/publier.yml" in part for part in told)


def test_a_link_that_leaves_the_tree_stops_nothing(tmp_path: Path) -> None:
    root = repository.make(tmp_path / "depot", 1, 1, 1)

    def git(*words: str) -> None:
        identity = ("-c", "user.name=x", "-c", "user.email=x@exemple.org", "-c", "commit.gpgsign=false")
        subprocess.run(["git", "-C", str(root), *identity, *words], check=True, capture_output=True)

    for name in ("schema", "generator"):  # links of the factory
        (root / name).unlink()
    (root / "schema").mkdir()
    for path in (ROOT / "schema").iterdir():
        (root / "schema" / path.name).write_bytes(path.read_bytes())
    links = {
        "content/absolu.txt": "/etc/hostname",
        "content/dehors.md": "../../../dehors",
        "cops/29/lien.yml": "/dev/zero",
    }
    (root / "cops" / "29").mkdir(exist_ok=True)
    for name, target in links.items():
        (root / name).symlink_to(target)
    git("init", "--quiet")
    git("add", "--all")
    git("commit", "--quiet", "--message", "base")
    (root / "content" / "lancer.md").write_text("# Lancer\n", encoding="utf-8")
    git("commit", "--quiet", "--all", "--message", "proposition")
    common = ("--root", root)
    for words in (("card",), ("check",), ("check", "--fix", "--dry-run")):
        done = repository.call(*common, *words, "--since", "HEAD^", "--date", repository.TODAY)
        assert done.stderr == ""
        assert done.returncode == 0, done.stdout
        assert not any(name in done.stdout for name in links)  # nothing new about them
    card = repository.call(*common, "card", "--since", "HEAD^", "--date", repository.TODAY).stdout
    assert "change une page du site" in card
    told = repository.call(*common, "check", "--date", repository.TODAY)
    assert told.returncode == 1
    assert told.stdout.count("[lien-symbolique]") == len(links)

"""`cop check --fix`: what is corrected, what is left to a person, what is never written over."""

import re
import subprocess
from pathlib import Path

import pytest

from generator.edits.fixing import rewrites
from generator.edits.fixing.fix_rules import NOT_SAFE, SAFE, are_one_letter_apart
from generator.edits.fixing.fixes import apply_edits
from generator.edits.fixing.key_order import is_ordered
from generator.entries.corpus import KINDS
from generator.problems.catalogue import CATALOGUE
from generator.problems.problem import Edit
from generator.repository.snapshot import read_snapshot
from tests.support import repository
from tests.support.paths import ROOT
from tests.support.problem_cases import CASES, FOLDERS, TODAY, told_of_file
from tests.support.verdicts import FACTS

MAIL = "  courriel: mairie@commune.example"
NOM = "nom: Commission fictive du climat  # le nom voté"
GOOD = f"""\
# yaml-language-server: $schema=../../schema/cop.schema.json
{NOM}
type: commission-extra-municipale
collectivite:
  type: commune
  code: "29233"
  nom: Quimperlé
statut: en-projet
# Deux thèmes pour l’instant.
themes: [climat-energie, eau]
resume: >-
  Une commission inventée pour essayer les corrections,
  sans rapport avec une vraie.
contact:
{MAIL}
inscrite_le: 2026-11-24
"""


def fixed(text: str, kind: int = 0) -> str:
    name = f"{FOLDERS[KINDS[kind].name]}/fictive.yml"
    return rewrites.rewrite_text(text, name, FACTS, KINDS[kind])[0]


@pytest.mark.parametrize(
    ("line", "wrong", "right"),
    [
        (NOM, "nom: COP : le climat fictif", 'nom: "COP : le climat fictif"'),
        (NOM, "nom: 'L'eau fictive'", 'nom: "L\'eau fictive"'),
        (NOM, "nom: “COP fictive”  # x", 'nom: "COP fictive"  # x'),
        ("inscrite_le: 2026-11-24", "inscrite_le: 24/11/2026  # vu", "inscrite_le: 2026-11-24  # vu"),
        ("inscrite_le: 2026-11-24", "inscrite_l: 1er novembre 2026", "inscrite_le: 2026-11-01"),
        ("themes: [climat-energie, eau]", "thèmes: eau ; littoral-mer", "themes: [eau, littoral-mer]"),
        (MAIL, "\tcourriel: mairie@commune.example", MAIL),
        (MAIL, "  couriel: mairie@a.example", "  courriel: mairie@a.example"),
        ('  code: "29233"', '  code: "29300"', '  code: "29233"'),
    ],
)  # fmt: skip
def test_what_is_certain_is_corrected_and_the_rest_kept_byte_for_byte(line: str, wrong: str, right: str) -> None:
    assert line in GOOD
    assert fixed(GOOD.replace(line, wrong)) == GOOD.replace(line, right)


def test_an_old_code_takes_the_new_one_and_the_old_name_goes_with_it() -> None:
    old = GOOD.replace("29233", "29052").replace("Quimperlé", "Esquibien # ancien nom")
    assert fixed(old) == GOOD.replace("29233", "29003").replace("Quimperlé", "Audierne # ancien nom")
    assert fixed(old.replace("Esquibien", "Brest")) == old.replace("Esquibien", "Brest")


@pytest.mark.parametrize(
    ("line", "doubtful"),
    [
        ("statut: en-projet", "statut: en projet"),  # a choice is never changed
        (MAIL, "  page: http://commune.example"),
        (MAIL, "  page: commune.example"),
        ('  code: "29233"\n  nom: Quimperlé', '  code: "29890"'),  # a postal code without a name
        ('  code: "29233"', '  code: "29232"'),
        (NOM, "nom: Commission fictive du climat #2"),
        (NOM, "nom: COP : le climat\n  fictif"),
        (NOM, "nom: COP fictive statut: active"),
        (NOM, 'nom: "Agir" et "apprendre"'),
        (NOM, "nom: 'L'eau' # vu"),
        (NOM, "nom: &base COP fictive\nsigle: *base"),
        ("themes: [climat-energie, eau]", "themes: climat, énergie et eau"),
        ("themes: [climat-energie, eau]", "themes: [climat-energie, eau"),
        (MAIL, "couriel: mairie@commune.example"),
        ("inscrite_le: 2026-11-24", "inscrite_le: 24/11/2026 à 18h30"),  # the hour would be lost
        ("inscrite_le: 2026-11-24", "inscrite_le: 11/24/2026"),
        ("statut: en-projet", "statu: en-projet\nstatuts: active"),  # which of them?
    ],
)
def test_what_has_two_readings_is_left_to_a_person(line: str, doubtful: str) -> None:
    assert line in GOOD
    text = GOOD.replace(line, doubtful)
    assert fixed(text) == text


def test_several_mistakes_that_hide_each_other_are_corrected_in_one_go() -> None:
    wrong = GOOD.replace("nom: Commission", "NOM: Commission :").replace("  # le nom voté", "")
    wrong = wrong.replace("inscrite_le: 2026", "inscrite_le:2026").replace("statut:", "statut\u00a0:")
    assert fixed(wrong) == GOOD.replace(
        "Commission fictive du climat  # le nom voté", '"Commission : fictive du climat"'
    )


def test_keys_take_the_order_of_the_schema_with_their_comments() -> None:
    lines = GOOD.splitlines(keepends=True)
    head, nom, themes = lines[0], lines[1], "".join(lines[8:10])
    moved = head + "# Toute la fiche est fictive.\n\n" + themes + "".join(lines[10:]) + nom + "".join(lines[2:8])
    right = head + "# Toute la fiche est fictive.\n\n" + "".join(lines[1:])
    assert fixed(moved) == right
    assert fixed(moved + "\n# sigle: à trouver\n") == right + "\n# sigle: à trouver\n"


@pytest.mark.parametrize(
    "text",
    [
        "inconnue: x\n" + GOOD,  # unknown keys have no place
        "---\n" + GOOD.replace("themes: [climat-energie, eau]\n", "") + "themes: [eau]\n...\n",
        "{statut: active, nom: Commission fictive}\n",
    ],
)
def test_what_cannot_be_moved_line_by_line_stays(text: str) -> None:
    assert fixed(text) == text


def test_line_ends_and_the_mark_of_byte_order_are_kept() -> None:
    windows = "\ufeff" + GOOD.replace("\n", "\r\n")
    assert fixed(windows.replace("2026-11-24", "24/11/2026")) == windows
    assert fixed(windows.rstrip("\r\n")) == windows
    assert fixed(GOOD.rstrip("\n")) == GOOD


@pytest.mark.parametrize("text", ["", "nom: [", "nom: \x07", "- a", "nom: x\n" * 3, "\ufeff", "\t"])
def test_what_cannot_be_read_is_left_alone(text: str) -> None:
    assert fixed(text) == text


def test_correcting_twice_is_correcting_once() -> None:
    for index, kind in enumerate(KINDS):
        for path in sorted((CASES / kind.name).glob("*.yml")):
            once = fixed(path.read_bytes().decode("utf-8", "replace"), index)
            assert fixed(once, index) == once, path


def test_every_code_that_proposes_a_correction_is_certain_or_not() -> None:
    paths = [path for kind in FOLDERS for path in (CASES / kind).glob("*.yml")]
    proposing = {found.code for path in paths for found in told_of_file(path)[0] if found.fix}
    assert proposing == set(SAFE) | set(NOT_SAFE)
    assert set(SAFE) & set(NOT_SAFE) == set()
    assert set(SAFE) | set(NOT_SAFE) <= set(CATALOGUE)


def test_edits_of_one_line_are_made_from_its_end() -> None:
    edits = [Edit((1, 1), (1, 2), "xyz"), Edit((1, 3), (1, 3), "!"), Edit((2, 2), (2, 3), "")]
    assert apply_edits("abc\ndé\r\n", edits) == "xyzb!c\nd\r\n"


@pytest.mark.parametrize(
    ("one", "other", "answer"),
    [("statut", "status", True), ("statut", "statu", True), ("url", "rul", True), ("fin", "fin", True),
     ("nom", "", False), ("abcd", "badc", False), ("elus", "elue", True), ("debut", "tubed", False)],
)  # fmt: skip
def test_one_letter_of_difference(one: str, other: str, answer: bool) -> None:
    assert (are_one_letter_apart(one, other), are_one_letter_apart(other, one)) == (answer, answer)


def test_an_unknown_key_has_no_order() -> None:
    assert is_ordered({"b": 1, "x": 2, "a": 3}, ["a", "b"])
    assert not is_ordered({"b": 1, "a": 3}, ["a", "b"])


# Files ---------------------------------------------------------------------------------------------------------------

WRONG = GOOD.replace("2026-11-24", "24/11/2026")
PATH = "cops/29/fictive.yml"


@pytest.fixture
def depot_git(tmp_path: Path) -> Path:
    """A repository under git with one file to correct, committed, below the top of what git knows."""
    root = repository.make_entries(tmp_path / "annuaire", 0, 0, 0)
    (root / PATH).parent.mkdir(parents=True, exist_ok=True)
    (root / PATH).write_text(WRONG, encoding="utf-8")
    git(tmp_path, "init", "--quiet")
    git(root, "add", "cops")
    git(root, "-c", "user.name=x", "-c", "user.email=x@example.org", "commit", "--quiet", "--message", "x")
    return root


def git(folder: Path, *words: str) -> None:
    subprocess.run(["git", "-C", str(folder), *words], check=True, capture_output=True)


def plan(root: Path, *paths: str) -> list[rewrites.Rewrite]:
    return rewrites.plan_rewrites(read_snapshot(root, {}, TODAY), paths or None)


def test_only_what_changes_is_planned_and_written(depot_git: Path) -> None:
    files = plan(depot_git)
    assert [(file.path, file.after) for file in files] == [(PATH, GOOD)]
    assert (depot_git / PATH).read_text("utf-8") == WRONG
    (depot_git / PATH).chmod(0o600)
    assert rewrites.write_rewrites(depot_git, files) == (files, [])
    assert (depot_git / PATH).read_text("utf-8") == GOOD
    assert (depot_git / PATH).stat().st_mode & 0o777 == 0o600
    assert plan(depot_git) == []
    assert sorted(path.name for path in (depot_git / PATH).parent.iterdir() if path.name.startswith(".")) == []


def test_files_may_be_chosen(depot_git: Path) -> None:
    assert rewrites.plan_rewrites(read_snapshot(depot_git, {}, TODAY), ()) == []
    assert plan(depot_git, "cops/29/autre.yml") == []
    assert [file.path for file in plan(depot_git, PATH)] == [PATH]


@pytest.mark.parametrize("state", ["changed", "staged", "untracked", "no git", "no commit"])
def test_what_could_not_be_had_again_is_refused(depot_git: Path, state: str) -> None:
    if state in {"changed", "staged"}:
        (depot_git / PATH).write_text(WRONG + "# une note\n", encoding="utf-8")
    if state == "staged":
        git(depot_git, "add", PATH)
    if state == "untracked":
        git(depot_git, "rm", "--cached", "--quiet", PATH)
    if state in {"no git", "no commit"}:
        (depot_git.parent / ".git").rename(depot_git.parent / "git")
    if state == "no commit":
        git(depot_git, "init", "--quiet")
        git(depot_git, "add", PATH)
    before = (depot_git / PATH).read_text("utf-8")
    files = plan(depot_git)
    assert rewrites.write_rewrites(depot_git, files) == ([], files)
    assert (depot_git / PATH).read_text("utf-8") == before
    assert rewrites.write_rewrites(depot_git, files, force=True) == (files, [])
    assert (depot_git / PATH).read_text("utf-8") == before.replace("24/11/2026", "2026-11-24")


def test_another_file_with_changes_does_not_forbid_this_one(depot_git: Path) -> None:
    (depot_git / "cops/29/neuve.yml").write_text(WRONG, encoding="utf-8")
    files = plan(depot_git)
    written, left = rewrites.write_rewrites(depot_git, files)
    assert ([f.path for f in written], [f.path for f in left]) == ([PATH], ["cops/29/neuve.yml"])


def test_a_file_changed_since_it_was_shown_is_refused_even_by_force(depot_git: Path) -> None:
    files = plan(depot_git)
    (depot_git / PATH).write_text("nom: x\n", encoding="utf-8")
    assert rewrites.write_rewrites(depot_git, files, force=True) == ([], files)


def test_the_diff_is_one_that_git_applies(depot_git: Path) -> None:
    shown = rewrites.diff_rewrites(plan(depot_git))
    assert re.findall(r"^[-+]i.*", shown, re.MULTILINE) == ["-inscrite_le: 24/11/2026", "+inscrite_le: 2026-11-24"]
    subprocess.run(
        ["git", "apply", "--directory=annuaire"], cwd=depot_git.parent, input=shown + "\n", text=True, check=True
    )
    assert (depot_git / PATH).read_text("utf-8") == GOOD


def test_the_diff_shows_a_last_line_that_was_not_ended() -> None:
    file = rewrites.Rewrite(PATH, "nom: x", "nom: x\n")
    shown = rewrites.diff_rewrites([file]).split("\n")
    assert shown[3:] == ["-nom: x", "\\ Pas de saut de ligne à la fin du fichier", "+nom: x"]


def test_the_real_entries_need_no_correction() -> None:
    assert plan(ROOT) == []

"""Continuous integration as it is written: valid, safe for forks, and calling commands that exist."""

import json
import re
import subprocess
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest
import yaml

from tests.support import repository, tools
from tests.support.paths import ROOT
from tests.support.scripts import load

load(".github/gh.py")
entretenir = load(".github/entretenir.py")
WORKFLOWS = sorted((ROOT / ".github" / "workflows").glob("*.yml"))
GITLAB = ROOT / ".gitlab-ci.yml"
MAY_WRITE = {
    ("commenter.yml", "commentaire"): {"pull-requests": "write", "contents": "read", "actions": "read"},
    ("calendriers.yml", "proposition"): {"actions": "write", "contents": "write", "pull-requests": "write"},
    ("entretenir.yml", "sujet"): {"issues": "write", "contents": "read", "actions": "read"},
    ("proposer.yml", "proposition"): {
        "actions": "write",
        "contents": "write",
        "issues": "write",
        "pull-requests": "write",
    },
    ("publier.yml", "prevenir"): {"issues": "write", "contents": "read"},
    ("publier.yml", "en-ligne"): {"pages": "write", "id-token": "write"},
}
"""The only jobs that write anything, with all they are allowed."""

Job = dict[str, Any]

each_workflow = pytest.mark.parametrize("path", WORKFLOWS, ids=lambda path: path.stem)


def read(path: Path) -> dict[str, Any]:
    data = yaml.safe_load(path.read_text("utf-8"))
    # YAML 1.1 reads the key `on` as true.
    return {("on" if key is True else key): value for key, value in data.items()}


def jobs(path: Path) -> Iterator[tuple[str, Job]]:
    yield from read(path)["jobs"].items()


def scripts() -> Iterator[str]:
    """Every line that a shell of either forge would run."""
    for path in WORKFLOWS:
        for _, job in jobs(path):
            yield from (step["run"] for step in job["steps"] if "run" in step)
    for job in yaml.safe_load(GITLAB.read_text("utf-8")).values():
        if isinstance(job, dict):
            yield from job.get("script", ())


def validate(schema: str, *arguments: str | Path) -> subprocess.CompletedProcess[str]:
    return tools.run("check-jsonschema", "--builtin-schema", schema, *arguments)


def test_there_is_something_to_check() -> None:
    assert [path.stem for path in WORKFLOWS] == [
        "calendriers",
        "commenter",
        "entretenir",
        "eprouver",
        "essais",
        "mesurer",
        "nouveautes",
        "proposer",
        "publier",
        "verifier",
    ]


@pytest.mark.parametrize("schema", ["vendor.github-workflows", "custom.github-workflows-require-timeout"])
def test_workflows_are_what_the_forge_reads(schema: str) -> None:
    told = validate(schema, *WORKFLOWS)
    assert told.returncode == 0, told.stdout


def test_the_schema_would_refuse_a_wrong_workflow(tmp_path: Path) -> None:
    wrong = tmp_path / "faux.yml"
    wrong.write_text(WORKFLOWS[0].read_text("utf-8").replace("runs-on:", "run-on:"), "utf-8")
    assert validate("vendor.github-workflows", wrong).returncode == 1


def test_other_files_of_the_forges_are_valid() -> None:
    assert validate("vendor.gitlab-ci", "--data-transform", "gitlab-ci", GITLAB).returncode == 0
    assert validate("vendor.dependabot", ROOT / ".github" / "dependabot.yml").returncode == 0


def test_zizmor_finds_nothing_but_what_is_explained() -> None:
    told = tools.run("zizmor", "--offline", "--no-progress", "--strict-collection", "--format", "json", ".")
    findings = json.loads(told.stdout)
    assert [(one["ident"], one["determinations"]["severity"]) for one in findings] == []
    assert told.returncode == 0


def test_one_rule_only_is_set_aside_and_says_why() -> None:
    texts = {path.name: path.read_text("utf-8") for path in (*WORKFLOWS, ROOT / ".github" / "dependabot.yml")}
    ignored = [(name, found) for name, text in texts.items() for found in re.findall(r"zizmor: ignore(.*)", text)]
    assert [(name, found.split("]")[0]) for name, found in ignored] == [("commenter.yml", "[dangerous-triggers")]
    assert len(ignored[0][1].split("]")[1].split()) > 3
    settings = yaml.safe_load((ROOT / ".github" / "zizmor.yml").read_text("utf-8"))
    assert settings["rules"].keys() == {"unpinned-uses"}
    assert settings["rules"]["unpinned-uses"]["config"]["policies"] == {"*": "hash-pin"}


@each_workflow
def test_nothing_is_allowed_that_a_job_does_not_ask_for(path: Path) -> None:
    assert read(path)["permissions"] == {}
    for name, job in jobs(path):
        allowed = MAY_WRITE.get((path.name, name))
        if allowed:
            assert job["permissions"] == allowed
        else:
            assert set(job["permissions"].values()) == {"read"}


@each_workflow
def test_no_secret_and_no_privileged_run_of_contributed_content(path: Path) -> None:
    text = path.read_text("utf-8")
    assert "pull_request_target" not in text
    assert "secrets." not in text
    assert "actions/cache" not in text


@each_workflow
def test_checkouts_leave_no_token_behind(path: Path) -> None:
    for _, job in jobs(path):
        for step in job["steps"]:
            if step.get("uses", "").startswith("actions/checkout@"):
                assert step["with"]["persist-credentials"] is False


@each_workflow
def test_runs_are_bounded_and_do_not_pile_up(path: Path) -> None:
    assert read(path)["concurrency"].keys() == {"group", "cancel-in-progress"}
    for _, job in jobs(path):
        assert job["timeout-minutes"] <= 45
        assert all(step.get("name") for step in job["steps"]), "a person reads the names in the log"


def test_the_job_that_posts_takes_only_the_main_branch() -> None:
    [(_, job)] = jobs(ROOT / ".github" / "workflows" / "commenter.yml")
    checkout, post = job["steps"]
    assert checkout["with"]["ref"] == "${{ github.event.repository.default_branch }}"
    assert post["run"] == "python3 .github/commenter.py"
    assert read(ROOT / ".github/workflows/commenter.yml")["on"]["workflow_run"]["workflows"] == [
        read(ROOT / ".github/workflows" / name)["name"] for name in ("verifier.yml", "mesurer.yml")
    ]


def test_the_job_that_keeps_the_issue_runs_nothing_but_its_script() -> None:
    report, issue = (job for _, job in jobs(ROOT / ".github" / "workflows" / "entretenir.yml"))
    assert [step["run"] for step in issue["steps"] if "run" in step] == ["python3 .github/entretenir.py sujet"]
    assert issue["needs"] == "rapport"
    assert "write" not in report["permissions"].values()
    [attach] = [step for step in report["steps"] if step.get("uses", "").startswith("actions/upload-artifact@")]
    assert attach["with"]["name"] == entretenir.ATTACHED
    asked = " ".join(step.get("run", "") for step in report["steps"])
    assert [
        name for name in (*entretenir.REPORTS, entretenir.MEMORY) if f"{attach['with']['path']}{name}" not in asked
    ] == []


def test_links_are_visited_in_no_check() -> None:
    """A proposal never waits for the site of somebody else."""
    for path in WORKFLOWS:
        assert ("cop links" in path.read_text("utf-8")) == (path.stem == "entretenir")
    asking = [name for name, job in yaml.safe_load(GITLAB.read_text("utf-8")).items() if "cop links" in str(job)]
    assert asking == ["entretien"]


def test_calendars_are_read_without_the_right_to_write() -> None:
    reading, writing = (job for _, job in jobs(ROOT / ".github" / "workflows" / "calendriers.yml"))
    assert reading["permissions"] == {"contents": "read"}
    assert [step["run"] for step in writing["steps"] if "run" in step] == ["python3 .github/calendriers.py"]
    for path in WORKFLOWS:
        assert ("cop calendriers" in path.read_text("utf-8")) == (path.stem == "calendriers")


def test_a_request_is_read_without_the_right_to_write() -> None:
    """What anybody wrote is read by a job that may change nothing; the one that may reads only what it attached."""
    workflow = read(ROOT / ".github" / "workflows" / "proposer.yml")
    assert workflow["on"] == {"issues": {"types": ["opened", "edited", "reopened"]}}
    reading, writing = workflow["jobs"].values()
    assert reading["permissions"] == {"contents": "read"}
    assert writing["needs"] == "fiche"
    assert writing["steps"][-1]["run"] == "python3 .github/proposer.py"
    # The text, the title and the author are nowhere but in the file of the event.
    written = json.dumps(workflow["jobs"])
    assert sorted(set(re.findall(r"github\.event\.[\w.]+", written))) == [
        "github.event.issue.body",
        "github.event.issue.state",
    ]
    assert "github.event.issue.body" in reading["if"]
    assert "github.event" not in json.dumps([job["steps"] for job in (reading, writing)])


def test_the_verification_can_be_asked_for() -> None:
    assert "workflow_dispatch" in read(ROOT / ".github" / "workflows" / "verifier.yml")["on"]


def test_no_shell_is_given_anything_contributed() -> None:
    for script in scripts():
        assert "${{" not in script
        assert not re.search(r"CI_COMMIT_(MESSAGE|TITLE|REF|BRANCH)|CI_MERGE_REQUEST_(TITLE|SOURCE|DESC)", script)


def called() -> list[tuple[str, tuple[str, ...]]]:
    """Each `cop` command of the workflows and of the hook, with its options."""
    lines = [line for script in scripts() for line in script.split("\n")]
    found = [re.findall(r"(?:^|/)cop ([a-z]+)([^>|]*)", line) for line in lines]
    hooks = yaml.safe_load((ROOT / ".pre-commit-hooks.yaml").read_text("utf-8"))
    found += [re.findall(r"^cop ([a-z]+)(.*)", hook["entry"]) for hook in hooks]
    return sorted({(name, tuple(re.findall(r"--[a-z]+", rest))) for one in found for name, rest in one})


def test_commands_and_options_that_are_called_exist() -> None:
    known = repository.read_help()
    for command, options in called():
        assert re.search(rf"^  {command} ", known, re.MULTILINE), f"« cop {command} » is not a command"
        told = repository.read_help(command)
        assert [option for option in options if option not in told] == [], f"options of « cop {command} »"


def test_formats_that_are_called_exist() -> None:
    asked = {found for script in scripts() for found in re.findall(r"--format ([a-z]+)", script)}
    told = repository.read_help("check")
    assert asked == {"github", "markdown", "json"}
    assert [name for name in asked if not re.search(rf"[\[|]{name}[\]|]", told)] == []


def test_make_targets_that_are_called_exist() -> None:
    makefile = (ROOT / "Makefile").read_text("utf-8")
    targets = {found for script in scripts() for found in re.findall(r"make (\S+)", script)}
    assert targets == {".venv/.dev", ".venv/.site", "fuzz", "lock"}
    assert all(f"\n{target}:" in makefile for target in targets)
    assert (ROOT / ".ci" / "run").stat().st_mode & 0o111


FAILING = """\
import tests.conftest
from hypothesis import given, strategies as st
from tests.support.chance import tries

@tries(1)
@given(st.integers())
def fail(number):
    assert number < 100

fail()
"""


def test_what_failed_at_night_is_kept_for_the_next(tmp_path: Path) -> None:
    """Hypothesis keeps nothing on the machine of a forge, unless it is told to."""
    texts = [(ROOT / name).read_text("utf-8") for name in (".github/workflows/eprouver.yml", ".gitlab-ci.yml")]
    (folder,) = {name for text in texts for name in re.findall(r"HYPOTHESIS_STORAGE_DIRECTORY: (\w+)", text)}
    assert all(f" {folder}/" in text or f"[{folder}/]" in text for text in texts)
    night = {"CI": "true", "GITHUB_ACTIONS": "true", "GITLAB_CI": "true", "FUZZ": "100", "PYTHONPATH": str(ROOT)}
    around = repository.environment(**night, HYPOTHESIS_STORAGE_DIRECTORY=folder)
    done = subprocess.run(
        [sys.executable, "-c", FAILING], cwd=tmp_path, env=around, capture_output=True, text=True, check=False
    )
    assert "AssertionError" in done.stderr
    assert [path for path in (tmp_path / folder / "examples").rglob("*") if path.is_file()]


def test_a_proposal_asks_for_the_consent() -> None:
    text = (ROOT / ".github" / "pull_request_template.md").read_text("utf-8")
    assert "- [ ] " in text
    assert "Licence Ouverte 2.0" in text

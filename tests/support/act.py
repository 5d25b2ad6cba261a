"""Runs a workflow of .github/workflows as the forge would, with `act` and `gh`, against the forge of `loopback`.

What `act` runs is the file itself, with three things changed: each job gets a token of its own, each action is played
by `standins.py`, and what would take long (LONG) is only said.
"""

import json
import os
import shutil
import signal
import subprocess
import sys
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import yaml

from tests.support.loopback import DEPOT, HOST, Forge, Token
from tests.support.paths import ROOT
from tests.support.standins import ACTIONS

STANDINS = Path(__file__).with_name("standins.py")
LONG = ("make fuzz", "make lock", ".ci/run", ".venv/bin/python -m tests.bench.change")
PLAYED = {command: f"echo 'joué : {command}'" for command in LONG}
SECONDS = 300  # act sometimes hangs at its very end: its log has the verdict


@dataclass(frozen=True, slots=True)
class Run:
    number: int
    results: dict[str, str]  # by job; those that did not run are not there
    log: str  # what the steps printed
    errors: list[str]  # what they told the forge with ::error, as `file:line text`


class Runner:
    """`act`, in a folder of its own."""

    def __init__(self, forge: Forge, folder: Path) -> None:
        self.forge = forge
        self.folder = folder
        self.played = dict(PLAYED)  # what is run in the place of a command

    def run(self, name: str, kind: str, event: dict[str, Any], ref: str, fork: bool = False) -> Run:
        """One run of a workflow, as it stands in the revision of `ref`. `kind` is that of the event."""
        forge = self.forge
        number = len(forge.runs) + 1
        sha = forge.run("rev-parse", ref)
        told = forge.text(sha, f".github/workflows/{name}")
        place = self.folder / str(number)
        (place / ".github/workflows").mkdir(parents=True)
        workflow = self._prepare(told, name, number, fork)
        (place / ".github/workflows" / name).write_text(yaml.safe_dump(workflow, allow_unicode=True), encoding="utf-8")
        repository = {"full_name": DEPOT, "name": "annuaire", "default_branch": "main", "fork": False}
        repository["owner"] = {"login": DEPOT.split("/")[0]}
        (place / "event.json").write_text(json.dumps({"repository": repository, **event}), encoding="utf-8")
        lines = self._act(place, name, kind, ref, sha, number)
        results = {one["jobID"]: one["jobResult"] for one in lines if "jobResult" in one}
        log = "".join(one["msg"] for one in lines if one.get("raw_output"))
        errors = [
            f"{one['kvPairs'].get('file', '')}:{one['kvPairs'].get('line', '')} {one['arg']}"
            for one in lines
            if one.get("command") == "error"
        ]
        status = "success" if set(results.values()) <= {"success"} else "failure"
        head = {"id": number, "file": name, "event": kind, "status": "completed", "conclusion": status}
        forge.runs.append(head | {"databaseId": number, "name": name})
        return Run(number, results, log, errors)

    def _prepare(self, told: str, name: str, number: int, fork: bool) -> dict[str, Any]:
        workflow: dict[Any, Any] = yaml.safe_load(told)
        workflow["on"] = workflow.pop(True)  # YAML 1.1 reads the key `on` as true
        for key, job in workflow["jobs"].items():
            secret = f"jeton-{number}-{key}"
            asked = job.get("permissions", workflow.get("permissions", {}))
            allowed = {scope: "read" if fork else level for scope, level in asked.items()}
            self.forge.tokens[secret] = Token(f"{name}:{key}", allowed, number)
            job["steps"] = [self._play(step) for step in job["steps"]]
            job["env"] = job.get("env", {}) | {"FORGE_TOKEN": secret}
            workflow["jobs"][key] = json.loads(json.dumps(job).replace("${{ github.token }}", secret))
        return workflow

    def _play(self, step: dict[str, Any]) -> dict[str, Any]:
        """A step that uses an action becomes one that runs its stand-in."""
        step = dict(step)
        if action := step.pop("uses", ""):
            inputs = {
                f"INPUT_{key.upper().replace('-', '_')}": _say(value) for key, value in step.pop("with", {}).items()
            }
            name = action.split("@")[0]
            assert name in ACTIONS, f"nobody plays {name}"
            step["env"] = step.get("env", {}) | inputs
            step["run"] = f"'{sys.executable}' '{STANDINS}' {name}"
        for command, instead in self.played.items():
            step["run"] = step["run"].replace(command, instead)
        return step

    def _put_revision(self, place: Path, ref: str, sha: str) -> None:
        """`act` reads the revision and the branch from a repository of its own; no file of it is taken."""
        branch = ref.removeprefix("refs/heads/")
        subprocess.run(["git", "init", "--quiet", f"--initial-branch={branch}", place], check=True)
        (place / ".git/objects/info/alternates").write_text(f"{self.forge.git}/objects\n", encoding="utf-8")
        subprocess.run(["git", "-C", place, "update-ref", "HEAD", sha], check=True)

    def _act(self, place: Path, name: str, kind: str, ref: str, sha: str, number: int) -> list[dict[str, Any]]:
        self._put_revision(place, ref, sha)
        inside = {
            "GITHUB_RUN_ID": str(number), "GITHUB_REPOSITORY": DEPOT, "GITHUB_SHA": sha, "GITHUB_REF": ref,
            "GITHUB_REF_NAME": ref.removeprefix("refs/heads/"), "GH_HOST": HOST, "http_proxy": self.forge.address,
            "FORGE": self.forge.address, "FORGE_REF": ref, "FORGE_VENV": str(ROOT / ".venv"),
        }  # fmt: skip
        words: list[str | Path] = [
            act_program(),
            kind,
            "-C",
            place,
            "-W",
            place / ".github/workflows" / name,
            "-e",
            place / "event.json",
        ]
        words += ["-P", "ubuntu-latest=-self-hosted", "--pull=false", "--no-cache-server", "--json"]
        words += [word for one in inside.items() for word in ("--env", "=".join(one))]
        # Its folders must not be those of another run.
        env = os.environ | {"HOME": str(place), "XDG_CACHE_HOME": str(place / "cache"), "DOCKER_HOST": ""}
        log = place / "journal.jsonl"
        with log.open("wb") as out:
            process = subprocess.Popen(words, stdout=out, stderr=subprocess.STDOUT, env=env, start_new_session=True)
            try:
                process.wait(SECONDS)
            except subprocess.TimeoutExpired:
                os.killpg(process.pid, signal.SIGKILL)
                process.wait()
        shutil.rmtree(place / "cache", ignore_errors=True)
        lines = [line for line in log.read_text("utf-8").splitlines() if line.startswith("{")]
        return [json.loads(line) for line in lines]


def act_program() -> str:
    return str(Path(sys.prefix) / "bin" / "act")


def _say(value: Any) -> str:
    return str(value).lower() if isinstance(value, bool) else str(value)

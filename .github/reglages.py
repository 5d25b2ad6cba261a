"""Whether the repository on GitHub is set as content/heberger.md asks, for a person who looks after it.

`python3 .github/reglages.py` in a clone, or with `compte/depot`; `gh` must be connected as one of its administrators.
Nothing is changed. Exit 0 where everything is right, 1 otherwise.
"""

import re
import subprocess
import sys
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from gh import Api, github

HERE = "{owner}/{repo}"
"""What `gh` replaces by the repository of the folder where it is called."""

CHECK = "Fiches et site"
WORKFLOWS = Path(__file__).with_name("workflows")
PINNED = re.compile(r"uses: (?:\./\S+|[\w./-]{1,200}@[0-9a-f]{40})(?: |$)")


@dataclass(frozen=True, slots=True)
class Setting:
    """One setting: what it should be, where it is changed, whether it is right; None where it cannot be read."""

    wanted: str
    place: str
    is_right: bool | None


def read(api: Api, path: str) -> Any:
    """What the forge answers; None where it does not tell this person, or has nothing there."""
    try:
        return api(path)
    except (subprocess.CalledProcessError, ValueError):
        return None


@dataclass(frozen=True, slots=True)
class Branch:
    """What protects the published branch: its rules, or the older protection, whose answers have other names."""

    rules: Mapping[str, Sequence[Mapping[str, Any]]]  # parameters by type of rule
    protection: Mapping[str, Any]

    def asks(self, kind: str, name: str, older: str, older_name: str) -> bool:
        """Whether one of the rules, or the older protection, has this value."""
        mine = any(rule.get(name) for rule in self.rules.get(kind, ()))
        return mine or bool((self.protection.get(older) or {}).get(older_name))

    @property
    def checks(self) -> set[str]:
        """Names of the checks that must pass."""
        asked = [check for rule in self.rules.get("required_status_checks", ()) for check in _checks_of(rule)]
        older = (self.protection.get("required_status_checks") or {}).get("contexts", ())
        return {str(check["context"]) for check in asked} | set(older)


def _checks_of(rule: Mapping[str, Any]) -> Sequence[Mapping[str, Any]]:
    checks: Sequence[Mapping[str, Any]] = rule.get("required_status_checks", ())
    return checks


def read_branch(api: Api, depot: str) -> Branch | None:
    """None where even the repository cannot be read."""
    told = read(api, f"repos/{depot}")
    if told is None:
        return None
    name = told["default_branch"]
    rules: dict[str, list[Mapping[str, Any]]] = {}
    for rule in read(api, f"repos/{depot}/rules/branches/{name}") or ():
        rules.setdefault(rule["type"], []).append(rule.get("parameters") or {})
    return Branch(rules, read(api, f"repos/{depot}/branches/{name}/protection") or {})


def list_of_branch(branch: Branch) -> Iterator[Setting]:
    """Two proposals that each pass can break the branch together; a changed one keeps its approval."""
    place = "Settings › Rules"
    queue = "merge_queue" in branch.rules
    strict = branch.asks(
        "required_status_checks", "strict_required_status_checks_policy", "required_status_checks", "strict"
    )
    reviews = "required_pull_request_reviews"
    forced = (branch.protection.get("allow_force_pushes") or {}).get("enabled")
    yield Setting(f"le contrôle «\u00a0{CHECK}\u00a0» est exigé", place, CHECK in branch.checks)
    yield Setting("une proposition est à jour avant sa fusion, ou passe par la file de fusion", place, queue or strict)
    count = "required_approving_review_count"
    yield Setting(
        "une proposition est relue avant sa fusion", place, branch.asks("pull_request", count, reviews, count)
    )
    stale = branch.asks("pull_request", "dismiss_stale_reviews_on_push", reviews, "dismiss_stale_reviews")
    yield Setting("une proposition qui change perd ses approbations", place, stale)
    yield Setting(
        "personne ne réécrit la branche publiée", place, "non_fast_forward" in branch.rules or forced is False
    )


def list_of_actions(api: Api, depot: str) -> Iterator[Setting]:
    """What the workflows may do, and for whom they run."""
    place, root = "Settings › Actions › General", f"repos/{depot}/actions/permissions"

    def compare(path: str, name: str, right: Sequence[Any]) -> bool | None:
        told = read(api, path)
        return None if told is None else told.get(name) in right

    token = compare(f"{root}/workflow", "default_workflow_permissions", ["read"])
    yield Setting("le jeton des flux ne peut que lire", place, token)
    asked = ["first_time_contributors", "all_external_contributors"]
    first = compare(f"{root}/fork-pr-contributor-approval", "approval_policy", asked)
    yield Setting("les flux d’une première contribution attendent un accord", place, first)
    private = compare(f"repos/{depot}/private-vulnerability-reporting", "enabled", [True])
    yield Setting("une faille peut se dire sans témoin", "Settings › Security", private)
    yield Setting("une action est exigée par son empreinte", place, compare(root, "sha_pinning_required", [True]))
    yield Setting(
        "le site vient des flux", "Settings › Pages", compare(f"repos/{depot}/pages", "build_type", ["workflow"])
    )


def find_unpinned(folder: Path = WORKFLOWS) -> list[str]:
    """Lines of the workflows that take an action by a label, which may be moved."""
    lines = [line.strip() for path in sorted(folder.glob("*.yml")) for line in path.read_text("utf-8").split("\n")]
    return [line for line in lines if line.removeprefix("- ").startswith("uses:") and not PINNED.search(line)]


def list_settings(api: Api, depot: str) -> Iterator[Setting]:
    branch = read_branch(api, depot)
    if branch is None:
        yield Setting("le dépôt se lit", "gh auth login", None)
        return
    yield from list_of_branch(branch)
    yield from list_of_actions(api, depot)
    yield Setting("chaque action est prise par son empreinte", ".github/workflows", not find_unpinned())


def describe(setting: Setting) -> str:
    if setting.is_right:
        return f"oui  {setting.wanted}"
    if setting.is_right is None:
        return f"?    {setting.wanted}\u00a0: la forge ne le dit pas à ce compte ({setting.place})"
    return f"NON  {setting.wanted}\u00a0: à régler dans {setting.place}"


def main(arguments: Sequence[str], api: Api = github) -> int:
    settings = list(list_settings(api, *arguments or [HERE]))
    sys.stdout.write("\n".join(map(describe, settings)) + "\n")
    return 0 if all(setting.is_right for setting in settings) else 1


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

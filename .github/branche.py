"""A branch of ours with one commit over the published one, and its pull request: made through the API, in no work tree.

What is written comes from whoever made a request or keeps a calendar: it is never in a shell, nor in a title.
"""

import subprocess
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

from gh import BOT, Api, login


@dataclass(frozen=True, slots=True)
class Branch:
    """Where a change goes."""

    depot: str
    name: str
    revision: str  # of the published branch, at which the change was made and checked


def pulls_of(api: Api, own: Branch) -> Mapping[str, Mapping[str, Any]]:
    """The pull requests of the branch, the last one that is `open`, `closed` (without being accepted) or `merged`."""
    head = quote(f"{own.depot.split('/')[0]}:{own.name}", safe="")
    found: dict[str, Mapping[str, Any]] = {}
    for one in api(f"repos/{own.depot}/pulls?state=all&head={head}&per_page=100"):
        repo = one["head"]["repo"] or {}
        if one["head"]["ref"] == own.name and repo.get("full_name") == own.depot:
            found.setdefault("merged" if one["merged_at"] else one["state"], one)
    return found


def push(api: Api, own: Branch, files: Mapping[str, str], message: str) -> bool | None:
    """Write the branch anew: one commit over the published one, with the text of each path. False where it says that
    already, None where a person has committed to it since."""
    git = f"repos/{own.depot}/git"
    parent = api(f"{git}/commits/{own.revision}")
    blobs = [{"path": path, "mode": "100644", "type": "blob", "content": text} for path, text in files.items()]
    tree = api(f"{git}/trees", "POST", {"base_tree": parent["tree"]["sha"], "tree": blobs})["sha"]
    name = f"refs/heads/{own.name}"
    # The forge lists every branch that begins so: proposition/12 and proposition/123.
    former = next((r for r in api(f"{git}/matching-refs/heads/{own.name}") if r["ref"] == name), None)
    if former is not None:
        head = api(f"repos/{own.depot}/commits/{former['object']['sha']}")
        if login({"user": head["author"]}) != BOT:
            return None
        if head["commit"]["tree"]["sha"] == tree:
            return False
    commit = api(f"{git}/commits", "POST", {"message": message, "tree": tree, "parents": [own.revision]})["sha"]
    if former is None:
        api(f"{git}/refs", "POST", {"ref": name, "sha": commit})
    else:
        api(f"{git}/refs/heads/{own.name}", "PATCH", {"sha": commit, "force": True})
    return True


def open_pull(
    api: Api, own: Branch, base: str, told: Mapping[str, Any], pull: Mapping[str, Any] | None, pushed: bool
) -> Mapping[str, Any] | None:
    """Open the pull request of the branch, or tell it anew, and ask for its verification where it has changed.

    None where the forge refuses to open it: the setting that lets workflows do so is not made.
    """
    if pull is None:
        try:
            pull = api(f"repos/{own.depot}/pulls", "POST", {**told, "head": own.name, "base": base})
        except subprocess.CalledProcessError:
            return None
    elif pushed:
        api(f"repos/{own.depot}/pulls/{pull['number']}", "PATCH", told)
    if pushed:
        # What a workflow's own token pushes starts no other workflow; asked for by name, this one starts.
        api(f"repos/{own.depot}/actions/workflows/verifier.yml/dispatches", "POST", {"ref": own.name})
    return pull

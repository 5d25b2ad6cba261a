"""A forge for tests: it answers as GitHub would, over a real git repository, and keeps what is sent to it.

As a program it stands for `gh`: its state is then a file, so that a whole run can be made of several processes.
"""

import base64
import json
import os
import subprocess
import sys
from collections.abc import Mapping
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BOT = "github-actions[bot]"
DEPOT = "reseau/annuaire"


class Forge:
    """Requests, pull requests, comments and branches of one repository, whose main branch is `main`."""

    def __init__(self, git: Path, zipped: bytes = b"", refuses: str = "", attached: str = "proposition") -> None:
        self.git = git
        self.attached = attached  # the name under which a job attached the archive
        self.refuses = refuses  # part of a path that the forge refuses to write
        self.state: dict[str, Any] = {"sent": [], "pulls": [], "comments": [], "zip": base64.b64encode(zipped).decode()}

    @property
    def sent(self) -> list[tuple[str, str, Any]]:
        """Method, path and body of all that was written, oldest first."""
        return [tuple(one) for one in self.state["sent"]]

    def run(self, *words: str, content: bytes = b"", variables: Mapping[str, str] | None = None) -> str:
        done = subprocess.run(
            ["git", "-C", str(self.git), *words],
            input=content,
            capture_output=True,
            check=True,
            env=os.environ | {"GIT_CONFIG_GLOBAL": os.devnull, "GIT_CONFIG_NOSYSTEM": "1", **(variables or {})},
        )
        return done.stdout.decode().strip()

    def __call__(self, path: str, method: str = "GET", body: Mapping[str, Any] | None = None) -> Any:
        url = urlsplit(path.removeprefix(f"repos/{DEPOT}/"))
        if method == "GET":
            return self._read(url.path, parse_qs(url.query))
        if self.refuses and self.refuses in url.path:
            raise subprocess.CalledProcessError(1, ["gh", "api", path])
        self.state["sent"].append((method, unquote(url.path), body))
        return self._write(method, unquote(url.path).split("/"), dict(body or {}))

    def _read(self, path: str, query: Mapping[str, list[str]]) -> Any:
        parts = path.split("/")
        match parts:
            case ["actions", "runs", _, "artifacts"]:
                one = {"id": 9, "name": self.attached, "expired": False, "size_in_bytes": 1000}
                return {"artifacts": [one] if self.state["zip"] else []}
            case ["actions", "artifacts", "9", "zip"]:
                return base64.b64decode(self.state["zip"])
            case ["git", "commits", sha]:
                return {"sha": sha, "tree": {"sha": self.run("rev-parse", f"{sha}^{{tree}}")}}
            case ["commits", sha]:
                name = self.run("log", "-1", "--format=%an", sha)
                tree = self.run("rev-parse", f"{sha}^{{tree}}")
                return {"sha": sha, "author": {"login": name}, "commit": {"tree": {"sha": tree}}}
            case ["git", "matching-refs", *rest]:
                found = self.run("for-each-ref", "--format=%(refname) %(objectname)", "refs/heads")
                refs = [line.split() for line in found.splitlines()]
                start = f"refs/{'/'.join(rest)}"
                return [{"ref": name, "object": {"sha": sha}} for name, sha in refs if name.startswith(start)]
            case ["pulls"]:
                branch = query["head"][0].split(":")[1]
                return [one for one in self.state["pulls"] if one["head"]["ref"] == branch]
            case ["issues", number, "comments"]:
                return [one for one in self.state["comments"] if one["issue"] == int(number)]
        raise AssertionError(f"GET {path}")

    def _write(self, method: str, parts: list[str], body: dict[str, Any]) -> Any:
        if parts[0] == "git":
            return self._write_git(parts[1:], body)
        match [method, *parts]:
            case ["POST", "pulls"]:
                head = {"ref": body["head"], "repo": {"full_name": DEPOT}}
                number = 34 + len(self.state["pulls"])
                made = {"number": number, "state": "open", "merged_at": None, **body, "head": head}
                self.state["pulls"].insert(0, made)
                return made
            case ["PATCH", "pulls", number]:
                next(one for one in self.state["pulls"] if one["number"] == int(number)).update(body)
            case ["POST", "issues", number, "comments"]:
                own = {"id": len(self.state["comments"]) + 1, "issue": int(number), "user": {"login": BOT}}
                self.state["comments"].append(own | body)
            case ["PATCH", "issues", "comments", number]:
                next(one for one in self.state["comments"] if one["id"] == int(number)).update(body)
            case ["POST", "issues", _, "labels"] | ["DELETE", "issues", _, "labels", _]:
                pass
            case ["POST", "actions", "workflows", "verifier.yml", "dispatches"]:
                pass
            case _:
                raise AssertionError(f"{method} {parts}")
        return None

    def _write_git(self, parts: list[str], body: dict[str, Any]) -> Any:
        match parts:
            case ["trees"]:
                return {"sha": self._tree(body)}
            case ["commits"]:
                parents = [word for one in body["parents"] for word in ("-p", one)]
                who = {f"GIT_{w}_{k}": v for w in ("AUTHOR", "COMMITTER") for k, v in (("NAME", BOT), ("EMAIL", "x@x"))}
                message = body["message"].encode()
                return {"sha": self.run("commit-tree", body["tree"], *parents, content=message, variables=who)}
            case ["refs"]:
                return self.run("update-ref", body["ref"], body["sha"], "0" * 40)
            case ["refs", *name]:
                return self.run("update-ref", f"refs/{'/'.join(name)}", body["sha"])
        raise AssertionError(f"git {parts}")

    def _tree(self, body: Mapping[str, Any]) -> str:
        own = {"GIT_INDEX_FILE": str(self.git / "index-de-la-forge")}
        self.run("read-tree", body["base_tree"], variables=own)
        for file in body["tree"]:
            blob = self.run("hash-object", "-w", "--stdin", content=file["content"].encode())
            self.run("update-index", "--add", "--cacheinfo", f"{file['mode']},{blob},{file['path']}", variables=own)
        return self.run("write-tree", variables=own)


def main(arguments: list[str], state: Path) -> bytes:
    """`gh api …`, the state of the forge being in a file: `{"git": folder, …}`."""
    told = json.loads(state.read_text("utf-8"))
    forge = Forge(Path(told.pop("git")))
    forge.state |= told
    assert arguments[:2] == ["api", "--method"], arguments
    method, path, *rest = arguments[2:]
    body = json.loads(sys.stdin.buffer.read()) if rest == ["--input", "-"] else None
    answer = forge(path, method, body)
    state.write_text(json.dumps(forge.state | {"git": str(forge.git)}), encoding="utf-8")
    if isinstance(answer, bytes):
        return answer
    if rest == ["--paginate", "--jq", ".[]"]:
        return "".join(json.dumps(one) + "\n" for one in answer).encode()
    return b"" if answer is None else json.dumps(answer).encode()


if __name__ == "__main__":
    sys.stdout.buffer.write(main(sys.argv[1:], Path(os.environ["FORGE"])))

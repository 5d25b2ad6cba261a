"""A forge on this machine: what the workflows ask of GitHub's API, over a git repository, state kept from run to run.

`gh` comes to it as to a proxy. Each job has a token of its own: what its `permissions:` do not allow is refused, as is
any writing by a run of a fork.
"""

import json
import os
import re
import subprocess
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import Any
from urllib.parse import parse_qs, unquote, urlsplit

BOT = "github-actions[bot]"
DEPOT = "reseau/annuaire"
HOST = "github.localhost"
"""What `gh` knows as a GitHub without TLS."""

Json = Any
INDEX = "index-de-la-forge"


class Refusal(Exception):  # noqa: N818
    def __init__(self, status: int, message: str) -> None:
        super().__init__(message)
        self.status = status


@dataclass(slots=True)
class Token:
    """That of one job of one run."""

    job: str
    permissions: Mapping[str, str]
    run: int
    used: set[str] = field(default_factory=set)


# Path of the API → what it asks for; the first that matches. On a pull request, its own permission is enough too.
RULES = (
    (r"actions/", "actions"),
    (r"(git|commits)/", "contents"),
    (r"pages$", "pages"),
    (r"pulls\b", "pull-requests"),
    (r"issues\b", "issues"),
)


class Forge:
    """One repository; `main` is published. `git` is bare and holds every branch, those of forks under `fork/`."""

    def __init__(self, git: Path) -> None:
        self.git = git
        self.tokens: dict[str, Token] = {}
        self.issues: dict[int, dict[str, Json]] = {}  # pull requests too, as on GitHub
        self.comments: list[dict[str, Json]] = []
        self.reviews: list[dict[str, Json]] = []
        self.runs: list[dict[str, Json]] = []
        self.artifacts: list[dict[str, Json]] = []
        self.dispatched: list[tuple[str, str]] = []  # workflow and branch
        self.deployed: list[int] = []  # runs
        self.refused: list[tuple[str, str, str]] = []  # job, method and path
        self.may_open_pulls = True  # the setting that lets workflows open pull requests
        self.address = ""

    # Git ------------------------------------------------------------------------------------------------------------

    def run(self, *words: str, content: bytes = b"", index: str = "") -> str:
        who = {f"GIT_{w}_{k}": v for w in ("AUTHOR", "COMMITTER") for k, v in (("NAME", BOT), ("EMAIL", "x@x"))}
        own = {"GIT_INDEX_FILE": str(self.git / index)} if index else {}
        done = subprocess.run(
            ["git", "-C", self.git, *words], input=content, capture_output=True, check=True, env=os.environ | who | own
        )
        return done.stdout.decode().strip()

    def commit(self, files: Mapping[str, str | None], branch: str, base: str, message: str = "Change") -> str:
        """A commit of `base` with these files written, or removed, on a branch that may be there."""
        self.run("read-tree", base, index=INDEX)
        for path, text in files.items():
            if text is None:
                self.run("update-index", "--force-remove", path, index=INDEX)
                continue
            blob = self.run("hash-object", "-w", "--stdin", content=text.encode())
            self.run("update-index", "--add", "--cacheinfo", f"100644,{blob},{path}", index=INDEX)
        sha = self.run("commit-tree", self.run("write-tree", index=INDEX), "-p", base, content=message.encode())
        self.run("update-ref", f"refs/heads/{branch}", sha)
        return sha

    def head(self, branch: str) -> str:
        return self.run("rev-parse", f"refs/heads/{branch}")

    def text(self, revision: str, path: str) -> str:
        return self.run("show", f"{revision}:{path}")

    # What a person does ---------------------------------------------------------------------------------------------

    def open_issue(self, title: str, body: str, login: str = "habitante") -> int:
        number = len(self.issues) + 1
        who = {"login": login, "id": 4, "type": "Bot" if login == BOT else "User"}
        self.issues[number] = {
            "number": number, "title": title, "body": body, "state": "open", "user": who, "labels": []
        }  # fmt: skip
        return number

    def open_pull(self, branch: str, owner: str = "habitante", title: str = "Proposition") -> int:
        number = self.open_issue(title, "", BOT if owner == DEPOT.split("/")[0] else owner)
        repo = {"full_name": f"{owner}/annuaire", "owner": {"login": owner}}
        head = {"ref": branch.removeprefix("fork/"), "repo": repo, "user": {"login": owner}, "branch": branch}
        base = {"ref": "main", "repo": {"full_name": DEPOT}}
        self.issues[number] |= {"head": head, "base": base, "merged_at": None, "pull_request": {}}
        return number

    def merge(self, number: int) -> None:
        """`refs/pull/<number>/merge`, as the forge prepares it."""
        head = self.pull(number)["head"]["sha"]
        tree = self.run("merge-tree", "--write-tree", "main", head)
        sha = self.run("commit-tree", tree, "-p", "main", "-p", head, "-m", "Fusion")
        self.run("update-ref", f"refs/pull/{number}/merge", sha)

    def pull(self, number: int) -> dict[str, Json]:
        pull = dict(self.issues[number])
        head, base = {"sha": self.head(pull["head"]["branch"])}, {"sha": self.head("main")}
        return pull | {"head": pull["head"] | head, "base": pull["base"] | base}

    def answers(self, number: int) -> list[str]:
        return [one["body"] for one in self.comments if one["issue"] == number]

    def own_issues(self) -> list[dict[str, Json]]:
        return [one for one in self.issues.values() if one["user"]["login"] == BOT and "pull_request" not in one]

    # What a job asks ------------------------------------------------------------------------------------------------

    def answer(self, method: str, address: str, secret: str, raw: bytes) -> Json:
        """Raises Refusal."""
        token = self.tokens.get(secret)
        if token is None:
            raise Refusal(401, "Bad credentials")
        url = urlsplit(address)
        if url.path.startswith("/_/"):
            return self._serve_runner(url.path[3:], parse_qs(url.query), token, raw)
        path = unquote(url.path).lstrip("/").removeprefix(f"repos/{DEPOT}/")
        self._check(method, path, token)
        body = json.loads(raw) if raw else {}
        query = {name: values[0] for name, values in parse_qs(url.query).items()}
        return self._read(path, query) if method == "GET" else self._write(method, path, body)

    def _check(self, method: str, path: str, token: Token) -> None:
        scope = next((scope for rule, scope in RULES if re.match(rule, path)), None)
        if scope is None:
            raise Refusal(404, f"Not Found: {path}")
        asked = [scope, *(["pull-requests"] if scope == "issues" and self._is_of_pull(path) else [])]
        self.need(token, asked, "read" if method == "GET" else "write", f"{method} {path}")

    def need(self, token: Token, scopes: Iterable[str], level: str, what: str) -> None:
        """One of these permissions at least."""
        enough = ("write",) if level == "write" else ("read", "write")
        for scope in scopes:
            if token.permissions.get(scope) in enough:
                token.used.add(f"{scope}: {level}")
                return
        self.refused.append((token.job, *what.split(" ", 1)))  # type: ignore[arg-type]
        raise Refusal(403, "Resource not accessible by integration")

    def _is_of_pull(self, path: str) -> bool:
        if found := re.match(r"issues/comments/(\d+)$", path):
            number = next((one["issue"] for one in self.comments if one["id"] == int(found[1])), 0)
        else:
            number = int(found[1]) if (found := re.match(r"issues/(\d+)", path)) else 0
        return "pull_request" in self.issues.get(number, {})

    def _read(self, path: str, query: Mapping[str, str]) -> Json:  # noqa: C901 (one line a path)
        parts = path.split("/")
        match parts:
            case ["pages"]:
                return {"html_url": "https://reseau.example/annuaire/", "build_type": "workflow"}
            case ["actions", "runs", number, "artifacts"]:
                own = [one for one in self.artifacts if one["run"] == int(number)]
                return {"artifacts": own, "total_count": len(own)}
            case ["actions", "artifacts", number, "zip"]:
                return next(one["raw"] for one in self.artifacts if one["id"] == int(number))
            case ["actions", "workflows", name]:
                return {"id": 1, "name": name, "path": f".github/workflows/{name}", "state": "active"}
            case ["actions", "workflows", name, "runs"]:
                own = [one for one in self.runs if one["file"] == name or name == "1"]
                return {"workflow_runs": [one for one in own if query.get("event") in (None, one["event"])]}
            case ["git", "commits", sha]:
                return {"sha": sha, "tree": {"sha": self.run("rev-parse", f"{sha}^{{tree}}")}}
            case ["commits", sha]:
                tree = self.run("rev-parse", f"{sha}^{{tree}}")
                author = {"login": self.run("log", "-1", "--format=%an", sha)}
                return {"sha": sha, "author": author, "commit": {"tree": {"sha": tree}}}
            case ["git", "matching-refs", *rest]:
                lines = self.run("for-each-ref", "--format=%(refname) %(objectname)").splitlines()
                refs = [line.split() for line in lines if line.startswith(f"refs/{'/'.join(rest)}")]
                return [{"ref": name, "object": {"sha": sha}} for name, sha in refs]
            case ["pulls"]:
                pulls = [self.pull(n) for n, one in self.issues.items() if "pull_request" in one]
                heads = {p["number"]: f"{p['head']['user']['login']}:{p['head']['ref']}" for p in pulls}
                asked = [p for p in pulls if query.get("head") in (None, heads[p["number"]])]
                return [p for p in reversed(asked) if query.get("state") in ("all", p["state"])]
            case ["pulls", number, "files"]:
                return self._list_changes(int(number))
            case ["pulls", number, "comments"]:
                return [one for one in self.reviews if one["pull"] == int(number)]
            case ["issues"]:
                known = [one for one in self.issues.values() if one["user"]["login"] == query.get("creator")]
                return list(reversed(known))
            case ["issues", number, "comments"]:
                return [one for one in self.comments if one["issue"] == int(number)]
        raise Refusal(404, f"Not Found: {path}")

    def _list_changes(self, number: int) -> list[Json]:
        head = self.pull(number)["head"]["sha"]
        names = self.run("diff", "--name-only", f"main...{head}").splitlines()
        diffs = ((name, self.run("diff", f"main...{head}", "--", name)) for name in names)
        return [{"filename": name, "patch": diff[diff.find("@@") :]} for name, diff in diffs]

    def _write(self, method: str, path: str, body: dict[str, Json]) -> Json:  # noqa: C901 (the same)
        match [method, *path.split("/")]:
            case ["POST", "issues"]:
                return self.issues[self.open_issue(body["title"], body["body"], BOT)]
            case ["PATCH", "issues", "comments", number]:
                next(one for one in self.comments if one["id"] == int(number)).update(body)
            case ["PATCH", "issues" | "pulls", number]:
                self.issues[int(number)].update(body)
            case ["POST", "issues", number, "comments"]:
                own = {"id": len(self.comments) + 1, "issue": int(number), "user": {"login": BOT}}
                self.comments.append(own | body)
            case ["POST", "issues", number, "labels"]:
                self.issues[int(number)]["labels"] += [{"name": name} for name in body["labels"]]
            case ["DELETE", "issues", number, "labels", name]:
                self.issues[int(number)]["labels"].remove({"name": name})
            case ["POST", "pulls"]:
                if not self.may_open_pulls:
                    raise Refusal(403, "GitHub Actions is not permitted to create or approve pull requests.")
                opened = self.open_pull(body["head"], DEPOT.split("/")[0], body["title"])
                self.issues[opened]["body"] = body["body"]
                return self.pull(opened)
            case ["POST", "pulls", number, "reviews"]:
                self._review(int(number), body)
            case ["POST", "actions", "workflows", name, "dispatches"]:
                self.dispatched.append((name, body["ref"]))
            case ["POST", "git", *what]:
                return self._write_git(what, body)
            case ["PATCH", "git", "refs", *name]:
                self.run("update-ref", f"refs/{'/'.join(name)}", body["sha"])
            case _:
                raise Refusal(404, f"Not Found: {method} {path}")
        return None

    def _review(self, number: int, body: Mapping[str, Json]) -> None:
        """A comment stands on a line of the difference, or the forge refuses the whole review."""
        changes = {one["filename"]: one["patch"] for one in self._list_changes(number)}
        for one in body["comments"]:
            if one["line"] not in _lines_of(changes.get(one["path"], "")):
                raise Refusal(422, "pull_request_review_thread.line must be part of the diff")
            self.reviews.append(one | {"pull": number, "user": {"login": BOT}})

    def _write_git(self, what: list[str], body: Mapping[str, Json]) -> Json:
        match what:
            case ["trees"]:
                self.run("read-tree", body["base_tree"], index=INDEX)
                for file in body["tree"]:
                    blob = self.run("hash-object", "-w", "--stdin", content=file["content"].encode())
                    self.run(
                        "update-index", "--add", "--cacheinfo", f"{file['mode']},{blob},{file['path']}", index=INDEX
                    )
                return {"sha": self.run("write-tree", index=INDEX)}
            case ["commits"]:
                words = [body["tree"], *(word for one in body["parents"] for word in ("-p", one))]
                return {"sha": self.run("commit-tree", *words, content=body["message"].encode())}
            case ["refs"]:
                return self.run("update-ref", body["ref"], body["sha"], "0" * 40)
        raise Refusal(404, f"Not Found: git {what}")

    # What the actions ask, played by standins.py --------------------------------------------------------------------

    def _serve_runner(self, path: str, query: Mapping[str, list[str]], token: Token, raw: bytes) -> Json:
        match path:
            case "checkout":
                self.need(token, ["contents"], "read", "GET checkout")
                return {"git": str(self.git)}
            case "artifacts":
                name, same = query["name"][0], [a for a in self.artifacts if a["run"] == token.run]
                if any(a["name"] == name for a in same) and "overwrite" not in query:
                    raise Refusal(409, f"an artifact named {name} is already there")
                self.artifacts = [a for a in self.artifacts if a not in same or a["name"] != name]
                number = len(self.runs) * 100 + len(self.artifacts) + 1
                own = {"id": number, "run": token.run, "name": name, "expired": False}
                self.artifacts.append(own | {"size_in_bytes": len(raw), "raw": raw})
                return {"address": f"http://{HOST}/{DEPOT}/actions/runs/{token.run}/artifacts/{number}"}
            case "deploy":
                self.need(token, ["pages"], "write", "POST deploy")
                self.need(token, ["id-token"], "write", "POST deploy")
                if not any(a["run"] == token.run and a["name"] == "github-pages" for a in self.artifacts):
                    raise Refusal(404, "no artifact named github-pages")
                self.deployed.append(token.run)
        return {}


def _lines_of(patch: str) -> set[int]:
    """Lines of the new file that a difference shows."""
    shown, number = set(), 0
    for line in patch.split("\n"):
        if start := re.match(r"@@ -\S+ \+(\d+)", line):
            number = int(start[1]) - 1
        elif line[:1] in ("+", " "):
            shown.add(number := number + 1)
    return shown

"""What the scripts of the workflows share: one call to the forge, a file that another job attached, one comment.

`gh` and nothing else. What another job attached is data: bounded in size, read in memory, checked before it is posted.
"""

import html
import io
import json
import re
import subprocess
import zipfile
from collections.abc import Callable, Mapping, Sequence
from typing import Any
from urllib.parse import quote

MAX_BYTES = 400_000  # of an archive and of each file in it
MAX_CARD = 60_000  # characters; a comment of GitHub holds 65 536
BOT = "github-actions[bot]"
ENTRY = re.compile(r"(?:cops/[a-z0-9-]{2,40}|content/(?:formations|actualites))/([a-z0-9-]{1,80})\.yml")
"""The path of an entry, and its name; the folders of cops/ are those of whatever region the directory is of."""

Api = Callable[..., Any]
"""`api(path, method="GET", body=None)`: the answer of the forge, a list for a paged one, bytes for an archive."""


def github(path: str, method: str = "GET", body: Mapping[str, Any] | None = None) -> Any:
    """One call through `gh`, which reads GH_TOKEN. Raises CalledProcessError where the forge refuses."""
    command = ["gh", "api", "--method", method, path]
    if body is not None:
        command += ["--input", "-"]
    elif "per_page=" in path:
        command += ["--paginate", "--jq", ".[]"]
    sent = json.dumps(body).encode() if body is not None else b""
    answer = subprocess.run(command, input=sent, stdout=subprocess.PIPE, check=True, timeout=60).stdout
    if path.endswith("/zip"):
        return answer
    if "per_page=" in path and body is None:
        return [json.loads(line) for line in answer.splitlines() if line.strip()]
    return json.loads(answer) if answer.strip() else None


def attached(api: Api, depot: str, run: str, name: str, files: Sequence[str]) -> Mapping[str, str]:
    """The texts of these files of what a run attached under a name; none where they are absent or too big."""
    _, archive = archive_of(api, depot, run, name, MAX_BYTES)
    return unpacked(archive, files)


def archive_of(api: Api, depot: str, run: str, name: str, most: int) -> tuple[int, bytes]:
    """The number and the bytes of what a run attached under a name; 0 and none where it is absent or too big."""
    listed = api(f"repos/{depot}/actions/runs/{run}/artifacts")["artifacts"]
    own = next((one for one in listed if one["name"] == name and not one["expired"]), None)
    if own is None or own["size_in_bytes"] > most:
        return 0, b""
    return int(own["id"]), api(f"repos/{depot}/actions/artifacts/{own['id']}/zip")


def unpacked(archive: bytes, files: Sequence[str]) -> Mapping[str, str]:
    """The known files of an archive, read in memory: no path of it is ever written."""
    texts: dict[str, str] = {}
    try:
        with zipfile.ZipFile(io.BytesIO(archive)) as held:
            for name in files:
                if name not in held.namelist():
                    continue
                with held.open(name) as file:
                    # The size that an archive announces may lie: what is read decides.
                    raw = file.read(MAX_BYTES + 1)
                if len(raw) <= MAX_BYTES:
                    texts[name] = raw.decode("utf-8", "replace")
    except zipfile.BadZipFile:
        return {}
    return texts


_NEVER_WRITTEN = re.compile(
    r"[<>`\[\]@\\\x00-\x09\x0b-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028-\u202e\u2066-\u2069\ud800-\udfff]"
)
# A word joiner (U+2060) stands after each such sign of a contributed value; what surrounds it does not matter.
_ACTED_ON = re.compile(r"[@#!~%&$^:](?=[^\s*#\u2060])|www(?=\.)|GH(?=-\d)", re.IGNORECASE)


def is_card(text: str) -> bool:
    """Only what `cop card` writes: no markup but tables and titles, no link, mention or reference once rendered."""
    return len(text) <= MAX_CARD and not _NEVER_WRITTEN.search(text) and not _ACTED_ON.search(html.unescape(text))


def login(made: Mapping[str, Any]) -> str:
    """Who made it; nobody where the account is gone."""
    return str((made["user"] or {}).get("login", ""))


def post(api: Api, depot: str, number: int, mark: str, text: str) -> None:
    """One comment of ours under an issue or a pull request, known by its mark and written over; none for an empty text.

    `mark` is a comment of HTML, which nobody sees.
    """
    comments = api(f"repos/{depot}/issues/{number}/comments?per_page=100")
    own = next((c for c in comments if login(c) == BOT and c["body"].startswith(mark)), None)
    body = {"body": f"{mark}\n{text}"}
    if own is None and text.strip():
        api(f"repos/{depot}/issues/{number}/comments", "POST", body)
    elif own is not None and own["body"].strip() != body["body"].strip():
        api(f"repos/{depot}/issues/comments/{own['id']}", "PATCH", body)


def own_issue(api: Api, depot: str, mark: str) -> Mapping[str, Any] | None:
    """The newest issue that a script opened under a mark, whatever its state: others may write it, but not as the
    robot."""
    listed = api(f"repos/{depot}/issues?state=all&creator={quote(BOT)}&per_page=100")
    mine = [one for one in listed if "pull_request" not in one and login(one) == BOT]
    return next((one for one in mine if (one["body"] or "").startswith(mark)), None)

"""Post the card of a proposal and its corrections, as .github/workflows/commenter.yml calls it: `gh` and nothing else.

Whoever opens a pull request may have changed the program that wrote the two files read here. So they are data: bounded
in size, read in memory, and posted only if they hold nothing that `cop card` never writes. The proposal is found from
the revision that was verified, never from a file.
"""

import html
import io
import json
import os
import re
import subprocess
import sys
import zipfile
from collections.abc import Callable, Iterator, Mapping, Sequence
from typing import Any

MAX_BYTES = 200_000  # of the archive and of each file in it
MAX_CARD = 60_000  # characters; a comment of GitHub holds 65 536
MAX_SUGGESTIONS = 20
MARK = "<!-- carte de l’annuaire -->"
BOT = "github-actions[bot]"

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
    return json.loads(answer)


# The two files --------------------------------------------------------------------------------------------------------


def attached(api: Api, depot: str, run: str, name: str, files: Sequence[str]) -> Mapping[str, str]:
    """The texts that the run attached under one name, by file name; none where they are absent or too big."""
    listed = api(f"repos/{depot}/actions/runs/{run}/artifacts")["artifacts"]
    own = next((one for one in listed if one["name"] == name and not one["expired"]), None)
    if own is None or own["size_in_bytes"] > MAX_BYTES:
        return {}
    return unpacked(api(f"repos/{depot}/actions/artifacts/{own['id']}/zip"), files)


def unpacked(archive: bytes, wanted: Sequence[str]) -> Mapping[str, str]:
    """The known files of an archive, read in memory: no path of it is ever written."""
    texts: dict[str, str] = {}
    with zipfile.ZipFile(io.BytesIO(archive)) as files:
        for name in wanted:
            if name not in files.namelist():
                continue
            with files.open(name) as file:
                # The size that an archive announces may lie: what is read decides.
                raw = file.read(MAX_BYTES + 1)
            if len(raw) <= MAX_BYTES:
                texts[name] = raw.decode("utf-8", "replace")
    return texts


_NEVER_WRITTEN = re.compile(r"[<>`\[\]@\\\x00-\x09\x0b-\x1f\x7f]")
_ACTED_ON = re.compile(r"[@#!~%&$^:](?=[\w/:])|\bwww(?=\.)|\bGH(?=-\d)", re.IGNORECASE)


def is_card(text: str) -> bool:
    """Only what `cop card` writes: no markup but tables and titles, no link, mention or reference once rendered."""
    return len(text) <= MAX_CARD and not _NEVER_WRITTEN.search(text) and not _ACTED_ON.search(html.unescape(text))


# The proposal ---------------------------------------------------------------------------------------------------------


def proposal(api: Api, depot: str, owner: str, branch: str, revision: str) -> int | None:
    """Number of the open pull request whose head is this very revision; None if it moved on, was closed or is not one.

    `owner` and `branch` are those of the head, as the forge tells them of the run.
    """
    open_ones = api(f"repos/{depot}/pulls?state=open&per_page=100")
    for one in open_ones:
        head = one["head"]
        same = login(head) == owner and head["ref"] == branch and head["sha"] == revision
        if same and one["base"]["repo"]["full_name"] == depot:
            return int(one["number"])
    return None


def login(made: Mapping[str, Any]) -> str:
    """Who made it; nobody where the account is gone."""
    return str((made["user"] or {}).get("login", ""))


def post_card(api: Api, depot: str, number: int, text: str) -> None:
    """One comment, written over at each new revision."""
    comments = api(f"repos/{depot}/issues/{number}/comments?per_page=100")
    own = next((c for c in comments if login(c) == BOT and c["body"].startswith(MARK)), None)
    body = {"body": f"{MARK}\n{text}"}
    if own is None and text.strip():
        api(f"repos/{depot}/issues/{number}/comments", "POST", body)
    elif own is not None and own["body"].strip() != body["body"].strip():
        api(f"repos/{depot}/issues/comments/{own['id']}", "PATCH", body)


# The corrections ------------------------------------------------------------------------------------------------------


def suggestions(told: str, files: Sequence[Mapping[str, Any]]) -> Iterator[dict[str, Any]]:
    """Comments with a line to accept, for the problems whose corrected line is known and stands in the diff.

    Raises ValueError, KeyError or TypeError where the text is not the JSON form of `cop check`.
    """
    lines = {file["filename"]: set(lines_of(file.get("patch") or "")) for file in files}
    done = set()
    for found in json.loads(told)["problems"]:
        path, line, corrected = str(found["path"]), int(found["line"]), str(found["corrected"])
        entry = re.fullmatch(r"(cops|content)/[\w/-]+\.yml", path, re.ASCII)
        single = "\n" not in corrected and "\r" not in corrected and len(corrected) <= 400
        # ␦ stands for a sign that could not be shown: the line would not be the author's.
        if (
            not (entry and corrected and single)
            or "␦" in corrected
            or line not in lines.get(path, ())
            or (path, line) in done
        ):
            continue
        done.add((path, line))
        fence = "`" * max(3, 1 + max((len(run) for run in re.findall("`+", corrected)), default=0))
        body = f"Correction proposée (`{code_of(found)}`).\n\n{fence}suggestion\n{corrected}\n{fence}"
        yield {"path": path, "line": line, "side": "RIGHT", "body": body}


def code_of(found: Mapping[str, Any]) -> str:
    """The code of a problem; anything that does not look like one is left out."""
    code = str(found["code"])
    return code if re.fullmatch(r"[a-z0-9-]{1,60}", code) else "sans-code"


def lines_of(patch: str) -> Iterator[int]:
    """Numbers of the lines, in the new file, that a unified diff shows: the forge takes comments on no other."""
    number = 0
    for line in patch.split("\n"):
        if start := re.match(r"@@ -\d+(?:,\d+)? \+(\d+)", line):
            number = int(start[1])
        elif line[:1] in ("+", " "):
            yield number
            number += 1


def post_suggestions(api: Api, depot: str, number: int, revision: str, told: str) -> None:
    """One review with the corrections that were not proposed before."""
    files = api(f"repos/{depot}/pulls/{number}/files?per_page=100")
    posted = api(f"repos/{depot}/pulls/{number}/comments?per_page=100")
    known = {(c["path"], c["body"]) for c in posted if login(c) == BOT}
    new = [one for one in suggestions(told, files) if (one["path"], one["body"]) not in known]
    if new:
        review = {"commit_id": revision, "event": "COMMENT", "comments": new[:MAX_SUGGESTIONS]}
        api(f"repos/{depot}/pulls/{number}/reviews", "POST", review)


def main(environ: Mapping[str, str], api: Api = github) -> str:
    """Post what there is to post; one sentence for the log, which quotes nothing contributed."""
    depot, revision = environ["DEPOT"], environ["TETE_REVISION"]
    number = proposal(api, depot, environ["TETE_PROPRIETAIRE"], environ["TETE_BRANCHE"], revision)
    if number is None:
        return "Aucune proposition ouverte n’a cette révision\u00a0: rien à dire."
    try:
        texts = attached(api, depot, environ["EXECUTION"], "carte", ("carte.md", "problemes.json"))
    except zipfile.BadZipFile:
        texts = {}
    text = texts.get("carte.md")
    if text is None or not is_card(text):
        return "Le texte joint manque ou n’est pas une carte\u00a0: rien n’est posté."
    post_card(api, depot, number, text)
    try:
        post_suggestions(api, depot, number, revision, texts.get("problemes.json", '{"problems": []}'))
    except (ValueError, KeyError, TypeError):
        return "Carte postée\u202f; les corrections jointes sont illisibles."
    return "Carte et corrections postées."


if __name__ == "__main__":
    sys.stdout.write(main(os.environ) + "\n")

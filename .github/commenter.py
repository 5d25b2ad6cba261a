"""Post the card of a proposal and its corrections, or what it changes in the measures, as commenter.yml calls it.

Whoever opens a pull request may have changed the program that wrote the files read here. So they are data, and posted
only if they hold nothing that `cop card` never writes. The proposal is found from the revision that was
verified, never from a file.
"""

import json
import os
import re
import sys
from collections.abc import Iterator, Mapping, Sequence
from typing import Any

import apercu
from gh import BOT, Api, archive_of, attached, github, is_card, login, post

MAX_SUGGESTIONS = 20
MARK = "<!-- carte de l’annuaire -->"
MARK_OF_MEASURES = "<!-- mesures de l’annuaire -->"
PREVIEW = (
    "\n[Voir les pages telles qu’elles seront]({address})\u00a0: un dossier à ouvrir, avec une page et son image. La "
    "forge demande d’être connecté.\n"
)


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


# The preview ----------------------------------------------------------------------------------------------------------


def preview_of(api: Api, environ: Mapping[str, str]) -> str:
    """One line that leads to the preview that the run attached; nothing where there is none, or where it is not ours.

    What is attached never changes afterwards: what was looked at is what one will open.
    """
    depot, run = environ["DEPOT"], int(environ["EXECUTION"])
    number, archive = archive_of(api, depot, str(run), apercu.ATTACHED, apercu.MAX_BYTES)
    if not number or not apercu.is_preview(archive):
        return ""
    server = environ.get("GITHUB_SERVER_URL", "https://github.com")
    return PREVIEW.format(address=f"{server}/{depot}/actions/runs/{run}/artifacts/{number}")


def main(environ: Mapping[str, str], api: Api = github) -> str:
    """Post what there is to post; one sentence for the log, which quotes nothing contributed."""
    depot, revision = environ["DEPOT"], environ["TETE_REVISION"]
    number = proposal(api, depot, environ["TETE_PROPRIETAIRE"], environ["TETE_BRANCHE"], revision)
    if number is None:
        return "Aucune proposition ouverte n’a cette révision\u00a0: rien à dire."
    measures = attached(api, depot, environ["EXECUTION"], "mesures", ("mesures.md",)).get("mesures.md")
    if measures is not None and is_card(measures):
        post(api, depot, number, MARK_OF_MEASURES, measures)
        return "Mesures postées."
    texts = attached(api, depot, environ["EXECUTION"], "carte", ("carte.md", "problemes.json"))
    text = texts.get("carte.md")
    if text is None or not is_card(text):
        return "Le texte joint manque ou n’est pas une carte\u00a0: rien n’est posté."
    post(api, depot, number, MARK, text + preview_of(api, environ))
    try:
        post_suggestions(api, depot, number, revision, texts.get("problemes.json", '{"problems": []}'))
    except (ValueError, KeyError, TypeError):
        return "Carte postée\u202f; les corrections jointes sont illisibles."
    return "Carte et corrections postées."


if __name__ == "__main__":
    sys.stdout.write(main(os.environ) + "\n")

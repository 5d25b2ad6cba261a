"""Known weaknesses of the libraries that the lock files name, as .github/workflows/eprouver.yml asks for them.

The base is OSV (osv.dev), which holds the advisories of PyPI and GitHub. Nothing is installed: names and versions go
out, identifiers of advisories come back. Exit 1 where there is one; 0 where there is none, or where the base does not
answer.
"""

import json
import re
import sys
import urllib.request
from collections.abc import Callable, Iterator, Mapping, Sequence
from pathlib import Path
from typing import Any

BASE = "https://api.osv.dev/v1/querybatch"
MOST = 1000  # questions of one batch, by the base's own rule
PINNED = re.compile(r"([A-Za-z0-9._-]{1,80})==([A-Za-z0-9.+!_-]{1,40})")

Ask = Callable[[Mapping[str, Any]], Mapping[str, Any]]


def ask_base(question: Mapping[str, Any]) -> Mapping[str, Any]:
    """One call. Raises OSError where the network or the base is missing."""
    request = urllib.request.Request(BASE, json.dumps(question).encode(), {"Content-Type": "application/json"})
    with urllib.request.urlopen(request, timeout=60) as answer:  # noqa: S310 (our own address)
        told: Mapping[str, Any] = json.load(answer)
    return told


def list_pinned(text: str) -> Iterator[tuple[str, str]]:
    """Name and version of each library of a lock file."""
    for line in text.split("\n"):
        if match := PINNED.match(line):
            yield match[1], match[2]


def find_weak(pinned: Sequence[tuple[str, str]], ask: Ask) -> Iterator[str]:
    """`name version : identifiers` of each library that an advisory names."""
    for start in range(0, len(pinned), MOST):
        batch = pinned[start : start + MOST]
        questions = [{"package": {"name": name, "ecosystem": "PyPI"}, "version": version} for name, version in batch]
        answers = ask({"queries": questions})["results"]
        for (name, version), answer in zip(batch, answers, strict=True):
            if known := [str(one["id"]) for one in answer.get("vulns", ())]:
                yield f"{name} {version}\u00a0: {', '.join(known)}"


def main(files: Sequence[str], ask: Ask = ask_base) -> int:
    pinned = sorted({one for file in files for one in list_pinned(Path(file).read_text("utf-8"))})
    try:
        weak = list(find_weak(pinned, ask))
    except (OSError, ValueError, KeyError):
        sys.stdout.write("La base des failles ne répond pas\u00a0: rien n’est su aujourd’hui.\n")
        return 0
    told = [f"::warning title=Faille connue::{line}" for line in weak]
    told.append(f"{len(pinned)} bibliothèques, {len(weak)} à mettre à jour (https://osv.dev dit pourquoi).")
    sys.stdout.write("\n".join(told) + "\n")
    return 1 if weak else 0


if __name__ == "__main__":
    sys.exit(main(sys.argv[1:]))

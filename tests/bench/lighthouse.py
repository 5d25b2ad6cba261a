"""Lighthouse on eight kinds of page, on a phone and on a desk, for `make bench`: it needs npx and the network once.

Accessibility, best practices and search engines are exact, whatever the machine. Speed is what a quiet one says: its
audits are no faults, for weights and shifts, which are exact, are measured apart. Chromium is that of the tests.
"""

import contextlib
import gzip
import json
import os
import shutil
import subprocess
import tempfile
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from http.server import SimpleHTTPRequestHandler
from pathlib import Path
from typing import Any

from tests.support.browser import program, served
from tests.support.browser_pages import KINDS

PACKAGE = "lighthouse@12.8.2"
"""The newest line that Node 20 runs: 13 asks for Node 22."""

SEEN: Mapping[str, str] = {
    "accueil": "index.md",
    "annuaire": "cops.md",
    "COP": "COP pleine",
    "formation": "formation pleine",
    "territoire": "EPCI",
    "commune": "commune",
    "agenda": "agenda.md",
    "formulaire": "ajouter.md",
}
"""Names of kinds of page, in ours."""

DEVICES: Mapping[str, tuple[str, ...]] = {"téléphone": (), "bureau": ("--preset=desktop",)}
CATEGORIES: Mapping[str, str] = {
    "accessibility": "accessibilité",
    "best-practices": "bonnes pratiques",
    "seo": "moteurs de recherche",
    "performance": "vitesse",
}
PATIENCE = 180
"""Seconds for one page on a slow machine: a few are enough."""

ATTEMPTS = 2
"""A browser that did not start, or a page that it did not see in time."""

Scores = tuple[int, ...]
"""Of 100, in the order of CATEGORIES."""


@dataclass(frozen=True)
class Sight:
    """What it says of one page on one device."""

    page: str
    device: str
    scores: Scores
    failed: tuple[str, ...]  # names of the audits that cost something


def measure(site: Path) -> list[Sight] | None:
    """Every kind of page that the site has, on every device; None where npx is missing or Lighthouse cannot run."""
    if shutil.which("npx") is None:
        return None
    try:
        with served(site, Compressed) as base:
            return list(_look(site, base))
    except NotRunError:
        return None


def _look(site: Path, base: str) -> Iterator[Sight]:
    for page, kind in SEEN.items():
        address = KINDS[kind](site)
        for device, options in DEVICES.items():
            if (site / address / "index.html").is_file():
                yield _read(page, device, _run(base + address, options))


def lowest(sights: Iterable[Sight]) -> Scores:
    """Of each category, on every page."""
    return tuple(map(min, zip(*(sight.scores for sight in sights), strict=True)))


def list_faults(sights: Iterable[Sight]) -> list[str]:
    """Each failed audit, with the pages and the devices where it fails."""
    where: dict[str, list[str]] = defaultdict(list)
    for sight in sights:
        for audit in sight.failed:
            where[audit].append(f"{sight.page} sur {sight.device}")
    return [f"{audit} ({', '.join(places)})" for audit, places in where.items()]


class Compressed(SimpleHTTPRequestHandler):
    """As the hosts of `.hebergement/` serve: text is compressed."""

    def log_message(self, format: str, *args: object) -> None:  # noqa: A002 (the library's name)
        """Nothing: the table says what was found."""

    def do_GET(self) -> None:
        path = Path(self.translate_path(self.path))
        path = path / "index.html" if path.is_dir() else path
        if not path.is_file():
            self.send_error(404)
            return
        body, kind = path.read_bytes(), self.guess_type(path)
        self.send_response(200)
        self.send_header("Content-Type", f"{kind}; charset=utf-8" if kind.startswith("text/") else kind)
        if not kind.startswith("image/png"):
            body = gzip.compress(body)
            self.send_header("Content-Encoding", "gzip")
        self.send_header("Content-Length", str(len(body)))
        self.end_headers()
        self.wfile.write(body)


class NotRunError(Exception):
    """Lighthouse said nothing of a page."""


def _run(address: str, options: Sequence[str]) -> Mapping[str, Any]:
    """Its report. It writes where it is run: hence a folder of its own."""
    with tempfile.TemporaryDirectory() as folder:
        command = ["npx", "--yes", PACKAGE, address, *options, "--quiet", "--output=json", "--output-path=dit.json"]
        command += [f"--only-categories={','.join(CATEGORIES)}", "--no-enable-error-reporting"]
        command += ["--chrome-flags=--headless=new --no-sandbox --disable-gpu"]
        for _ in range(ATTEMPTS):
            with contextlib.suppress(subprocess.SubprocessError, OSError, ValueError):
                environ = os.environ | {"CHROME_PATH": program()}
                subprocess.run(command, check=True, capture_output=True, cwd=folder, env=environ, timeout=PATIENCE)
                report: dict[str, Any] = json.loads((Path(folder) / "dit.json").read_text("utf-8"))
                if "runtimeError" not in report:
                    return report
    raise NotRunError(address)


def _read(page: str, device: str, report: Mapping[str, Any]) -> Sight:
    """An audit that weighs nothing is advice; one without score does not apply."""
    found = [report["categories"][name] for name in CATEGORIES]
    exact = (category for category in found if category["id"] != "performance")
    weighed = [ref["id"] for category in exact for ref in category["auditRefs"] if ref["weight"]]
    failed = (name for name in weighed if report["audits"][name]["score"] not in (None, 1))
    scores = tuple(round(100 * category["score"]) for category in found)
    return Sight(page, device, scores, tuple(dict.fromkeys(failed)))

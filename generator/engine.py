"""The engine that draws the walls: MkDocs over content/, as a subprocess. Nothing else knows which engine it is.

It hands back finished pages, and one bare page per section, the gabarit, which is cut at its marks: what the engine
makes comes from contributed pages, so nothing of it is ever evaluated.
"""

import json
import os
import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType

from generator.entries.checks.handwritten import CONTENT, regular_files
from generator.failures import EngineFailed
from generator.problems.problem import Problem, problem
from generator.repository.settings import Settings

GABARITS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "actualites": ("actualites", ("shared/dates.js",)),
    "agenda": ("agenda", ("shared/dates.js",)),
    "communes": ("cops", ("shared/dates.js", "shared/copy.js")),
    "cops": ("cops", ("shared/dates.js",)),
    "formations": ("formations", ("shared/dates.js",)),
    "territoires": ("cops", ("finder/start.js", "shared/dates.js")),
    "themes": ("cops", ()),
    "types": ("cops", ()),
}
"""The sections whose pages are made from the data: the tab that they light up, and the scripts that they need."""

SWITCH = "COP_BUILD"
"""Set in the engine's environment: the courtesy hook for `mkdocs build` then stays still (see hook.py)."""

# What we replace: its sitemap, which holds a date, and the parts of our style sheet.
_DROPPED = re.compile(r"^sitemap\.xml|^css/")
_BROKEN_LINK = re.compile(r"Doc file '(?P<page>[^']+)' contains an? (?:absolute )?link '(?P<link>[^']+)'")


@dataclass(frozen=True, slots=True)
class Walls:
    """What the engine built: pages and gabarits as text, the rest as bytes, by path from the root of the site."""

    pages: Mapping[str, str]
    gabarits: Mapping[str, str]  # by section: cops, formations…
    assets: Mapping[str, bytes]


class Engine:
    """Runs while the YAML is read: start, do something else, then ask for the walls. Leaving it stops it."""

    def __init__(self, root: Path, settings: Settings) -> None:
        self._root = root
        self._folder = tempfile.TemporaryDirectory(prefix="cop-moteur-")
        self._site = Path(self._folder.name, "site")
        docs = Path(self._folder.name, CONTENT)
        _prepare(root, docs)
        chosen = {"site_url": settings.site_url, "docs_dir": str(docs), "site_dir": str(self._site), "hooks": []}
        # JSON is YAML whatever signs these values hold.
        config = "INHERIT: mkdocs.yml\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in chosen.items())
        # Strict without --quiet: together the two flags make MkDocs 1.6 exit 0 on a broken link.
        self._process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", "-"],
            cwd=root,
            env=os.environ | {SWITCH: "1", "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            text=True,
            start_new_session=True,  # Ctrl-C is ours to handle: we stop it ourselves
        )
        assert self._process.stdin
        self._process.stdin.write(config)
        self._process.stdin.close()
        self._process.stdin = None

    def __enter__(self) -> "Engine":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if self._process.poll() is None:
            self._process.kill()
        self._process.wait()
        if self._process.stderr:
            self._process.stderr.close()
        self._folder.cleanup()

    def finish(self) -> tuple[Walls, list[Problem]]:
        """Wait for the walls. Links to missing pages are Problems; anything else raises EngineFailed."""
        _, output = self._process.communicate()
        if self._process.returncode:
            problems = list(_find_broken_links(self._root, output))
            if not problems:
                raise EngineFailed(output.strip())
            return Walls({}, {}, {}), problems
        return walls(self._site), []


def _prepare(root: Path, docs: Path) -> None:
    """What the engine reads: a copy of the pages and of what stands beside them, then our own gabarits, which win."""
    for name, path in regular_files(root / CONTENT):
        if path.suffix in {".yml", ".yaml"}:
            continue
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(path, docs / name, follow_symlinks=False)
    for section, (tab, scripts) in GABARITS.items():
        head = {"title": "Gabarit", "template": "gabarit.html", "onglet": tab, "scripts": scripts}
        (docs / section).mkdir(parents=True, exist_ok=True)
        (docs / section / "gabarit.md").write_text(f"---\n{json.dumps(head)}\n---\n", encoding="utf-8")


def _find_broken_links(root: Path, output: str) -> Iterator[Problem]:
    for match in _BROKEN_LINK.finditer(output):
        path = f"{CONTENT}/{match['page']}"
        lines = (root / path).read_text(encoding="utf-8").split("\n")
        row, column = _find_place(lines, match["link"])
        yield problem(path, ((row, column), (row, column + len(match["link"]))), "lien-casse", lien=match["link"])


def _find_place(lines: list[str], link: str) -> tuple[int, int]:
    """Line and column of a link, which the engine does not tell; a link by name stands after a bracket or a space."""
    for row, line in enumerate(lines, 1):
        match = re.search(rf"(?<=[(<\s\"']){re.escape(link)}(?![\w/.-])", line)
        if match:
            return row, match.start() + 1
    return 1, 1


def walls(folder: Path) -> Walls:
    """Sort what an engine wrote into `folder`."""
    pages: dict[str, str] = {}
    gabarits: dict[str, str] = {}
    assets: dict[str, bytes] = {}
    for path in sorted(folder.rglob("*")):
        name = path.relative_to(folder).as_posix()
        if path.is_dir() or _DROPPED.search(name):
            continue
        if name.endswith("/gabarit/index.html"):
            gabarits[name.removesuffix("/gabarit/index.html")] = path.read_text(encoding="utf-8")
        elif name.endswith(".html"):
            pages[name] = path.read_text(encoding="utf-8")
        else:
            assets[name] = path.read_bytes()
    return Walls(pages, gabarits, assets)

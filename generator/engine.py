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
from collections.abc import Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any

from generator.entries.content.allowed import CONTENT
from generator.entries.content.files import read_content
from generator.failures import EngineFailed, NoAnswer
from generator.files import PassingFolder
from generator.problems.problem import Problem, problem
from generator.repository.settings import Settings

GABARITS: Mapping[str, tuple[str, tuple[str, ...]]] = {
    "actualites": ("actualites", ("shared/dates.js",)),
    "agenda": ("agenda", ("shared/dates.js",)),
    "communes": ("cops", ("shared/dates.js", "shared/copy.js")),
    "cops": ("cops", ("shared/dates.js",)),
    "documents": ("cops", ("shared/dates.js",)),
    "engagements": ("cops", ("shared/dates.js",)),
    "formations": ("formations", ("shared/dates.js",)),
    "territoires": ("cops", ("finder/map.js", "shared/dates.js")),
    "themes": ("cops", ("shared/dates.js",)),
    "types": ("cops", ("shared/dates.js",)),
    "ou-agir": ("cops", ()),
    "suivre": ("", ()),
}
"""The sections whose pages are made from the data: the tab that they light up, and the scripts that they need."""

SWITCH = "COP_BUILD"
"""Set in the engine's environment: the courtesy hook for `mkdocs build` then stays still (see hook.py)."""

LONGEST = 600.0
"""Seconds that it may take: a hundred times what it needs."""

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
        self._folder = PassingFolder("moteur")
        self._site = self._folder.path / "site"
        try:
            docs = self._folder.path / CONTENT
            _prepare(root, docs)
            self._process = self._start({"site_url": settings.site_url, "docs_dir": str(docs)})
        except BaseException:
            self._folder.close()
            raise

    def _start(self, chosen: Mapping[str, str]) -> subprocess.Popen[str]:
        settings = {**chosen, "site_dir": str(self._site), "hooks": [], "watch": []}
        # JSON is YAML whatever signs these values hold.
        config = "INHERIT: mkdocs.yml\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in settings.items())
        # Strict without --quiet: together the two flags make MkDocs 1.6 exit 0 on a broken link.
        process = subprocess.Popen(
            [sys.executable, "-m", "mkdocs", "build", "--strict", "--config-file", "-"],
            cwd=self._root,
            env=os.environ
            | {SWITCH: "1", "NO_MKDOCS_2_WARNING": "1", "PYTHONDONTWRITEBYTECODE": "1", "PYTHONUTF8": "1"},
            stdin=subprocess.PIPE,
            stdout=subprocess.DEVNULL,
            stderr=subprocess.PIPE,
            encoding="utf-8",
            errors="replace",
            start_new_session=True,  # Ctrl-C is ours to handle: we stop it ourselves
            pass_fds=self._folder.lock,
        )
        assert process.stdin
        with suppress(BrokenPipeError):  # it ended at once, and says why
            process.stdin.write(config)
            process.stdin.close()
        process.stdin = None
        return process

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
        self._folder.close()

    def finish(self) -> tuple[Walls, list[Problem]]:
        """Wait for the walls. Links to missing pages are Problems; anything else raises EngineFailed or NoAnswer."""
        try:
            _, output = self._process.communicate(timeout=LONGEST)
        except subprocess.TimeoutExpired:
            raise NoAnswer("le moteur de pages") from None
        if self._process.returncode:
            if "MemoryError" in output or "failed to map segment" in output:
                raise MemoryError
            problems = list(_find_broken_links(self._root, output))
            if not problems:
                raise EngineFailed(output.strip())
            return Walls({}, {}, {}), problems
        return walls(self._site), []


def _prepare(root: Path, docs: Path) -> None:
    """What the engine reads: the sound pages, their head as we read it, the pictures, and our own gabarits."""
    content = read_content(root)
    for name, page in content.pages.items():
        if not page.problems:
            _write_page(docs / name, page.head, page.markdown.body)
    for name in content.images:
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / CONTENT / name, docs / name, follow_symlinks=False)
    for section, (tab, scripts) in GABARITS.items():
        head = {"title": "Gabarit", "template": "gabarit.html", "onglet": tab, "scripts": scripts}
        _write_page(docs / section / "gabarit.md", head, "")


def _write_page(path: Path, head: Mapping[str, Any], body: str) -> None:
    """A page as the engine reads it: JSON is YAML whatever signs its texts hold."""
    path.parent.mkdir(parents=True, exist_ok=True)
    path.write_text(f"---\n{json.dumps(head, ensure_ascii=False)}\n---\n\n{body}", encoding="utf-8")


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

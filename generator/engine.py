"""The engine that draws the walls: MkDocs over content/, as a subprocess. Nothing else knows which engine it is.

Zensical, its successor, can take its place: a test builds the same pages with both.

It hands back finished pages, and one bare page per section, the gabarit, which is cut at its marks: what the engine
makes comes from contributed pages, so nothing of it is ever evaluated.
"""

import json
import os
import re
import shutil
import subprocess
import sys
from collections.abc import Callable, Iterator, Mapping
from contextlib import suppress
from dataclasses import dataclass
from pathlib import Path
from types import TracebackType
from typing import Any, NamedTuple

import yaml

from generator.entries.content.allowed import CONTENT
from generator.entries.content.files import read_content
from generator.entries.content.links import hide_made_files, show_made_files
from generator.failures import EngineFailed, NoAnswer, NoEngine
from generator.files import PassingFolder
from generator.problems.problem import Problem, problem
from generator.repository.settings import SETTINGS_FILE, Settings

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


class Run(NamedTuple):
    """A command: a module of Python, its file of settings, and what it is told on its standard input."""

    module: str
    config: str
    told: str = ""


# What we replace: its sitemap, which holds a date, and the parts of our style sheet.
_DROPPED = re.compile(r"^sitemap\.xml|^css/|^search\.json|^objects\.inv")
_HERE = re.compile(r'"\./(?=[\w.])')
_BROKEN_LINK = re.compile(r"Doc file '(?P<page>[^']+)' contains an? (?:absolute )?link '(?P<link>[^']+)'")


def _run_mkdocs(_root: Path, _work: Path, chosen: Mapping[str, Any]) -> Run:
    # JSON is YAML whatever signs these values hold.
    config = "INHERIT: mkdocs.yml\n" + "".join(f"{key}: {json.dumps(value)}\n" for key, value in chosen.items())
    # Strict without --quiet: together the two flags make MkDocs 1.6 exit 0 on a broken link.
    return Run("mkdocs", "-", config)


def _run_zensical(root: Path, work: Path, chosen: Mapping[str, Any]) -> Run:
    """It inherits no settings, reads them from a file alone, and neither reads nor writes elsewhere than beside it."""
    settings = yaml.safe_load((root / SETTINGS_FILE).read_bytes())
    theme = settings["theme"] | {"custom_dir": str(root / settings["theme"]["custom_dir"])}
    beside = {key: Path(chosen[key]).name for key in ("docs_dir", "site_dir")}
    extra = settings["extra"] | chosen["extra"]
    file = work / SETTINGS_FILE
    file.write_text(json.dumps({**settings, **chosen, **beside, "theme": theme, "extra": extra}), encoding="utf-8")
    return Run("zensical", str(file))


MKDOCS = "mkdocs"
ENGINES: Mapping[str, Callable[[Path, Path, Mapping[str, Any]], Run]] = {
    MKDOCS: _run_mkdocs,
    "zensical": _run_zensical,
}
"""How each engine is run: from the root, the folder where it works, the settings that are not those of mkdocs.yml."""


VARIABLE = "MOTEUR"
"""Of the environment: the name of the engine, where it is not the usual one."""


def choose_engine(environ: Mapping[str, str]) -> str:
    """Raises NoEngine."""
    name = environ.get(VARIABLE) or MKDOCS
    if name not in ENGINES:
        raise NoEngine(", ".join(ENGINES))
    return name


@dataclass(frozen=True, slots=True)
class Walls:
    """What the engine built: pages and gabarits as text, the rest as bytes, by path from the root of the site."""

    pages: Mapping[str, str]
    gabarits: Mapping[str, str]  # by section: cops, formations…
    assets: Mapping[str, bytes]


class Engine:
    """Runs while the YAML is read: start, do something else, then ask for the walls. Leaving it stops it."""

    def __init__(self, root: Path, settings: Settings, name: str = MKDOCS) -> None:
        self._root = root
        self._folder = PassingFolder("moteur")
        self._site = self._folder.path / "site"
        try:
            docs = self._folder.path / CONTENT
            _prepare(root, docs)
            folders = {"docs_dir": str(docs), "site_dir": str(self._site)}
            # In two parts: the theme says nothing that only one engine understands.
            parts = {"nom_en_deux": split_name(settings.site_name)}
            chosen = {"site_url": settings.site_url, "hooks": [], "watch": [], "extra": parts, **folders}
            self._process = self._start(ENGINES[name](root, self._folder.path, chosen))
        except BaseException:
            self._folder.close()
            raise

    def _start(self, run: Run) -> subprocess.Popen[str]:
        process = subprocess.Popen(
            [sys.executable, "-m", run.module, "build", "--strict", "--config-file", run.config],
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
            process.stdin.write(run.told)
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
            _write_page(docs / name, page.head, hide_made_files(page.markdown))
    for name in content.images:
        (docs / name).parent.mkdir(parents=True, exist_ok=True)
        shutil.copyfile(root / CONTENT / name, docs / name, follow_symlinks=False)
    for section, (tab, scripts) in GABARITS.items():
        head = {"title": "Gabarit", "template": "gabarit.html", "onglet": tab, "scripts": scripts}
        _write_page(docs / section / "gabarit.md", head, "")


def split_name(name: str) -> tuple[str, str]:
    """The name of the site where it may be cut: « 1 000 COP », « en Bretagne »."""
    before, word, after = name.rpartition(" en ")
    return before, f"{word}{after}".strip()


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
            gabarit = _clean_addresses(path.read_text(encoding="utf-8"))
            gabarits[name.removesuffix("/gabarit/index.html")] = gabarit
        elif name.endswith(".html"):
            pages[name] = _clean_addresses(show_made_files(path.read_text(encoding="utf-8")))
        else:
            assets[name] = path.read_bytes()
    return Walls(pages, gabarits, assets)


def _clean_addresses(page: str) -> str:
    """One engine writes `./x/` where the other writes `x/`."""
    return _HERE.sub('"', page)

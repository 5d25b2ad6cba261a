"""The repository as a whole: its root, what its files say, every problem, and the Annuaire when nothing is wrong."""

import os
import re
import stat
from collections.abc import Collection, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.entries import corpus
from generator.entries.checks.between_files import blame
from generator.entries.checks.one_file import Checked, check_entries
from generator.entries.content.files import read_content
from generator.entries.corpus import Cache, Corpus
from generator.entries.memory import Memory
from generator.entries.tree import check_item, read_plain, walk
from generator.entries.yaml.source import MAX_ENTRY_BYTES
from generator.failures import NoRepository
from generator.problems.problem import Problem
from generator.repository import settings
from generator.repository.settings import Settings
from generator.territories.reference import Territories, load_territories

if TYPE_CHECKING:
    from generator.model.annuaire import Annuaire
    from generator.model.journal import Journal


@dataclass(frozen=True, slots=True)
class Snapshot:
    """What was read at one moment."""

    root: Path
    settings: Settings
    corpus: Corpus
    territories: Territories
    problems: tuple[Problem, ...]  # of every file, sorted
    today: str  # AAAA-MM-JJ
    left_out: tuple[tuple[str, Problem], ...] = ()  # entries that are not in it, and why: see `publishable`
    revision: str = ""  # the commit that it was read from, where whoever builds says so; git is never asked

    @property
    def is_sound(self) -> bool:
        """Warnings alone do not stop a build."""
        return not any(problem.is_error for problem in self.problems)

    @property
    def files(self) -> int:
        return len(self.corpus.texts)

    def of(self, paths: Collection[str], before: "Snapshot | None" = None) -> tuple[Problem, ...]:
        """The problems of some files, and those that were not there before; a double is told of the one under check."""
        problems_before = set(before.problems) if before else set()
        turned = zip(self.problems, blame(self.problems, paths, self.corpus.entries), strict=True)
        return tuple(sorted(p for old, p in turned if p.path in paths or (before and old not in problems_before)))

    def annuaire(self, objects: Memory[Any] | None = None) -> "Annuaire":
        """Raises ValueError when an error was found: check `is_sound` first. `objects`: those made before."""
        if not self.is_sound:
            raise ValueError("the entries have errors")
        # Checking needs no model: its import is a twentieth of a check.
        from generator.model.annuaire import build_annuaire
        from generator.model.cop import Context
        from generator.model.labels import load_labels

        chosen = self.settings
        context = Context(
            self.today,
            chosen.echeances,
            chosen.departements,
            chosen.epci_entiers,
            self.territories,
            chosen.objectif,
            load_labels(self.corpus.schemas),
        )
        return build_annuaire(self.corpus, context, objects, self._read_journal())

    def _read_journal(self) -> "Journal | None":
        """What changed, where somebody has had it written (`cop journal`)."""
        from generator.model.journal import JOURNAL_FILE, MAX_JOURNAL_BYTES, read_journal

        path = self.root / JOURNAL_FILE
        if not os.path.lexists(path):
            return None
        return read_journal(read_plain(path, MAX_JOURNAL_BYTES + 1))

    def lines(self, path: str) -> list[str]:
        """Lines of any file that a problem may name, for its excerpt."""
        if path in self.corpus.texts:
            return self.corpus.lines(path)
        file = self.root / path
        if path == settings.SETTINGS_FILE or (path.endswith(".md") and stat.S_ISREG(file.lstat().st_mode)):
            with file.open(encoding="utf-8", errors="replace") as opened:
                return opened.read(MAX_ENTRY_BYTES).split("\n")
        return []


def find_root(start: Path) -> Path:
    """The repository that holds a folder; raises NoRepository. Without any COP, git keeps no cops/."""
    for folder in (start, *start.parents):
        if (folder / settings.SETTINGS_FILE).is_file() and any((folder / name).is_dir() for name in ("cops", "schema")):
            return folder
    raise NoRepository(start)


def _check_rules(root: Path) -> Iterator[Problem]:
    """What stands in schema/ is published as it is. The folder itself may lie elsewhere, as that of a demonstration."""
    for item in walk(root, "schema"):
        if item.path != "schema":
            yield from check_item(item)


_COMMIT = re.compile(r"[0-9a-f]{7,64}")


@dataclass(slots=True)
class Known:
    """What `serve` keeps from one reading to the next: files by date and size, what was said of each, the reference,
    objects of the model."""

    files: Cache = field(default_factory=Cache)
    checked: Checked = field(default_factory=Memory)
    reference: Territories = field(default_factory=load_territories)
    objects: Memory[Any] = field(default_factory=Memory)


def read_snapshot(
    root: Path,
    environ: Mapping[str, str],
    today: str,
    memory: Known | None = None,
    instead: Mapping[str, bytes] | None = None,
    without: Collection[str] = (),
) -> Snapshot:
    """Read and check everything. Raises OSError where it cannot. `instead` and `without`: see corpus.load."""
    memory = memory or Known()
    chosen, problems = settings.load(root, environ, memory.reference)
    files = corpus.load(root, memory.files, instead=instead, without=without)
    problems += check_entries(files, memory.reference, chosen.echeances, today, memory.checked)
    problems += read_content(root).problems
    problems += _check_rules(root)
    revision = environ.get("REVISION", "")
    told = revision if _COMMIT.fullmatch(revision) else ""
    return Snapshot(root, chosen, files, memory.reference, tuple(sorted(problems)), today, revision=told)

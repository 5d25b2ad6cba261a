"""What a measure works with: its folder, the repositories and sites made once, and the lines of the table."""

import itertools
import sys
from collections.abc import Iterator
from dataclasses import dataclass, field
from pathlib import Path

from tests.bench.run import COP, Cost, median, run
from tests.support.paths import ROOT

DAY = ("--date", "2026-11-24")  # the factory's own day: the same work whenever it is measured
MB = 1_000_000


@dataclass(frozen=True)
class Row:
    """One line of a table. `kept` is None where no budget is set; `why` it is passed is told where it is."""

    what: str
    measured: str
    budget: str = ""
    kept: bool | None = None
    why: str = ""

    def __str__(self) -> str:
        passed = f"**dépassé** : {self.why}" if self.why else "**dépassé**"
        verdict = {None: "", True: "tenu", False: passed}[self.kept]
        return f"| {self.what} | {self.measured} | {self.budget} | {verdict} |"


@dataclass(frozen=True)
class Plan:
    """Where to work, and how many times each thing is measured."""

    folder: Path
    short: int = 5
    long: int = 3
    sites: dict[Path, Path] = field(default_factory=dict)  # by repository, the site built last
    turns: Iterator[int] = field(default_factory=itertools.count)

    def repository(self, count: int, name: str = "r", *options: str) -> Path:
        """A repository of so many fictitious COP, made by another process: this one stays small."""
        root = self.folder / f"{name}{count}"
        if not root.exists():
            print(f"… {french(count)} COP fictives", file=sys.stderr)
            run([sys.executable, "-m", "tests.factory", root, "--cops", str(count), *options], ROOT)
        return root

    def alone(self) -> Path:
        """Exactly a thousand COP, without trainings or news."""
        return self.repository(1000, "seules", "--formations", "0", "--actualites", "0")

    def build(self, count: int, *options: str) -> Cost:
        return self.built(self.repository(count), count, *options)

    def built(self, root: Path, count: int, *options: str) -> Cost:
        print(f"… construction de {french(count)} COP {' '.join(options)}", file=sys.stderr)
        return median(self.short if count <= 1000 else self.long, lambda: self.once(root, *options))

    def site(self, count: int) -> Path:
        """Of so many COP, the one built last; built now where no measure has done it yet."""
        root = self.repository(count)
        if root not in self.sites:
            self.once(root)
        return self.sites[root]

    def once(self, root: Path, *options: str) -> Cost:
        """Each time in a new folder, as in CI: ext4 is slow to create where thousands of files have just gone."""
        site = self.sites[root] = self.fresh()
        return run([COP, "--root", root, "build", "--quiet", "--output", site, *DAY, *options], root)

    def fresh(self) -> Path:
        return self.folder / f"site-{next(self.turns)}"


def french(number: float, digits: int = 0) -> str:
    """1 234,5 with the narrow no-break space that French asks for."""
    return f"{number:,.{digits}f}".replace(",", "\u202f").replace(".", ",")


def said(cost: Cost) -> str:
    return f"{french(cost.wall, 2)} s (processeur {french(cost.cpu, 2)} s, mémoire {french(cost.peak / MB)} Mo)"

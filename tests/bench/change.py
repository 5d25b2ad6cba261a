"""What a change weighs: `python -m tests.bench.change BEFORE AFTER`, two copies of the repository, as a Markdown table.

Weights, EcoIndex and what Lighthouse says are exact. Times are told as a ratio alone, each build of one between two of
the other: from one machine to the next, and from one minute to the next, seconds say nothing.
"""

import argparse
import statistics
import sys
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from tests.bench import lighthouse, weight
from tests.bench.lighthouse import Sight
from tests.bench.pages import PAGES
from tests.bench.plan import DAY, french
from tests.bench.run import CommandError, run, size

COPS = 1000
ROUNDS = 2
NOISE = 0.1  # part of a time that two builds of one program may differ by

COMMAND = "from generator.cli.command import entry; entry()"
"""`cop`, of the copy that PYTHONPATH names: both are run with the libraries of this environment."""


class Copy:
    """One of the two: its demonstration, and the site that it made of it last."""

    def __init__(self, root: Path, work: Path) -> None:
        self._environ = {"PYTHONPATH": str(root)}
        self._root, self._work = root, work
        self.demo = work / "demo"
        self.site = work
        self._turn = 0
        self._run("-m", "tests.factory", self.demo, "--cops", str(COPS))

    def _run(self, *arguments: str | Path) -> float:
        return run([sys.executable, *arguments], self._root, environ=self._environ).cpu

    def build(self) -> float:
        """Seconds of processor."""
        self._turn += 1
        self.site = self._work / f"site-{self._turn}"
        return self._run("-c", COMMAND, "--root", self.demo, "build", "--quiet", "--output", self.site, *DAY)


def weigh(site: Path) -> Mapping[str, tuple[float, ...]]:
    """By page: kilobytes of HTML, kilobytes in all, requests, elements, EcoIndex; and what the whole site weighs."""
    found: dict[str, tuple[float, ...]] = {}
    for what, address, _ in PAGES:
        path = weight.heaviest(site, address[:-2]) if address.endswith("*") else address
        page = weight.weigh(site, path)
        score = round(page.score, 1)
        found[what] = (page.raw / 1000, page.transferred / 1000, page.requests, page.elements, score)
    return found


def compare(before: Mapping[str, tuple[float, ...]], after: Mapping[str, tuple[float, ...]]) -> Iterator[str]:
    """A line for each page: what it was, what it is, and whether visitors lose by it."""
    yield "| page | HTML, Ko | en tout, Ko | requêtes | éléments | EcoIndex |"
    yield "|---|---|---|---|---|---|"
    for what, now in after.items():
        cells = [_tell(old, new, digits) for old, new, digits in zip(before[what], now, (1, 1, 0, 0, 1), strict=True)]
        yield f"| {what.replace('`', '')} | {' | '.join(cells)} |"


def _tell(old: float, new: float, digits: int) -> str:
    if round(old, digits) == round(new, digits):
        return french(new, digits)
    return f"{french(old, digits)} → **{french(new, digits)}**"


def judge(before: Sequence[Sight] | None, after: Sequence[Sight] | None) -> Iterator[str]:
    """The lowest scores on each device, and what Lighthouse did not hold against the pages before."""
    if not before or not after:
        yield "Lighthouse n’a pas tourné : npx manque, ou ne répond pas."
        return
    yield f"| Lighthouse, la plus basse note | {' | '.join(lighthouse.CATEGORIES.values())} |"
    yield "|---|" + "---|" * len(lighthouse.CATEGORIES)
    for device in lighthouse.DEVICES:
        old, new = (lighthouse.lowest(one for one in seen if one.device == device) for seen in (before, after))
        cells = (_tell(was, now, 0) for was, now in zip(old, new, strict=True))
        yield f"| {len(lighthouse.SEEN)} pages, {device} | {' | '.join(cells)} |"
    known = lighthouse.list_faults(before)
    if new_faults := [fault for fault in lighthouse.list_faults(after) if fault not in known]:
        yield ""
        yield f"Ce que Lighthouse reproche maintenant : {' ; '.join(new_faults)}."


def tell_pace(ratios: Sequence[float]) -> str:
    """How many times as long a build takes as before."""
    ratio = statistics.median(ratios)
    if abs(ratio - 1) < NOISE:
        return "Construire prend le même temps de processeur, à un dixième près."
    word = "plus" if ratio > 1 else "moins"
    return f"Construire prend {french(100 * abs(ratio - 1))} % de temps de processeur en {word}."


def measure(before: Path, after: Path, work: Path) -> Iterator[str]:
    """The whole table."""
    copies = []
    for name, root in (("avant", before), ("apres", after)):
        (work / name).mkdir()
        copies.append(Copy(root.resolve(), work / name))
    old, new = copies
    ratios = []
    for _ in range(ROUNDS):
        first, between, last = new.build(), old.build(), new.build()
        ratios.append((first + last) / 2 / between)
    yield f"Ce que change cette proposition, sur {french(COPS)} COP fictives :"
    yield ""
    yield from compare(weigh(old.site), weigh(new.site))
    yield ""
    yield from judge(*map(lighthouse.measure, (old.site, new.site)))
    yield ""
    sizes = _tell(size(old.site) / 1_000_000, size(new.site) / 1_000_000, 1)
    yield f"Le site entier : {sizes} Mo. {tell_pace(ratios)}"


def main() -> int:
    parser = argparse.ArgumentParser(prog="python -m tests.bench.change", description="Mesure ce que change un état.")
    parser.add_argument("avant", type=Path)
    parser.add_argument("apres", type=Path)
    asked = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        try:
            print("\n".join(measure(asked.avant, asked.apres, Path(folder))))
        except CommandError as error:
            print(f"Non mesuré : l’un des deux états ne se construit pas ici.\n\n{error}")
            return 1
    return 0


if __name__ == "__main__":
    sys.exit(main())

"""The measures as README.md holds them: a chapter for each part of the bench, between two marks, which it alone writes.

A part is measured again alone: the others keep their figures, their machine and their day.
"""

import os
import platform
import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass
from datetime import date
from pathlib import Path

from generator.french import date_longue
from tests.bench.plan import Plan, Row
from tests.support.paths import ROOT

README = ROOT / "README.md"
START, END = "<!-- mesures : « make bench NOTER=1 » les écrit -->", "<!-- fin des mesures -->"
HEAD = ("| quoi | mesuré | budget | |", "|---|---|---|---|")
_BLOCK = re.compile(f"(?<={START}\n).*?(?={END}\n)", re.DOTALL)
_CHAPTER = re.compile(r"\*\*(?P<title>[^*\n]+)\.\*\* (?P<when>[^\n]+)\.\n\n(?P<table>(?:\|[^\n]*\|\n)+)\n")


class UnexplainedError(Exception):
    """A budget is passed and nothing says why; the message names the lines."""


@dataclass(frozen=True)
class Chapter:
    """What one part of the bench found."""

    title: str
    when: str  # machine, day and how many times
    lines: tuple[str, ...]  # of the table, its head left out

    def __str__(self) -> str:
        return "\n".join((f"**{self.title}.** {self.when}.", "", *HEAD, *self.lines, "", ""))


def read(text: str) -> dict[str, Chapter]:
    """The chapters of a README, by title."""
    block = _BLOCK.search(text)
    found = _CHAPTER.finditer(block[0] if block else "")
    chapters = (Chapter(one["title"], one["when"], tuple(one["table"].splitlines()[len(HEAD) :])) for one in found)
    return {chapter.title: chapter for chapter in chapters}


def write(text: str, chapters: Mapping[str, Chapter], order: Iterable[str]) -> str:
    """The README with these chapters in the place of those of the same titles."""
    held = {**read(text), **chapters}
    block = "\n" + "".join(str(held[title]) for title in order if title in held)
    return _BLOCK.sub(lambda _: block, text)


def refuse_unexplained(rows: Iterable[Row]) -> None:
    """A budget that is passed without a word is not noted."""
    if names := [row.what for row in rows if row.kept is False and not row.why]:
        raise UnexplainedError(", ".join(names))


def say_when(plan: Plan) -> str:
    """Processor, cores, Python, day and how many times: a figure without them says nothing."""
    info = Path("/proc/cpuinfo")
    lines = info.read_text("utf-8").splitlines() if info.exists() else []
    model = next((line.split(":", 1)[1].strip() for line in lines if line.startswith("model name")), "")
    day = date_longue(date.today().isoformat())  # noqa: DTZ011
    machine = f"{model or platform.processor() or platform.machine()}, {os.cpu_count()} cœurs"
    times = f"médiane de {plan.short} mesures, {plan.long} pour les longues" if plan.short > 1 else "une mesure chacun"
    return f"{machine}, Python {platform.python_version()}, le {day}, {times}"

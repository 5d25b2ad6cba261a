"""What former visits found: how long each link has been failing. A dead link is one that failed often enough.

The memory is one JSON file that anybody may delete: the count then starts again.
"""

import json
import re
from collections.abc import Mapping
from dataclasses import asdict, dataclass, replace
from datetime import date
from pathlib import Path
from typing import Any

from generator.files import write_over
from generator.upkeep.links.verdicts import State, Visit

MEMORY_FILE = ".cop-liens.json"
MEMORY_VERSION = 1
MAX_MEMORY_BYTES = 5_000_000

DEAD_AFTER = 3  # failing days…
DEAD_WITHIN = 7  # … the last at least so many days after the first


@dataclass(frozen=True, slots=True)
class Streak:
    """Failures in a row. Visits that learnt nothing neither add to it nor end it; one page that is there does."""

    premier: str  # AAAA-MM-JJ
    dernier: str
    jours: int  # different days on which it failed

    @property
    def is_dead(self) -> bool:
        elapsed = date.fromisoformat(self.dernier) - date.fromisoformat(self.premier)
        return self.jours >= DEAD_AFTER and elapsed.days >= DEAD_WITHIN


Memory = Mapping[str, Streak]
"""By address; only of those that fail."""


class Unreadable(ValueError):  # noqa: N818 (a state, told in French by the command line)
    """The file is not a memory of this version."""


def update(memory: Memory, visits: Mapping[str, Visit], today: str) -> Memory:
    """The memory once these visits are made; links that no entry holds any more are forgotten."""
    failing = {}
    for url, visit in visits.items():
        before = memory.get(url)
        if visit.state is State.ECHEC:
            failing[url] = _lengthen(before, today)
        elif visit.state is State.INCONNU and before:
            failing[url] = before
    return failing


def _lengthen(before: Streak | None, today: str) -> Streak:
    if before is None:
        return Streak(today, today, 1)
    # Several visits on one day, or a day of the past given by hand, are no more proof.
    return before if today <= before.dernier else replace(before, dernier=today, jours=before.jours + 1)


def load_memory(path: Path) -> Memory:
    """The memory of a file, empty where there is none. Raises Unreadable, or OSError where the disk cannot be read."""
    if not path.exists():
        return {}
    with path.open("rb") as file:
        raw = file.read(MAX_MEMORY_BYTES + 1)
    try:
        if len(raw) > MAX_MEMORY_BYTES:
            raise ValueError
        return _parse(json.loads(raw))
    except (ValueError, TypeError, KeyError, AttributeError, RecursionError) as error:
        raise Unreadable from error


def _parse(data: Any) -> Memory:
    if data["version"] != MEMORY_VERSION:
        raise ValueError
    return {str(url): _parse_streak(streak) for url, streak in data["liens"].items()}


def _parse_streak(data: Any) -> Streak:
    streak = Streak(_parse_day(data["premier"]), _parse_day(data["dernier"]), data["jours"])
    if type(streak.jours) is not int or streak.jours < 1 or streak.dernier < streak.premier:
        raise ValueError
    return streak


def _parse_day(text: str) -> str:
    if not re.fullmatch(r"\d{4}-\d{2}-\d{2}", text, re.ASCII):
        raise ValueError
    return date.fromisoformat(text).isoformat()


def save_memory(path: Path, memory: Memory) -> None:
    """Write it whole or not at all."""
    data = {"version": MEMORY_VERSION, "liens": {url: asdict(memory[url]) for url in sorted(memory)}}
    write_over(path, (json.dumps(data, ensure_ascii=False, indent=1) + "\n").encode())

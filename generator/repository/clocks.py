"""What time will undo if nobody does anything. The table is clocks.json; a clock rings some months before its day."""

import json
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

TABLE = Path(__file__).with_name("clocks.json")


@dataclass(frozen=True, slots=True, order=True)
class Clock:
    """One day after which something is no longer right by itself."""

    jour: str  # AAAA-MM-JJ
    evenement: str  # what happens
    faire: str  # what somebody has to do
    sonne_le: str  # AAAA-MM-JJ, from when it is told

    def rings(self, today: str) -> bool:
        return self.sonne_le <= today


def list_clocks(echeances: Sequence[str]) -> tuple[Clock, ...]:
    """The nearest first. `echeances`: the election days that the settings know, oldest first."""
    return tuple(sorted(_read(echeances)))


def _read(echeances: Sequence[str]) -> Iterator[Clock]:
    for row in json.loads(TABLE.read_text("utf-8")):
        years = row.get("ans_apres_la_derniere_echeance")
        if years is not None and not echeances:
            continue
        # Of an election that has no date yet, the month alone can be expected.
        jour = row["jour"] if years is None else f"{int(echeances[-1][:4]) + years}{echeances[-1][4:7]}-01"
        yield Clock(jour, row["quoi"], row["faire"], _go_back(jour, row["avance_mois"]))


def _go_back(day: str, months: int) -> str:
    """The same day some months before, or the last of the month that is surely there."""
    count = int(day[:4]) * 12 + int(day[5:7]) - 1 - months
    return f"{count // 12}-{count % 12 + 1:02}-{min(int(day[8:]), 28):02}"

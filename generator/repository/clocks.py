"""What time will undo if nobody does anything. The table is clocks.json; a clock rings some months before its day."""

import json
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

from generator.territories.sources import read_vintage

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
    vintage = read_vintage()
    for row in json.loads(TABLE.read_text("utf-8")):
        if jour := _find_day(row, echeances, vintage):
            quoi = row["quoi"].format(annee=vintage)
            yield Clock(jour, quoi, row["faire"], _go_back(jour, row["avance_mois"]))


def _find_day(row: Mapping[str, Any], echeances: Sequence[str], vintage: int) -> str:
    """The day itself, or so many years after another one; empty where that one is not known."""
    if "ans_apres_le_decoupage" in row:
        return f"{vintage + row['ans_apres_le_decoupage']}-01-01"
    if "ans_apres_la_derniere_echeance" in row:
        # Of an election that has no date yet, the month alone can be expected.
        years, last = row["ans_apres_la_derniere_echeance"], echeances[-1] if echeances else ""
        return f"{int(last[:4]) + years}{last[4:7]}-01" if last else ""
    return str(row["jour"])


def _go_back(day: str, months: int) -> str:
    """The same day some months before, or the last of the month that is surely there."""
    count = int(day[:4]) * 12 + int(day[5:7]) - 1 - months
    return f"{count // 12}-{count % 12 + 1:02}-{min(int(day[8:]), 28):02}"

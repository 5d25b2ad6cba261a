"""Where the reference data come from: what a page owes to those who made them."""

import re
from dataclasses import dataclass
from pathlib import Path

from generator.territories.tables import DATA_FOLDER, read_rows


@dataclass(frozen=True, slots=True)
class Origin:
    """One line of sources.csv, told as it is."""

    objet: str  # what of ours it is: « Les formes »
    source: str  # who made it, and the package that it was read in
    date: str  # « données de 2026 »
    licence: str


def read_vintage() -> int:
    """The year whose communes and EPCI these are."""
    return int(next(year[1] for row in read_origins() if (year := re.fullmatch(r"données de (\d{4})", row.date))))


def read_origins(folder: Path = DATA_FOLDER) -> tuple[Origin, ...]:
    return tuple(Origin(**row) for row in read_rows(folder, "sources"))

"""The tables of the folder data/, read as they are; its README tells the sources and the vintage."""

import csv
from pathlib import Path

DATA_FOLDER = Path(__file__).with_name("data")


def read_rows(folder: Path, table: str) -> list[dict[str, str]]:
    """Raises OSError where the table is missing."""
    with (folder / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return list(csv.DictReader(file))

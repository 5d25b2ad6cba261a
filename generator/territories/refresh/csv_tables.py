"""Tables of data/, as they are read and written."""

import csv
from collections.abc import Iterable
from pathlib import Path

from generator.territories.tables import read_rows


def write(folder: Path, table: str, columns: str, rows: Iterable[Iterable[object]]) -> None:
    """One record a line, sorted by what stands first: differences between two vintages stay readable."""
    write_in_order(folder, table, columns.split(), sorted([str(value) for value in row] for row in rows))


def write_in_order(folder: Path, table: str, columns: Iterable[str], rows: Iterable[Iterable[str]]) -> None:
    with (folder / f"{table}.csv").open("w", encoding="utf-8", newline="") as file:
        out = csv.writer(file, lineterminator="\n")
        out.writerow(columns)
        out.writerows(rows)


def read(folder: Path, table: str) -> list[dict[str, str]]:
    """No row where the table is not there yet."""
    return read_rows(folder, table) if (folder / f"{table}.csv").exists() else []

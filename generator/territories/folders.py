"""The sub-folders of cops/: one for each département of the reference, and one for the COP of the whole region."""

import csv

from generator.territories.shapes import DATA_FOLDER


def _read(table: str, column: str) -> tuple[str, ...]:
    with (DATA_FOLDER / f"{table}.csv").open(encoding="utf-8", newline="") as file:
        return tuple(row[column] for row in csv.DictReader(file))


REGION_FOLDER = _read("region", "slug")[0]

FOLDERS = (*_read("departements", "code"), REGION_FOLDER)
"""Départements by code, of which a neighbour may have few communes here, then the region."""

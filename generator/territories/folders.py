"""The sub-folders of cops/: one for each département of the reference, and one for the COP of the whole region."""

from generator.territories.tables import DATA_FOLDER, read_rows

REGION_FOLDER = read_rows(DATA_FOLDER, "region")[0]["slug"]

FOLDERS = (*(row["code"] for row in read_rows(DATA_FOLDER, "departements")), REGION_FOLDER)
"""Départements by code, of which a neighbour may have few communes here, then the region."""

"""sources.csv, as the page « Données ouvertes » shows it: which versions, of what year."""

import re
from collections.abc import Iterable
from dataclasses import astuple, fields, replace
from pathlib import Path

from generator.french import en_lettres
from generator.territories.refresh.csv_tables import write_in_order
from generator.territories.refresh.packages import DECOUPAGE, Package
from generator.territories.sources import Origin, read_origins

EPCI_NAMES = "epci-noms.csv"
AGE = "antérieures à "
SAME_AGE = "du même découpage"


def write_origins(out: Path, attributes: Package, shapes: Package, mergers: int) -> None:
    """Versions everywhere; the year of the communes and of the names of EPCI; how old the shapes are."""
    rows = [_bring_up_to_date(row, attributes, shapes, mergers) for row in read_origins(out)]
    write_rows(out, rows)


def write_rows(out: Path, rows: Iterable[Origin]) -> None:
    write_in_order(out, "sources", [column.name for column in fields(Origin)], map(astuple, rows))


def _bring_up_to_date(row: Origin, attributes: Package, shapes: Package, mergers: int) -> Origin:
    source, date = _name_version(_name_version(row.source, attributes), shapes), row.date
    if attributes.millesime and (DECOUPAGE in row.source or EPCI_NAMES in row.source):
        date = f"données de {attributes.millesime}"
    elif date.startswith((AGE, SAME_AGE)):
        date = _tell_age(mergers)
    return replace(row, source=source, date=date)


def _name_version(text: str, package: Package) -> str:
    """The version behind a package's name between quotes, whose spaces may be no-break ones."""
    return re.sub(rf"({re.escape(package.paquet)}\s»\s)[\w.-]*\w", rf"\g<1>{package.version}", text)


def _tell_age(mergers: int) -> str:
    if not mergers:
        return SAME_AGE
    return f"{AGE}{en_lettres(mergers, is_feminine=True)} fusion{'s' if mergers > 1 else ''} de communes"

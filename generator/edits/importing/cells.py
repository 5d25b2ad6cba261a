"""From the text of a cell to the value of a key, set right where a spreadsheet has damaged it with certainty."""

import re

from generator.entries.schemas.fields import Field
from generator.french import fold
from generator.opendata.cells import untext
from generator.opendata.columns import SEPARATOR, Column

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_BETWEEN = re.compile(rf"[{re.escape(SEPARATOR)};,\n]")
_DECIMALS = re.compile(r"(\d+)[.,]0+")
_CODES = {"code-insee", "code-insee-ou-siren", "code-collectivite"}
"""Motifs of the codes of a commune, whose first zero a spreadsheet drops."""

_NUMBERS = {*_CODES, "telephone", "date-partielle", "annee-ou-date"}
"""Motifs of what may be digits alone."""


def read_plain(cell: str) -> str:
    """The text of a cell with our line ends, and without the apostrophe that keeps a spreadsheet from running it."""
    return untext(cell.replace("\r\n", "\n").replace("\r", "\n"))


def read_exactly(column: Column, cell: str) -> str | list[str]:
    """What an export wrote, to the letter."""
    plain = read_plain(cell)
    return plain.split(SEPARATOR) if column.joined and plain else plain


def read_value(column: Column, cell: str) -> str | list[str]:
    """What a person wrote: a text, or the list of a joined column. Empty where the cell says nothing."""
    element = column.field.element
    if not column.joined:
        return _read_one(element, read_plain(cell).strip())
    parts = (_read_one(element, part.strip()) for part in _BETWEEN.split(read_plain(cell)))
    return [part for part in parts if part]


def _read_one(field: Field, text: str) -> str:
    return _choose(field, text) if field.choices else _repair(field, text)


def _choose(field: Field, text: str) -> str:
    """The value of a closed list from its label or its spelling: « Climat et énergie » is climat-energie."""
    folded = fold(text)
    return next((value for value, label in field.labels.items() if folded in (fold(value), fold(label))), text)


def _repair(field: Field, text: str) -> str:
    """A code, a telephone or a number without what a spreadsheet does to it: 29233.0, 242 900 694, a lost zero."""
    if field.kind not in ("integer", "number") and field.motif not in _NUMBERS:
        return text
    digits = _SPACES.sub("", text)
    if decimal := _DECIMALS.fullmatch(digits):
        digits = decimal[1]
    if field.kind == "phone":
        return _repair_telephone(digits) or text
    if not digits.isdecimal():
        return text
    # No code has four digits, but that of a commune of the first départements.
    return digits.zfill(5) if field.motif in _CODES and len(digits) == 4 else digits


def _repair_telephone(digits: str) -> str:
    """Ten digits in France, the first one a zero, or +33 and nine of them."""
    if re.fullmatch(r"[1-9][0-9]{8}", digits):
        return f"0{digits}"
    return f"+{digits}" if re.fullmatch(r"33[1-9][0-9]{8}", digits) else ""

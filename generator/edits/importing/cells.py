"""From the text of a cell to the value of a key, set right where a spreadsheet has damaged it with certainty."""

import re
from datetime import UTC, datetime, timedelta

from generator.entries.rules import DATA, PATTERNS, strip_hidden
from generator.entries.schemas.fields import DATES, Field
from generator.french import fold
from generator.opendata.cells import untext
from generator.opendata.columns import SEPARATOR, Column

_SPACES = re.compile(r"[\s\u00a0\u202f]+")
_BETWEEN = re.compile(rf"[{re.escape(SEPARATOR)};,\n]")
_DECIMALS = re.compile(r"(\d+)[.,]0+")
_CODES = {"code-insee", "code-insee-ou-siren", "code-collectivite"}
"""Motifs of the codes of a commune, whose first zero a spreadsheet drops."""

_NUMBERS = {*_CODES, "telephone", *DATES}
"""Motifs of what may be digits alone."""


def read_plain(cell: str) -> str:
    """The text of a cell with our line ends, and without the apostrophe that keeps a spreadsheet from running it."""
    return untext(cell.replace("\r\n", "\n").replace("\r", "\n"))


def read_said(cell: str) -> str:
    """The same as a person sees it: signs without width and blanks around are nobody's words."""
    return strip_hidden(read_plain(cell)).strip()


def read_exactly(column: Column, cell: str) -> str | list[str]:
    """What an export wrote, to the letter."""
    plain = read_plain(cell)
    return plain.split(SEPARATOR) if column.joined and plain else plain


def read_value(column: Column, cell: str) -> str | list[str]:
    """What a person wrote: a text, or the list of a joined column. Empty where the cell says nothing."""
    element, said = column.field.element, read_said(cell)
    if not column.joined:
        return _read_one(element, said)
    parts = (part.strip(_BULLETS) for part in _BETWEEN.split(said))
    return [value for part in parts for value in _read_several(element, part) if value]


_BULLETS = " \t\u00a0•·*-"
_JOINING = re.compile(r"[/&+]| et | - ")


def _read_several(element: Field, text: str) -> list[str]:
    """« Eau / Mobilités » is two choices, where each word of it is one."""
    parts = [_choose(element, part.strip()) for part in _JOINING.split(text)]
    return parts if len(parts) > 1 and element.labels.keys() >= {*parts} else [_read_one(element, text)]


def _read_one(field: Field, text: str) -> str:
    value = _choose(field, text) if field.choices else _repair(field, text)
    # « néant » is nobody's telephone; a value may still be spelt so.
    return "" if value not in field.labels and PATTERNS["no_answer"].search(value) else value


def _choose(field: Field, text: str) -> str:
    """The value of a closed list from its label or its spelling: « Climat et énergie » is climat-energie."""
    folded = fold(text)
    return next((value for value, label in field.labels.items() if folded in (fold(value), fold(label))), text)


_DAMAGE = re.compile(DATA["table"]["damage"], re.IGNORECASE)
_FIRST_OF_MONTH = re.compile(r"([0-9]{4})-([0-9]{2})-01")


def find_damage(cell: str) -> str:
    """What a spreadsheet writes where it could not work a cell out, « #REF! »; empty where the cell says something."""
    text = cell.strip()
    return text if _DAMAGE.fullmatch(text) else ""


def shorten_first_of_month(column: Column, value: str | list[str]) -> str:
    """What a workbook may show of a first of the month where a year or a month would do: « 2020 ou 2020-01 »."""
    match = _FIRST_OF_MONTH.fullmatch(value) if isinstance(value, str) else None
    if not match or column.field.element.motif != "date-partielle":
        return ""
    return " ou ".join([*([match[1]] if match[2] == "01" else []), f"{match[1]}-{match[2]}"])


def _repair(field: Field, text: str) -> str:
    """A code, a telephone, a number or a date without what a spreadsheet does to it: 29233.0, a lost zero, 43905.

    What follows a pattern stands on one line; a cell may have several to look narrower.
    """
    if field.motif:
        text = " ".join(line.strip() for line in text.split("\n") if line.strip())
    if field.kind not in ("integer", "number") and field.motif not in _NUMBERS:
        return text
    digits = _write_out(_SPACES.sub("", text))
    if field.motif in DATES and (day := _read_serial(digits, field.motif)):
        return day
    if decimal := _DECIMALS.fullmatch(digits):
        digits = decimal[1]
    if field.kind == "phone":
        return _repair_telephone(digits) or text
    if not digits.isdecimal() or (field.motif in DATES and len(digits) > _YEAR):
        return text
    # No code has four digits, but that of a commune of the first départements.
    return digits.zfill(5) if field.motif in _CODES and len(digits) == 4 else digits


_YEAR = 4
"""Digits of a year, the only date without a sign or a blank."""

_SCIENTIFIC = re.compile(r"([0-9])(?:[.,]([0-9]{1,20}))?E\+?([0-9]{1,2})", re.IGNORECASE)


def _write_out(digits: str) -> str:
    """`2,97000000E+08` in full, where no digit of it was left out."""
    match = _SCIENTIFIC.fullmatch(digits)
    decimals = (match[2] or "") if match else ""
    if not match or len(decimals) < int(match[3]) or decimals[int(match[3]) :].strip("0"):
        return digits
    return match[1] + decimals[: int(match[3])]


_SERIAL = re.compile(r"([1-9][0-9]{4})(?:[.,]([0-9]{1,17}))?")
_DAY_ZERO = datetime(1899, 12, 30, tzinfo=UTC)
"""Day 0 of spreadsheets, in which every number of five digits from 10000 (1927) to 99999 (2173) is a day."""


def _read_serial(digits: str, motif: str) -> str:
    """The day that a spreadsheet counts so: 43905 is 2020-03-15. No year and no other date has five digits."""
    match = _SERIAL.fullmatch(digits)
    if not match:
        return ""
    minutes = round(float(f"0.{match[2] or 0}") * 24 * 60)
    moment = _DAY_ZERO + timedelta(days=int(match[1]), minutes=minutes)
    return moment.strftime("%Y-%m-%d %H:%M" if minutes and motif == "moment" else "%Y-%m-%d")


def _repair_telephone(digits: str) -> str:
    """Ten digits in France, the first one a zero, or +33 and nine of them."""
    if re.fullmatch(r"[1-9][0-9]{8}", digits):
        return f"0{digits}"
    return f"+{digits}" if re.fullmatch(r"33[1-9][0-9]{8}", digits) else ""

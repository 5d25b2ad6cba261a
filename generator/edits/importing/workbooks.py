"""A table that somebody sent, read as rows of text: CSV as every spreadsheet writes it, .xlsx and .ods.

It is untrusted input: what is read is bounded, and a workbook is opened by a process of its own (`sheets`), which the
system may stop without harm to us. Nothing in it is ever run: of a formula, the last value is read.
"""

import codecs
import csv
import io
import json
import subprocess
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.edits.importing.sheets import LONGEST_CELL, MAX_COLUMNS, MAX_ROWS, REFUSALS
from generator.failures import UnreadableTable
from generator.french import nombre

MAX_TABLE_BYTES = 10_000_000
"""A thousand full entries weigh 2 MB as CSV."""

_WORKBOOKS = {".xlsx", ".ods"}
_TEXTS = {".csv", ".tsv", ".txt"}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SIGNS = ",;\t"
_FORMS = "Enregistrez-le en .xlsx, en .ods ou en .csv"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row that holds something; its number is the spreadsheet's, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The titles, which are row 1, and the rows below them that are not empty."""

    titles: tuple[str, ...]
    rows: tuple[TableRow, ...]
    lettered: bool  # the columns of a workbook are known by their letters
    note: str = ""  # how it was read, where that was guessed


def read(path: Path) -> Table:
    """The table of a file. Raises UnreadableTable, whose message says why in French, or OSError."""
    with path.open("rb") as file:
        raw = file.read(MAX_TABLE_BYTES + 1)
    kind = path.suffix.lower()
    if len(raw) > MAX_TABLE_BYTES:
        raise UnreadableTable(f"il pèse plus de {MAX_TABLE_BYTES // 1_000_000} Mo. Partagez-le en plusieurs fichiers")
    if kind not in _WORKBOOKS | _TEXTS:
        raise UnreadableTable(f"son nom ne finit ni par .csv, ni par .xlsx, ni par .ods. {_FORMS}")
    if kind in _TEXTS:
        return _from_text(raw)
    if raw.startswith(_OLE):  # what encrypts a workbook wraps it in the former format
        raise UnreadableTable(REFUSALS["mot-de-passe"])
    if not raw.startswith(_ZIP):
        raise UnreadableTable(f"son nom finit par {kind}, mais ce n’est pas un classeur. {_FORMS}")
    return _make_table(_sheet(path), lettered=True)


def _make_table(rows: Sequence[Sequence[str]], lettered: bool, note: str = "") -> Table:
    titles, *lines = rows or [[]]
    filled = tuple(
        TableRow(number, tuple(cells)) for number, cells in enumerate(lines, 2) if any(map(str.strip, cells))
    )
    if not any(map(str.strip, titles)):
        raise UnreadableTable("sa première ligne est vide. Elle doit porter le titre des colonnes")
    if len(lines) > MAX_ROWS:
        raise UnreadableTable(REFUSALS["lignes"])
    if max(len(cells) for cells in rows) > MAX_COLUMNS:
        raise UnreadableTable(REFUSALS["colonnes"])
    long = next((number for number, cells in enumerate(rows, 1) if any(len(cell) > LONGEST_CELL for cell in cells)), 0)
    if long:
        raise UnreadableTable(f"une cellule de la ligne {long} dépasse {nombre(LONGEST_CELL)} signes. Raccourcissez-la")
    return Table(tuple(titles), filled, lettered, note)


# CSV -----------------------------------------------------------------------------------------------------------------


def _from_text(raw: bytes) -> Table:
    if raw.startswith((_ZIP, _OLE)):
        raise UnreadableTable(f"c’est un classeur sous un autre nom. {_FORMS}")
    text, note = _decode(raw)
    if "\0" in text:
        raise UnreadableTable(f"ce n’est pas un fichier de texte. {_FORMS}")
    try:
        rows = list(csv.reader(io.StringIO(text, newline=""), delimiter=_separator(text), strict=True))
    except csv.Error as error:
        raise UnreadableTable(_say_damage(text, error)) from None
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()
    return _make_table(rows, lettered=False, note=note)


def _decode(raw: bytes) -> tuple[str, str]:
    """A French Excel that is asked for « CSV » writes Windows-1252; for « Texte Unicode », UTF-16 with a mark."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding), ""
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise UnreadableTable(f"son codage est abîmé. {_FORMS}") from None
    # Its five bytes without a meaning become �, which the checks refuse.
    return raw.decode("windows-1252", "replace"), "Lu en Windows-1252, le codage d’Excel : vérifiez les accents."


def _separator(text: str) -> str:
    """The sign that parts the titles: they hold none of the others."""
    first = text.partition("\n")[0]
    return max(_SIGNS, key=first.count)


def _say_damage(text: str, error: csv.Error) -> str:
    if "field limit" in str(error):
        return f"une cellule dépasse {nombre(LONGEST_CELL)} signes, ou un guillemet n’est jamais refermé. Vérifiez-le"
    del text
    return "un guillemet n’est pas refermé, ou touche un autre signe. Enregistrez-le de nouveau depuis le tableur"


# Workbooks -----------------------------------------------------------------------------------------------------------


def _sheet(path: Path) -> list[list[str]]:
    """The rows of the first sheet that is shown, read in a process that the system may stop."""
    # -P: nothing of the current folder is imported.
    command = [sys.executable, "-P", "-m", "generator.edits.importing.sheets", str(path.resolve())]
    try:
        done = subprocess.run(command, stdin=subprocess.DEVNULL, capture_output=True, check=False, timeout=300)
    except subprocess.TimeoutExpired:
        raise UnreadableTable(REFUSALS["demesure"]) from None
    if done.returncode:  # below zero: stopped by a signal
        raise UnreadableTable(REFUSALS["demesure" if done.returncode < 0 else "illisible"])
    answer = json.loads(done.stdout)
    if "refus" in answer:
        raise UnreadableTable(REFUSALS[answer["refus"]])
    rows: list[list[str]] = answer["lignes"]
    return rows

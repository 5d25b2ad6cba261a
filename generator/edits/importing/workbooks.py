"""A table that somebody sent, read as rows of text: CSV as every spreadsheet writes it, .xlsx and .ods.

It is untrusted input: what is read is bounded, and a workbook is opened by a process of its own (`sheets`), which the
system may stop without harm to us. Nothing in it is ever run: of a formula, the last value is read.
"""

import codecs
import csv
import io
import json
import re
import subprocess
import sys
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import islice
from pathlib import Path
from typing import Any

from generator.edits.importing.sheets import LONGEST_CELL, MAX_COLUMNS, MAX_ROWS, REFUSALS
from generator.entries.rules import DATA, compile_pattern
from generator.failures import UnreadableTable
from generator.french import nombre
from generator.harmless import visible
from generator.opendata.titles import TOP, find_titles

MAX_TABLE_BYTES = 10_000_000
"""A thousand full entries weigh 2 MB as CSV."""

_WORKBOOKS = {".xlsx", ".ods"}
_TEXTS = {".csv", ".tsv", ".txt"}
_ZIP, _OLE = b"PK\x03\x04", b"\xd0\xcf\x11\xe0"
_MARKS = ((codecs.BOM_UTF8, "utf-8-sig"), (codecs.BOM_UTF16_LE, "utf-16"), (codecs.BOM_UTF16_BE, "utf-16"))
_SIGNS = ",;\t|"
_FORMS = "Enregistrez-le en .xlsx, en .ods ou en .csv"


@dataclass(frozen=True, slots=True)
class TableRow:
    """One row that holds something; its number is the spreadsheet's, from 1."""

    number: int
    cells: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Table:
    """The titles, and the rows below them that are not empty."""

    titles: tuple[str, ...]
    rows: tuple[TableRow, ...]
    lettered: bool  # the columns of a workbook are known by their letters
    number: int = 1  # of the row of the titles, as the spreadsheet numbers it
    separator: str = ""  # between the cells of a text
    note: str = ""  # how it was read, where that was guessed


def read(path: Path, known: Collection[str] = ()) -> Table:
    """The table of a file; its titles are the line with the most `known` ones, folded as `titles` folds them.

    Raises UnreadableTable, whose message says why in French, or OSError.
    """
    with path.open("rb") as file:
        raw = file.read(MAX_TABLE_BYTES + 1)
    kind = path.suffix.lower()
    if len(raw) > MAX_TABLE_BYTES:
        raise UnreadableTable(f"il pèse plus de {MAX_TABLE_BYTES // 1_000_000} Mo. Partagez-le en plusieurs fichiers")
    if kind not in _WORKBOOKS | _TEXTS:
        raise UnreadableTable(f"son nom ne finit ni par .csv, ni par .xlsx, ni par .ods. {_FORMS}")
    if kind in _TEXTS:
        return _from_text(raw, known)
    if raw.startswith(_OLE):  # what encrypts a workbook wraps it in the former format
        raise UnreadableTable(REFUSALS["mot-de-passe"])
    if not raw.startswith(_ZIP):
        raise UnreadableTable(f"son nom finit par {kind}, mais ce n’est pas un classeur. {_FORMS}")
    book = _sheet(path, known)
    notes = [f"Lu dans la feuille « {visible(book['feuille'])} »."] if book["autres"] else []
    table = _make_table(book["lignes"], known)
    return replace(table, lettered=True, note=" ".join([*notes, table.note]).strip())


def _make_table(rows: Sequence[Sequence[str]], known: Collection[str], separator: str = "") -> Table:
    at, _ = find_titles(rows, known)
    titles, *lines = rows[at:] or [[]]
    filled = tuple(
        TableRow(number, tuple(cells)) for number, cells in enumerate(lines, at + 2) if any(map(str.strip, cells))
    )
    if not any(map(str.strip, titles)):
        raise UnreadableTable("il est vide. Une ligne doit porter le titre des colonnes")
    if len(lines) > MAX_ROWS:
        raise UnreadableTable(REFUSALS["lignes"])
    if max(len(cells) for cells in rows) > MAX_COLUMNS:
        raise UnreadableTable(REFUSALS["colonnes"])
    long = next((number for number, cells in enumerate(rows, 1) if any(len(cell) > LONGEST_CELL for cell in cells)), 0)
    if long:
        raise UnreadableTable(
            f"une cellule de la ligne {long} dépasse {nombre(LONGEST_CELL)} caractères. Raccourcissez-la"
        )
    note = f"Titres lus à la ligne {at + 1}." if at else ""
    return Table(tuple(titles), filled, lettered=False, number=at + 1, separator=separator, note=note)


# CSV -----------------------------------------------------------------------------------------------------------------


def _from_text(raw: bytes, known: Collection[str]) -> Table:
    if raw.startswith((_ZIP, _OLE)):
        raise UnreadableTable(f"c’est un classeur sous un autre nom. {_FORMS}")
    text, note = _decode(raw)
    if "\0" in text:
        raise UnreadableTable(f"ce n’est pas un fichier de texte. {_FORMS}")
    said = _SAID.match(text)
    text = text[said.end() :] if said else text
    separator = said[1] if said else _find_separator(text, known)
    try:
        rows = list(_read_cells(text, separator))
    except csv.Error as error:
        raise UnreadableTable(_say_damage(error)) from None
    while rows and not any(map(str.strip, rows[-1])):
        rows.pop()
    table = _make_table(rows, known, separator)
    return replace(table, note=" ".join(filter(None, (note, table.note))))


_SAID = re.compile(DATA["table"]["separator"], re.IGNORECASE)
"""A first line by which Excel says what parts the cells; it shows no such line."""


def _read_cells(text: str, separator: str) -> Iterator[list[str]]:
    csv.field_size_limit(4 * LONGEST_CELL)  # of the whole process: a library may have moved it
    return csv.reader(io.StringIO(text, newline=""), delimiter=separator, strict=True)


def _decode(raw: bytes) -> tuple[str, str]:
    """A French Excel that is asked for « CSV » writes Windows-1252; for « Texte Unicode », UTF-16 with a mark."""
    encoding = next((name for mark, name in _MARKS if raw.startswith(mark)), "utf-8")
    try:
        return raw.decode(encoding), ""
    except UnicodeDecodeError:
        if encoding != "utf-8":
            raise UnreadableTable(f"son codage est abîmé. {_FORMS}") from None
    text = raw.decode("windows-1252", "replace")
    if damaged := _OTHER_LETTERS.search(text):
        raise UnreadableTable(
            f"ses accents sont d’un ancien codage, celui de DOS ou d’un Mac : « {visible(damaged[0])} ». "
            "Enregistrez-le en .xlsx, ou en « CSV UTF-8 »"
        )
    return text, "Lu en Windows-1252, le codage d’Excel : vérifiez les accents."


_OTHER_LETTERS = compile_pattern(DATA["table"]["other_letters"])
"""Signs of Windows-1252 that no French word holds: there the other codes have é, è, à, ç, ô."""


def _find_separator(text: str, known: Collection[str]) -> str:
    """The sign that parts the most known titles; where none is known, the most cells of the first line that has any."""

    def score(sign: str) -> tuple[int, int]:
        try:
            top = list(islice(_read_cells(text, sign), TOP))
        except csv.Error:
            return -1, 0
        return find_titles(top, known)[1], max(map(len, top[:1]), default=0)

    return max(_SIGNS, key=score)


def _say_damage(error: csv.Error) -> str:
    if "field limit" in str(error):
        return (
            f"une cellule dépasse {nombre(LONGEST_CELL)} caractères, ou un guillemet n’est jamais refermé. Vérifiez-le"
        )
    return "un guillemet n’est pas refermé, ou touche un autre signe. Enregistrez-le de nouveau depuis le tableur"


# Workbooks -----------------------------------------------------------------------------------------------------------


def _sheet(path: Path, known: Collection[str]) -> dict[str, Any]:
    """The rows of the sheet with the titles, and the names of all, read in a process that the system may stop."""
    # -P: nothing of the current folder is imported.
    command = [sys.executable, "-P", "-m", "generator.edits.importing.sheets", str(path.resolve())]
    try:
        done = subprocess.run(
            command, input=json.dumps([*known]).encode(), capture_output=True, check=False, timeout=300
        )
    except subprocess.TimeoutExpired:
        raise UnreadableTable(REFUSALS["demesure"]) from None
    if done.returncode:  # below zero: stopped by a signal
        raise UnreadableTable(REFUSALS["demesure" if done.returncode < 0 else "illisible"])
    answer: dict[str, Any] = json.loads(done.stdout)
    if "refus" in answer:
        raise UnreadableTable(REFUSALS[answer["refus"]])
    return answer

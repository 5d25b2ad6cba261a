"""Spreadsheets as people send them, made for tests: CSV of several softwares, .xlsx and .ods."""

import csv
import io
from collections.abc import Sequence
from datetime import date, datetime
from pathlib import Path
from typing import Any

import odswriter
import xlsxwriter

Rows = Sequence[Sequence[Any]]


def csv_bytes(rows: Rows, delimiter: str = ",", encoding: str = "utf-8", end: str = "\r\n") -> bytes:
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=delimiter, lineterminator=end).writerows(rows)
    return out.getvalue().encode(encoding)


def xlsx(path: Path, rows: Rows, hidden: str = "") -> None:
    """One sheet, after a hidden one where it has a name. A text that begins with = is a formula worth nothing."""
    with xlsxwriter.Workbook(path, {"strings_to_urls": False}) as book:
        day, moment = (book.add_format({"num_format": form}) for form in ("dd/mm/yyyy", "dd/mm/yyyy hh:mm"))
        if hidden:
            aside = book.add_worksheet(hidden)
            aside.write(0, 0, "brouillon")
            aside.hide()
        sheet = book.add_worksheet("COP")
        sheet.activate()
        sheet.set_first_sheet()
        for number, row in enumerate(rows):
            for column, value in enumerate(row):
                if isinstance(value, datetime):
                    sheet.write_datetime(number, column, value, moment)
                elif isinstance(value, date):
                    sheet.write_datetime(number, column, value, day)
                elif value != "":
                    sheet.write(number, column, value)


def ods(path: Path, rows: Rows) -> None:
    with path.open("wb") as file, odswriter.writer(file) as book:
        sheet = book.new_sheet("COP")
        sheet.writerows(rows)


def write(path: Path, rows: Rows) -> Path:
    """A table of the kind that the file's name says."""
    if path.suffix == ".csv":
        path.write_bytes(csv_bytes(rows))
    else:
        (xlsx if path.suffix == ".xlsx" else ods)(path, rows)
    return path

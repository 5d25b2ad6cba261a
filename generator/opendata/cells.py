"""The cells of every CSV that we write: no spreadsheet takes one for a formula, and each reads back unchanged.

A table may be opened with another separator than its own, or with several at once (LibreOffice ticks them all): a cell
then also begins after a comma, a semicolon or a tab, and after a line break of a long text. So a sign that begins a
formula gets an apostrophe before it wherever a cell could begin, and so does one that already has some: taking one away
there gives the text back.
"""

import csv
import io
import re
from collections.abc import Iterable, Sequence
from typing import Any

from generator.entries.schemas.fields import write_simple

_BREAKS = r",;\t\r\n"
BEGINNING = rf"""(^|[{_BREAKS}])([ \u00a0\u202f"]*)('*)(?=[=+@\uff0b\uff0d\uff1d\uff20\t\r-])"""
"""Where a cell begins for one reader or another, what it may pass over, then = + @ - and their wide forms (OWASP, CSV
injection). The page that writes a table reads it too."""
_BEGINNING = re.compile(BEGINNING)
_MAY_BEGIN = re.compile(rf"\A\W|[{_BREAKS}]")
"""Where neither is found nothing can begin: most cells are asked no more."""


def text(value: Any) -> str:
    """The text of a cell. Only a text can hurt: a number stays one, whatever its sign."""
    if value is None:
        return ""
    if not isinstance(value, str):
        return write_simple(value)
    return _BEGINNING.sub(r"\1\2'\3", value) if _MAY_BEGIN.search(value) else value


def untext(cell: str) -> str:
    """What `text` was given, as text."""
    return _BEGINNING.sub(lambda match: match[1] + match[2] + match[3][1:], cell)


def write_csv(rows: Iterable[Iterable[Any]], separator: str = ",") -> str:
    """A table as RFC 4180 says: commas, CRLF, quotes where a cell needs them; or with another separator."""
    return write_cells(map(make_cells, rows), separator)


def make_cells(row: Iterable[Any]) -> list[str]:
    return [text(value) for value in row]


def write_cells(lines: Iterable[Sequence[str]], separator: str = ",") -> str:
    """A table whose cells are made."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(lines)
    return out.getvalue()

"""The cells of every CSV that we write: no spreadsheet takes one for a formula, and each reads back unchanged.

A table may be opened with another separator than its own, or with several at once (LibreOffice ticks them all): a cell
then also begins after a comma, a semicolon or a tab, and after a line break of a long text. So a sign that begins a
formula gets an apostrophe before it wherever a cell could begin, and so does one that already has some: taking one away
there gives the text back.
"""

import csv
import io
import re
from collections.abc import Iterable
from typing import Any

BEGINNING = r"""(^|[,;\t\r\n])([ \u00a0\u202f"]*)('*)(?=[=+@\uff0b\uff0d\uff1d\uff20\t\r-])"""
"""Where a cell begins for one reader or another, what it may pass over, then = + @ - and their wide forms (OWASP, CSV
injection). The page that writes a table reads it too."""
_BEGINNING = re.compile(BEGINNING)


def text(value: Any) -> str:
    """The text of a cell. Only a text can hurt: a number stays one, whatever its sign."""
    if value is None:
        return ""
    if isinstance(value, bool):
        return "oui" if value else "non"
    return _BEGINNING.sub(r"\1\2'\3", value) if isinstance(value, str) else str(value)


def untext(cell: str) -> str:
    """What `text` was given, as text."""
    return _BEGINNING.sub(lambda match: match[1] + match[2] + match[3][1:], cell)


def write_csv(rows: Iterable[Iterable[Any]], separator: str = ",") -> str:
    """A table as RFC 4180 says: commas, CRLF, quotes where a cell needs them; or with another separator."""
    out = io.StringIO(newline="")
    csv.writer(out, delimiter=separator, lineterminator="\r\n").writerows(
        [text(value) for value in row] for row in rows
    )
    return out.getvalue()

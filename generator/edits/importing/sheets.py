"""The sheet of a workbook that holds a table of COP, on standard output as JSON: a process of its own, with bounds.

A small file may unfold into gigabytes (a bomb), and a sheet with one cell at each end is read as a full rectangle. The
system stops this process when it takes more memory or time than an honest table of this size needs.
"""

import json
import sys
from collections.abc import Collection
from datetime import date, datetime, time, timedelta
from typing import Any

from generator.french import nombre
from generator.opendata.titles import TOP, find_titles

MEMORY = 1_000_000_000  # bytes; a sheet of 5,000 rows and 2,500 columns takes most of it
SECONDS = 30
MAX_ROWS = 5_000
MAX_COLUMNS = 2_500
"""An export has two thousand where each list is as long as it may be."""
LONGEST_CELL = 32_767
"""Signs that one cell can hold in Excel."""

REFUSALS = {
    "colonnes": "il a plus de 2 500 colonnes. Retirez ce qui se trouve à droite du tableau",
    "demesure": "il demande trop de mémoire ou de temps pour un tableau de COP. Recopiez ses lignes dans un "
    "classeur neuf",
    "illisible": "ce classeur est abîmé. Ouvrez-le dans un tableur et enregistrez-le de nouveau",
    "lignes": f"il a plus de {nombre(MAX_ROWS)} lignes. Partagez-le, ou retirez ce qui se trouve sous le tableau",
    "mot-de-passe": "il est protégé par un mot de passe, ou d’un format ancien. Enregistrez-le sans mot de passe, "
    "en .xlsx, en .ods ou en .csv",
    "sans-feuille": "aucune de ses feuilles n’est visible. Affichez celle qui contient les COP",
}
"""Why a workbook is refused, in French, by the word that this process answers."""


def set_bounds() -> None:
    """Set the bounds of this process; Windows has none to offer."""
    try:
        import resource
    except ImportError:
        return
    for kind, most in ((resource.RLIMIT_AS, MEMORY), (resource.RLIMIT_CPU, SECONDS), (resource.RLIMIT_CORE, 0)):
        resource.setrlimit(kind, (most, most))


def read_book(path: str, known: Collection[str]) -> dict[str, Any]:
    """`{"lignes": [[text, …], …], "feuille": name, "autres": [name, …]}`, or `{"refus": word}`.

    Of the sheets that are shown, the one with the most `known` titles; `autres` are those that hold something else.
    """
    from python_calamine import CalamineError, CalamineWorkbook, PasswordError, SheetVisibleEnum

    try:
        book = CalamineWorkbook.from_path(path)
        shown = [sheet.name for sheet in book.sheets_metadata if sheet.visible == SheetVisibleEnum.Visible]
        if not shown:
            return {"refus": "sans-feuille"}
        filled = [name for name in shown if book.get_sheet_by_name(name).end]
        if not filled:
            return {"lignes": [], "feuille": shown[0], "autres": []}
        name = max(filled, key=lambda name: find_titles(_read_rows(book.get_sheet_by_name(name), TOP), known)[1])
        sheet = book.get_sheet_by_name(name)
        rows, columns = sheet.end or (0, 0)
        if rows > MAX_ROWS + TOP:
            return {"refus": "lignes"}
        if columns >= MAX_COLUMNS:
            return {"refus": "colonnes"}
        others = [other for other in filled if other != name]
        return {"lignes": _read_rows(sheet), "feuille": name, "autres": others}
    except PasswordError:
        return {"refus": "mot-de-passe"}
    except MemoryError:
        return {"refus": "demesure"}
    except (CalamineError, ValueError, OSError):
        return {"refus": "illisible"}


def _read_rows(sheet: Any, most: int | None = None) -> list[list[str]]:
    return [[text(cell) for cell in row] for row in sheet.to_python(skip_empty_area=False, nrows=most)]


def text(value: Any) -> str:
    """A cell as a person reads it, dates as the entries write them. Excel keeps every number with decimals."""
    match value:
        case bool():
            return "oui" if value else "non"
        case float():
            return str(int(value)) if value.is_integer() else str(value)
        case datetime():
            return value.strftime("%Y-%m-%d" if value.time() == time() else "%Y-%m-%d %H:%M")
        case date():
            return value.isoformat()
        case time():
            return value.strftime("%H:%M")
        case timedelta():
            return str(value)
    return str(value)


if __name__ == "__main__":
    set_bounds()
    sys.stdout.write(json.dumps(read_book(sys.argv[1], json.load(sys.stdin))))

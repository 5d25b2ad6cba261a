"""The titles of a table of COP: which key each column fills, and what is wrong with the titles themselves."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from generator.edits.importing.findings import Finding, find_in_table
from generator.edits.importing.workbooks import Table, TableRow
from generator.entries.rules import DATA, compile_pattern
from generator.entries.schemas.fields import Field, FieldPlace
from generator.entries.schemas.guesses import find_nearest
from generator.entries.schemas.schema import Schema
from generator.french import NBSP, enumeration, typographie
from generator.harmless import shorten, visible
from generator.opendata.columns import Column, column, list_naming
from generator.opendata.headings import group_by_title, list_other_words
from generator.opendata.titles import fold_title

_DERIVED = compile_pattern(DATA["table"]["derived"])
"""Columns of the open data that no file holds: they are passed over."""


@dataclass(frozen=True, slots=True)
class Heading:
    """One column of the table that fills a key."""

    index: int  # from 0
    named: str  # in a sentence
    column: Column
    rank: int = 0  # among the columns that tell the same of a place: the most precise first
    is_postal: bool = False  # its codes are postal ones, some of which are also the INSEE code of another commune


def call_column(table: Table, index: int) -> str:
    """A column in a sentence: `colonne C (collectivite.code)`, `colonne « collectivite.code »`."""
    title = visible(" ".join(table.titles[index].split()))
    if not table.lettered:
        return f"colonne «{NBSP}{title}{NBSP}»" if title else f"colonne {index + 1}"
    return f"colonne {letters(index)} ({title})" if title else f"colonne {letters(index)}"


def letters(index: int) -> str:
    """The letters of a column in a spreadsheet: 0 is A, 26 is AA."""
    return (letters(index // 26 - 1) if index >= 26 else "") + chr(ord("A") + index % 26)


def read_headings(table: Table, schema: Schema) -> tuple[tuple[Heading, ...], tuple[Finding, ...]]:
    """The columns that fill a key, by their dotted names or by their titles in the schema, and what is wrong."""
    by_title = group_by_title(schema)
    headings: list[Heading] = []
    findings: list[Finding] = []
    targets = [_find_column(title.strip(), schema, by_title) for title in table.titles]
    for index, target in enumerate(targets):
        rank = _rank(table.titles[index], target) if target else 0
        if target is None:
            findings += _tell_stray(table, index, by_title)
            continue
        same = (heading for heading in headings if heading.column.place == target.place)
        first = next((heading for heading in same if heading.rank == rank or target.place not in _OF_PLACES), None)
        if first:
            row, named = table.number, call_column(table, index)
            findings.append(find_in_table(row, index, named, "colonne-en-double", autre=first.named))
        else:
            is_postal = fold_title(table.titles[index]) in _POSTAL
            headings.append(Heading(index, call_column(table, index), target, rank, is_postal))
    findings += _tell_overflow(table)
    findings += _tell_missing(table, headings, schema)
    return tuple(headings), tuple(findings)


_OF_PLACES: tuple[FieldPlace, ...] = (("collectivite", "nom"), ("collectivite", "code"))
"""Keys that several columns may tell: a commune beside its postal code, its EPCI and its département."""

_POSTAL = frozenset(DATA["table"]["postal"])


def _rank(title: str, column_: Column) -> int:
    """Where the words of a title stand in the schema, which names what is precise before what is large."""
    words = [fold_title(word) for word in list_other_words(column_)]
    folded = fold_title(title)
    return words.index(folded) + 1 if column_.place in _OF_PLACES and folded in words else 0


def _find_column(title: str, schema: Schema, by_title: Mapping[str, Column]) -> Column | None:
    for column_ in list_naming(schema.fields):
        if title.lower() == column_.name:
            return column_
    return column(schema.fields, title.lower()) or by_title.get(fold_title(title))


def _tell_stray(table: Table, index: int, by_title: Mapping[str, Column]) -> Iterator[Finding]:
    """A column that fills nothing: one of the open data is passed over, another would be lost in silence."""
    title = table.titles[index].strip()
    row = next((row for row in table.rows if "".join(row.cells[index : index + 1]).strip()), None)
    if row is None or _DERIVED.search(title):
        return  # nothing of it is lost
    if title:
        names = [word for column_ in by_title.values() for word in (column_.name, column_.field.label)]
        close = find_nearest(title, names)
        code = "colonne-proche" if close else "colonne-inconnue"
        yield find_in_table(table.number, index, call_column(table, index), code, proche=close)
    else:
        yield find_in_table(table.number, index, call_column(table, index), "colonne-sans-titre", ligne=row.number)


def _tell_overflow(table: Table) -> Iterator[Finding]:
    """What stands to the right of the last title: in a text, the end of a cell that its own sign has cut."""
    for row in table.rows:
        over = [cell.strip() for cell in row.cells[len(table.titles) :] if cell.strip()]
        if over:
            # Of a workbook no cell is cut: it has more columns than titles.
            code = "colonne-sans-titre" if table.lettered else "cellule-de-trop"
            values = {"valeur": over[0], "signe": table.separator, "ligne": str(row.number)}
            yield find_in_table(row.number, len(table.titles), "", code, **values)


def _tell_missing(table: Table, headings: Sequence[Heading], schema: Schema) -> Iterator[Finding]:
    """A required key that no column fills is told once, not on every row."""
    for field in list_lacking(headings, schema):
        names = [inner.path for inner in field.children.values() if inner.name != "type"] or [field.path]
        titles = enumeration((typographie(f"« {name} »") for name in names), "ou")
        yield find_in_table(table.number, -1, "", "colonne-manquante", titre=field.label, choix=titles)


def find_aside(row: TableRow, headings: Sequence[Heading]) -> Finding | None:
    """A total, the title of a part or a remark: said once, not once for each column that it leaves empty."""
    cells = [(heading, row.cells[heading.index]) for heading in headings if heading.index < len(row.cells)]
    filled = [(heading, cell.strip()) for heading, cell in cells if cell.strip()]
    if not filled or len(filled) > _ASIDE or 3 * len(filled) > len(headings):
        return None
    first, said = filled[0][0], ", ".join(cell for _, cell in filled)
    return find_in_table(row.number, first.index, first.named, "ligne-sans-fiche", valeur=shorten(said))


_ASIDE = 2
"""Cells of a total or a remark at most, in a table three times as wide."""


def list_lacking(headings: Sequence[Heading], schema: Schema) -> list[Field]:
    """The required fields of an entry that no column fills. Today is the day of entry; a list may stay empty."""
    filled = {heading.column.place[0] for heading in headings}
    required = (field for field in schema.fields.children.values() if field.required and field.name not in filled)
    return [field for field in required if not (field.is_day_of_entry or field.may_be_empty)]

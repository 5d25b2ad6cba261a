"""One row of a table as the data of an entry: its cells put in place, its collectivité completed from the reference."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from typing import Any, NamedTuple

from generator.edits.importing import cells
from generator.edits.importing.collectivites import complete_place
from generator.edits.importing.findings import Correction, Finding, find_in_table
from generator.edits.importing.headings import Heading
from generator.edits.importing.workbooks import TableRow
from generator.entries.corpus import Kind
from generator.entries.schemas.fields import FieldPlace
from generator.entries.schemas.schema import type_data
from generator.entries.yaml.source import Where
from generator.harmless import visible
from generator.opendata.columns import FOLDER_COLUMN, ID_COLUMN, assemble
from generator.repository.snapshot import Snapshot


@dataclass(slots=True)
class Draft:
    """One row on its way to a file."""

    row: int
    id: str  # empty: to be made
    folder: str  # sub-folder of cops/, idem
    data: dict[str, Any]  # typed by the schema, which it may still break
    cells: Mapping[Where, Heading]  # the column of each value, of the id and of the folder
    undated: frozenset[str]  # the table gives no day of entry under these keys: today stands there
    excused: frozenset[Where] = frozenset()  # keys of which all was said when the row was read
    path: str = ""  # from the root, with /
    text: str = ""

    def column(self, where: Where) -> Heading | None:
        """The column of a value; of a group, its first one; of what is nowhere, that of the group around it."""
        while where:
            for place, heading in self.cells.items():
                if place[: len(where)] == where:
                    return heading
            where = where[:-1]
        return None

    def name_column(self, where: Where) -> tuple[int, str]:
        """The number and the words of that column; of none, -1 and the dotted name of the place."""
        heading = self.column(where)
        return (heading.index, heading.named) if heading else (-1, ".".join(map(str, where)))


class RowReading(NamedTuple):
    """A row once read: what was set right in it, and what cannot be completed."""

    draft: Draft
    corrections: tuple[Correction, ...]
    unclear: tuple[Finding, ...]


@dataclass(frozen=True, slots=True)
class _Cell:
    value: str | list[str]
    heading: Heading


def read_row(row: TableRow, headings: Sequence[Heading], snapshot: Snapshot, kind: Kind, lettered: bool) -> RowReading:
    """The entry of one row; today is its day of entry where the table gives none. `lettered`: see Table."""
    schema = snapshot.corpus.schemas[kind.name]
    cells_by_heading = [(heading, row.cells[heading.index]) for heading in headings if heading.index < len(row.cells)]
    id_, folder = (
        next((cell.strip() for heading, cell in cells_by_heading if heading.column == c), "")
        for c in (ID_COLUMN, FOLDER_COLUMN)
    )
    exact = bool(id_ and (folder or not kind.depth))  # it comes from an export: its words are not touched
    pairs: list[tuple[FieldPlace, _Cell]] = []
    corrections: list[Correction] = []
    unclear: list[Finding] = []
    damaged_places: list[Where] = []
    around: list[tuple[Heading, str]] = []
    for heading, cell in sorted(cells_by_heading, key=lambda pair: pair[0].rank):
        if damaged := None if exact else cells.find_damage(cell):
            unclear.append(find_in_table(row.number, heading.index, heading.named, "cellule-en-erreur", valeur=damaged))
            damaged_places.append(heading.column.place[:1])
            continue
        value = cells.read_exactly(heading.column, cell) if exact else cells.read_value(heading.column, cell)
        if heading.column in (ID_COLUMN, FOLDER_COLUMN):
            continue
        written = cells.read_said(cell)
        if not value:
            corrections += [Correction(row.number, heading.named, visible(written), "")] if written else []
            continue
        if any(place == heading.column.place for place, _ in pairs):
            around.append((heading, str(value)))
            continue
        if lettered and not exact and (short := cells.shorten_first_of_month(heading.column, value)):
            values = {"valeur": value, "corrige": short}
            unclear.append(find_in_table(row.number, heading.index, heading.named, "premier-du-mois", **values))
        pairs.append((heading.column.place, _Cell(value, heading)))
        # A label that became its value is no news.
        if isinstance(value, str) and value != written and not exact and not heading.column.field.choices:
            corrections.append(Correction(row.number, heading.named, visible(written), value))
    places: dict[Where, Heading] = {}
    data = _open_cells(assemble(pairs), (), places)
    places |= {
        heading.column.place: heading for heading, _ in cells_by_heading if heading.column in (ID_COLUMN, FOLDER_COLUMN)
    }
    told = () if exact else tuple(complete_place(row.number, data, places, around, snapshot.territories))
    corrections += [one for one in told if isinstance(one, Correction)]
    doubts = [one for one in told if isinstance(one, Finding)]
    required = [field for field in schema.fields.children.values() if field.required and not data.get(field.name)]
    undated = frozenset(field.name for field in required if field.is_day_of_entry)
    data |= dict.fromkeys(undated, snapshot.today) | {field.name: [] for field in required if field.may_be_empty}
    excused = frozenset([*([("collectivite",)] if doubts else []), *damaged_places])
    draft = Draft(row.number, id_, folder, type_data(data, schema.fields), places, undated, excused)
    return RowReading(draft, tuple(corrections), (*unclear, *doubts))


def _open_cells(value: Any, where: Where, places: dict[Where, Heading]) -> Any:
    """The values out of their cells; `places` learns the column of each."""
    if isinstance(value, dict):
        return {key: _open_cells(child, (*where, key), places) for key, child in value.items()}
    if isinstance(value, list):
        return [_open_cells(child, (*where, index), places) for index, child in enumerate(value)]
    places[where] = value.heading
    return value.value

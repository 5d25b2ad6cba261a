"""The fields of the schemas as the documentation lists them: rows that templates only loop over."""

from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from generator.entries.schemas.fields import Field
from generator.pages import documentation
from generator.pages.documentation import Chapter


@dataclass(frozen=True, slots=True)
class FieldRow:
    """One field, or one column of the table to fill in."""

    name: str  # dotted
    label: str
    help: str
    is_required: bool
    choices: str  # « active (Active), … », or empty
    example: str  # as it would be typed, or empty
    anchor: str  # the id of its place


@dataclass(frozen=True, slots=True)
class ChapterRows:
    """The fields of one kind of file, or of one topic."""

    title: str
    anchor: str
    rows: Sequence[FieldRow]


def list_chapters(chapters: Iterable[Chapter]) -> Sequence[ChapterRows]:
    return [ChapterRows(c.title, c.anchor, [make_row(field) for field in c.fields]) for c in chapters]


def list_columns(columns: Iterable[tuple[str, Field, str]]) -> Sequence[FieldRow]:
    return [make_row(field, name, example) for name, field, example in columns]


def make_row(field: Field, name: str | None = None, example: str | None = None) -> FieldRow:
    """A column may have a name and an example of its own."""
    return FieldRow(
        name=field.path if name is None else name,
        label=field.label,
        help=field.help,
        is_required=documentation.is_required(field),
        choices=documentation.choices(field),
        example=documentation.example(field) if example is None else example,
        anchor=documentation.anchor(field),
    )

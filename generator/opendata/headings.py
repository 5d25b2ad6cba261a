"""What people call the columns of a table of entries: the import and the page that reads pasted cells look here."""

from collections.abc import Mapping

from generator.entries.schemas.schema import Schema
from generator.opendata.columns import Column, columns, list_naming
from generator.opendata.titles import fold_title


def group_by_title(schema: Schema) -> Mapping[str, Column]:
    """The columns by their folded titles: the names of keys, the other words of the schema (`x-titres`), the labels.

    A title that several keys bear names none of them.
    """
    known = (*list_naming(schema.fields), *columns(schema.fields, (), least=1))
    by_name: dict[str, Column] = {}
    # « statut » and « statuts » fold alike: each is known by its own name, and the folded one means the shorter.
    for column_ in sorted(known, key=lambda one: len(one.name)):
        folded = fold_title(column_.name)
        by_name[column_.name if folded in by_name else folded] = column_
    others = {fold_title(word): column_ for column_ in known for word in list_other_words(column_)}
    groups: dict[str, list[Column]] = {}
    for column_ in known:
        groups.setdefault(fold_title(column_.field.label), []).append(column_)
    labels = {title: group[0] for title, group in groups.items() if len(group) == 1}
    return labels | others | by_name


def list_other_words(column_: Column) -> list[str]:
    """The titles of the schema besides its label; of a place, what is precise stands before what is large."""
    words = column_.field.annotations.get("x-titres", "")
    return [word for word in str(words).split(", ") if word]

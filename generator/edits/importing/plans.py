"""A table of COP or of trainings as files ready to be written: every row is held against the same checks as a file.

Nothing that exists is ever replaced. One row that is wrong stops all of them.
"""

from collections.abc import Iterator, Mapping, Sequence
from contextlib import suppress
from dataclasses import dataclass, replace
from pathlib import Path

from generator.edits.fixing import rewrites
from generator.edits.fixing.fixes import FileReading, settle
from generator.edits.importing import headings, naming, rows
from generator.edits.importing.findings import Correction, Finding
from generator.edits.importing.headings import Heading
from generator.edits.importing.rows import Draft
from generator.edits.importing.workbooks import Table
from generator.entries import corpus
from generator.entries.checks.between_files import blame
from generator.entries.checks.one_file import check_entries
from generator.entries.corpus import COP_KIND, Corpus, Entry, Kind
from generator.entries.writer import as_yaml
from generator.files import write_new
from generator.french import NBSP
from generator.harmless import shorten, visible
from generator.opendata.columns import FOLDER_COLUMN
from generator.problems.problem import Problem
from generator.problems.renderings import certain_value
from generator.repository.snapshot import Snapshot
from generator.territories.folders import FOLDERS


@dataclass(frozen=True, slots=True)
class File:
    """One file to write, and the row that it comes from."""

    row: int
    path: str  # from the root, with /
    text: str


@dataclass(frozen=True, slots=True)
class Plan:
    """What an import would do. The files may be written only if nothing found is an error."""

    rows: int  # those that hold something
    files: tuple[File, ...]
    known: tuple[tuple[int, str], ...]  # rows that the directory holds already, with their files
    corrections: tuple[Correction, ...]
    findings: tuple[Finding, ...]  # sorted

    @property
    def is_sound(self) -> bool:
        return not any(finding.is_error for finding in self.findings)


_NEEDED = {"nom", "collectivite", "titre"}


def plan_import(snapshot: Snapshot, table: Table, kind: Kind = COP_KIND) -> Plan:
    """What would be written, nothing being written yet."""
    schema, existing = snapshot.corpus.schemas[kind.name], naming.Existing.of(snapshot.corpus, kind)
    columns, title_findings = headings.read_headings(table, schema)
    findings, corrections = list(title_findings), []
    present: list[tuple[int, str]] = []
    fresh: list[Draft] = []
    told_once = {field.name for field in headings.list_lacking(columns, schema)}
    # Of rows without a name or a place, only their titles can be said wrong.
    for row in () if told_once & _NEEDED else table.rows:
        if aside := headings.find_aside(row, columns):
            findings.append(aside)
            continue
        draft, corrected, unclear = rows.read_row(row, columns, snapshot, kind, table.lettered)
        corrections += [*corrected, *_correct(draft, snapshot, kind)]
        findings += unclear
        if same := naming.find_same(draft, existing):
            present.append((draft.row, same.path))
        elif refused := list(naming.check_path(draft, existing, fresh)):
            findings += refused
        else:
            fresh.append(draft)
    naming.name_files(fresh, existing, snapshot.territories, kind)
    findings += _check_drafts(fresh, snapshot, kind, columns)
    return Plan(
        rows=len(table.rows),
        files=tuple(File(draft.row, draft.path, draft.text) for draft in fresh),
        known=tuple(present),
        corrections=tuple(corrections),
        findings=tuple(sorted(findings, key=lambda finding: (finding.row, finding.index, finding.problem.code))),
    )


def write_files(root: Path, files: Sequence[File]) -> None:
    """Write all of them or none: what was written is taken back where one cannot be. Raises OSError."""
    written: list[Path] = []
    try:
        for file in files:
            path = root / file.path
            written.append(path)
            write_new(path, file.text.encode())
    except FileExistsError:
        written.pop()  # somebody else's
        _take_back(written)
        raise
    except BaseException:
        _take_back(written)
        raise


def _take_back(paths: Sequence[Path]) -> None:
    for path in paths:
        with suppress(OSError):
            path.unlink()


# What is certain -----------------------------------------------------------------------------------------------------


def _correct(draft: Draft, snapshot: Snapshot, kind: Kind) -> Iterator[Correction]:
    """Give the draft the text of its file, with what `cop check --fix` would correct set right."""
    schema = snapshot.corpus.schemas[kind.name]
    draft.text = as_yaml(draft.data, schema, kind.name, 2)
    folder = f"{kind.folder}/{FOLDERS[0]}" if kind.depth else kind.folder
    look_at = rewrites.look_at_file(snapshot, f"{folder}/ligne.yml", kind)

    def look(text: str) -> FileReading:
        # The folder follows from the code, which may still be corrected.
        entry, problems = look_at(text)
        return FileReading(entry, [problem for problem in problems if problem.code != "mauvais-dossier"])

    entry, problems = look(draft.text)
    if entry is None or not any(problem.is_error for problem in problems):
        return
    draft.text, corrected = settle(draft.text, look, schema.keys)
    if after := look(draft.text).entry:
        draft.data = dict(after.data)
    for problem in corrected:
        before = shorten(problem.value("valeur") or problem.value("code"))
        yield Correction(draft.row, draft.name_column(problem.where)[1], before, certain_value(problem))


# What is wrong -------------------------------------------------------------------------------------------------------


def _check_drafts(
    drafts: Sequence[Draft], snapshot: Snapshot, kind: Kind, columns: Sequence[Heading]
) -> Iterator[Finding]:
    """What the checks say of the new files among the others, beyond what they say of the others alone."""
    entries, problems, texts = (
        list(snapshot.corpus.entries),
        list(snapshot.corpus.problems),
        dict(snapshot.corpus.texts),
    )
    new: dict[str, Entry] = {}
    for draft in drafts:
        raw, schema = draft.text.encode(), snapshot.corpus.schemas[kind.name]
        entry, file_problems, texts[draft.path] = corpus.read_entry(draft.path, raw, kind, schema)
        problems += file_problems
        if entry:
            entries.append(entry)
            new[draft.path] = entry
    everything = Corpus(tuple(entries), tuple(problems), texts, snapshot.corpus.schemas)
    all_problems = check_entries(everything, snapshot.territories, snapshot.settings.echeances, snapshot.today)
    by_path = {draft.path: draft for draft in drafts}
    new_problems = set(all_problems) - set(snapshot.problems)
    for problem in sorted(blame(new_problems, by_path, entries)):
        told_of = _name_rows(problem, by_path)
        if problem.path in by_path:
            yield from _put_in_column(by_path[problem.path], new.get(problem.path), columns, told_of)
        else:  # a file of the directory that a row contradicts
            row = next((by_path[value].row for _, value in problem.values if value in by_path), 1)
            yield Finding(row, -1, problem.path, told_of)


def _name_rows(problem: Problem, drafts: Mapping[str, Draft]) -> Problem:
    """The same, with the other rows known by their numbers: their files do not exist yet."""
    values = tuple(
        (key, f"la ligne {drafts[value].row}" if value in drafts else value) for key, value in problem.values
    )
    return replace(problem, values=values)


def _put_in_column(
    draft: Draft, entry: Entry | None, columns: Sequence[Heading], problem: Problem
) -> Iterator[Finding]:
    """A problem of an entry, said of the column that its value came from, or that a missing one would come from."""
    if problem.code == "cle-manquante" and entry:
        yield from _tell_lacking(draft, columns, problem)
        return
    # Said of the file, and the table names its folder.
    where = FOLDER_COLUMN.place if problem.code == "mauvais-dossier" else problem.where
    if where[:1] not in draft.excused:
        yield Finding(draft.row, *draft.name_column(where), problem)


def _tell_lacking(draft: Draft, columns: Sequence[Heading], problem: Problem) -> Iterator[Finding]:
    """An empty cell, or a column that a table has not: then all rows lack it, and its titles say so once."""
    group, key = problem.where[:-1], problem.where[-1]
    heading = draft.column(group)
    # Items are numbered as the table does it: an item that is empty has left no hole in the entry.
    place = (*(heading.column.place[: len(group)] if heading else group), key)
    filled = [heading for heading in columns if heading.column.place[: len(place)] == place]
    if place[:1] in draft.excused or not (group or filled):
        return
    if not filled:
        yield Finding(draft.row, -1, ".".join(map(str, place)), problem)
    elif len(filled) == 1:
        example = next(iter(filled[0].column.field.element.examples), "…")
        remedy = f"Écrivez par exemple{NBSP}: {example}"
        yield Finding(draft.row, filled[0].index, filled[0].named, problem, remedy)
    else:
        remedy = f"Remplissez par exemple la {visible(filled[0].named)}."
        yield Finding(draft.row, filled[0].index, filled[0].named, problem, remedy)

"""The files that `cop check --fix` would write: the plan, the diff, what git protects, the writing.

The text as it was can always be had again: only a file that git has, unchanged, is written over.
"""

import difflib
import os
import subprocess
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

from generator.edits.fixing.fix_rules import SAFE
from generator.edits.fixing.fixes import FileReading, Look, settle
from generator.edits.fixing.key_order import is_ordered, order_keys
from generator.entries import corpus
from generator.entries.checks.forms import read_forms
from generator.entries.checks.one_file import check_entry
from generator.entries.corpus import KINDS, Kind
from generator.entries.schemas.schema import Schema
from generator.entries.yaml.source import MAX_ENTRY_BYTES
from generator.files import write_over
from generator.problems.causes import drop_consequences
from generator.problems.problem import Problem
from generator.repository.snapshot import Snapshot

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Rewrite:
    """One file to write: its text before and after, mark of byte order and line ends included."""

    path: str  # relative to the root, with /
    before: str
    after: str


def plan_rewrites(snapshot: Snapshot, paths: Collection[str] | None = None) -> list[Rewrite]:
    """What would be written, nothing being written yet; `paths` keeps some files only. Raises OSError."""
    fixable = {problem.path for problem in snapshot.problems if problem.fix and problem.code in SAFE}
    entries = {entry.path: entry for entry in snapshot.corpus.entries}
    rewrites: list[Rewrite] = []
    for path, text in snapshot.corpus.texts.items():
        if paths is not None and path not in paths:
            continue
        entry, kind = entries.get(path), kind_of(path)
        order = _key_order(snapshot.corpus.schemas[kind.name])
        # Most files need nothing: they are not read again.
        if path in fixable or not entry or not text.endswith("\n") or not is_ordered(entry.data, order):
            rewrites += _rewrite_file(snapshot, path, kind)
    return rewrites


def _rewrite_file(snapshot: Snapshot, path: str, kind: Kind) -> Iterator[Rewrite]:
    file = snapshot.root / path
    if file.stat().st_size > MAX_ENTRY_BYTES:
        return
    try:
        before = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return
    after, _ = rewrite_text(before, path, snapshot, kind)
    if after != before:
        yield Rewrite(path, before, after)


def rewrite_text(before: str, path: str, snapshot: Snapshot, kind: Kind) -> tuple[str, tuple[Problem, ...]]:
    """One file's text with all that is certain set right, and what was said of it."""
    schema = snapshot.corpus.schemas[kind.name]
    mark = _BOM if before.startswith(_BOM) else ""
    look = look_at_file(snapshot, path, kind)
    text, corrected = settle(before.removeprefix(mark), look, schema.keys)
    reading = look(text)
    if reading.entry is None:
        return mark + text, corrected
    for change in (_end_last_line, lambda text: _put_in_order(text, look, _key_order(schema))):
        attempt = change(text)
        after = look(attempt) if attempt != text else reading
        # Moved or ended, the file says the very same.
        if after.entry and after.entry.data == reading.entry.data and _list_codes(after) == _list_codes(reading):
            text = attempt
    return mark + text, corrected


def look_at_file(snapshot: Snapshot, path: str, kind: Kind) -> Look:
    """What one file would say by itself, were it that text."""
    forms = read_forms(snapshot.corpus.schemas["cop"])

    def look(text: str) -> FileReading:
        entry, problems, _ = corpus.read_entry(path, text.encode("utf-8"), kind, snapshot.corpus.schemas[kind.name])
        if entry is None:
            return FileReading(None, problems)
        followed = check_entry(entry, snapshot.territories, snapshot.settings.echeances, snapshot.today, forms)
        return FileReading(entry, drop_consequences([*problems, *followed]))

    return look


def _list_codes(reading: FileReading) -> list[str]:
    return sorted(problem.code for problem in reading.problems)


def _end_last_line(text: str) -> str:
    """With its last line ended as the first one is."""
    first = text.partition("\n")[0]
    return text if text.endswith("\n") or not text else text + ("\r\n" if first.endswith("\r") else "\n")


def _put_in_order(text: str, look: Look, order: Sequence[str]) -> str:
    entry = look(text).entry
    return order_keys(entry.source, order) if entry and not any(p.is_error for p in entry.source.problems) else text


def _key_order(schema: Schema) -> tuple[str, ...]:
    return tuple(schema.fields.children)


def kind_of(path: str) -> Kind:
    """The kind of a file of the corpus, from its folder."""
    return next(kind for kind in KINDS if path.startswith(f"{kind.folder}/"))


def diff_rewrites(files: Iterable[Rewrite]) -> str:
    """A unified diff of all of them, to be shown; the signs of line ends left out."""
    return "\n".join(line for file in files for line in _diff_one(file))


def _diff_one(file: Rewrite) -> Iterator[str]:
    before, after = (text.removeprefix(_BOM).split("\n") for text in (file.before, file.after))
    # A last line that was not ended shows as git shows it.
    for lines in (before, after):
        if lines[-1]:
            lines[-1] += "\n\\ Pas de saut de ligne à la fin du fichier"
        else:
            lines.pop()
    for line in difflib.unified_diff(before, after, f"a/{file.path}", f"b/{file.path}", lineterm=""):
        yield line.rstrip("\r")


# Writing -------------------------------------------------------------------------------------------------------------


def find_protected(root: Path, paths: Sequence[str]) -> list[str]:
    """The files that could not be had again: changed since the last commit or unknown to git; all, without git."""
    tracked = _list_in_git(root, "ls-files", "-z", "--", *paths)
    changed = _list_in_git(root, "diff", "--name-only", "-z", "--relative", "--no-ext-diff", "HEAD", "--", *paths)
    if tracked is None or changed is None:
        return list(paths)
    return [path for path in paths if path not in tracked or path in changed]


def _list_in_git(root: Path, *arguments: str) -> set[str] | None:
    """The file names that git lists, relative to `root`; None where there is no git, repository or commit."""
    command = ["git", "--literal-pathspecs", "-C", str(root), *arguments]
    try:
        quiet = os.environ | {"GIT_OPTIONAL_LOCKS": "0"}
        done = subprocess.run(command, capture_output=True, check=True, env=quiet, timeout=300)
    except (OSError, subprocess.SubprocessError):
        return None
    return set(os.fsdecode(done.stdout).split("\0"))


def write_rewrites(root: Path, files: Sequence[Rewrite], force: bool = False) -> tuple[list[Rewrite], list[Rewrite]]:
    """Write what may be written; gives back what was, and what was refused. Raises OSError where the disk cannot."""
    refused = set() if force else set(find_protected(root, [file.path for file in files]))
    written, refused_files = [], []
    for file in files:
        path = root / file.path
        # A file that changed under our eyes is another one than was shown.
        if file.path in refused or path.read_bytes() != file.before.encode("utf-8"):
            refused_files.append(file)
            continue
        write_over(path, file.after.encode("utf-8"))
        written.append(file)
    return written, refused_files

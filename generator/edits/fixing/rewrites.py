"""The files that `cop check --fix` would write: the plan, the diff, what git protects, the writing.

The text as it was can always be had again: only a file that git has, unchanged, is written over.
"""

import difflib
import os
import subprocess
from collections.abc import Collection, Iterable, Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from tempfile import NamedTemporaryFile

from generator.edits.fixing.fix_rules import SAFE
from generator.edits.fixing.fixes import Look, Seen, settled
from generator.edits.fixing.key_order import is_ordered, ordered
from generator.entries import corpus
from generator.entries.checks.one_file import check_entry, drop_consequences, usual_bases
from generator.entries.corpus import KINDS, Kind
from generator.entries.schemas.schema import Schema
from generator.entries.yaml.source import MAX_BYTES
from generator.problems.problem import Problem
from generator.repository.snapshot import Snapshot

_BOM = "\ufeff"


@dataclass(frozen=True, slots=True)
class Fixed:
    """One file to write: its text before and after, mark of byte order and line ends included."""

    path: str  # relative to the root, with /
    before: str
    after: str
    corrected: tuple[Problem, ...]  # what was said of it and is not any more; empty for order and final newline alone


def plan(directory: Snapshot, paths: Collection[str] | None = None) -> list[Fixed]:
    """What would be written, nothing being written yet; `paths` keeps some files only. Raises OSError."""
    fixable = {found.path for found in directory.problems if found.fix and found.code in SAFE}
    entries = {entry.path: entry for entry in directory.corpus.entries}
    made: list[Fixed] = []
    for path, text in directory.corpus.texts.items():
        if paths is not None and path not in paths:
            continue
        entry, kind = entries.get(path), kind_of(path)
        order = _order(directory.corpus.schemas[kind.name])
        # Most files need nothing: they are not read again.
        if path in fixable or not entry or not text.endswith("\n") or not is_ordered(entry.data, order):
            made += _file(directory, path, kind)
    return made


def _file(directory: Snapshot, path: str, kind: Kind) -> Iterator[Fixed]:
    file = directory.root / path
    if file.stat().st_size > MAX_BYTES:
        return
    try:
        before = file.read_bytes().decode("utf-8")
    except UnicodeDecodeError:
        return
    after, corrected = rewritten(before, path, directory, kind)
    if after != before:
        yield Fixed(path, before, after, corrected)


def rewritten(before: str, path: str, directory: Snapshot, kind: Kind) -> tuple[str, tuple[Problem, ...]]:
    """One file's text with all that is certain set right, and what was said of it."""
    schema = directory.corpus.schemas[kind.name]
    mark = _BOM if before.startswith(_BOM) else ""
    look = looking(directory, path, kind)
    text, corrected = settled(before.removeprefix(mark), look, schema.keys)
    seen = look(text)
    if seen.entry is None:
        return mark + text, corrected
    for change in (_ended, lambda text: _in_order(text, look, _order(schema))):
        attempt = change(text)
        after = look(attempt) if attempt != text else seen
        # Moved or ended, the file says the very same.
        if after.entry and after.entry.data == seen.entry.data and _codes(after) == _codes(seen):
            text = attempt
    return mark + text, corrected


def looking(directory: Snapshot, path: str, kind: Kind) -> Look:
    """What one file would say by itself, were it that text."""

    bases = usual_bases(directory.corpus.schemas["cop"])

    def look(text: str) -> Seen:
        entry, told, _ = corpus.read_entry(path, text.encode("utf-8"), kind, directory.corpus.schemas[kind.name])
        if entry is None:
            return Seen(None, told)
        own = check_entry(entry, directory.territories, directory.settings.echeances, directory.today, bases)
        return Seen(entry, drop_consequences(told, own))

    return look


def _codes(seen: Seen) -> list[str]:
    return sorted(found.code for found in seen.problems)


def _ended(text: str) -> str:
    """With its last line ended as the first one is."""
    first = text.partition("\n")[0]
    return text if text.endswith("\n") or not text else text + ("\r\n" if first.endswith("\r") else "\n")


def _in_order(text: str, look: Look, order: Sequence[str]) -> str:
    entry = look(text).entry
    return ordered(entry.source, order) if entry and not any(p.is_error for p in entry.source.problems) else text


def _order(schema: Schema) -> tuple[str, ...]:
    return tuple(schema.inlined["properties"])


def kind_of(path: str) -> Kind:
    """The kind of a file of the corpus, from its folder."""
    return next(kind for kind in KINDS if path.startswith(f"{kind.folder}/"))


def diff(files: Iterable[Fixed]) -> str:
    """A unified diff of all of them, to be shown; the signs of line ends left out."""
    return "\n".join(line for file in files for line in _diff(file))


def _diff(file: Fixed) -> Iterator[str]:
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


def protected(root: Path, paths: Sequence[str]) -> list[str]:
    """The files that could not be had again: changed since the last commit or unknown to git; all, without git."""
    kept = _git(root, "ls-files", "-z", "--", *paths)
    changed = _git(root, "diff", "--name-only", "-z", "--relative", "--no-ext-diff", "HEAD", "--", *paths)
    if kept is None or changed is None:
        return list(paths)
    return [path for path in paths if path not in kept or path in changed]


def _git(root: Path, *words: str) -> set[str] | None:
    """The file names that git lists, relative to `root`; None where there is no git, repository or commit."""
    command = ["git", "--literal-pathspecs", "-C", str(root), *words]
    try:
        done = subprocess.run(command, capture_output=True, check=True, env=os.environ | {"GIT_OPTIONAL_LOCKS": "0"})
    except (OSError, subprocess.CalledProcessError):
        return None
    return set(os.fsdecode(done.stdout).split("\0"))


def write(root: Path, files: Sequence[Fixed], force: bool = False) -> tuple[list[Fixed], list[Fixed]]:
    """Write what may be written; gives back what was, and what was refused. Raises OSError where the disk cannot."""
    refused = set() if force else set(protected(root, [file.path for file in files]))
    written, left = [], []
    for file in files:
        path = root / file.path
        # A file that changed under our eyes is another one than was shown.
        if file.path in refused or path.read_bytes() != file.before.encode("utf-8"):
            left.append(file)
            continue
        _replace(path, file.after.encode("utf-8"))
        written.append(file)
    return written, left


def _replace(path: Path, content: bytes) -> None:
    """In one step, with the same rights: the file is either the old or the new one."""
    with NamedTemporaryFile(dir=path.parent, prefix=".", delete=False) as file:
        try:
            file.write(content)
            file.flush()
            Path(file.name).chmod(path.stat().st_mode)
            Path(file.name).replace(path)
        except BaseException:
            Path(file.name).unlink(missing_ok=True)
            raise

"""A mistake found in the data: where it stands, its code, the words of its sentence, and the correction if known.

The French sentences are in problems.json, keyed by code, because the form in the browser says the same ones.
"""

import json
import re
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Literal

from generator.french import pluriel, typographie

Position = tuple[int, int]
"""Line and column, both from 1, in characters."""

Lines = Callable[[str], Sequence[str]]
"""The lines of a file named by its path, for the excerpt."""

Severity = Literal["erreur", "avertissement"]

NOWHERE: Position = (1, 1)


@dataclass(frozen=True, slots=True, order=True)
class Edit:
    """Replace what stands from `start` to `end` (end excluded) by `text`."""

    start: Position
    end: Position
    text: str


@dataclass(frozen=True, slots=True)
class Sentence:
    """What is said of one code: what is wrong, why it matters, what to do. Templates with {names}."""

    gravite: Severity
    quoi: str
    pourquoi: str
    remede: str


def _catalogue() -> Mapping[str, Sentence]:
    data = json.loads(Path(__file__).with_name("problems.json").read_text(encoding="utf-8"))
    return {code: Sentence(**words) for code, words in data.items()}


CATALOGUE: Mapping[str, Sentence] = _catalogue()


@dataclass(frozen=True, slots=True, order=True)
class Problem:
    """One finding. Sorts by file, then place. A missing key points at its parent, a duplicate at the second one."""

    path: str  # relative to the root of the repository, with /
    start: Position
    end: Position  # excluded; equal to start where there is nothing to underline
    code: str  # key of problems.json
    values: tuple[tuple[str, str], ...] = ()  # what fills the {names} of the sentence
    fix: Edit | None = None  # only where one correction is certain

    @property
    def severity(self) -> Severity:
        return CATALOGUE[self.code].gravite

    @property
    def is_error(self) -> bool:
        return self.severity == "erreur"

    @property
    def what(self) -> str:
        return self._say(CATALOGUE[self.code].quoi)

    @property
    def why(self) -> str:
        return self._say(CATALOGUE[self.code].pourquoi)

    @property
    def remedy(self) -> str:
        return self._say(CATALOGUE[self.code].remede)

    def _say(self, template: str) -> str:
        # Typography goes on our words only: what the contributor wrote is quoted as written.
        return typographie(template).format_map({name: quoted(value) for name, value in self.values})


_UNPRINTABLE = re.compile("[\x00-\x1f\x7f-\x9f\u061c\u200e\u200f\u2028\u2029\u202a-\u202e\u2066-\u2069\ud800-\udfff]")
_LONGEST_QUOTE = 120


def visible(text: str) -> str:
    """Contributed text made harmless for a terminal or a log: escapes, bidirectional and control signs become ␦."""
    return _UNPRINTABLE.sub("␦", text.replace("\t", " "))


def quoted(value: str) -> str:
    """A contributor's words inside one of our sentences: one line, bounded."""
    line = visible(" ".join(value.split("\n")))
    return line if len(line) <= _LONGEST_QUOTE else f"{line[:_LONGEST_QUOTE]}…"


def problem(
    path: str, span: tuple[Position, Position], code: str, fix: Edit | None = None, /, **values: object
) -> Problem:
    """Build one finding; `values` fill the sentence of `code`."""
    return Problem(path, *span, code, tuple(sorted((name, str(value)) for name, value in values.items())), fix)


# Renderings --------------------------------------------------------------------------------------------------------

_COLOURS = {"erreur": "\x1b[1;31m", "avertissement": "\x1b[1;33m", "trait": "\x1b[36m"}
_RESET = "\x1b[0m"
_WIDEST = 160


def as_text(problems: Iterable[Problem], lines: Lines, colour: bool = False) -> str:
    """For a person at a terminal: place, what, the line with a caret, why, what to do."""
    return "\n\n".join(_text(found, lines, colour) for found in problems)


def _text(found: Problem, lines: Lines, colour: bool) -> str:
    def paint(style: str, text: str) -> str:
        return f"{_COLOURS[style]}{text}{_RESET}" if colour else text

    head = f"{visible(found.path)}:{found.start[0]}:{found.start[1]}: "
    head += f"{paint(found.severity, typographie(f'{found.severity} :'))} {found.what} [{found.code}]"
    number, excerpt, caret = excerpt_of(found, lines)
    body = [f"{number:>5} | {excerpt}", f"      | {paint('trait', caret)}"] if excerpt else []
    advice = [typographie(f"  {label} :") + f" {words}" for label, words in _advice(found) if words]
    return "\n".join([head, *body, *advice])


def _advice(found: Problem) -> tuple[tuple[str, str], ...]:
    return ("Pourquoi", found.why), ("Que faire", found.remedy)


def excerpt_of(found: Problem, lines: Lines) -> tuple[int, str, str]:
    """Line number, the line as it can be shown, and the caret line beneath the part that is wrong."""
    row, column = found.start
    everything = lines(found.path)
    line = visible(everything[row - 1]) if row <= len(everything) else ""
    last = found.end[1] if found.end[0] == row else len(line) + 1
    shift = max(0, min(column - 1, len(line)) - _WIDEST // 2)  # a line of 10 MB is shown around the place
    shown = line[shift : shift + _WIDEST]
    width = max(1, min(last, shift + len(shown) + 1) - column)
    return row, shown, " " * (column - 1 - shift) + "^" * width


def as_json(problems: Iterable[Problem], lines: Lines) -> str:
    """For programs: `{version, problems: [{path, line, column, end_line, …}]}`; places from 1, in characters."""
    return json.dumps({"version": 1, "problems": [_record(p, lines) for p in problems]}, ensure_ascii=False, indent=1)


def _record(found: Problem, lines: Lines) -> dict[str, object]:
    edit = found.fix
    return {
        "path": found.path,
        "line": found.start[0],
        "column": found.start[1],
        "end_line": found.end[0],
        "end_column": found.end[1],
        "severity": found.severity,
        "code": found.code,
        "message": found.what,
        "why": found.why,
        "remedy": found.remedy,
        "excerpt": excerpt_of(found, lines)[1],
        "fix": edit and {"start": edit.start, "end": edit.end, "text": edit.text},
    }


FORMATS: Mapping[str, Callable[[Iterable[Problem], Lines], str]] = {"text": as_text, "json": as_json}


def summary(problems: Sequence[Problem], files: int) -> str:
    """The last line for a person: `3 fiches lues : 1 erreur, 2 avertissements.`"""
    errors = sum(p.is_error for p in problems)
    found = [pluriel(errors, "erreur")] if errors else []
    found += [pluriel(len(problems) - errors, "avertissement")] if len(problems) > errors else []
    return typographie(f"{pluriel(files, 'fichier lu', 'fichiers lus')} : {', '.join(found) or 'tout est bon'}.")

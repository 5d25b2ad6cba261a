"""A mistake found in the data: where it stands, its code, the words of its sentence, and the correction if known.

The French sentences are in problems.json, keyed by code, because the form in the browser says the same ones. They are
stored with their French typography; what stands between two ` there is to be typed as it is.
"""

import json
import unicodedata
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from pathlib import Path
from typing import Literal

from generator.french import pluriel, typographie
from generator.harmless import visible

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
    """What is said of one code: what is wrong, why it matters, what to do. Templates with {names}, code between `.

    `formulaire` is what to do in the words of the form, empty where they are the same; None for what no form can say.
    `formulaire_quoi` is what is wrong for who sees questions and no file, empty where `quoi` does.
    """

    gravite: Severity
    quoi: str
    pourquoi: str
    remede: str
    formulaire: str | None = None
    formulaire_quoi: str = ""


def _catalogue() -> Mapping[str, Sentence]:
    data = json.loads(Path(__file__).with_name("sentences.json").read_text(encoding="utf-8"))
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
    fix: Edit | None = field(default=None, compare=False)  # only where one correction is certain

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

    @property
    def remedy_in_form(self) -> str:
        """What to do, for who fills a form and sees no file."""
        words = CATALOGUE[self.code]
        return self._say(words.formulaire or words.remede)

    def _say(self, template: str) -> str:
        # `format_map` reads the template only: a contributor's {braces} stay as they were typed.
        return template.replace("`", "").format_map({name: quoted(name, value) for name, value in self.values})


_OURS = {"choix", "connues", "corrige", "exemple", "communes", "autres"}
_LONGEST, _LONGEST_OF_OURS = 120, 1000


def quoted(name: str, value: str) -> str:
    """What fills {name} in a sentence: one line, and short unless the words are ours (choices, corrections)."""
    line = visible(" ".join(value.split("\n"))).strip()
    longest = _LONGEST_OF_OURS if name in _OURS else _LONGEST
    return line if len(line) <= longest else f"{line[:longest]}…"


def problem(
    path: str, span: tuple[Position, Position], code: str, fix: Edit | None = None, /, **values: object
) -> Problem:
    """Build one finding; `values` fill the sentence of `code`."""
    return Problem(path, *span, code, tuple(sorted((name, str(value)) for name, value in values.items())), fix)


# Renderings --------------------------------------------------------------------------------------------------------

_COLOURS = {"erreur": "\x1b[1;31m", "avertissement": "\x1b[1;33m", "trait": "\x1b[36m", "corrige": "\x1b[32m"}
_RESET = "\x1b[0m"
_WIDEST = 160
MOST = 20
"""Problems told of one file; the others are counted, so that a broken file does not bury the next one."""


def as_text(problems: Iterable[Problem], lines: Lines, colour: bool = False) -> str:
    """For a person at a terminal: place, what, the line with a caret, why, what to do, the line once corrected."""
    return "\n\n".join(_bounded(list(problems), lines, colour))


def _bounded(problems: Sequence[Problem], lines: Lines, colour: bool) -> Iterator[str]:
    told: Counter[str] = Counter()
    total = Counter(found.path for found in problems)
    for found in problems:
        told[found.path] += 1
        if told[found.path] <= MOST:
            yield _text(found, lines, colour)
        if told[found.path] == total[found.path] > MOST:
            others = pluriel(total[found.path] - MOST, "autre problème")
            yield f"{visible(found.path)}:{found.start[0]}:{found.start[1]}: … et {others} dans ce fichier."


def _text(found: Problem, lines: Lines, colour: bool) -> str:
    def paint(style: str, text: str) -> str:
        return f"{_COLOURS[style]}{text}{_RESET}" if colour else text

    head = f"{visible(found.path)}:{found.start[0]}:{found.start[1]}: "
    head += f"{paint(found.severity, typographie(f'{found.severity} :'))} {found.what} [{found.code}]"
    number, excerpt, caret = excerpt_of(found, lines)
    body = [f"{number:>5} | {excerpt}", f"      | {paint('trait', caret)}"] if excerpt else []
    advice = [typographie(f"  {label} :") + f" {words}" for label, words in _advice(found) if words]
    if line := corrected(found, lines):
        advice += [typographie(f"  Ligne {number} corrigée :"), f"{number:>5} | {paint('corrige', line)}"]
    return "\n".join([head, *body, *advice])


def _advice(found: Problem) -> tuple[tuple[str, str], ...]:
    return ("Pourquoi", found.why), ("Que faire", found.remedy)


def excerpt_of(found: Problem, lines: Lines) -> tuple[int, str, str]:
    """Line number, the line as it can be shown, and the caret line beneath the part that is wrong.

    The last two are empty where no line is to blame: a missing key of the file itself, a stray file.
    """
    row, column = found.start
    line = _line(found, lines)
    if found.start == found.end or not line.strip():
        return row, "", ""
    last = found.end[1] if found.end[0] == row else len(line) + 1
    shift = max(0, min(column - 1, len(line)) - _WIDEST // 2)  # a very long line is shown around the place
    shown = line[shift : shift + _WIDEST]
    start = column - 1 - shift
    end = max(start + 1, min(last - 1 - shift, len(shown)))
    return row, shown, " " * _width(shown[:start]) + "^" * max(1, _width(shown[start:end]))


def _line(found: Problem, lines: Lines) -> str:
    everything = lines(found.path)
    row = found.start[0]
    return visible(everything[row - 1].rstrip("\r")) if row <= len(everything) else ""


def _width(text: str) -> int:
    """Columns of a terminal: an emoji takes two, a combining accent none."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.combining(sign) > 0 for sign in text)


def corrected(found: Problem, lines: Lines) -> str:
    """The whole line once `fix` is applied, ready to paste; empty where there is none or it takes several lines."""
    edit = found.fix
    if edit is None or edit.start[0] != edit.end[0] or edit.start[0] != found.start[0] or "\n" in edit.text:
        return ""
    line = _line(found, lines)
    whole = line[: edit.start[1] - 1] + visible(edit.text) + line[edit.end[1] - 1 :]
    return whole if len(whole) <= 2 * _WIDEST else ""


def as_json(problems: Iterable[Problem], lines: Lines) -> str:
    """For programs, all problems, in the order of files and places: `{"version": 1, "problems": [{…}]}`.

    Each problem: `path` (relative to the root), `line`, `column`, `end_line`, `end_column` (from 1, in characters, end
    excluded; 1:1–1:1 is the whole file), `severity` (`erreur`, `avertissement`), `code`, `message`, `why`, `remedy`,
    `excerpt` (the line, empty for a whole file), `corrected` (the line ready to paste, or empty), `fix` (null, or
    `{start: [line, column], end: [line, column], text}`). A new key keeps the version, a changed meaning raises it.
    """
    return json.dumps({"version": 1, "problems": [_record(p, lines) for p in problems]}, ensure_ascii=False, indent=1)


def _record(found: Problem, lines: Lines) -> dict[str, object]:
    edit = found.fix
    return {
        "path": visible(found.path),
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
        "corrected": corrected(found, lines),
        "fix": edit and {"start": edit.start, "end": edit.end, "text": edit.text},
    }


def summary(problems: Sequence[Problem], files: int) -> str:
    """The last line for a person: `3 fiches lues : 1 erreur, 2 avertissements.`"""
    errors = sum(p.is_error for p in problems)
    found = [pluriel(errors, "erreur")] if errors else []
    found += [pluriel(len(problems) - errors, "avertissement")] if len(problems) > errors else []
    return typographie(f"{pluriel(files, 'fichier lu', 'fichiers lus')} : {', '.join(found) or 'tout est bon'}.")

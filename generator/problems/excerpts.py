"""The line of a file that a problem points at: as it is, with a caret under the mistake, and once corrected."""

import unicodedata
from collections.abc import Callable, Sequence
from typing import NamedTuple

from generator.harmless import visible
from generator.problems.problem import Problem

Lines = Callable[[str], Sequence[str]]
"""The lines of a file named by its path."""

_WIDEST = 160
"""Signs of a line that are shown."""


class Excerpt(NamedTuple):
    """Its number, the line as it can be shown, and the carets beneath the part that is wrong.

    The last two are empty where no line is to blame: a missing key of the file itself, a stray file.
    """

    number: int
    line: str
    caret: str


def excerpt_of(problem: Problem, lines: Lines) -> Excerpt:
    """The line that a problem points at; around the place where it is very long."""
    row, column = problem.start
    line = _line(problem, lines)
    if problem.start == problem.end or not line.strip():
        return Excerpt(row, "", "")
    last = problem.end[1] if problem.end[0] == row else len(line) + 1
    shift = max(0, min(column - 1, len(line)) - _WIDEST // 2)
    shown = line[shift : shift + _WIDEST]
    start = column - 1 - shift
    end = max(start + 1, min(last - 1 - shift, len(shown)))
    return Excerpt(row, shown, " " * _width(shown[:start]) + "^" * max(1, _width(shown[start:end])))


def corrected_line(problem: Problem, lines: Lines) -> str:
    """The whole line once `fix` is applied, ready to paste; empty where there is none or it takes several lines."""
    edit = problem.fix
    if edit is None or edit.start[0] != edit.end[0] or edit.start[0] != problem.start[0] or "\n" in edit.text:
        return ""
    line = _line(problem, lines)
    whole = line[: edit.start[1] - 1] + visible(edit.text) + line[edit.end[1] - 1 :]
    return whole if len(whole) <= 2 * _WIDEST else ""


def _line(problem: Problem, lines: Lines) -> str:
    everything = lines(problem.path)
    row = problem.start[0]
    return visible(everything[row - 1].rstrip("\r")) if row <= len(everything) else ""


def _width(text: str) -> int:
    """Columns of a terminal: an emoji takes two, a combining accent none."""
    wide = sum(unicodedata.east_asian_width(sign) in "WF" for sign in text)
    return len(text) + wide - sum(unicodedata.combining(sign) > 0 for sign in text)

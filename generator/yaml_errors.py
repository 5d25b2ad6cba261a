"""What libyaml says in English, told in French: the sentence is chosen by (problem, context) and the raw line.

The table is in `recettes`: each row has a file in tests/problems/. An unlisted error gets a general sentence with the
right line, never the English text.
"""

import re
from collections.abc import Callable, Sequence
from typing import Any

from generator.problems import Edit, Position, Problem, problem

Lines = Sequence[str]
Explain = Callable[[str, Lines, Position], Problem]

_ENTRY = re.compile(r"^(?P<head>\s*(?:- +)?(?:[\w.-]+ *: +|- +))(?P<value>\S.*?)\s*$")


def quote(value: str) -> str:
    """A text between quotes that YAML reads back unchanged; double quotes, because French has apostrophes."""
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def explain(path: str, lines: Lines, error: Any) -> Problem:
    """One reading error (a `yaml.MarkedYAMLError`) as a Problem."""
    said = getattr(error, "problem", "") or ""
    place = _position(getattr(error, "problem_mark", None), lines)
    context = _position(getattr(error, "context_mark", None), lines)
    margin = _indent(_line(lines, place))
    for sign, code in (("\t", "tabulation"), ("\u00a0", "espace-insecable-marge")):
        if sign in margin:
            return problem(path, ((place[0], 1), (place[0], len(margin) + 1)), code)
    for words, sentence, at_context in _TABLE:
        if words in said:
            return sentence(path, lines, context if at_context else place)
    return problem(path, _to_end(lines, place), "yaml-illisible")


def _position(mark: Any, lines: Lines) -> Position:
    if mark is None:
        return 1, 1
    # At the end of the stream the mark stands after the last line: show the last line that has words.
    row, column = mark.line + 1, mark.column + 1
    while row > 1 and (row > len(lines) or not lines[row - 1].strip()):
        row, column = row - 1, len(lines[row - 2].rstrip()) + 1
    return row, column


def _line(lines: Lines, place: Position) -> str:
    return lines[place[0] - 1] if place[0] <= len(lines) else ""


def _indent(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _to_end(lines: Lines, place: Position) -> tuple[Position, Position]:
    return place, (place[0], max(place[1] + 1, len(_line(lines, place).rstrip()) + 1))


def _colon(path: str, lines: Lines, place: Position) -> Problem:
    entry = _ENTRY.match(_line(lines, place))
    if entry and place[1] > len(entry["head"]) + 1 and entry["value"][0] not in "'\"[{|>":
        return _quoted(path, place, entry, "deux-points")
    previous = place[0] - 1
    while previous > 1 and not lines[previous - 1].strip():
        previous -= 1
    line = lines[previous - 1] if previous else ""
    key, value = _split_missing_colon(line)
    if key and not re.search(r":(\s|$)", line):
        span = (previous, len(_indent(line)) + 1), (previous, len(line.rstrip()) + 1)
        return problem(path, span, "cle-sans-deux-points", Edit(*span, f"{key}: {value}"), corrige=f"{key}: {value}")
    return problem(path, _to_end(lines, place), "decalage")


def _split_missing_colon(line: str) -> tuple[str, str]:
    found = re.match(r"\s*([a-z_]+)(?::(?=\S)|\s+)(.+?)\s*$", line)
    return (found[1], found[2]) if found else ("", "")


def _quoted(path: str, place: Position, entry: re.Match[str], code: str, value: str | None = None) -> Problem:
    row = place[0]
    span = (row, entry.start("value") + 1), (row, entry.end("value") + 1)
    fixed = quote(entry["value"] if value is None else value)
    return problem(path, (place, (row, place[1] + 1)), code, Edit(*span, fixed), corrige=entry["head"].lstrip() + fixed)


def _after_quote(path: str, lines: Lines, place: Position) -> Problem:
    entry = _ENTRY.match(_line(lines, place))
    if entry and entry["value"][0] in "'\"" and place[1] > entry.start("value") + 1:
        inner = entry["value"][1:]
        inner = inner[:-1] if inner.endswith(entry["value"][0]) else inner
        return _quoted(path, place, entry, "guillemets-fermes-trop-tot", inner)
    return problem(path, _to_end(lines, (place[0], len(_indent(_line(lines, place))) + 1)), "decalage")


def _first_sign(path: str, lines: Lines, place: Position) -> Problem:
    entry = _ENTRY.match(_line(lines, place))
    if entry:
        return _quoted(path, place, entry, "signe-en-tete")
    return problem(path, _to_end(lines, place), "yaml-illisible")


def _alone(code: str) -> Explain:
    return lambda path, lines, place: problem(path, _to_end(lines, place), code)


_TABLE: tuple[tuple[str, Explain, bool], ...] = (
    # words of libyaml, sentence, point at the context (where the construct began) instead of where reading stopped
    ("mapping values are not allowed", _colon, False),
    ("found unexpected end of stream", _alone("guillemet-ouvert"), True),
    ("found unexpected document indicator", _alone("guillemet-ouvert"), True),
    ("did not find expected ',' or", _alone("crochet-ouvert"), True),
    ("could not find expected ':'", _alone("ligne-isolee"), True),
    ("did not find expected key", _after_quote, False),
    ("did not find expected '-' indicator", _alone("decalage"), False),
    ("block sequence entries are not allowed", _alone("decalage"), False),
    ("found a tab character", _alone("tabulation"), False),
    ("found character that cannot start any token", _first_sign, False),
    ("did not find expected alphabetic or numeric character", _first_sign, False),
    ("found unknown escape character", _alone("barre-inverse"), False),
)

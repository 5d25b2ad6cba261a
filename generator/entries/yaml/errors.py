"""What libyaml says in English, told in French: the sentence is chosen by its words and the raw line.

Each row of the table has a file in tests/problems/. An unlisted error gets a general sentence with the right line,
never the English text.
"""

import re
from collections.abc import Callable, Collection, Sequence
from typing import Any

from generator.entries.yaml.traps import find_hard_space, quote
from generator.problems.problem import Edit, Position, Problem, problem

Lines = Sequence[str]
Explain = Callable[[str, Lines, Position], Problem]

_ENTRY = re.compile(r"^(?P<head>\s*(?:- +)?(?:[\w.-]+ *: +|- +))(?P<value>\S+(?:\s+\S+)*+)\s*$")
_LONE_KEY = re.compile(r"^\s*(?:- +)?[\w.-]+ *:(?:\s|$)")


def explain(path: str, lines: Lines, error: Any, keys: Collection[str] = ()) -> Problem:
    """One reading error (a `yaml.MarkedYAMLError`) as a Problem."""
    message = getattr(error, "problem", "") or ""
    place = _position(getattr(error, "problem_mark", None), lines)
    context = _position(getattr(error, "context_mark", None), lines)
    # libyaml often stumbles one line after the mistake.
    for row in (place[0], place[0] - 1, context[0]):
        if explained := _bad_margin(path, lines, row):
            return explained
    if near := find_hard_space(path, lines, place[0] - 1, place[0]):
        return near
    for fragment, sentence, at_context in _TABLE:
        if fragment in message:
            explained = sentence(path, lines, context if at_context else place)
            return _explain_lone_key(path, lines, explained, keys) or explained
    return problem(path, _to_end(lines, place), "yaml-illisible")


def _explain_lone_key(path: str, lines: Lines, problem: Problem, keys: Collection[str]) -> Problem | None:
    """A line that begins with the name of a key lacks its colon; any other one continues a text."""
    first = re.match(r"\s*(?:- +)?([a-z_]+)", _line(lines, problem.start[0]))
    if problem.code != "ligne-isolee" or not first or first[1] not in keys:
        return None
    return _explain_missing_colon(path, lines, problem.start[0])


def _bad_margin(path: str, lines: Lines, row: int) -> Problem | None:
    margin = _margin(_line(lines, row))
    for sign, code in (
        ("\t", "tabulation"),
        ("\u00a0", "espace-insecable-marge"),
        ("\u202f", "espace-insecable-marge"),
    ):
        if sign in margin:
            span = (row, 1), (row, len(margin) + 1)
            spaces = margin.replace("\t", "  ").replace("\u00a0", " ").replace("\u202f", " ")
            return problem(path, span, code, Edit(*span, spaces))
    return None


def _position(mark: Any, lines: Lines) -> Position:
    if mark is None:
        return 1, 1
    # At the end of the stream the mark stands after the last line: show the last line that has words.
    row, column = mark.line + 1, mark.column + 1
    while row > 1 and (row > len(lines) or not lines[row - 1].strip()):
        row, column = row - 1, len(lines[row - 2].rstrip()) + 1
    return row, column


def _line(lines: Lines, row: int) -> str:
    return lines[row - 1] if 1 <= row <= len(lines) else ""


def _margin(line: str) -> str:
    return line[: len(line) - len(line.lstrip())]


def _to_end(lines: Lines, place: Position) -> tuple[Position, Position]:
    return place, (place[0], max(place[1] + 1, len(_line(lines, place[0]).rstrip()) + 1))


def _whole(lines: Lines, row: int) -> tuple[Position, Position]:
    line = _line(lines, row)
    return (row, len(_margin(line)) + 1), (row, max(len(line.rstrip()), 1) + 1)


def _above(lines: Lines, row: int) -> int:
    """The nearest line above that has words and is no comment, 0 where there is none."""
    row -= 1
    while row and (not lines[row - 1].strip() or lines[row - 1].lstrip().startswith("#")):
        row -= 1
    return row


def _explain_colon(path: str, lines: Lines, place: Position) -> Problem:
    """Either a second colon on the line, or the line above lacks its own, or this line is one step too far."""
    row = place[0]
    entry = _ENTRY.match(_line(lines, row))
    if entry and place[1] > len(entry["head"]) + 1:
        return _propose_quotes(path, place, entry, "deux-points")
    above = _above(lines, row)
    if above and not _LONE_KEY.match(lines[above - 1]) and (missing := _explain_missing_colon(path, lines, above)):
        return missing
    return _explain_shift(path, lines, row)


_WITHOUT_COLON = re.compile(r"^\s*(?:- +)?([a-z_]+)(?: *:(?=\S)| *[;=] *| +(?![;=]))(\S+(?:\s+\S+)*+)\s*$")


def _explain_missing_colon(path: str, lines: Lines, row: int) -> Problem | None:
    match = _WITHOUT_COLON.match(_line(lines, row))
    if not match:
        return None
    span = (row, match.start(1) + 1), (row, match.end(2) + 1)
    fixed = f"{match[1]}: {match[2]}"
    return problem(path, span, "cle-sans-deux-points", Edit(*span, fixed), cle=match[1])


def _explain_shift(path: str, lines: Lines, row: int) -> Problem:
    """A line that does not begin under its neighbours; moved back where the line above already has its value."""
    line, above = _line(lines, row), _line(lines, _above(lines, row))
    fix = None
    if _ENTRY.match(above) and len(_margin(line)) > len(_margin(above)) and not above.lstrip().startswith("- "):
        fix = Edit((row, 1), (row, len(_margin(line)) + 1), _margin(above))
    return problem(path, _whole(lines, row), "decalage", fix)


def _propose_quotes(path: str, place: Position, entry: re.Match[str], code: str, value: str | None = None) -> Problem:
    row = place[0]
    span = (row, entry.start("value") + 1), (row, entry.end("value") + 1)
    fixed = quote(entry["value"] if value is None else value)
    return problem(path, (place, (row, place[1] + 1)), code, Edit(*span, fixed), corrige=entry["head"].lstrip() + fixed)


def _after_quote(path: str, lines: Lines, place: Position) -> Problem:
    """Words after a closed quote or bracket, else a line that is not aligned."""
    row = place[0]
    entry = _ENTRY.match(_line(lines, row))
    if not entry or place[1] <= entry.start("value") + 1:
        return _explain_shift(path, lines, row)
    first = entry["value"][0]
    if first in "[{":
        return _propose_quotes(path, place, entry, "signe-en-tete")
    if first not in "'\"":
        return _explain_shift(path, lines, row)
    if (above := _open_quote(lines, row, first)) is not None:
        return _open(path, lines, above)
    value = entry["value"]
    inner = value[1:-1] if value.endswith(first) and len(value) > 1 else value
    return _propose_quotes(path, place, entry, "guillemets-fermes-trop-tot", inner)


def _open_quote(lines: Lines, row: int, sign: str) -> Position | None:
    """A quote opened on a line above and closed by the one that opens this line's text."""
    for above in range(row - 1, 0, -1):
        entry = _ENTRY.match(lines[above - 1])
        if entry and entry["value"][0] == sign:
            return None if sign in entry["value"][1:] else (above, entry.start("value") + 1)
    return None


def _first_sign(path: str, lines: Lines, place: Position) -> Problem:
    entry = _ENTRY.match(_line(lines, place[0]))
    if entry and place[1] == entry.start("value") + 1:
        return _propose_quotes(path, place, entry, "signe-en-tete")
    return problem(path, _to_end(lines, place), "yaml-illisible")


def _dash(path: str, lines: Lines, place: Position) -> Problem:
    entry = _ENTRY.match(_line(lines, place[0]))
    if entry and entry["value"].startswith("- "):
        return _propose_quotes(path, place, entry, "signe-en-tete")
    return _explain_shift(path, lines, place[0])


def _explain_alone(path: str, lines: Lines, place: Position) -> Problem:
    """A line that is neither `clé: valeur` nor an item: a dash without its space, a missing colon, a cut text."""
    row = place[0]
    line = _line(lines, row)
    if glued := re.match(r"\s*-(?=[^\s-])", line):
        span = (row, glued.end()), (row, len(line.rstrip()) + 1)
        position = (row, glued.end() + 1)
        return problem(path, span, "tiret-colle", Edit(position, position, " "))
    if re.match(r"\s*[a-z_]+ *[:;=]\S", line) and (missing := _explain_missing_colon(path, lines, row)):
        return missing
    above = _line(lines, _above(lines, row))
    fix = None
    if _ENTRY.match(above) and len(_margin(line)) == len(_margin(above)):
        fix = Edit((row, 1), (row, len(_margin(line)) + 1), _margin(above) + "  ")
    return problem(path, _whole(lines, row), "ligne-isolee", fix)


def _bracket(path: str, lines: Lines, place: Position) -> Problem:
    row, column = place
    line = _line(lines, row).rstrip()
    closing = {"[": "]", "{": "}"}.get(line[column - 1 : column], "]")
    end = (row, len(line) + 1)
    fix = None if closing in line or line.endswith(",") or " #" in line[column:] else Edit(end, end, closing)
    return problem(path, _to_end(lines, place), "crochet-ouvert", fix, signe=closing)


def _backslash(path: str, lines: Lines, place: Position) -> Problem:
    row, column = place
    line = _line(lines, row)
    # The mark stands on the sign after the bar.
    bar = line.rfind("\\", 0, column) + 1
    return problem(path, ((row, bar), (row, bar + 2)), "barre-inverse", Edit((row, bar), (row, bar), "\\"))


def _open(path: str, lines: Lines, place: Position) -> Problem:
    span = _to_end(lines, place)
    sign = _line(lines, place[0])[place[1] - 1 : place[1]]
    return problem(path, span, "guillemet-ouvert", Edit(span[1], span[1], sign), signe=sign)


def _block(path: str, lines: Lines, place: Position) -> Problem:
    entry = _ENTRY.match(_line(lines, place[0]))
    if entry and entry["value"][0] in ">|":
        return _propose_quotes(path, (place[0], entry.start("value") + 1), entry, "signe-en-tete")
    return problem(path, _to_end(lines, place), "yaml-illisible")


def _explain_line(code: str) -> Explain:
    return lambda path, lines, place: problem(path, _whole(lines, place[0]), code)


def _deep(path: str, _: Lines, place: Position) -> Problem:
    return problem(path, (place, (place[0], place[1] + 1)), "trop-profond")


_TABLE: tuple[tuple[str, Explain, bool], ...] = (
    # words of libyaml, sentence, point at the context (where the construct began) instead of where reading stopped
    ("mapping values are not allowed", _explain_colon, False),
    ("found unexpected end of stream", _open, True),
    ("found unexpected document indicator", _open, True),
    ("did not find expected ',' or", _bracket, True),
    ("could not find expected ':'", _explain_alone, True),
    ("did not find expected key", _after_quote, False),
    ("did not find expected '-' indicator", _after_quote, False),
    ("did not find expected <document start>", _after_quote, False),
    ("block sequence entries are not allowed", _dash, False),
    ("found a tab character", _explain_line("tabulation"), False),
    ("found character that cannot start any token", _first_sign, False),
    ("did not find expected alphabetic or numeric character", _first_sign, True),
    ("did not find expected comment or line break", _block, True),
    ("found unknown escape character", _backslash, False),
    ("exceeded maximum nesting depth", _deep, False),
    ("found unknown directive name", _explain_line("directive"), True),
    ("did not find expected hexdecimal number", _backslash, False),
)

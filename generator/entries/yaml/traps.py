"""What YAML does in silence to a text without quotes: no error, another meaning. Told from the raw line."""

import re
from collections.abc import Iterator, Sequence

from generator.problems.problem import Edit, Position, Problem, problem

Span = tuple[Position, Position]
Lines = Sequence[str]

HARD_SPACES = "\u00a0\u202f"
_AFTER_COLON = re.compile(rf"^(\s*(?:- +)?)([a-z_]+)[ {HARD_SPACES}]*:[{HARD_SPACES}]\s*+((?:\S+(?:\s+\S+)*+)?)\s*$")
QUOTES, _CLOSING = frozenset("“”«‘"), "”“»’"


def quote(value: str) -> str:
    """A text between quotes that YAML reads back unchanged; double ones where it has an apostrophe, as French has."""
    if "'" not in value and ('"' in value or "\\" in value):
        return f"'{value}'"
    return '"' + value.replace("\\", "\\\\").replace('"', '\\"') + '"'


def find_damage(path: str, lines: Lines, value: str, span: Span) -> Iterator[Problem]:
    """A text cut by ` #`, between curly quotes, or that swallowed the next lines."""
    (row, column), (last, end) = span
    if last > len(lines):  # an empty value at the very end of the file
        return
    rest = lines[last - 1][end - 1 :]
    if re.match(r"\s+#[^\s#!]", rest):
        yield _tell_cut(path, lines, value, span)
    if len(value) > 1 and value[0] in QUOTES and value[-1] in _CLOSING and not set(value[1:-1]) & set("“”«»"):
        fixed = quote(value[1:-1].strip(f" {HARD_SPACES}"))
        yield problem(path, span, "guillemets-courbes", Edit(*span, fixed), corrige=fixed)
    if match := _AFTER_COLON.match(lines[row - 1][column - 1 :]):
        yield _tell_hard_space(path, row, column, match)
    for other in range(row + 1, last + 1):
        if re.match(r"\s*- ", lines[other - 1]):
            yield _tell_swallowed(path, lines, row, other)


def _tell_cut(path: str, lines: Lines, value: str, span: Span) -> Problem:
    (row, column), (last, end) = span
    line = lines[last - 1].rstrip()
    sign = end + len(line[end - 1 :]) - len(line[end - 1 :].lstrip())
    place = (last, sign), (last, len(line) + 1)
    if row != last:
        return problem(path, place, "diese", corrige="…")
    fixed = quote(line[column - 1 if value else sign - 1 :])
    fix = Edit((row, column if value else sign), (row, len(line) + 1), fixed)
    return problem(path, place, "diese" if value else "diese-en-tete", fix, corrige=fixed)


def _tell_hard_space(path: str, row: int, column: int, match: re.Match[str]) -> Problem:
    start = column + len(match[1])
    fixed = f"{match[2]}: {match[3]}".rstrip()
    span = (row, start), (row, start + len(match[0].rstrip()) - len(match[1]))
    return problem(path, span, "espace-insecable-deux-points", Edit(*span, fixed), cle=match[2])


def _tell_swallowed(path: str, lines: Lines, row: int, other: int) -> Problem:
    """`- eau` then ` - climat`: the second dash, one space further, continues the first text."""
    above, line = lines[row - 1], lines[other - 1]
    margin = line[: len(line) - len(line.lstrip())]
    span = (other, 1), (other, len(line.rstrip()) + 1)
    right = re.match(r"\s*(?=- )", above)
    fix = Edit((other, 1), (other, len(margin) + 1), right[0]) if right else None
    return problem(path, span, "decalage", fix)


def find_hard_space(path: str, lines: Lines, first: int, last: int) -> Problem | None:
    """`nom:` followed by a no-break space is no key for YAML: look for one where the reading went wrong."""
    for row in range(max(1, first), min(last, len(lines)) + 1):
        if match := _AFTER_COLON.match(lines[row - 1]):
            return _tell_hard_space(path, row, 1, match)
    return None


def explain_reserved(path: str, lines: Lines, span: Span, code: str) -> Problem:
    """A text that begins with & * or !: YAML takes its first word for an order."""
    (row, column), _ = span
    line = lines[row - 1].rstrip()
    whole = (row, column), (row, len(line) + 1)
    before, value = line[: column - 1], line[column - 1 :]
    if not re.fullmatch(r"\s*(?:- +)?(?:[\w.-]+ *: +)?", before) or not before.strip():
        return problem(path, whole, code, corrige='"…"')
    fixed = quote(value)
    return problem(path, whole, code, Edit(*whole, fixed), corrige=before.strip() + " " + fixed)


def not_an_entry(path: str, lines: Lines, span: Span) -> Problem:
    """The file holds a list or a mere text where keys are expected."""
    if near := find_hard_space(path, lines, span[0][0], span[1][0]):
        return near
    row = span[0][0]
    line = lines[row - 1].rstrip()
    return problem(path, ((row, 1), (row, len(line) + 1)), "fiche-sans-cles")


def find_misread(path: str, lines: Lines, texts: Sequence[tuple[Span, str]]) -> Iterator[Problem]:
    """What libyaml reads and other readers of YAML refuse: a tab between words, a # stuck to > or |.

    `texts` are the places of those between quotes or after | and >, where a tab is a sign like any other.
    """
    inside: dict[int, list[tuple[int, int]]] = {}
    for ((row, column), (last, end)), style in texts:
        if style in "|>":
            if match := re.match(r"[|>][-+\d]*(?=#)", lines[row - 1][column - 1 :]):
                place = (row, column + match.end())
                yield problem(path, (place, (row, place[1] + 1)), "diese-colle", Edit(place, place, " "))
            row, column = row + 1, 1
        for other in range(row, min(last, len(lines)) + 1):
            start, stop = column if other == row else 1, end if other == last else len(lines[other - 1]) + 1
            inside.setdefault(other, []).append((start, stop))
    for row, line in enumerate(lines, 1):
        if "\t" in line:
            yield from _find_tabs(path, row, line, inside.get(row, ()))


def _find_tabs(path: str, row: int, line: str, inside: Sequence[tuple[int, int]]) -> Iterator[Problem]:
    """The first tabs of a line outside a text between quotes and outside a comment."""
    signs = list(line)
    for start, stop in inside:
        signs[start - 1 : stop - 1] = "x" * (stop - start)
    bare = re.split(r"(?:^|(?<=\s))#", "".join(signs))[0]
    if match := re.search(r" {0,99}\t\s*", bare):
        span = (row, match.start() + 1), (row, match.end() + 1)
        margin = "  " * match.group().count("\t") if not match.start() else " "
        fixed = "" if match.end() == len(line) else margin
        yield problem(path, span, "tabulation-entre-les-mots", Edit(*span, fixed))

"""Every way to say one problem: what, why and what to do are put together here and nowhere else."""

import json
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from typing import Literal, NamedTuple

from generator.french import NBSP, capitalise, typographie
from generator.harmless import escape_json, neutral, shorten, visible
from generator.problems.catalogue import CATALOGUE, Sentence
from generator.problems.excerpts import Lines, corrected_line, excerpt_of
from generator.problems.problem import NOWHERE, Problem

Reader = Literal["file", "form", "table", "request", "pasted", "interview"]
"""Who reads: each knows what is to be done by other words. `pasted`: who pasted a file in a public request."""

_OURS = frozenset({"choix", "libelles", "connues", "corrige", "exemple", "communes", "autres", "couverts"})
"""Values that are our own words (choices, corrections): they are not cut like those of a contributor."""

_LONGEST_OF_OURS = 1000


class Wording(NamedTuple):
    """The three parts of what is said, for one reader; `why` and `remedy` may be empty."""

    what: str
    why: str
    remedy: str


def compose(problem: Problem, reader: Reader = "file", remedy: str = "") -> Wording:
    """What is said of a problem; `remedy` takes the place of what the catalogue would have done.

    What came from outside can do nothing in a terminal or a log, nor flood it.
    """
    about = CATALOGUE[problem.code]
    values = {name: shorten(value, *([_LONGEST_OF_OURS] if name in _OURS else [])) for name, value in problem.values}
    # `format_map` reads the template only: a contributor's {braces} stay as they were typed.
    what, why = (template.replace("`", "").format_map(values) for template in (about.what, about.why))
    if reader == "table" and problem.fix:
        remedy = f"Écrivez{NBSP}: {certain_value(problem)}"
    if reader in ("request", "pasted") and about.personal:
        # What should never have been public is not repeated.
        what = why if "{" in about.what else f"{what} {why}"
    return Wording(what, why, remedy or _choose_remedy(about, reader).replace("`", "").format_map(values))


def _choose_remedy(about: Sentence, reader: Reader) -> str:
    if reader in ("file", "pasted"):
        return about.remedy
    if reader == "table" and about.table is None and about.form is None:
        return ""  # what no form can say speaks of lines and files
    if reader == "table" and about.table is not None:
        return about.table or about.remedy
    remedy = {"request": about.request, "interview": about.interview}.get(reader)
    return remedy or about.form or about.remedy


def certain_value(problem: Problem) -> str:
    """The value that its certain correction writes, without the quotes of YAML; empty where there is none."""
    return shorten(problem.fix.text.strip("\"'"), _LONGEST_OF_OURS) if problem.fix else ""


# One problem ----------------------------------------------------------------------------------------------------------


def _no_lines(_path: str) -> tuple[str, ...]:
    return ()


@dataclass(frozen=True, slots=True)
class Setting:
    """Where a problem is said."""

    lines: Lines = _no_lines  # of its file, for the excerpt
    place: str = ""  # in words: a question, a cell of a table; empty: its line in the file
    remedy: str = ""  # said in place of the catalogue's
    colour: bool = False


Rendering = Callable[[Problem, Setting], str]


def _say_as_text(problem: Problem, setting: Setting) -> str:
    """For a person at a terminal: place, what, the line with a caret, why, what to do, the line once corrected."""

    def paint(style: str, text: str) -> str:
        return f"{_COLOURS[style]}{text}{_RESET}" if setting.colour else text

    wording = compose(problem)
    head = f"{visible(problem.path)}:{problem.start[0]}:{problem.start[1]}: "
    head += f"{paint(problem.severity, f'{problem.severity}{NBSP}:')} {wording.what} [{problem.code}]"
    number, excerpt, caret = excerpt_of(problem, setting.lines)
    body = [f"{number:>5} | {excerpt}", f"      | {paint('trait', caret)}"] if excerpt else []
    advice = list(_give_advice(wording))
    if line := corrected_line(problem, setting.lines):
        advice += [f"  Ligne {number} corrigée{NBSP}:", f"{number:>5} | {paint('corrige', line)}"]
    return "\n".join([head, *body, *advice])


_COLOURS = {"erreur": "\x1b[1;31m", "avertissement": "\x1b[1;33m", "trait": "\x1b[36m", "corrige": "\x1b[32m"}
_RESET = "\x1b[0m"


def _give_advice(wording: Wording) -> Iterator[str]:
    for label, text in (("Pourquoi", wording.why), ("Que faire", wording.remedy)):
        if text:
            yield f"  {label}{NBSP}: {text}"


def record_of(problem: Problem, lines: Lines) -> dict[str, object]:
    """For a program: the keys that `reports.as_json` describes."""
    edit = problem.fix
    return {
        "path": visible(problem.path),
        "where": list(problem.where),
        "line": problem.start[0],
        "column": problem.start[1],
        "end_line": problem.end[0],
        "end_column": problem.end[1],
        **words_of(problem),
        "excerpt": excerpt_of(problem, lines).line,
        "corrected": corrected_line(problem, lines),
        "fix": edit and {"start": edit.start, "end": edit.end, "text": edit.text},
    }


def words_of(problem: Problem, reader: Reader = "file", remedy: str = "") -> dict[str, str]:
    """The part of a record that is said in words."""
    wording = compose(problem, reader, remedy)
    about = {"severity": problem.severity, "code": problem.code}
    return about | {"message": wording.what, "why": wording.why, "remedy": wording.remedy}


def _say_to_github(problem: Problem, _setting: Setting) -> str:
    """A workflow command of GitHub, which shows the problem on its line."""
    place = {"file": visible(problem.path)}
    if problem.end != NOWHERE:
        place |= {"line": str(problem.start[0]), "endLine": str(problem.end[0]), "col": str(problem.start[1])}
        if problem.start[0] == problem.end[0]:
            place["endColumn"] = str(max(problem.start[1], problem.end[1] - 1))  # the last one, here
    place["title"] = problem.code
    properties = ",".join(f"{name}={_escape(value, ':,')}" for name, value in place.items())
    level = "error" if problem.is_error else "warning"
    return f"::{level} {properties}::{_escape(chr(10).join(filter(None, compose(problem))))}"


def _escape(text: str, signs: str = "") -> str:
    for sign in "%\r\n" + signs:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def _say_in_summary(problem: Problem, setting: Setting) -> str:
    """An item of the summary of a job, with the corrected line ready to paste."""
    sentences = " ".join(map(neutral, compose(problem)))
    text = f"- **{problem.severity.capitalize()}, {place_of(problem)}{NBSP}:** {sentences} ({code_span(problem.code)})"
    line = corrected_line(problem, setting.lines)
    return f"{text}\n  ```yaml\n  {line.replace('```', '′′′')}\n  ```" if line else text


def place_of(problem: Problem) -> str:
    """Its place in the file, within a sentence."""
    return f"ligne {problem.start[0]}" if problem.end != NOWHERE else "le fichier"


def code_span(text: str) -> str:
    return f"`{visible(text).replace('`', '′')}`"


def _say_on_card(problem: Problem, _setting: Setting) -> str:
    """An item of the card of a proposal, whose author has the reasons in the check beside it."""
    what, _, remedy = compose(problem)
    place = f"{problem.severity.capitalize()}, {place_of(problem)}"
    return f"- **{place}{NBSP}:** {neutral(what)} {neutral(remedy)} ({problem.code})"


def _say_to_requester(problem: Problem, setting: Setting) -> str:
    """An item of the answer to a request; its author knows the questions of a form, or the lines of a file."""
    what, _, remedy = compose(problem, "request" if setting.place else "pasted")
    place = setting.place or place_of(problem)
    return f"- **{neutral(capitalise(place))}{NBSP}:** {neutral(what)} {neutral(remedy)}"


def _say_of_cell(problem: Problem, setting: Setting) -> str:
    """For who imports a table, at a terminal."""
    wording = compose(problem, "table", setting.remedy)
    warning = "" if problem.is_error else f"avertissement{NBSP}: "
    return "\n".join([f"{setting.place}{NBSP}: {warning}{wording.what} [{problem.code}]", *_give_advice(wording)])


def _say_of_cell_in_summary(problem: Problem, setting: Setting) -> str:
    """For who imports a table through a forge."""
    what, _, remedy = compose(problem, "table", setting.remedy)
    line = f"- **{neutral(setting.place)}{NBSP}:** {neutral(what)} {neutral(remedy)}".rstrip()
    return f"{line} ({code_span(problem.code)})"


def _say_in_interview(problem: Problem, _setting: Setting) -> str:
    """For who has just answered a question at a terminal."""
    what, _, remedy = compose(problem, "interview")
    return f"{what} {remedy}".rstrip()


Way = Literal["text", "json", "github", "markdown", "card", "request", "import", "import-markdown", "interview"]

RENDERINGS: Mapping[Way, Rendering] = {
    "text": _say_as_text,
    "json": lambda problem, setting: escape_json(json.dumps(record_of(problem, setting.lines), ensure_ascii=False)),
    "github": _say_to_github,
    "markdown": _say_in_summary,
    "card": _say_on_card,
    "request": _say_to_requester,
    "import": _say_of_cell,
    "import-markdown": _say_of_cell_in_summary,
    "interview": _say_in_interview,
}


def say(problem: Problem, way: Way, setting: Setting | None = None) -> str:
    """One problem in one of the ways of the table."""
    return RENDERINGS[way](problem, setting or Setting())


# The catalogue itself -------------------------------------------------------------------------------------------------


def sentences_of_form() -> dict[str, dict[str, str | int]]:
    """What the script of the form knows and says of each code, {names} still to be filled."""
    return {
        code: {
            **_tell_parts(about, about.form),
            **({"sur_la_page": about.form_what} if about.form_what else {}),
        }
        for code, about in CATALOGUE.items()
        if about.form is not None
    }


def sentences_of_table() -> dict[str, dict[str, str | int]]:
    """The same of what only a table can hold, for the page where cells are pasted."""
    return {
        code: _tell_parts(about, about.table)
        for code, about in CATALOGUE.items()
        if about.table is not None and about.form is None
    }


def _tell_parts(about: Sentence, remedy: str) -> dict[str, str | int]:
    """One code; `remedy` is that of the page, empty where the one of the command will do."""
    return {
        "gravite": about.severity,
        "rang": about.rank,
        "quoi": about.what,
        "pourquoi": about.why,
        "remede": remedy or about.remedy,
    }


@dataclass(frozen=True, slots=True)
class Piece:
    """A part of a sentence: words, or what is to be typed as it is."""

    text: str
    is_code: bool


Pieces = tuple[Piece, ...]


def explain(code: str, values: Mapping[str, str]) -> tuple[Pieces, Pieces, Pieces]:
    """What, why and what to do, filled with the values of an example, for the page that explains every code."""
    about = CATALOGUE[code]
    return _pieces(about.what, values), _pieces(about.why, values), _pieces(about.remedy, values)


def _pieces(template: str, values: Mapping[str, str]) -> Pieces:
    # What is to be typed stays as it is; the example quoted in a sentence gets its spaces like the rest of the page.
    parts = [part.format_map(values) for part in template.split("`")]
    return tuple(Piece(part if at % 2 else typographie(part), bool(at % 2)) for at, part in enumerate(parts))

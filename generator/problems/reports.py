"""Problems as each reader needs them: a person at a terminal, a program, a forge's lines, a forge's summary."""

from collections.abc import Callable, Iterable, Mapping
from itertools import groupby

from generator.french import pluriel, typographie
from generator.harmless import neutral, visible
from generator.problems.problem import MOST, NOWHERE, Lines, Problem, as_json, as_text, corrected, summary

Report = Callable[[Iterable[Problem], Lines], str]

_LEVELS = {"erreur": "error", "avertissement": "warning"}


def as_github(problems: Iterable[Problem], lines: Lines) -> str:
    """Workflow commands of GitHub, which show each problem on its line. It shows ten errors a step: see Markdown."""
    del lines
    return "\n".join(map(_command, problems))


def _command(found: Problem) -> str:
    place = {"file": found.path}
    if found.end != NOWHERE:
        place |= {"line": str(found.start[0]), "endLine": str(found.end[0]), "col": str(found.start[1])}
        if found.start[0] == found.end[0]:
            place["endColumn"] = str(max(found.start[1], found.end[1] - 1))  # the last one, here
    place["title"] = found.code
    properties = ",".join(f"{name}={_escaped(value, ':,')}" for name, value in place.items())
    words = "\n".join(filter(None, (found.what, found.why, found.remedy)))
    return f"::{_LEVELS[found.severity]} {properties}::{_escaped(words)}"


def _escaped(text: str, signs: str = "") -> str:
    for sign in "%\r\n" + signs:
        text = text.replace(sign, f"%{ord(sign):02X}")
    return text


def as_markdown(problems: Iterable[Problem], lines: Lines) -> str:
    """For the summary of a job or a comment: all problems by file, with the corrected line ready to paste."""
    everything = list(problems)
    if not everything:
        return "Tout est bon : aucun problème."
    parts = []
    for path, found in groupby(everything, key=lambda one: one.path):
        listed = list(found)
        parts.append(f"### {_code(path)}\n")
        parts += [_item(one, lines) for one in listed[:MOST]]
        if len(listed) > MOST:
            parts.append(f"- … et {pluriel(len(listed) - MOST, 'autre problème')} dans ce fichier.")
        parts.append("")
    return "\n".join(parts).rstrip()


def _item(found: Problem, lines: Lines) -> str:
    where = f"ligne {found.start[0]}" if found.end != NOWHERE else "le fichier"
    head = typographie(f"- **{found.severity.capitalize()}, {where} :**")
    text = f"{head} {neutral(found.what)} {neutral(found.why)} {neutral(found.remedy)} ({_code(found.code)})"
    line = corrected(found, lines)
    return f"{text}\n  ```yaml\n  {line.replace('```', '′′′')}\n  ```" if line else text


def _code(text: str) -> str:
    return f"`{visible(text).replace('`', '′')}`"


FORMATS: Mapping[str, Report] = {"text": as_text, "json": as_json, "github": as_github, "markdown": as_markdown}

__all__ = ["FORMATS", "as_github", "as_markdown", "summary"]

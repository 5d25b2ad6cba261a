"""Problems all together, as each reader needs them: a person at a terminal, a program, a forge's lines, its summary."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from generator.french import NBSP, pluriel, typographie
from generator.harmless import escape_json, visible
from generator.problems.bounds import take_most
from generator.problems.excerpts import Lines
from generator.problems.problem import Problem
from generator.problems.renderings import Setting, code_span, record_of, say

Report = Callable[[Iterable[Problem], Lines], str]


def _by_file(problems: Iterable[Problem]) -> Iterator[list[Problem]]:
    for _, group in groupby(problems, key=lambda problem: problem.path):
        yield list(group)


def as_text(problems: Iterable[Problem], lines: Lines, colour: bool = False) -> str:
    """For a person at a terminal."""
    parts: list[str] = []
    for listed in _by_file(problems):
        told, others = take_most(listed)
        parts += [say(problem, "text", Setting(lines, colour=colour)) for problem in told]
        if others:
            row, column = listed[-1].start
            parts.append(f"{visible(listed[-1].path)}:{row}:{column}: {others} dans ce fichier.")
    return "\n\n".join(parts)


def as_json(problems: Iterable[Problem], lines: Lines) -> str:
    """For programs, all problems, in the order of files and places: `{"version": 1, "problems": [{…}]}`.

    Each problem: `path` (relative to the root), `where` (the way to the key or value, `["rencontres", 0, "debut"]`;
    empty for the whole file), `line`, `column`, `end_line`, `end_column` (from 1, in characters, end excluded; 1:1–1:1
    is the whole file), `severity` (`erreur`, `avertissement`), `code`, `message`, `why`, `remedy`, `excerpt` (the line,
    empty for a whole file), `corrected` (the line ready to paste, or empty), `fix` (null, or `{start: [line, column],
    end: [line, column], text}`). A new key keeps the version, a changed meaning raises it.
    """
    records = [record_of(problem, lines) for problem in problems]
    return escape_json(json.dumps({"version": 1, "problems": records}, ensure_ascii=False, indent=1))


def as_github(problems: Iterable[Problem], lines: Lines) -> str:
    """Workflow commands of GitHub. It shows ten errors a step: see Markdown."""
    commands: list[str] = []
    for listed in _by_file(problems):
        told, others = take_most(listed)
        commands += [say(problem, "github", Setting(lines)) for problem in told]
        if others:
            commands.append(f"::notice::{visible(listed[0].path)}{NBSP}: {others}.".replace("%", "%25"))
    return "\n".join(commands)


def as_markdown(problems: Iterable[Problem], lines: Lines) -> str:
    """For the summary of a job or a comment: all problems by file."""
    parts: list[str] = []
    for listed in _by_file(problems):
        told, others = take_most(listed)
        parts.append(f"### {code_span(listed[0].path)}\n")
        parts += [say(problem, "markdown", Setting(lines)) for problem in told]
        parts += [f"- {others} dans ce fichier.", ""] if others else [""]
    return "\n".join(parts).rstrip() or "Tout est bon : aucun problème."


FORMATS: Mapping[str, Report] = {"text": as_text, "json": as_json, "github": as_github, "markdown": as_markdown}


def summary(problems: Sequence[Problem], files: int) -> str:
    """The last line for a person: `3 fiches lues : 1 erreur, 2 avertissements.`"""
    return typographie(f"{pluriel(files, 'fichier lu', 'fichiers lus')} : {count(problems) or 'tout est bon'}.")


def count(problems: Sequence[Problem]) -> str:
    """How many of each gravity: `1 erreur, 2 avertissements`; empty where there is none."""
    errors = sum(problem.is_error for problem in problems)
    warnings = len(problems) - errors
    counted = [pluriel(errors, "erreur")] if errors else []
    return ", ".join([*counted, *([pluriel(warnings, "avertissement")] if warnings else [])])

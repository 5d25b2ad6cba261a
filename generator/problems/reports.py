"""Problems all together, as each reader needs them: a person at a terminal, a program, a forge's lines, its summary."""

import json
from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from itertools import groupby

from generator.french import pluriel, typographie
from generator.harmless import escape_json, visible
from generator.problems.excerpts import Lines
from generator.problems.problem import Problem
from generator.problems.renderings import Setting, code_span, record_of, say

Report = Callable[[Iterable[Problem], Lines], str]

MOST_OF_ONE_FILE = 20
"""Problems told of one file; the others are counted, so that a broken file does not bury the next one."""


def as_text(problems: Iterable[Problem], lines: Lines, colour: bool = False) -> str:
    """For a person at a terminal."""
    return "\n\n".join(_say_bounded(list(problems), Setting(lines, colour=colour)))


def _say_bounded(problems: Sequence[Problem], setting: Setting) -> Iterator[str]:
    seen: Counter[str] = Counter()
    total = Counter(problem.path for problem in problems)
    for problem in problems:
        seen[problem.path] += 1
        if seen[problem.path] <= MOST_OF_ONE_FILE:
            yield say(problem, "text", setting)
        if seen[problem.path] == total[problem.path] > MOST_OF_ONE_FILE:
            place = f"{visible(problem.path)}:{problem.start[0]}:{problem.start[1]}"
            yield f"{place}: {_count_others(total[problem.path])}"


def _count_others(total: int) -> str:
    return f"… et {pluriel(total - MOST_OF_ONE_FILE, 'autre problème')} dans ce fichier."


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
    return "\n".join(say(problem, "github", Setting(lines)) for problem in problems)


def as_markdown(problems: Iterable[Problem], lines: Lines) -> str:
    """For the summary of a job or a comment: all problems by file."""
    parts: list[str] = []
    for path, group in groupby(problems, key=lambda problem: problem.path):
        listed = list(group)
        parts.append(f"### {code_span(path)}\n")
        parts += [say(problem, "markdown", Setting(lines)) for problem in listed[:MOST_OF_ONE_FILE]]
        if len(listed) > MOST_OF_ONE_FILE:
            parts.append(f"- {_count_others(len(listed))}")
        parts.append("")
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

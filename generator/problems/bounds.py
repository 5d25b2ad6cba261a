"""How much is told at most, so that one broken file neither buries the next one nor costs minutes to tell of."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Sequence

from generator.french import pluriel
from generator.problems.problem import Problem

MOST_OF_ONE_CODE = 100
"""Problems of one code kept of one file."""

MOST_OF_ONE_FILE = 20
"""Problems of one file told to a person; the others are counted."""


def bound(problems: Iterable[Problem]) -> Iterator[Problem]:
    """The first of each code in each file. Each code has its own bound: a hundred warnings must not hide an error."""
    seen: Counter[tuple[str, str]] = Counter()
    for problem in problems:
        seen[problem.path, problem.code] += 1
        if seen[problem.path, problem.code] <= MOST_OF_ONE_CODE:
            yield problem


def take_most(problems: Sequence[Problem]) -> tuple[Sequence[Problem], str]:
    """Those of one file that a report tells, and how it counts the others: « … et 3 autres problèmes »."""
    others = len(problems) - MOST_OF_ONE_FILE
    if others <= 0:
        return problems, ""
    most = max(Counter(problem.code for problem in problems).values())
    least = " au moins" if most >= MOST_OF_ONE_CODE else ""
    return problems[:MOST_OF_ONE_FILE], f"… et {pluriel(others, 'autre problème')}{least}"


def write_most(problems: Sequence[Problem], write: Callable[[Problem], str]) -> str:
    """The same as a list in Markdown, an item a line."""
    told, others = take_most(problems)
    return "\n".join([*map(write, told), *([f"- {others}."] if others else [])])

"""Cause before consequence: what is only said because something else is wrong is left out. The catalogue decides."""

from collections.abc import Iterable

from generator.problems.catalogue import CATALOGUE
from generator.problems.problem import Problem, Where

FilePlace = tuple[str, Where]
"""A file, and the way to a value in it."""


def drop_consequences(problems: Iterable[Problem]) -> list[Problem]:
    """Each problem once, sorted, without those that an error of the same place explains or comes before."""
    each = set(problems)
    errors = [problem for problem in each if problem.is_error and not problem.is_passage]
    explained = {
        (problem.path, where, code)
        for problem in errors
        for code in CATALOGUE[problem.code].explains
        for where in (problem.where, *problem.accounts_for)
    }
    first: dict[FilePlace, int] = {}
    for problem in errors:
        rank = CATALOGUE[problem.code].rank
        if rank and (problem.path, problem.where, problem.code) not in explained:
            place = problem.path, problem.where
            first[place] = min(rank, first.get(place, rank))

    def is_told(problem: Problem) -> bool:
        rank = CATALOGUE[problem.code].rank
        is_first = rank <= first.get((problem.path, problem.where), rank)
        return problem.is_passage or (is_first and (problem.path, problem.where, problem.code) not in explained)

    return sorted(filter(is_told, each))

"""The rules on texts of one file, as `rules.json` states them."""

from collections.abc import Iterator
from itertools import islice
from typing import Any

from generator.entries.checks.reading import places
from generator.entries.corpus import Entry
from generator.entries.rules import TEXTS, Rule
from generator.entries.schemas.guesses import write_place
from generator.entries.yaml.source import FORBIDDEN, Source, Where
from generator.problems.bounds import MOST_OF_ONE_CODE
from generator.problems.problem import Problem, problem


def check_texts(entry: Entry) -> Iterator[Problem]:
    """What the texts of a file hold that no text may."""
    for rule in TEXTS:
        if not rule.may_break(entry.source.text):
            continue
        if rule.file:
            # No more are kept: a hostile file holds fifty thousand.
            for span, match in islice(entry.source.find(rule.find), MOST_OF_ONE_CODE):
                yield problem(entry.path, span, rule.code, **rule.describe(match))
        elif rule.keys:
            for key in rule.keys:
                for where, value in places(entry.data, key):
                    yield from _broken(entry, rule, where, value)
        else:
            for where, value in _texts(entry.source.data):
                if where[-1] not in rule.not_keys:
                    yield from _broken(entry, rule, where, value)


def check_signs(source: Source) -> Iterator[Problem]:
    """The signs that no file may hold, where a text between quotes says them by their number."""
    for where, value in _texts(source.data):
        for rule in FORBIDDEN:
            if match := next(rule.find(value), None):
                yield problem(source.path, source.span(where), rule.code, **rule.describe(match))


def _broken(entry: Entry, rule: Rule, where: Where, value: Any) -> Iterator[Problem]:
    """The first passage of one value that breaks a rule."""
    match = next(rule.find(value), None) if isinstance(value, str) else None
    if match:
        span = entry.source.span(where)
        if rule.keys:  # shown where it stands, which a text between quotes may hide
            span = next((span for span, _ in entry.source.find((rule.raw or rule.pattern).finditer, where)), span)
        yield problem(entry.path, span, rule.code, **rule.describe(match, write_place(where)))


def _texts(data: Any, where: Where = ()) -> Iterator[tuple[Where, str]]:
    if isinstance(data, str):
        yield where, data
    elif data:
        for step, value in data.items() if isinstance(data, dict) else enumerate(data):
            yield from _texts(value, (*where, step))

"""What a page may weigh: the engine takes the square of the signs of a passage, or worse, so they are counted first."""

import re
from collections.abc import Iterator

from generator.entries.content.allowed import PAGES
from generator.entries.content.markup import Markdown
from generator.problems.problem import Problem, problem

_SIGN = re.compile(r"[\[\]()*_`<>\\&!|~#{}]")
_QUOTES = re.compile(r"^(?:[ \t]*>)+", re.MULTILINE)
_BREAK = re.compile(r"\n[ \t]*\n")


def check_weight(markdown: Markdown) -> Iterator[Problem]:
    """Too many lines, too many signs of Markdown in one passage, or quotes in quotes."""
    body, start = markdown.body, markdown.start
    lines = body.count("\n")
    if lines > PAGES["lines"]:
        yield problem(markdown.path, markdown.span(0, 1), "page-de-trop-de-lignes", count=lines, most=PAGES["lines"])
    most, most_brackets = PAGES["passage"]["signs"], PAGES["passage"]["brackets"]
    place = 0
    for passage in _BREAK.split(body):
        place = body.index(passage, place)
        signs = _SIGN.findall(passage)
        if len(signs) > most or signs.count("[") > most_brackets:
            found = start + place + len(passage) - len(passage.lstrip())
            yield problem(
                markdown.path, markdown.span(found, found + 1), "passage-charge", most=most, brackets=most_brackets
            )
        place += len(passage)
    for match in _QUOTES.finditer(body):
        if match[0].count(">") > PAGES["depth"]["quotes"]:
            span = markdown.span(start + match.start(), start + match.end())
            yield problem(markdown.path, span, "citation-emboitee", most=PAGES["depth"]["quotes"])
            return

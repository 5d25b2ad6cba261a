"""What a page may weigh: the engine takes the square of the signs of a passage, or worse, so they are counted first."""

import re
from collections.abc import Iterator

from generator.entries.content.allowed import PAGES
from generator.entries.content.markup import Markdown
from generator.problems.problem import Problem, problem

_SIGN = re.compile(r"[\[\]()*_`<>\\&!|~#{}]")
_MARK = re.compile(r"(?:>|(?:[-*+]|\d+[.)])[ \t])[ \t]*")
_BREAK = re.compile(r"\n[ \t]*\n")


def check_weight(markdown: Markdown) -> Iterator[Problem]:
    """Too many lines, too many signs of Markdown in one passage, or lists and quotes one within the other."""
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
    yield from _check_depth(markdown)


def _check_depth(markdown: Markdown) -> Iterator[Problem]:
    """Lists and quotes one within the other, by what begins a line or by how far it begins: each is a call deeper."""
    depth, place = PAGES["depth"], markdown.start
    for line in markdown.prose[markdown.start :].split("\n"):
        text = line.lstrip(" \t")
        blanks = len(line) - len(text)
        marks = _count_marks(text, depth["marks"] + 1)
        if text and (marks > depth["marks"] or len(line[:blanks].expandtabs(4)) > depth["columns"]):
            span = markdown.span(place + blanks, place + blanks + 1)
            yield problem(markdown.path, span, "liste-emboitee", most=depth["marks"], columns=depth["columns"])
            return
        place += len(line) + 1


def _count_marks(text: str, most: int) -> int:
    """How many marks of a list or a quote begin a line, as far as it matters."""
    count = place = 0
    while count < most and (match := _MARK.match(text, place)):
        count, place = count + 1, match.end()
    return count

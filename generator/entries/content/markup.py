"""The HTML and the addresses of a page's Markdown, found in one pass: only what allowed.json lists may stand there.

What is found here is told with its place. What an engine could still make of Markdown that this reads otherwise is
taken out of the finished page by the sanitiser of `pages`, which knows the same list.
"""

import re
from bisect import bisect_right
from collections.abc import Iterator
from dataclasses import dataclass, field
from html import unescape
from itertools import accumulate

from generator.entries.content.allowed import ATTRIBUTES, PAGES, SCHEMES, VOID
from generator.french import enumeration
from generator.problems.problem import Problem, Span, problem

_FENCE = re.compile(r"(`{3,}|~{3,}) *+\.?[\w#.+-]*+ *$")
_TICKS = re.compile(r"`+")
_OPENING = re.compile(r"<(?=[A-Za-z/!?])")
_COMMENT = re.compile(r"<!--(?!-?>)[^-]*(?:-(?!-)[^-]*)*-->")  # without `--`, every reader ends it there
_AUTOLINK = re.compile(r"<([A-Za-z][A-Za-z0-9+.-]*:[^<>\s]*|[^<>\s@/]+@[^<>\s@]+)>")
# No `<` nor `>` within: a reading never goes further than the next one.
_TAG = re.compile(r"<(/?)([A-Za-z][A-Za-z0-9-]*)((?:\s[^<>]*)?)>")
_ATTRIBUTE = re.compile(r"\s*([^\s=\"'/]+)(?:\s*=\s*(?:\"([^\"]*)\"|'([^']*)'|([^\s\"'=`]+)))?|\s*+(?:/\s*)?$")
_ADDRESS = r"\]\(\s*<?((?<=<)[^<>\n]*|(?:[^\s<>()]|\([^\s<>()]*\))*)"
_LINK = re.compile(_ADDRESS)
_IMAGE = re.compile(r"!\[[^\[\]\n]*" + _ADDRESS)
_REFERENCE = re.compile(r"^ {0,3}\[[^\[\]\n]+\]:[ \t]*<?([^\s<>]+)", re.MULTILINE)
LINKS = (_LINK, _REFERENCE)
"""The links that Markdown makes: their address is the first group."""
_SCHEME = re.compile(r"([a-z][a-z0-9+.-]*):", re.IGNORECASE)
_UNSEEN = re.compile(r"[\x00-\x20\x7f-\xa0\u200b]+")


@dataclass(frozen=True, slots=True)
class Markdown:
    """The Markdown of a page, in the text of its file."""

    path: str
    text: str  # of the whole file
    start: int  # where the Markdown begins
    prose: str  # the whole text, head and code being blanks
    lines: list[int] = field(repr=False)  # where each line begins

    @property
    def body(self) -> str:
        return self.text[self.start :]

    def span(self, start: int, end: int) -> Span:
        """The same place in lines and columns."""
        row = bisect_right(self.lines, start)
        column = start - self.lines[row - 1] + 1
        return (row, column), (row, column + max(1, end - start))


def read_markdown(path: str, text: str, start: int) -> Markdown:
    """The Markdown that begins at `start` of a file's text."""
    lines = [0, *accumulate(len(line) + 1 for line in text.split("\n"))]
    head = re.sub(r"[^\n]", " ", text[:start])
    return Markdown(path, text, start, head + _blank_code(text[start:]), lines)


def _blank_code(text: str) -> str:
    """The text with blanks where it is code: what stands between fences, then between backticks of one passage."""
    lines, unclosed = text.split("\n"), set()
    row = 0
    while row < len(lines):
        fence = _FENCE.match(lines[row])
        if fence and fence[1] not in unclosed:
            end = next((n for n in range(row + 1, len(lines)) if lines[n].rstrip(" ") == fence[1]), None)
            if end is None:
                unclosed.add(fence[1])
            else:
                lines[row : end + 1] = [" " * len(line) for line in lines[row : end + 1]]
                row = end
        row += 1
    passages = re.split(r"(\n[ \t]*\n)", "\n".join(lines))
    return "".join(map(_blank_ticks, passages))


def _blank_ticks(passage: str) -> str:
    pieces, place = [], 0
    ticks = list(_TICKS.finditer(passage))
    ends: dict[int, list[int]] = {}
    for rank, match in enumerate(ticks):
        ends.setdefault(len(match[0]), []).append(rank)
    rank = 0
    while rank < len(ticks):
        opened = ticks[rank]
        after = ends[len(opened[0])]
        position = bisect_right(after, rank)
        is_escaped = passage[opened.start() - 1 : opened.start()] == "\\"
        if position < len(after) and not is_escaped:
            rank = after[position]
            closed = ticks[rank]
            pieces += [passage[place : opened.start()], re.sub(r"[^\n]", " ", passage[opened.start() : closed.end()])]
            place = closed.end()
        rank += 1
    return "".join([*pieces, passage[place:]])


# What may not stand there ---------------------------------------------------------------------------------------------


def check_markup(markdown: Markdown) -> Iterator[Problem]:
    """Elements, attributes and addresses that are not of the list, and what is no element at all."""
    prose, place, depth = markdown.prose, 0, 0
    while opening := _OPENING.search(prose, place):
        start = opening.start()
        comment, autolink, tag = (kind.match(prose, start) for kind in (_COMMENT, _AUTOLINK, _TAG))
        match = comment or autolink or tag
        place = match.end() if match else start + 1
        if autolink:
            yield from _check_address(markdown, autolink[1], autolink.start(1))
        elif tag and not comment:
            yield from _check_tag(markdown, tag)
            if tag[2].lower() not in VOID:
                depth = max(0, depth - 1) if tag[1] else depth + 1
            if depth > PAGES["depth"]["elements"]:
                span = markdown.span(start, place)
                yield problem(markdown.path, span, "html-emboite", most=PAGES["depth"]["elements"])
                return
        elif not match:
            yield problem(markdown.path, markdown.span(start, start + 1), "html-mal-ecrit")
            return  # what follows would be read as a part of it
    for kind in LINKS:
        for match in kind.finditer(prose, markdown.start):
            yield from _check_address(markdown, match[1], match.start(1))
    for match in _IMAGE.finditer(prose, markdown.start):
        yield from _check_picture(markdown, match[1], match.start(1))


def _check_tag(markdown: Markdown, tag: re.Match[str]) -> Iterator[Problem]:
    element = tag[2].lower()
    span = markdown.span(tag.start(), tag.end())
    if element not in ATTRIBUTES:
        if not tag[1]:  # its end goes with it
            yield problem(markdown.path, span, "html-refuse", balise=element)
        return
    place = tag.start(3)
    while place < tag.end(3):
        match = _ATTRIBUTE.match(markdown.prose, place, tag.end(3))
        if not match or match.end() == place:
            yield problem(markdown.path, span, "html-mal-ecrit")
            return
        place = match.end()
        if match[1]:
            yield from _check_attribute(markdown, element, match)


def _check_attribute(markdown: Markdown, element: str, match: re.Match[str]) -> Iterator[Problem]:
    name = match[1].lower()
    value = next((group for group in match.groups()[1:] if group is not None), "")
    if name not in ATTRIBUTES[element]:
        span = markdown.span(match.start(1), match.end(1))
        known = enumeration(sorted(ATTRIBUTES[element]), "ou")
        yield problem(markdown.path, span, "attribut-refuse", attribut=name, balise=element, connues=known)
    elif name == "src":
        yield from _check_picture(markdown, value, match.start())
    elif name == "href":
        yield from _check_address(markdown, value, match.start())


def _check_address(markdown: Markdown, address: str, place: int) -> Iterator[Problem]:
    """A page of the site, or what a visitor may open: never a program nor what stands in for a file."""
    scheme = _SCHEME.match(read_address(address))
    if scheme and scheme[1].lower() not in SCHEMES:
        span = markdown.span(place, place + len(address))
        known = enumeration((f"{name}:" for name in sorted(SCHEMES)), "ou")
        yield problem(markdown.path, span, "adresse-de-page", adresse=address, connues=known)


def _check_picture(markdown: Markdown, address: str, place: int) -> Iterator[Problem]:
    """The site loads nothing from elsewhere."""
    read = read_address(address)
    if _SCHEME.match(read) or read.startswith(("//", "\\")):
        yield problem(markdown.path, markdown.span(place, place + len(address)), "image-d-ailleurs", adresse=address)


def read_address(address: str) -> str:
    """An address as a browser reads it."""
    return _UNSEEN.sub("", unescape(address))

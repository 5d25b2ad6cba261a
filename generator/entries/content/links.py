"""The links between pages, followed as the engine does: one that leads nowhere would stop it.

Those to what the site makes, no engine follows: they are hidden from it, and come back in what it built.
"""

import itertools
import posixpath
import re
import unicodedata
from collections.abc import Iterator, Mapping, Sequence
from html import unescape
from typing import TYPE_CHECKING
from urllib.parse import unquote, urlsplit

from generator.entries.content.allowed import CONTENT
from generator.entries.content.markup import LINKS, Markdown
from generator.problems.problem import Problem, problem

if TYPE_CHECKING:
    from generator.entries.content.page import WrittenPage

_ID = re.compile(r"""\sid\s*=\s*["']?([^\s"'>]+)""")
_HEADING = re.compile(r"^#{1,6}([^#\n].*)$|^(\S.*)\n(?:=+|-+)[ \t]*$|<h[1-6][^<>]*>(.*?)(?:</h[1-6]>|$)", re.MULTILINE)


def check_links(pages: "Mapping[str, WrittenPage]", images: Sequence[str]) -> Iterator[Problem]:
    """Links of Markdown to a page, a picture or a heading that is not there."""
    anchors = {name: frozenset(_list_anchors(page.markdown.text)) for name, page in pages.items()}
    for name, page in pages.items():
        if page.problems:
            continue  # what else is wrong is told first
        for kind in LINKS:
            for match in kind.finditer(page.markdown.prose, page.markdown.start):
                link = match[1]
                if link and not _leads(name, unescape(link), anchors, images):
                    span = page.markdown.span(*match.span(1))
                    yield problem(f"{CONTENT}/{name}", span, "lien-casse", lien=link)


HIDDEN = "fait:"
"""Before the address of what the site makes: an engine leaves alone what begins as an address elsewhere."""

_HREF = re.compile(r"""\shref\s*=\s*["']?([^"'\s<>]+)""")


def hide_made_files(markdown: Markdown) -> str:
    """The Markdown for an engine that knows only pages written by hand, and may turn any other relative address."""
    links = [match for kind in LINKS for match in kind.finditer(markdown.prose, markdown.start)]
    made = [match for match in links if not posixpath.splitext(re.split("[?#]", match[1])[0])[1]]
    made += _HREF.finditer(markdown.prose, markdown.start)
    places = sorted({match.start(1) for match in made if _is_relative(match[1])})
    bounds = [markdown.start, *places, len(markdown.text)]
    return HIDDEN.join(markdown.text[start:end] for start, end in itertools.pairwise(bounds))


def show_made_files(page: str) -> str:
    """What the engine built, with these addresses as they were written."""
    return page.replace(f'"{HIDDEN}', '"')


_ELSEWHERE = re.compile(r"[a-z][a-z0-9+.-]*:|[/#]", re.IGNORECASE)


def _is_relative(link: str) -> bool:
    """Whether it leads to another page of the site."""
    return bool(link) and not _ELSEWHERE.match(link)


def _leads(name: str, link: str, anchors: Mapping[str, frozenset[str]], images: Sequence[str]) -> bool:
    try:
        scheme, host, path, _, anchor = urlsplit(link)
    except ValueError:
        return False
    if scheme or host:
        return True
    if link.startswith(("/", "\\")):
        return False
    path = unquote(path)
    target = posixpath.normpath(posixpath.join(posixpath.dirname(name), path)) if path else name
    if target in anchors:
        return not anchor or anchor in anchors[target]
    # Without an extension it is the address of a page that the site makes.
    return target in images or not posixpath.splitext(path)[1]


def _list_anchors(text: str) -> Iterator[str]:
    """What a link may aim at: what bears a name, and each heading."""
    yield from _ID.findall(text)
    seen: dict[str, int] = {}
    for match in _HEADING.finditer(text):
        anchor = slugify(next(filter(None, match.groups()), "").rstrip().rstrip("#"))
        seen[anchor] = seen.get(anchor, -1) + 1
        yield f"{anchor}_{seen[anchor]}" if seen[anchor] else anchor


def slugify(heading: str) -> str:
    """The name that the engine gives to a heading."""
    plain = re.sub(r"<[^<>]*>|\]\([^()]*\)", "", heading)
    ascii_only = unicodedata.normalize("NFKD", unescape(plain)).encode("ascii", "ignore").decode()
    return re.sub(r"[-\s]+", "-", re.sub(r"[^\w\s-]", "", ascii_only).strip().lower())

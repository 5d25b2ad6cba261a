"""What the engine made of a page that people wrote, read again by a sanitiser: only what allowed.json lists stays."""

import re

import nh3

from generator.entries.content.allowed import ATTRIBUTES, SCHEMES
from generator.entries.content.page import BLOC
from generator.pages.frame.gabarit import END, START
from generator.pages.handwritten.about import UNSEARCHED

_COMMENT = re.compile(r"<!--.*?-->", re.DOTALL)
_RELATIVE = re.compile(r"(?![a-z][a-z0-9+.-]*:|//|\\)", re.IGNORECASE)


def _filter(_element: str, name: str, value: str) -> str | None:
    """Pictures are of this site; no mark of a bloc hides in an attribute."""
    is_elsewhere = name == "src" and not _RELATIVE.match(value)
    return None if is_elsewhere or name == "markdown" or "<" in value else value


_SANITISER = nh3.Cleaner(
    tags=set(ATTRIBUTES),
    attributes={element: set(names) for element, names in ATTRIBUTES.items()},
    attribute_filter=_filter,
    url_schemes=set(SCHEMES),
    strip_comments=False,  # the marks of the blocs
    link_rel=None,
)


def clean(page: str) -> str:
    """The same page; between the walls, what is not of the list is gone. A page that was checked says the same."""
    before, start, rest = page.partition(START)
    text, end, after = rest.rpartition(END)
    return f"{before}{start}{_COMMENT.sub(_keep_marks, _SANITISER.clean(text))}{end}{after}"


def _keep_marks(comment: re.Match[str]) -> str:
    is_mark = comment[0] == UNSEARCHED or BLOC.fullmatch(comment[0])
    return comment[0] if is_mark else ""

"""Long texts of contributors: CommonMark as HTML that no text can turn against its readers."""

import re

import cmarkgfm
import nh3
from markupsafe import Markup

from generator.french import typographie_html

Html = Markup
"""HTML that templates insert as it is."""

_SAFE_LINK = re.compile(r"^(?:https?://|mailto:|#|/(?!/)|\.{0,2}/?[\w-])", re.IGNORECASE)
_READ_OTHERWISE = re.compile(r"[\\\s\x00-\x1f]")  # browsers drop a tab and read \ as /
_SCHEME = re.compile(r"^[a-z][a-z0-9+.-]*:", re.IGNORECASE)


def is_safe_link(url: str) -> bool:
    """Addresses that a contributed text may link to: https, http, mailto, and pages of this site; never `//host`."""
    if _READ_OTHERWISE.search(url):
        return False
    if _SCHEME.match(url) and not re.match(r"^(?:https?|mailto):", url, re.IGNORECASE):
        return False
    return not url.startswith("//") and bool(_SAFE_LINK.match(url))


_KEPT = {
    "p",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "ul",
    "ol",
    "li",
    "blockquote",
    "a",
    "em",
    "strong",
    "code",
    "pre",
    "br",
    "hr",
}
_KEPT_ATTRIBUTES = {"a": {"href", "title"}, "ol": {"start"}, "code": {"class"}}
_SANITISER = nh3.Cleaner(
    tags=_KEPT,
    attributes=_KEPT_ATTRIBUTES,
    attribute_filter=lambda _, name, value: value if name != "href" or is_safe_link(value) else None,
    link_rel=None,
)
_HEADING = re.compile(r"(</?h)([1-6])(?=>)")


def convert(text: str) -> str:
    """CommonMark as HTML, without images and without any HTML of its own; headings go one level down.

    What the parser wrote is read again by a sanitiser that knows nothing of it and keeps only what is listed here.
    """
    written = _HEADING.sub(lambda found: f"{found[1]}{min(6, int(found[2]) + 1)}", cmarkgfm.markdown_to_html(text))
    return _SANITISER.clean(written)


def write_html(text: str | None) -> Html:
    """The text for a page, with French spaces."""
    return Html(typographie_html(convert(text))) if text else Html()

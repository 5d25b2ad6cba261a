"""One page: what it says of itself, whoever wrote it; and where one made from the data goes, with which template.

All made pages of a section lie at the depth of its gabarit, two folders down, so `ROOT` is the same for all.
"""

from collections.abc import Callable
from dataclasses import dataclass

from generator.pages.frame.feed_links import FeedLink
from generator.pages.frame.record import Record
from generator.pages.frame.share import Share

ROOT = "../../"


@dataclass(frozen=True, slots=True)
class Head:
    """What a page says of itself: `page` in every template."""

    path: str  # from the root of the site, ends with /; empty for the home page
    title: str
    description: str
    kind: str  # of its template: `cop`, `actualite`…; `texte` where a person wrote it
    root: str  # the root of the site as the page writes it: `../../`
    feeds: tuple[FeedLink, ...]
    share: Share | None = None  # what social networks show; None for the counter

    @property
    def published(self) -> str:
        """Day of a news item, AAAA-MM-JJ: its address begins with it; empty for every other page."""
        return self.path.split("/")[1][:10] if self.kind == "actualite" else ""


@dataclass(frozen=True, slots=True)
class Page:
    """One page to render."""

    path: str  # from the root of the site, ends with /
    template: str
    title: str
    description: str
    make_content: Callable[[], object]  # a frozen dataclass: its fields are the names that the template may say
    is_listed: bool = True  # in the sitemap; redirections and embeds are not
    make_record: Callable[[], Record] | None = None  # what it can be found by; None for what is not searched
    modified: str = ""  # AAAA-MM-JJ, the last day on which what it says is known to have changed; empty elsewhere
    former_paths: tuple[str, ...] = ()  # as deep as the present one, which give the same bytes
    share: Share | None = None  # see `Head`

    @property
    def section(self) -> str:
        """In whose walls it stands."""
        return self.path.partition("/")[0]

    @property
    def files(self) -> tuple[str, ...]:
        return tuple(f"{path}index.html" for path in (self.path, *self.former_paths))

    @property
    def kind(self) -> str:
        return self.template.removesuffix(".html")


@dataclass(frozen=True, slots=True)
class RedirectionPage:
    """What a former address shows: that it leads elsewhere, and where."""

    words: str
    target: str  # title of the page that it leads to
    address: str  # from the root of the site


def redirect(path: str, title: str, described: str, content: RedirectionPage) -> Page:
    """A former address: what was published stays good."""
    return Page(path, "redirection.html", title, described, lambda: content, is_listed=False)

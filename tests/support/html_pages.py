"""A built page as tests look at it: its elements, what it links to, what it shows."""

import json
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field
from html.parser import HTMLParser
from pathlib import Path
from typing import Any
from zlib import crc32

from generator.territories.reference import load_territories

Attributes = dict[str, str | None]


@dataclass
class Page:
    """What stands in one HTML file."""

    path: str  # from the root of the site
    text: str
    elements: list[tuple[str, Attributes]] = field(default_factory=list)  # in order
    scripts: list[tuple[Attributes, str]] = field(default_factory=list)
    comments: list[str] = field(default_factory=list)
    shown: str = ""  # the text of the body

    @property
    def address(self) -> str:
        """`cops/x/` for `cops/x/index.html`."""
        return self.path.removesuffix("index.html")

    @property
    def is_redirection(self) -> bool:
        return any(a.get("http-equiv") == "refresh" for a in self.all("meta"))

    def all(self, *tags: str) -> list[Attributes]:
        return [attributes for tag, attributes in self.elements if tag in tags]

    @property
    def ids(self) -> set[str]:
        return {value for _, attributes in self.elements if (value := attributes.get("id"))}

    def meta(self, name: str) -> list[str]:
        """Contents of `<meta name=…>` or `<meta property=…>`."""
        return [a.get("content") or "" for a in self.all("meta") if name in (a.get("name"), a.get("property"))]

    def linked_data(self) -> Iterator[Any]:
        for attributes, code in self.scripts:
            if attributes.get("type") == "application/ld+json":
                yield json.loads(code)


class _Reader(HTMLParser):
    def __init__(self, page: Page) -> None:
        super().__init__(convert_charrefs=True)
        self.page = page
        self.inside = ""
        self.in_body = False

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        attributes = dict(attrs)
        assert len(attributes) == len(attrs), (self.page.path, tag, attrs)
        self.page.elements.append((tag, attributes))
        self.inside = tag
        self.in_body |= tag == "body"
        if tag == "script":
            self.page.scripts.append((attributes, ""))

    def handle_endtag(self, tag: str) -> None:
        self.inside = ""

    def handle_data(self, data: str) -> None:
        if self.inside == "script":
            attributes, code = self.page.scripts[-1]
            self.page.scripts[-1] = attributes, code + data
        elif self.in_body:
            self.page.shown += data

    def handle_comment(self, data: str) -> None:
        self.page.comments.append(data)


def is_embed(path: str) -> bool:
    """Whether a file is one of the pages made for other sites, which stand outside the walls of this one."""
    return path.startswith("integrer/") and path.count("/") > 1


def parse(path: str, text: str) -> Page:
    page = Page(path, text)
    reader = _Reader(page)
    reader.feed(text)
    reader.close()
    return page


ONE_IN = 40
_DEPARTEMENTS = frozenset(departement.slug for departement in load_territories().departements.values())


def _is_left_out(path: str) -> bool:
    """Thirteen hundred pages come from one template: those who read the whole site read one in forty of them."""
    section, _, name = path.removesuffix("/index.html").partition("/")
    return section == "communes" and bool(name) and name not in _DEPARTEMENTS and crc32(name.encode()) % ONE_IN > 0


def read(site: Path) -> Mapping[str, Page]:
    """The pages of a built site, by path; of communes only some, which test_communes.py all reads."""
    return {
        name: parse(name, path.read_text(encoding="utf-8"))
        for path in sorted(site.rglob("*.html"))
        if not (name := path.relative_to(site).as_posix()).startswith("pagefind/") and not _is_left_out(name)
    }

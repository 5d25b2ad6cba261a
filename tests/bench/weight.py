"""What a page weighs for its visitor, read from the built files: bytes, requests, elements, EcoIndex.

Without a browser: what scripts add afterwards is not counted, nor is the search, which loads on the first query.
"""

import gzip
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from html.parser import HTMLParser
from pathlib import Path
from urllib.parse import urljoin, urlsplit

# Quantiles of the EcoIndex project (Collectif numérique responsable), over 500 000 pages of the HTTP Archive.
_ELEMENTS = (
    0, 47, 75, 159, 233, 298, 358, 417, 476, 537, 603, 674, 753, 843, 949, 1076, 1237, 1459, 1801, 2479, 594601
)  # fmt: skip
_REQUESTS = (0, 2, 15, 25, 34, 42, 49, 56, 63, 70, 78, 86, 95, 105, 117, 130, 147, 170, 205, 281, 3920)
_KILOBYTES = (
    0, 1.37, 144.7, 319.53, 479.46, 631.97, 783.38, 937.91, 1098.62, 1265.47, 1448.32, 1648.27, 1876.08, 2142.06,
    2465.37, 2866.31, 3401.59, 4155.73, 5400.08, 8037.54, 223212.26,
)  # fmt: skip


def ecoindex(elements: int, requests: int, kilobytes: float) -> float:
    """From 0 to 100, the best: 100 − 5·(3·q_dom + 2·q_req + q_size)/6."""
    dom, req, size = (
        _rank(table, value) for table, value in ((_ELEMENTS, elements), (_REQUESTS, requests), (_KILOBYTES, kilobytes))
    )
    return 100 - 5 * (3 * dom + 2 * req + size) / 6


def _rank(table: Sequence[float], value: float) -> float:
    """Where a value stands among the quantiles, from 0 to 20, linear between two of them."""
    for index in range(1, len(table)):
        if value < table[index]:
            return index - 1 + (value - table[index - 1]) / (table[index] - table[index - 1])
    return len(table) - 1


@dataclass(frozen=True)
class Weight:
    """One page with all that it asks for when it opens. Bytes."""

    raw: int  # the HTML as it is
    zipped: int  # the HTML, gzip
    transferred: int  # HTML and resources, gzip
    requests: int
    elements: int
    strangers: int  # requests to another host

    @property
    def score(self) -> float:
        return ecoindex(self.elements, self.requests, self.transferred / 1000)


class _Page(HTMLParser):
    """Counts the elements and collects the addresses that a browser fetches at once."""

    def __init__(self) -> None:
        super().__init__()
        self.elements = 0
        self.wanted: list[str] = []

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        self.elements += 1
        found = {key: value or "" for key, value in attrs}
        rels = set(found.get("rel", "").split())
        if tag == "link" and rels & {"stylesheet", "icon", "preload", "modulepreload"} and "alternate" not in rels:
            self.wanted.append(found.get("href", ""))
        elif tag in {"script", "img", "iframe", "source", "embed"} and found.get("src"):
            self.wanted.append(found["src"])


def weigh(site: Path, address: str, base: str = "/") -> Weight:
    """A page by its address in the site, `cops/x/`; `base` is the path of the site on its host."""
    html = (site / address / "index.html").read_bytes()
    page = _Page()
    page.feed(html.decode("utf-8"))
    fetched: dict[str, int] = {}
    strangers = 0
    waiting = [urljoin(base + address, wanted) for wanted in page.wanted]
    while waiting:
        wanted = waiting.pop()
        parts = urlsplit(wanted)
        if parts.scheme == "data" or parts.path in fetched:
            continue
        if parts.netloc:
            strangers += 1
            continue
        content = (site / parts.path.removeprefix(base)).read_bytes()
        fetched[parts.path] = _transferred(parts.path, content)
        waiting += [urljoin(parts.path, inner) for inner in _inside(parts.path, content)]
    zipped = len(gzip.compress(html))
    total = zipped + sum(fetched.values())
    return Weight(len(html), zipped, total, 1 + len(fetched) + strangers, page.elements, strangers)


def _transferred(path: str, content: bytes) -> int:
    packed = path.endswith((".png", ".jpg", ".webp", ".woff2"))
    return len(content) if packed else len(gzip.compress(content))


def _inside(path: str, content: bytes) -> Iterator[str]:
    """What a style sheet or a module fetches in its turn; `import()` waits for the visitor."""
    text = content.decode("utf-8", "replace")
    if path.endswith(".css"):
        yield from re.findall(r"@import\s+(?:url\()?[\"']?([^\"')\s;]+)", text)
        yield from (a for a in re.findall(r"url\([\"']?([^\"')]+)", text) if not a.startswith(("data:", "#")))
    elif path.endswith(".js"):
        yield from re.findall(r"^\s*import\s+(?:[\w{}\s,*]+\s+from\s+)?[\"'](\.[^\"']+)[\"']", text, re.MULTILINE)


def heaviest(site: Path, section: str) -> str:
    """The address of the largest page of a section: a budget holds for it or does not hold."""
    pages = [path for path in (site / section).glob("*/index.html") if path.stat().st_size]
    return max(pages, key=lambda path: (path.stat().st_size, path)).parent.relative_to(site).as_posix() + "/"

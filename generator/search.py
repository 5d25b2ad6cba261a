"""The search index, by Pagefind, over the words of the finished pages: no walls, drawings or attributes to parse."""

import re
import shutil
import subprocess
import sys
import tempfile
from collections.abc import Iterator, Sequence
from functools import partial
from pathlib import Path
from types import TracebackType

from generator.failures import IndexFailed
from generator.parallel import shared

FOLDER = "pagefind"
AT_ONCE = 100  # pages of one part

_UNUSED_BY_US = (
    "pagefind-ui*",
    "pagefind-component-ui*",
    "pagefind-modular-ui*",
    "pagefind-highlight.js",
    "wasm.unknown*",
)
"""Its own interfaces, which ours replaces."""

_SAID = re.compile(rb"<article[^>]* data-pagefind-body[^>]*>")
_DRAWING = re.compile(rb"<svg.*?</svg>", re.DOTALL)
_IGNORED = re.compile(rb"<([a-z]+)[^>]* data-pagefind-ignore[^>]*>")
_AROUND = re.compile(rb"</?(?:aside|details|div|dl|figure|header|section|summary)(?: [^>]*)?>")
_WITHIN = re.compile(rb"</?(?:a|b|em|small|strong|time)(?: [^>]*)?>")
_ATTRIBUTES = re.compile(rb"(<[a-z][a-z0-9]*) (?![^>]*data-pagefind)[^>]*>")


class Indexing:
    """Makes the index of the pages of `site` in the folder `into`, while something else is done; leaving waits for it.

    Raises IndexFailed.
    """

    def __init__(self, site: Path, into: Path) -> None:
        self._into = into
        self._texts = tempfile.TemporaryDirectory(prefix="cop-index-")
        folder = Path(self._texts.name)
        pages = sorted(path.relative_to(site).as_posix() for path in site.rglob("*.html"))
        parts = [pages[start : start + AT_ONCE] for start in range(0, len(pages), AT_ONCE)]
        shared([partial(_copy, site, part, folder) for part in parts])
        self._process = subprocess.Popen(
            [sys.executable, "-m", "pagefind", "--site", str(folder), "--output-path", str(into)],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def __enter__(self) -> None:
        """It is running."""

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        if error:
            self._process.kill()
        said, _ = self._process.communicate()
        self._texts.cleanup()
        if error:
            return
        if self._process.returncode:
            raise IndexFailed(said.strip())
        for pattern in _UNUSED_BY_US:
            for path in self._into.glob(pattern):
                path.unlink()


def _copy(site: Path, pages: Sequence[str], folder: Path) -> None:
    for page in pages:
        said = searchable((site / page).read_bytes())
        if said:
            (folder / page).parent.mkdir(parents=True, exist_ok=True)
            (folder / page).write_bytes(said)


def searchable(page: bytes) -> bytes:
    """A page as the index reads it; empty for one that is not searched.

    Headings and paragraphs stay, for the former weigh more and the latter end a sentence; the rest would only be parsed.
    """
    found = _SAID.search(page)
    if not found:
        return b""
    said = _DRAWING.sub(b"", page[found.end() : page.find(b"</article>", found.end())])
    said = _WITHIN.sub(b"", _AROUND.sub(b" ", b"".join(_unignored(said))))
    return b'<html lang="fr"><body data-pagefind-body>' + _ATTRIBUTES.sub(rb"\1>", said) + b"</body></html>"


def _unignored(page: bytes) -> Iterator[bytes]:
    """The page without its ignored elements."""
    start = 0
    while found := _IGNORED.search(page, start):
        yield page[start : found.start()]
        start = _end(page, found[1], found.end())
    yield page[start:]


def _end(page: bytes, name: bytes, start: int) -> int:
    """Where the element opened before `start` ends, with all the elements of its name that it holds."""
    opened = 1
    while opened and (close := page.find(b"</" + name + b">", start)) >= 0:
        opened += len(re.findall(rb"<" + name + rb"\b", page[start:close])) - 1
        start = close + len(name) + 3
    return start if not opened else len(page)


def again(site: Path, made: Path) -> None:
    """Make the index of a finished site again, in `made`, which takes the place of the former index."""
    shutil.rmtree(made, ignore_errors=True)
    with Indexing(site, made):
        pass
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    made.rename(site / FOLDER)

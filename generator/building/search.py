"""The search index, by Pagefind, over the words of the finished pages: no walls, drawings, forms or attributes."""

import os
import re
import shutil
import subprocess
import tempfile
from collections.abc import Generator, Iterator
from pathlib import Path
from types import TracebackType

from generator.failures import IndexFailed

FOLDER = "pagefind"
STEP = 0.1  # seconds of waiting at once

_UNUSED_BY_US = (
    "pagefind-ui*",
    "pagefind-component-ui*",
    "pagefind-modular-ui*",
    "pagefind-highlight.js",
    "wasm.unknown*",
)
"""Its own interfaces, which ours replaces."""

_SAID = re.compile(rb"<article[^>]* data-pagefind-body[^>]*>")
_UNSAID = re.compile(rb"<(svg|form)\b.*?</\1>", re.DOTALL)  # a form asks, and names every theme
_IGNORED = b" data-pagefind-ignore"
_AROUND = re.compile(rb"</?(?:aside|details|div|dl|figure|header|section|summary)(?: [^>]*)?>")
_WITHIN = re.compile(rb"</?(?:a|b|em|small|strong|time)(?: [^>]*)?>")
_ATTRIBUTES = re.compile(rb"(<[a-z][a-z0-9]*) (?![^>]*data-pagefind)[^>]*>")


MEMORY = Path("/dev/shm")  # noqa: S108 (a folder of ours alone is made in it)
ROOM = 512_000_000  # bytes: 10,000 COP need 60 million; the 64 million of a container are left alone


def _memory() -> Path | None:
    """Where a thousand texts come and go: in memory if it has room and nobody chose another place (TMPDIR).

    On ext4, files that have gone slow down for five minutes those that come, the next site's: a second of a build.
    """
    if "TMPDIR" in os.environ or not os.access(MEMORY, os.W_OK | os.X_OK):
        return None
    room = os.statvfs(MEMORY)
    return MEMORY if room.f_bavail * room.f_frsize >= ROOM else None


class Indexing:
    """Makes an index in the folder `into`: give it pages, start it, do something else; leaving waits for it.

    Raises IndexFailed.
    """

    def __init__(self, into: Path) -> None:
        self._into = into
        self._texts = tempfile.TemporaryDirectory(prefix="cop-index-", dir=_memory())
        self._folders: set[str] = set()
        self._process: subprocess.Popen[str] | None = None

    def add(self, path: str, content: bytes) -> None:
        """A file of the site, by path from its root; what is not a page to search is left out."""
        said = searchable(content) if path.endswith(".html") else b""
        if said:
            # cops/x/index.html is given as cops/x.html, which recherche.js reads back: a folder a page takes time.
            name = f"{path.removesuffix('/index.html').removesuffix('.html')}.html"
            folder, _, _ = name.rpartition("/")
            if folder not in self._folders:
                Path(self._texts.name, "given", folder).mkdir(parents=True, exist_ok=True)
                self._folders.add(folder)
            with open(f"{self._texts.name}/given/{name}", "wb") as text:  # noqa: PTH123 (thousands of paths to join)
                text.write(said)

    def start(self) -> None:
        """All pages were given, by this process or its children."""
        from pagefind_bin import get_executable  # not needed by who builds without an index

        given, ordered = f"{self._texts.name}/given", f"{self._texts.name}/ordered"
        # The index numbers pages as the disk lists them, and some disks list them as they came.
        for folder, _, names in sorted(os.walk(given)):
            place = ordered + folder.removeprefix(given)
            Path(place).mkdir()
            for name in sorted(names):
                os.rename(f"{folder}/{name}", f"{place}/{name}")  # noqa: PTH104
        self._process = subprocess.Popen(
            [get_executable(), "--site", ordered, "--output-path", self._into],
            stdout=subprocess.PIPE,
            stderr=subprocess.STDOUT,
            text=True,
        )

    def is_made(self, seconds: float) -> bool:
        """Whether it ends within a time; what it says of a failure is told on leaving."""
        assert self._process
        try:
            self._process.wait(seconds)
        except subprocess.TimeoutExpired:
            return False
        return True

    def __enter__(self) -> "Indexing":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            said = self._ended(at_once=error is not None)
        finally:
            self._texts.cleanup()
        if error or not self._process:
            return
        if self._process.returncode:
            raise IndexFailed(said.strip())
        for pattern in _UNUSED_BY_US:
            for path in self._into.glob(pattern):
                path.unlink()

    def _ended(self, at_once: bool) -> str:
        """What the program said, once it is over; who is interrupted while waiting does not leave it behind."""
        if not self._process:
            return ""
        try:
            if at_once:
                self._process.kill()
            said, _ = self._process.communicate()
        except BaseException:
            self._process.kill()
            self._process.wait()
            raise
        return said


def searchable(page: bytes) -> bytes:
    """A page as the index reads it; empty for one that is not searched.

    Headings and paragraphs stay, for the former weigh more and the latter end sentences; the rest would only be parsed.
    """
    found = _SAID.search(page)
    if not found:
        return b""
    said = b"".join(_unignored(page[found.end() : page.find(b"</article>", found.end())]))
    said = _WITHIN.sub(b"", _AROUND.sub(b" ", _UNSAID.sub(b"", said)))
    return b'<html lang="fr"><body data-pagefind-body>' + _ATTRIBUTES.sub(rb"\1>", said) + b"</body></html>"


def _unignored(page: bytes) -> Iterator[bytes]:
    """The page without its ignored elements."""
    start = 0
    while (mark := page.find(_IGNORED, start)) >= 0:
        opening = page.rfind(b"<", start, mark)
        if b">" in page[opening:mark]:  # a word of a text, not an attribute
            yield page[start : mark + len(_IGNORED)]
            start = mark + len(_IGNORED)
            continue
        yield page[start:opening]
        start = _end(page, page[opening + 1 : mark].split()[0], page.find(b">", mark) + 1)
    yield page[start:]


def _end(page: bytes, name: bytes, start: int) -> int:
    """Where the element opened before `start` ends, with all the elements of its name that it holds."""
    opened = 1
    while opened and (close := page.find(b"</" + name + b">", start)) >= 0:
        opened += len(re.findall(rb"<" + name + rb"\b", page[start:close])) - 1
        start = close + len(name) + 3
    return start if not opened else len(page)


def again(site: Path, made: Path) -> Generator[None, None, None]:
    """Make the index of a finished site again, in `made`, which takes the place of the former index.

    Step by step: who has better to do may leave before the end, and the former index stays.
    """
    shutil.rmtree(made, ignore_errors=True)
    with Indexing(made) as indexing:
        for path in site.rglob("*.html"):
            indexing.add(path.relative_to(site).as_posix(), path.read_bytes())
            yield
        indexing.start()
        while not indexing.is_made(STEP):
            yield
    shutil.rmtree(site / FOLDER, ignore_errors=True)
    made.rename(site / FOLDER)

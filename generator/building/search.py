"""The search indexes, by Pagefind: one for each kind of record, from small files that the pages state.

Pagefind numbers pages in the order in which the disk lists their files, and values of its filters in no order at all:
so the files are written sorted, and kinds are told by index, never by filter. Every run then gives the same bytes.
"""

import gzip
import json
import subprocess
from collections.abc import Callable, Generator, Iterable, Iterator, Mapping
from pathlib import Path
from types import TracebackType

from generator.building.manifest import list_files
from generator.failures import IndexFailed, NoAnswer
from generator.files import PassingFolder
from generator.pages.frame.record import KINDS

PAGEFIND_FOLDER = "pagefind"
HOME = "pages"
"""The index beside which the one program lies that reads all of them; a site always has pages."""

COPS = "cops"
"""The kind of the entries that the directory filters."""

LIST = "sortes.json"
"""Which indexes there are, and how each is headed."""

ADDRESSES = "adresses.json"
"""Of the COP, the id of each by its number in the index, for who filters what was found: Pagefind tells an address only
with the whole record."""

STEP = 0.1  # seconds of waiting at once

LONGEST = 120.0
"""Seconds that it may take, and a twentieth for each record: where the system gives it no thread, it waits for ever."""

_UNUSED_BY_US = (
    "pagefind-ui*",
    "pagefind-component-ui*",
    "pagefind-modular-ui*",
    "pagefind-highlight.js",
    "wasm.unknown*",
)
"""Its own interfaces, which ours replaces."""

_PROGRAM = ("pagefind.js", "pagefind-worker.js", "wasm.*")


class Indexing:
    """Makes the indexes in the folder `into`: start it, do something else; leaving waits for it. Raises IndexFailed."""

    def __init__(self, into: Path) -> None:
        self._into = into
        self._folder = PassingFolder("index")
        self._running: dict[str, subprocess.Popen[str]] = {}
        self._left = LONGEST

    def start(self, notices: Mapping[str, bytes]) -> None:
        """`notices`: the file of each record, by its kind and the address of its page."""
        from pagefind_bin import get_executable  # not needed by who builds without an index

        folder = self._folder.path
        self._left += len(notices) / 20
        for path, content in sorted(notices.items()):
            target = folder / path
            target.parent.mkdir(parents=True, exist_ok=True)
            target.write_bytes(content)
        for kind in KINDS:
            if (folder / kind).is_dir():
                self._running[kind] = subprocess.Popen(
                    [get_executable(), "--site", folder / kind, "--output-path", self._into / kind],
                    stdout=subprocess.PIPE,
                    stderr=subprocess.STDOUT,
                    encoding="utf-8",
                    errors="replace",
                    pass_fds=self._folder.lock,
                )

    def is_made(self, seconds: float) -> bool:
        """Whether it ends within a time; what it says of a failure is told on leaving."""
        try:
            for process in self._running.values():
                process.wait(seconds)
        except subprocess.TimeoutExpired:
            self._left -= seconds
            if self._left < 0:
                raise NoAnswer("pagefind") from None
            return False
        return True

    def __enter__(self) -> "Indexing":
        return self

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        try:
            failures = [] if error else [failure for failure in map(self._finish, self._running.values()) if failure]
        finally:
            # Who is interrupted leaves nobody behind, who would write in the next site.
            for process in self._running.values():
                process.kill()
                process.wait()
                if process.stdout:
                    process.stdout.close()
            self._folder.close()
        if failures:
            raise IndexFailed("\n".join(failures))
        if self._running and not error:
            self._tidy()

    def _finish(self, process: subprocess.Popen[str]) -> str:
        """What the program says of its failure, once it is over."""
        try:
            output, _ = process.communicate(timeout=self._left)
        except subprocess.TimeoutExpired:
            raise NoAnswer("pagefind") from None
        return output.strip() or "pagefind" if process.returncode else ""

    def _tidy(self) -> None:
        for kind in self._running:
            for pattern in _UNUSED_BY_US if kind == HOME else (*_UNUSED_BY_US, *_PROGRAM):
                for path in (self._into / kind).glob(pattern):
                    path.unlink()
        if COPS in self._running:
            ids = dict(_read_ids(self._into / COPS))
            (self._into / COPS / ADDRESSES).write_text(json.dumps(ids, separators=(",", ":")), encoding="utf-8")
        headings = {kind: KINDS[kind] for kind in self._running}
        (self._into / LIST).write_text(json.dumps(headings, ensure_ascii=False), encoding="utf-8")


def _read_ids(index: Path) -> Iterator[tuple[str, str]]:
    """The number of each record and the last part of the address of its page."""
    for path in sorted((index / "fragment").iterdir()):
        record = json.loads(gzip.decompress(path.read_bytes()).removeprefix(b"pagefind_dcd"))
        yield path.stem, record["url"].strip("/").rpartition("/")[2]


def again(notices: Iterable[Callable[[], Mapping[str, bytes]]]) -> Generator[None, None, dict[str, bytes]]:
    """The files of the indexes, by path from the site.

    Step by step: who has better to do may leave before the end.
    """
    with PassingFolder("recherche") as fresh:
        with Indexing(fresh / PAGEFIND_FOLDER) as indexing:
            written: dict[str, bytes] = {}
            for make in notices:
                written |= make()
                yield
            indexing.start(written)
            while not indexing.is_made(STEP):
                yield
        return {path: (fresh / path).read_bytes() for path, _ in list_files(fresh)}

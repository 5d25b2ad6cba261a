"""The folder of a site: who may change it, how a new one takes its place whole, how it is brought up to date."""

import contextlib
import os
import shutil
from collections.abc import Callable, Iterator, Mapping
from pathlib import Path

from generator.building.signals import hold_signals
from generator.failures import NotASite, SamePath

Progress = Callable[[str], None]


def check_output(root: Path, output: Path) -> None:
    """The output is replaced whole: it must be new, empty or a site, and not a folder that holds the repository."""
    inside = root.is_relative_to(output) or (output.exists() and not output.is_dir())
    if inside or (output.is_dir() and any(output.iterdir()) and not (output / "sitemap.xml").is_file()):
        raise NotASite(str(output))


@contextlib.contextmanager
def lock(output: Path, progress: Progress = lambda _words: None) -> Iterator[None]:
    """Whoever changes a site, or what stands beside it, does so alone: a second one waits for the first.

    Where the system or the disk knows no such lock, nobody waits. Not to be taken twice by one process.
    """
    try:
        import fcntl
    except ImportError:
        yield
        return
    place = os.open(output.parent, os.O_RDONLY)
    try:
        with contextlib.suppress(OSError):
            try:
                fcntl.flock(place, fcntl.LOCK_EX | fcntl.LOCK_NB)
            except BlockingIOError:
                progress("Une autre construction est en cours ici : on l’attend")
                fcntl.flock(place, fcntl.LOCK_EX)
        yield
    finally:
        os.close(place)


def beside(output: Path, name: str) -> Path:
    """A folder for passing work, on the same disk."""
    return output.with_name(f".{output.name}.{name}")


def restore(output: Path) -> None:
    """Repair a swap that was cut in two, and throw away what an interrupted run left. To be called with the lock."""
    old, new = beside(output, "old"), beside(output, "new")
    if not output.exists() and old.exists():
        old.rename(output)
    for leftover in (old, new, beside(output, "index")):
        if leftover.exists():
            shutil.rmtree(leftover)


@contextlib.contextmanager
def replace(output: Path) -> Iterator[Path]:
    """A new folder, which takes the place of the output at the end of the block; if anything fails the former stays."""
    new = beside(output, "new")
    if new.exists():  # of a run that was killed
        shutil.rmtree(new)
    try:
        yield new
        swap(new, output)
    except BaseException:
        shutil.rmtree(new, ignore_errors=True)
        raise


def swap(new: Path, output: Path) -> None:
    """Two renames with signals held: the former site, or the new one, is always whole."""
    old = beside(output, "old")
    with hold_signals():
        if not output.exists():
            new.rename(output)
            return
        output.rename(old)
        try:
            new.rename(output)
        except BaseException:
            old.rename(output)
            raise
        shutil.rmtree(old)


def write_new(files: Mapping[str, bytes], folder: Path) -> None:
    """Write files that do not exist yet, by path from the folder; two of one path raise SamePath."""
    folders: set[str] = set()
    # Thousands of paths: as texts, they are joined ten times faster.
    for path, content in files.items():
        parent, _, _ = path.rpartition("/")
        if parent not in folders:
            os.makedirs(f"{folder}/{parent}", exist_ok=True)  # noqa: PTH103
            folders.add(parent)
        try:
            with open(f"{folder}/{path}", "xb") as file:  # noqa: PTH123
                file.write(content)
        except FileExistsError:
            raise SamePath(path) from None


def update(files: Mapping[str, bytes], shown: Mapping[str, bytes], output: Path) -> None:
    """Bring a site from one state to another, touching only what differs; each file is replaced whole."""
    for path in shown.keys() - files.keys():
        (output / path).unlink(missing_ok=True)
    for path, content in files.items():
        if shown.get(path) != content:
            target = output / path
            target.parent.mkdir(parents=True, exist_ok=True)
            fresh = target.with_name(f".{target.name}.new")
            fresh.write_bytes(content)
            fresh.replace(target)

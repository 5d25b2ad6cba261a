"""The folder of a site: who may change it, how a new one takes its place whole, how it is brought up to date.

What we did not write there stays there, whatever it is.
"""

import contextlib
import errno
import os
import shutil
import tempfile
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from generator.building.manifest import MANIFEST, list_files, list_foreign, read_manifest, write_manifest
from generator.building.signals import hold_signals
from generator.failures import AmidSources, Incomplete, InTheWay, NotASite, SamePath, Unwritable
from generator.files import is_mounted, is_writable, open_rights

Progress = Callable[[str], None]

SOURCES = tuple("cops content schema generator .hebergement tests .ci .git .github .gitlab .venv .vscode".split())
"""The folders of a repository where no site is written: another build would read it, or git would keep it."""


@dataclass(frozen=True, slots=True)
class Written:
    """What a new site holds."""

    files: int
    bytes: int
    kept: tuple[str, ...]  # what we did not write and stayed, by path from the site


def check_place(root: Path, output: Path) -> None:
    """A site is written neither over the repository nor among its sources. Raises NotASite, AmidSources."""
    if root.is_relative_to(output) or (output.exists() and not output.is_dir()):
        raise NotASite(str(output))
    if any(output.is_relative_to((root / name).resolve()) for name in SOURCES):
        raise AmidSources(str(output))


def _check_former(output: Path) -> None:
    """What stands there must be nothing, or a site of ours that can be renamed. To be called with the lock.

    Raises NotASite, Unwritable, or OSError of a mount: renaming would say as much, but after a minute of work.
    """
    if output.is_dir() and any(output.iterdir()) and read_manifest(output) is None:
        raise NotASite(str(output))
    if is_mounted(output):
        raise OSError(errno.EBUSY, "", str(output))
    for folder in (output.parent, output):
        if folder.is_dir() and not is_writable(folder):
            raise Unwritable(str(folder))


# Alone ----------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def hold(output: Path, progress: Progress = lambda _words: None) -> Iterator[None]:
    """Whoever changes a site, or what stands beside it, does so alone: a second one waits for the first.

    A swap that was cut in two is repaired first; what passed beside the site is gone at the end. Where the system or
    the disk knows no such lock, nobody waits. Not to be taken twice by one process.
    Raises NotASite, Unwritable, InTheWay, OSError.
    """
    with open_rights():
        # A first build must say at once that it cannot write here, not after a minute of work.
        output.parent.mkdir(parents=True, exist_ok=True)
        with _hold_alone(output, progress):
            yield


@contextlib.contextmanager
def _hold_alone(output: Path, progress: Progress) -> Iterator[None]:
    with _lock(output.parent, progress):
        _restore(output)
        _check_former(output)
        _open_passage(output)
        try:
            yield
        finally:
            _tidy(output)


@contextlib.contextmanager
def _lock(folder: Path, progress: Progress) -> Iterator[None]:
    try:
        import fcntl
    except ImportError:
        yield
        return
    place = os.open(folder, os.O_RDONLY)
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


# Beside the site ------------------------------------------------------------------------------------------------------

_MARK, _OLD = "marque", "ancien"
_MARKED = "Dossier de passage de « cop » : il disparaît à la fin d’une construction.\n"


def _beside(output: Path) -> Path:
    """Where passing work stands, on the same disk."""
    return output.with_name(f".{output.name}.cop")


def _is_ours(beside: Path) -> bool:
    is_folder = beside.is_dir() and not beside.is_symlink()
    return is_folder and ((beside / _MARK).is_file() or not any(beside.iterdir()))


def _open_passage(output: Path) -> None:
    """Make the place beside the site, with the mark by which it is known. Raises InTheWay where it is taken."""
    beside = _beside(output)
    if os.path.lexists(beside) and not _is_ours(beside):
        raise InTheWay(str(beside))
    beside.mkdir(exist_ok=True)
    (beside / _MARK).write_text(_MARKED, encoding="utf-8")


def _restore(output: Path) -> None:
    """Repair a swap that was cut in two, and throw away what an interrupted run left."""
    old = _beside(output) / _OLD
    if _is_ours(_beside(output)):
        if old.exists() and not output.exists():
            old.rename(output)
        elif old.exists():
            _empty_old(old, output)
        _tidy(output)


def _tidy(output: Path) -> None:
    """Remove what passes beside the site, its mark last; but for a former site that still holds what is not ours."""
    beside = _beside(output)
    if not _is_ours(beside):
        return
    for item in beside.iterdir():
        if item.name not in (_MARK, _OLD):
            shutil.rmtree(item, ignore_errors=True)  # who was killed may have left somebody who still writes
    with contextlib.suppress(OSError):
        if sorted(item.name for item in beside.iterdir()) == [_MARK]:
            (beside / _MARK).unlink()
        beside.rmdir()


# A new site -----------------------------------------------------------------------------------------------------------


def replace(output: Path, make: Callable[[Path], int], apart: str = "/") -> Written:
    """Put a new site in the place of the former one, which stays if anything fails. To be called with the lock.

    `make` writes its files in the folder that it is given, and tells how many, those under `apart` left out.
    Raises Incomplete, InTheWay and what `make` raises.
    """
    # A name of its own: who outlives a killed run does not write in the next site.
    new = Path(tempfile.mkdtemp(dir=_beside(output))) / "site"
    new.mkdir()
    written = make(new)
    files = dict(list_files(new))
    if sum(not path.startswith(apart) for path in files) != written:
        raise Incomplete(str(new))
    manifest = write_manifest(files)
    (new / MANIFEST).write_bytes(manifest)
    _keep_times(new, output, files)
    return Written(len(files) + 1, sum(files.values()) + len(manifest), tuple(swap(new, output)))


def _keep_times(new: Path, output: Path, files: Mapping[str, int]) -> None:
    """Give a file whose bytes are those of the former site its former time: visitors then need not take it again.

    `files`: their sizes, by path from the new site.
    """
    for path, size in files.items():
        with contextlib.suppress(FileNotFoundError, NotADirectoryError):
            former = os.stat(f"{output}/{path}")  # noqa: PTH116 (thousands of paths)
            if former.st_size == size and _read(f"{output}/{path}") == _read(f"{new}/{path}"):
                os.utime(f"{new}/{path}", ns=(former.st_atime_ns, former.st_mtime_ns))


def _read(path: str) -> bytes:
    with open(path, "rb") as file:  # noqa: PTH123 (the same)
        return file.read()


def swap(new: Path, output: Path) -> list[str]:
    """Two renames with signals held: the former site, or the new one, is always whole. Gives what was kept.

    To be called with the lock. Raises InTheWay where the new site needs the place of what is not ours.
    """
    old = _beside(output) / _OLD
    if output.exists():
        _check_free(output, new)
    with hold_signals():
        if not output.exists():
            new.rename(output)
            return []
        output.rename(old)
        try:
            new.rename(output)
        except BaseException:
            old.rename(output)
            raise
        return _empty_old(old, output)


def _check_free(output: Path, new: Path) -> None:
    """What is not ours in the site must be able to stand in the new one."""
    for path in list_foreign(output, read_manifest(output) or (), read_manifest(new) or ()):
        parents = path.split("/")[:-1]
        places = ["/".join(parents[:rank]) for rank in range(1, len(parents) + 1)]
        if os.path.lexists(new / path) or any((new / place).is_file() for place in places):
            raise InTheWay(str(output / path))
        if os.path.ismount(output / path):
            raise InTheWay(str(output / path))


def _empty_old(old: Path, output: Path) -> list[str]:
    """Give the site what is not ours in the former one, then throw that one away."""
    foreign = list_foreign(old, read_manifest(old) or (), read_manifest(output) or ())
    for path in foreign:
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        if os.path.lexists(output / path):
            raise InTheWay(str(old / path))
        (old / path).rename(output / path)
    # From now on everything in it is ours, its list gone or not.
    gone = Path(tempfile.mkdtemp(dir=old.parent))
    shutil.rmtree(old.rename(gone / _OLD), ignore_errors=True)
    return foreign


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


# Up to date -----------------------------------------------------------------------------------------------------------


def update(files: Mapping[str, bytes], shown: Mapping[str, bytes], output: Path) -> None:
    """Bring a site from one state to another, touching only what differs; each file is replaced whole.

    To be called with the lock. Raises InTheWay where a file of somebody else stands.
    """
    ours = read_manifest(output) or frozenset()
    fresh = Path(tempfile.mkdtemp(dir=_beside(output))) / "fichier"

    def put(path: str, content: bytes) -> None:
        fresh.write_bytes(content)
        (output / path).parent.mkdir(parents=True, exist_ok=True)
        fresh.replace(output / path)

    for path in files.keys() - ours:
        if os.path.lexists(output / path):
            raise InTheWay(str(output / path))
    # Listed before they come, and until they are gone: whenever this is cut short, what is ours is known as such.
    listed = (ours - shown.keys()) | files.keys()
    if not files.keys() <= ours:
        put(MANIFEST, write_manifest(ours | files.keys()))
    for path in shown.keys() - files.keys():
        (output / path).unlink(missing_ok=True)
        with contextlib.suppress(OSError):  # a folder that is not empty
            for folder in (output / path).parents[: path.count("/")]:
                folder.rmdir()
    for path, content in files.items():
        if shown.get(path) != content:
            put(path, content)
    if listed != ours | files.keys():
        put(MANIFEST, write_manifest(listed))

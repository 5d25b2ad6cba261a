"""Files written in one step, what folders allow, and folders for passing work of which a killed run leaves nothing."""

import contextlib
import errno
import os
import re
import shutil
import stat
import tempfile
from codecs import BOM_UTF8
from collections.abc import Iterator
from pathlib import Path
from types import TracebackType

# One file -------------------------------------------------------------------------------------------------------------


def write_new(path: Path, content: bytes) -> None:
    """Write a file that must not exist yet, whole or not at all. Raises FileExistsError rather than overwrite."""
    with _folders_of(path), _fresh_beside(path, content) as fresh:
        fresh.chmod(0o666 & ~_read_mask())
        try:
            os.link(fresh, path)  # fails where the name is taken, which a renaming does not
        except FileExistsError:
            raise FileExistsError(errno.EEXIST, "", str(path)) from None
        except OSError:  # a disk that knows one name a file: the name is taken first
            os.close(os.open(path, os.O_CREAT | os.O_EXCL | os.O_WRONLY))
            fresh.replace(path)


def write_over(path: Path, content: bytes) -> None:
    """Give a file another content in one step: same owner, group and rights. Made where there is none.

    Raises PermissionError where it would have to change hands.
    """
    with _fresh_beside(path, content) as fresh:
        try:
            former = path.stat()
        except FileNotFoundError:
            fresh.chmod(0o666 & ~_read_mask())
        else:
            new = fresh.stat()
            if (former.st_uid, former.st_gid) != (new.st_uid, new.st_gid):
                os.chown(fresh, former.st_uid, former.st_gid)
            fresh.chmod(stat.S_IMODE(former.st_mode))
        fresh.replace(path)


def write_again(path: Path, text: str) -> None:
    """Give a file of text another one: its mark of byte order, if any, stays too."""
    mark = BOM_UTF8 if path.read_bytes().startswith(BOM_UTF8) else b""
    write_over(path, mark + text.encode())


@contextlib.contextmanager
def _fresh_beside(path: Path, content: bytes) -> Iterator[Path]:
    """The content in another file of the same folder, gone at the end of the block. What fails names the path."""
    fresh = None
    try:
        handle, name = tempfile.mkstemp(prefix=".cop-", dir=path.parent)
        fresh = Path(name)
        with os.fdopen(handle, "wb") as file:
            file.write(content)
        yield fresh
    except OSError as error:
        error.filename = str(path)
        raise
    finally:
        if fresh:
            fresh.unlink(missing_ok=True)


@contextlib.contextmanager
def _folders_of(path: Path) -> Iterator[None]:
    """Its folders, made if need be; those that were made go again if the block fails."""
    made = [folder for folder in path.parents if not folder.exists()]
    try:
        path.parent.mkdir(parents=True, exist_ok=True)
        yield
    except BaseException:
        for folder in made:
            with contextlib.suppress(OSError):
                folder.rmdir()
        raise


def _read_mask() -> int:
    """The rights that new files do not get; the system tells them only to who changes them."""
    mask = os.umask(0o077)
    os.umask(mask)
    return mask


# A folder -------------------------------------------------------------------------------------------------------------


@contextlib.contextmanager
def open_rights() -> Iterator[None]:
    """What is written meanwhile can be read by all: a web server is another user, whatever the mask of who builds."""
    mask = os.umask(0o022)
    os.umask(mask & 0o022)
    try:
        yield
    finally:
        os.umask(mask)


def is_writable(folder: Path) -> bool:
    """Whether this user has the right to write in a folder; that its disk is for reading only, who writes will say."""
    if os.statvfs(folder).f_flag & os.ST_RDONLY:
        return True
    return os.access(folder, os.W_OK | os.X_OK, effective_ids=os.access in os.supports_effective_ids)


_MOUNTS = Path("/proc/self/mountinfo")
_ESCAPED = {ord(sign): f"\\{ord(sign):03o}" for sign in "\\ \t\n"}


def is_mounted(folder: Path) -> bool:
    """Whether another disk, or a folder of the same one (a volume of a container), is mounted just there."""
    if os.path.ismount(folder):
        return True
    try:
        lines = _MOUNTS.read_text(encoding="utf-8", errors="surrogateescape").splitlines()
    except OSError:
        return False
    return str(folder).translate(_ESCAPED) in {line.split()[4] for line in lines}


# Passing work ---------------------------------------------------------------------------------------------------------

_PREFIX = "annuaire-cop-"
_NAME = re.compile(rf"{_PREFIX}[a-z]+-[a-z0-9_]{{8}}")


class PassingFolder:
    """A folder among the temporary ones, gone once it is left; those that killed runs left go with it.

    It is locked as long as a process needs it, this one or one that got `lock`: another run removes only what is free.
    """

    def __init__(self, kind: str) -> None:
        remove_abandoned()
        held = None
        while held is None:  # another run may take an unlocked folder for an abandoned one
            self.path = Path(tempfile.mkdtemp(prefix=f"{_PREFIX}{kind}-"))
            held = _hold(self.path)
        self.lock = held

    def __enter__(self) -> Path:
        return self.path

    def __exit__(
        self, kind: type[BaseException] | None, error: BaseException | None, trace: TracebackType | None
    ) -> None:
        self.close()

    def close(self) -> None:
        shutil.rmtree(self.path, ignore_errors=True)
        for handle in self.lock:
            os.close(handle)
        self.lock = ()
        remove_abandoned()  # a program of a killed run may have ended only now


Lock = tuple[int, ...]
"""What is to be handed to a program that works in the folder; empty where the system or the disk knows no lock."""


def remove_abandoned() -> None:
    """Remove the passing folders of this user that no process holds."""
    if not hasattr(os, "geteuid"):
        return
    for folder in Path(tempfile.gettempdir()).glob(f"{_PREFIX}*"):
        with contextlib.suppress(OSError):
            if _NAME.fullmatch(folder.name) and folder.lstat().st_uid == os.geteuid() and (held := _hold(folder)):
                shutil.rmtree(folder, ignore_errors=True)
                os.close(held[0])


def _hold(folder: Path) -> Lock | None:
    """The lock of a folder; None where somebody has it, or where the folder is gone."""
    try:
        import fcntl
    except ImportError:
        return ()
    try:
        handle = os.open(folder, os.O_RDONLY | os.O_DIRECTORY | os.O_NOFOLLOW)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        if os.path.samestat(os.fstat(handle), folder.stat()):
            return (handle,)
    except (BlockingIOError, FileNotFoundError):
        pass
    except OSError:
        os.close(handle)
        return ()
    os.close(handle)
    return None

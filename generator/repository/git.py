"""What git knows: the files that changed since a revision, and the repository as it was then.

Only `cop check --since`, `cop card`, `cop check --fix` and `cop journal` ask it; building never does.
"""

import io
import subprocess
import tarfile
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from zoneinfo import ZoneInfo

from generator.failures import GitFailed, NoAnswer

INPUTS = ("cops", "content", "schema", "mkdocs.yml")
"""What a reading of the directory needs."""


LONGEST = 300.0  # seconds that it may take

# A file that moved is told under both names, and no setting in a proposal keeps a submodule unsaid.
_COMPARE = "diff --name-only --no-renames --ignore-submodules=none --relative -z".split()


def list_changed(root: Path, revision: str) -> set[str]:
    """Files that differ from a revision, by path from `root`, uncommitted ones and new inputs too. Raises GitFailed."""
    since = _git(root, *_COMPARE, _commit(root, revision), "--", ".")
    new = _git(root, "ls-files", "--others", "--exclude-standard", "-z", "--", *INPUTS)
    return set(filter(None, (since + new).decode("utf-8", "replace").split("\0")))


def extract(root: Path, revision: str, into: Path) -> None:
    """Write the inputs of `root` as they were at a revision. Raises GitFailed."""
    prefix = _git(root, "rev-parse", "--show-prefix").decode().strip()
    tree = f"{_commit(root, revision)}:{prefix}"
    held = _git(root, "ls-tree", "--name-only", "-z", tree).decode("utf-8", "replace").split("\0")
    archive = _git(root, "archive", "--format=tar", tree, "--", *(name for name in INPUTS if name in held))
    with tarfile.open(fileobj=io.BytesIO(archive)) as tar:
        tar.extractall(into, filter=_keep_inside)  # noqa: S202 (which asks for the filter `data`: ours ends with it)


@dataclass(frozen=True, slots=True)
class FileChange:
    """What one commit of the published branch did to one file."""

    jour: str  # AAAA-MM-JJ in Paris, when it was accepted
    path: str  # from the root
    before: str  # name of its bytes in git; empty where there was none
    after: str


def list_history(root: Path, *folders: str) -> Iterator[FileChange]:
    """Every change of the files of some folders, oldest first, as the published branch received them.

    Raises GitFailed, where the history was not fetched whole too: its oldest commit would seem to add everything.
    """
    if _git(root, "rev-parse", "--is-shallow-repository").strip() == b"true":
        raise GitFailed("l’historique n’est pas entier ici (git fetch --unshallow)")
    options = "--first-parent --diff-merges=first-parent --reverse --raw --no-abbrev --no-renames -z --relative".split()
    told = _git(root, "log", *options, "--format=%x01%ct", "--", *folders).decode("utf-8", "replace")
    for commit in told.split("\x01")[1:]:
        moment, _, rest = commit.partition("\0")
        day = datetime.fromtimestamp(int(moment.split("\n")[0]), ZoneInfo("Europe/Paris")).date().isoformat()
        fields = iter(rest.strip("\n\0").split("\0"))
        for raw in fields:
            _, _, before, after, _ = raw.lstrip("\n:").split(" ")
            yield FileChange(day, next(fields), before.strip("0") and before, after.strip("0") and after)


def read_blobs(root: Path, names: list[str]) -> dict[str, bytes]:
    """The bytes behind some names. Raises GitFailed."""
    asked = "".join(f"{name}\n" for name in names).encode()
    out = io.BytesIO(_git(root, "cat-file", "--batch", given=asked))
    blobs = {}
    for name in names:
        size = int(out.readline().split()[-1])
        blobs[name] = out.read(size)
        out.read(1)
    return blobs


def _keep_inside(member: tarfile.TarInfo, path: str) -> tarfile.TarInfo | None:
    """A link leads where nobody reviewed: it becomes one that leads nowhere, and is told as a link all the same."""
    return tarfile.data_filter(member.replace(linkname="nulle-part") if member.issym() else member, path)


def _commit(root: Path, revision: str) -> str:
    """The full name of a revision, which can then be no option."""
    try:
        return _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except GitFailed as error:
        raise GitFailed(f"« {revision} » ({error})") from None


def _git(root: Path, *arguments: str, given: bytes = b"") -> bytes:
    command = ["git", "-C", str(root), *arguments]
    try:
        done = subprocess.run(command, input=given, capture_output=True, check=False, timeout=LONGEST)
    except FileNotFoundError:
        raise GitFailed("git n’est pas installé") from None
    except subprocess.TimeoutExpired:
        raise NoAnswer("git") from None
    if done.returncode:
        raise GitFailed(done.stderr.decode("utf-8", "replace").strip() or arguments[-1])
    return done.stdout

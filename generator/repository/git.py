"""What git knows: the files that changed since a revision, and the repository as it was then.

Only `cop check --since`, `cop card` and `cop check --fix` ask it; building never does.
"""

import io
import subprocess
import tarfile
from pathlib import Path

from generator.failures import GitFailed, NoAnswer

INPUTS = ("cops", "content", "schema", "mkdocs.yml")
"""What a reading of the directory needs."""


LONGEST = 300.0  # seconds that it may take


def list_changed(root: Path, revision: str) -> set[str]:
    """Files that differ from a revision, by path from `root`, uncommitted ones and new inputs too. Raises GitFailed."""
    since = _git(root, "diff", "--name-only", "-z", "--relative", _commit(root, revision), "--", ".")
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


def _keep_inside(member: tarfile.TarInfo, path: str) -> tarfile.TarInfo | None:
    """A link leads where nobody reviewed: it becomes one that leads nowhere, and is told as a link all the same."""
    return tarfile.data_filter(member.replace(linkname="nulle-part") if member.issym() else member, path)


def _commit(root: Path, revision: str) -> str:
    """The full name of a revision, which can then be no option."""
    try:
        return _git(root, "rev-parse", "--verify", "--end-of-options", f"{revision}^{{commit}}").decode().strip()
    except GitFailed as error:
        raise GitFailed(f"« {revision} » ({error})") from None


def _git(root: Path, *arguments: str) -> bytes:
    try:
        done = subprocess.run(["git", "-C", str(root), *arguments], capture_output=True, check=False, timeout=LONGEST)
    except FileNotFoundError:
        raise GitFailed("git n’est pas installé") from None
    except subprocess.TimeoutExpired:
        raise NoAnswer("git") from None
    if done.returncode:
        raise GitFailed(done.stderr.decode("utf-8", "replace").strip() or arguments[-1])
    return done.stdout

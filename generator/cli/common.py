"""What the commands share: which directory, which day, how problems are told."""

import errno
import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING
from zoneinfo import ZoneInfo

import click

from generator.cli.terminal import BROKEN, WRONG_DATA
from generator.failures import WrongMoment
from generator.files import PassingFolder

if TYPE_CHECKING:
    from generator.problems.problem import Problem
    from generator.repository.snapshot import Snapshot
    from generator.territories.kinds import Territoire
    from generator.territories.reference import Territories


def root_folder(named: str | None) -> Path:
    from generator.repository.snapshot import find_root

    return find_root(Path(named or ".").resolve())


def choose_day(moment_given: datetime | None) -> str:
    """`--date`, else SOURCE_DATE_EPOCH, else today in Brittany: the only place that reads the clock."""
    if moment_given:
        return moment_given.date().isoformat()
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    zone = ZoneInfo("Europe/Paris")
    try:
        moment = datetime.fromtimestamp(int(epoch), zone) if epoch else datetime.now(zone)
    except (ValueError, OverflowError, OSError):
        raise WrongMoment(epoch) from None
    return moment.date().isoformat()


day_option = click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="AAAA-MM-JJ", help="Faire comme si l’on était ce jour."
)

trainings_option = click.option("--formations", "trainings", is_flag=True, help="Les formations, et non les COP.")

most_option = click.option(
    "--signes",
    "most",
    type=click.IntRange(min=1000),
    metavar="N",
    help="En Markdown : s’arrêter à tant de caractères, et compter le reste.",
)


def find_inside(folder: Path, name: str) -> str:
    """A file named from here, or from the root, as its path from the root. Raises FileNotFoundError for another."""
    start = Path.cwd() / name
    path = start if start.is_relative_to(folder) else folder / name
    if ".." in Path(name).parts or not path.is_relative_to(folder):
        path = start.resolve()
    if not path.is_relative_to(folder):
        raise FileNotFoundError(errno.ENOENT, "", name)
    return path.relative_to(folder).as_posix()


def read_directory(root: str | None, today: str) -> "Snapshot":
    from generator.repository.snapshot import read_snapshot

    return read_snapshot(root_folder(root), os.environ, today)


def read_sound(root: str | None, today: str) -> "Snapshot":
    """The same; what is wrong in it is told, and ends the command."""
    snapshot = read_directory(root, today)
    if not snapshot.is_sound:
        tell(snapshot, snapshot.problems)
        sys.exit(WRONG_DATA)
    return snapshot


def as_of(folder: Path, revision: str, day: str) -> "Snapshot":
    from generator.repository import git
    from generator.repository.snapshot import read_snapshot

    with PassingFolder("avant") as past:
        git.extract(folder, revision, past)
        return read_snapshot(past, os.environ, day)


def tell(snapshot: "Snapshot", listed: "tuple[Problem, ...]", err: bool = True) -> None:
    from generator.problems.reports import as_text

    stream = sys.stderr if err else sys.stdout
    colour = stream.isatty() and "NO_COLOR" not in os.environ
    if listed:
        click.echo(as_text(listed, snapshot.lines, colour) + "\n", err=err, color=colour)


def name_place(territories: "Territories", text: str) -> "Territoire":
    """The territory that somebody names; what is not clear is told, and ends the command."""
    from generator.edits.places import Unclear, find_place

    try:
        return find_place(territories, text)
    except Unclear as unclear:
        click.echo(str(unclear), err=True)
        sys.exit(BROKEN)

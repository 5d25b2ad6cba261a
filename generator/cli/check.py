"""`cop check`: tell what is wrong, and correct what is certain."""

import errno
import os
import sys
from dataclasses import dataclass
from datetime import datetime
from typing import TYPE_CHECKING

import click

from generator.cli.common import as_of, choose_day, day_option, find_inside, root_folder, tell
from generator.cli.terminal import BROKEN, OK, WRONG_DATA, FrenchCommand, complain, in_french, say
from generator.french import pluriel

if TYPE_CHECKING:
    from generator.problems.problem import Problem
    from generator.repository.snapshot import Snapshot


@dataclass(frozen=True, slots=True)
class Request:
    """What is to be checked."""

    root: str | None
    files: tuple[str, ...]  # those named, as they were typed; none: all
    since: str | None  # a revision of git: only what changed after it
    path: str | None  # of the file that is read from the standard input
    day: str


@dataclass(frozen=True, slots=True)
class Examined:
    """What was read, the problems to tell, and the files they are about: all, some, or those that changed."""

    snapshot: "Snapshot"
    problems: "tuple[Problem, ...]"
    paths: set[str]


@click.command(cls=FrenchCommand)
@click.argument("fichiers", nargs=-1, metavar="[FICHIER]…")
@click.option("--since", metavar="VERSION", help="Seulement ce qui a changé depuis une version connue de git.")
@click.option("--path", metavar="CHEMIN", help="Avec « - » : où serait le fichier lu sur l’entrée standard.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "markdown"]),
    default="text",
    help="Pour une personne, un programme, les lignes d’une forge, son résumé.",
)
@click.option("--publication", is_flag=True, help="Seulement ce qui est à régler avant d’ouvrir le site au public.")
@click.option("--fix", is_flag=True, help="Écrire les corrections sûres, et les montrer.")
@click.option("--dry-run", is_flag=True, help="Avec --fix : les montrer seulement.")
@click.option("--force", is_flag=True, help="Avec --fix : écrire aussi dans les fichiers que git n’a pas tels quels.")
@day_option
@click.pass_obj
def check(
    root: str | None,
    /,
    fichiers: tuple[str, ...],
    form: str,
    publication: bool,
    fix: bool,
    dry_run: bool,
    force: bool,
    since: str | None,
    path: str | None,
    day: datetime | None,
) -> None:
    """Vérifier les fiches, et dire en français quoi corriger."""
    from generator.problems import reports

    with in_french():
        request = Request(root, fichiers, since, path, choose_day(day))
        examined = _examine(request)
        if fix and "-" in fichiers:
            complain("--fix écrit dans des fichiers : il ne va pas avec « - ».")
            sys.exit(BROKEN)
        if fix and _fix(examined, dry_run, force):
            examined = _examine(request)
        if publication:
            examined = _keep_before_publication(examined.snapshot)
        if form == "text":
            tell(examined.snapshot, examined.problems, err=False)
            click.echo(reports.summary(examined.problems, len(examined.paths)))
        elif text := reports.FORMATS[form](examined.problems, examined.snapshot.lines):
            click.echo(text)
    sys.exit(WRONG_DATA if any(problem.is_error or publication for problem in examined.problems) else OK)


def _keep_before_publication(snapshot: "Snapshot") -> Examined:
    from generator.repository.settings import SETTINGS_FILE, list_before_publication

    return Examined(snapshot, list_before_publication(snapshot.settings, snapshot.problems), {SETTINGS_FILE})


def _examine(request: Request) -> Examined:
    from generator.repository import git
    from generator.repository.snapshot import read_snapshot
    from generator.territories.folders import FOLDERS
    from generator.upkeep.versions import tell_forgotten

    folder, files = root_folder(request.root), request.files
    instead: dict[str, bytes] = {}
    if files == ("-",):
        name = find_inside(folder, request.path or f"cops/{FOLDERS[0]}/entree-standard.yml")
        instead, files = {name: sys.stdin.buffer.read()}, (str(folder / name),)
    snapshot = read_snapshot(folder, os.environ, request.day, instead=instead)
    paths_read = {*snapshot.corpus.texts, *(problem.path for problem in snapshot.problems)}
    if files:
        paths = {path for name in files for path in _list_files(find_inside(folder, name), paths_read)}
        return Examined(snapshot, snapshot.of(paths), paths)
    if request.since:
        paths = git.list_changed(folder, request.since) & paths_read
        before = as_of(folder, request.since, request.day)
        return Examined(
            snapshot, tuple(sorted([*snapshot.of(paths, before), *tell_forgotten(before, snapshot)])), paths
        )
    return Examined(snapshot, snapshot.problems, set(snapshot.corpus.texts))


def _list_files(name: str, paths_read: set[str]) -> set[str]:
    """The files that a name means: itself, or those of a folder. Raises FileNotFoundError where there is none."""
    paths = {path for path in paths_read if path == name or path.startswith(f"{name}/") or name == "."}
    if not paths:
        raise FileNotFoundError(errno.ENOENT, "", name)
    return paths


def _fix(examined: Examined, dry_run: bool, force: bool) -> bool:
    """Show the certain corrections and write them; whether something was written."""
    from generator.edits.fixing import revisions, rewrites
    from generator.harmless import visible

    snapshot = examined.snapshot
    planned = revisions.plan_revisions(snapshot, examined.problems)
    revised = {rewrite.path for rewrite in planned}
    planned += rewrites.plan_rewrites(snapshot, examined.paths - revised)
    if not planned:
        return False
    for line in rewrites.diff_rewrites(planned).split("\n"):
        click.secho(visible(line), fg={"+": "green", "-": "red", "@": "cyan"}.get(line[:1]))
    if dry_run:
        return False
    written, left = rewrites.write_rewrites(snapshot.root, planned, force)
    for file in left:
        sentence = "Laissé tel quel, car git n’en a pas cette version : {path}. Pour l’écrire quand même : --force"
        complain(sentence, path=file.path)
    say("{count}.\n", count=pluriel(len(written), "fichier corrigé", "fichiers corrigés"))
    return bool(written)

"""`cop check`: tell what is wrong, and correct what is certain."""

import errno
import os
import sys
from datetime import datetime
from typing import TYPE_CHECKING

import click

from generator.cli.common import as_of, day_option, inside, root_folder, tell, today
from generator.cli.terminal import BROKEN, OK, WRONG_DATA, FrenchCommand, complain, in_french, say
from generator.french import pluriel

if TYPE_CHECKING:
    from generator.problems.problem import Problem
    from generator.repository.snapshot import Snapshot

    # What was read, the problems to tell, the files they are about: all, some, or those that changed.
    Examined = tuple[Snapshot, tuple[Problem, ...], set[str]]


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
    fix: bool,
    dry_run: bool,
    force: bool,
    day: datetime | None,
    **chosen: str | None,
) -> None:
    """Vérifier les fiches, et dire en français quoi corriger."""
    from generator.problems import reports

    with in_french():
        examined = _examined(root, fichiers, today(day), **chosen)
        if fix and "-" in fichiers:
            complain("--fix écrit dans des fichiers : il ne va pas avec « - ».")
            sys.exit(BROKEN)
        if fix and _fixed(examined, dry_run, force):
            examined = _examined(root, fichiers, today(day), **chosen)
        found, listed, paths = examined
        if form == "text":
            tell(found, listed, err=False)
            click.echo(reports.summary(listed, len(paths)))
        elif words := reports.FORMATS[form](listed, found.lines):
            click.echo(words)
    sys.exit(WRONG_DATA if any(one.is_error for one in listed) else OK)


def _examined(root: str | None, fichiers: tuple[str, ...], day: str, since: str | None, path: str | None) -> "Examined":
    from generator.repository import git
    from generator.repository.snapshot import read_snapshot

    folder = root_folder(root)
    instead: dict[str, bytes] = {}
    if fichiers == ("-",):
        name = inside(folder, path or "cops/29/entree-standard.yml")
        instead, fichiers = {name: sys.stdin.buffer.read()}, (str(folder / name),)
    found = read_snapshot(folder, os.environ, day, instead=instead)
    known = {*found.corpus.texts, *(one.path for one in found.problems)}
    if fichiers:
        paths = {one for name in fichiers for one in _named(inside(folder, name), known)}
        return found, found.of(paths), paths
    if since:
        paths = git.changed(folder, since) & known
        return found, found.of(paths, as_of(folder, since, day)), paths
    return found, found.problems, set(found.corpus.texts)


def _named(name: str, known: set[str]) -> set[str]:
    """The files that a name means: itself, or those of a folder. Raises FileNotFoundError where there is none."""
    meant = {one for one in known if one == name or one.startswith(f"{name}/") or name == "."}
    if not meant:
        raise FileNotFoundError(errno.ENOENT, "", name)
    return meant


def _fixed(examined: "Examined", dry_run: bool, force: bool) -> bool:
    """Show the certain corrections and write them; whether something was written."""
    from generator.edits.fixing import rewrites
    from generator.harmless import visible

    found, _, paths = examined
    planned = rewrites.plan_rewrites(found, paths)
    if not planned:
        return False
    for line in rewrites.diff_rewrites(planned).split("\n"):
        click.secho(visible(line), fg={"+": "green", "-": "red", "@": "cyan"}.get(line[:1]))
    if dry_run:
        return False
    written, left = rewrites.write_rewrites(found.root, planned, force)
    for file in left:
        complain(f"Laissé tel quel, car git n’en a pas cette version : {file.path}. Pour l’écrire quand même : --force")
    say(f"{pluriel(len(written), 'fichier corrigé', 'fichiers corrigés')}.\n")
    return bool(written)

"""`cop build`: the site."""

import os
import sys
from collections.abc import Callable
from datetime import datetime
from pathlib import Path

import click

from generator.cli.common import choose_day, day_option, root_folder, tell
from generator.cli.terminal import WRONG_DATA, FrenchCommand, complain, in_french, say
from generator.french import pluriel, typographie


@click.command(cls=FrenchCommand)
@day_option
@click.option("--output", metavar="DOSSIER", help="Où écrire le site (site/ par défaut).")
@click.option("--no-index", is_flag=True, help="Sans l’index de recherche, pour aller plus vite.")
@click.option(
    "--publier",
    "publish",
    is_flag=True,
    help="Pour la publication seule : de deux fiches qui se contredisent, laisser de côté la plus récente et le dire.",
)
@click.option("--revision", metavar="VERSION", help="La version du dépôt, telle que etat.json la dira (ou REVISION).")
@click.option("--quiet", is_flag=True, help="Ne rien dire, sauf les problèmes.")
@click.pass_obj
def build(
    root: str | None,
    /,
    day: datetime | None,
    output: str | None,
    no_index: bool,
    publish: bool,
    revision: str | None,
    quiet: bool,
) -> None:
    """Construire le site ; s’il y a une erreur, l’ancien reste."""
    from generator.building import build as building
    from generator.problems.reports import summary
    from generator.repository.publishable import read_publishable

    with in_french():
        folder = root_folder(root)
        target = Path(output).resolve() if output else folder / "site"
        try:
            how = read_publishable if publish else None
            environ = {**os.environ, "REVISION": revision} if revision else os.environ
            built = building.build(folder, target, environ, choose_day(day), not no_index, _progress(quiet), how)
        except building.Refused as refused:
            _clear(quiet)
            tell(refused.snapshot, refused.problems)
            complain(summary(refused.problems, refused.snapshot.files))
            complain("Le site n’a pas été reconstruit ; l’ancien est intact.")
            sys.exit(WRONG_DATA)
        _clear(quiet)
        if built.snapshot.left_out:
            tell(built.snapshot, tuple(problem for _, problem in built.snapshot.left_out))
            for path, _ in built.snapshot.left_out:
                complain("Laissée de côté, car elle en contredit une autre : {path}", path=path)
        if not quiet:
            tell(built.snapshot, built.snapshot.problems)
            written = pluriel(built.site.files, "fichier écrit", "fichiers écrits")
            size = f"{built.site.bytes / 1_000_000:.1f}".replace(".", ",")
            say("{written} dans {folder}, {size} Mo.", written=written, folder=_shorten_path(target), size=size)
            for path in built.site.kept:
                say("Laissé en place, car cette commande ne l’a pas écrit : {path}", path=path)


def _progress(quiet: bool) -> Callable[[str], None]:
    """One line that is written over, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        return lambda _words: None
    return lambda words: click.echo(f"\r\x1b[K{typographie(words)}…", err=True, nl=False)


def _clear(quiet: bool) -> None:
    if not quiet and sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)


def _shorten_path(path: Path) -> str:
    folder = Path.cwd()
    return f"{path.relative_to(folder)}/" if path.is_relative_to(folder) else str(path)

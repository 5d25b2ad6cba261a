"""`cop apercu`: the pages that a proposal changes, in one file to open."""

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from generator.cli.common import as_of, choose_day, day_option, root_folder, tell
from generator.cli.terminal import WRONG_DATA, FrenchCommand, in_french, say


@click.command(cls=FrenchCommand)
@click.option("--since", metavar="VERSION", required=True, help="La version à laquelle comparer, connue de git.")
@click.option("--site", "built", metavar="DOSSIER", help="Le site que « cop build » a construit (site par défaut).")
@click.option("--sortie", "target", metavar="FICHIER", required=True, help="Le fichier HTML à écrire.")
@day_option
@click.pass_obj
def apercu(root: str | None, /, since: str, built: str | None, target: str, day: datetime | None) -> None:
    """Montrer les pages que change une proposition, dans un seul fichier sans script."""
    from generator.building.proposal import make_preview
    from generator.files import write_over
    from generator.pages.site import Site
    from generator.repository import git
    from generator.repository.snapshot import read_snapshot

    with in_french():
        folder, today = root_folder(root), choose_day(day)
        after = read_snapshot(folder, os.environ, today)
        if not after.is_sound:
            tell(after, after.problems)
            sys.exit(WRONG_DATA)
        site = Site(after.annuaire(), after.settings, after.corpus.schemas)
        paths = git.list_changed(folder, since)
        html, shown = make_preview(as_of(folder, since, today), after, paths, Path(built or folder / "site"), site)
        if not html:
            say("Aucune page ne change.")
            return
        write_over(Path(target), html.encode())
        for path in shown:
            say("Montrée : /{path}", path=path)

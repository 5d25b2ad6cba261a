"""`cop apercu`: the pages that a proposal changes, in one file to open."""

from datetime import datetime
from pathlib import Path

import click

from generator.cli.common import as_of, choose_day, day_option, read_sound
from generator.cli.terminal import FrenchCommand, in_french, say


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

    with in_french():
        after = read_sound(root, choose_day(day))
        site = Site(after.annuaire(), after.settings, after.corpus.schemas)
        before = as_of(after.root, since, after.today)
        paths = git.list_changed(after.root, since)
        html, shown = make_preview(before, after, paths, Path(built or after.root / "site"), site)
        if not html:
            say("Aucune page ne change.")
            return
        write_over(Path(target), html.encode())
        for path in shown:
            say("Montrée : /{path}", path=path)

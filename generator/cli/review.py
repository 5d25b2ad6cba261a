"""`cop card` and `cop review`: what helps the people who read the proposals and keep the entries fresh."""

import os
import sys
from datetime import datetime

import click

from generator.cli.common import as_of, day_option, most_option, root_folder, tell, today
from generator.cli.terminal import WRONG_DATA, FrenchCommand, complain, in_french


@click.command(cls=FrenchCommand)
@click.option("--since", metavar="VERSION", required=True, help="La version à laquelle comparer, connue de git.")
@day_option
@click.pass_obj
def card(root: str | None, /, since: str, day: datetime | None) -> None:
    """Résumer une proposition pour ceux qui la relisent, en Markdown."""
    from generator.repository.snapshot import read_snapshot
    from generator.upkeep.card import make_card

    with in_french():
        folder = root_folder(root)
        before = as_of(folder, since, today(day))
        click.echo(make_card(before, read_snapshot(folder, os.environ, today(day))), nl=False)


@click.command(cls=FrenchCommand)
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "csv", "mailto"]),
    default="markdown",
    help="Pour une personne, un tableur, ou des courriels prêts à envoyer.",
)
@most_option
@click.option("--write", is_flag=True, help="Écrire l’actualité des jalons franchis, au lieu de la proposer.")
@day_option
@click.pass_obj
def review(root: str | None, /, form: str, most: int | None, write: bool, day: datetime | None) -> None:
    """Lister les fiches à vérifier et les jalons à annoncer."""
    from generator.edits.new import write_new
    from generator.repository.snapshot import read_snapshot
    from generator.upkeep.review import milestone_news, review_as_csv, review_as_mailto, review_as_markdown, to_recheck
    from generator.upkeep.sections import list_headings

    with in_french():
        found = read_snapshot(root_folder(root), os.environ, today(day))
        if not found.is_sound:
            tell(found, found.problems)
            sys.exit(WRONG_DATA)
        annuaire = found.annuaire()
        rows = to_recheck(annuaire, found.settings)
        if form == "markdown":
            click.echo(review_as_markdown(rows, list_headings(found.territories), most))
        else:
            click.echo(review_as_csv(rows) if form == "csv" else review_as_mailto(rows))
        for path, text in milestone_news(annuaire, found.corpus.schemas["actualite"]):
            if write:
                write_new(found.root / path, text)
                complain(f"Actualité écrite : {path}")
            else:
                complain(f"Jalon à annoncer : {path}. Pour l’écrire : cop review --write")

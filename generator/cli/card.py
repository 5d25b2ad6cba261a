"""`cop card`: a proposal in plain words, for those who read it."""

from datetime import datetime

import click

from generator.cli.common import as_of, choose_day, day_option, read_directory
from generator.cli.terminal import FrenchCommand, in_french


@click.command(cls=FrenchCommand)
@click.option("--since", metavar="VERSION", required=True, help="La version à laquelle comparer, connue de git.")
@day_option
@click.pass_obj
def card(root: str | None, /, since: str, day: datetime | None) -> None:
    """Résumer une proposition pour ceux qui la relisent, en Markdown."""
    from generator.repository import git
    from generator.upkeep.card import make_card

    with in_french():
        after = read_directory(root, choose_day(day))
        before = as_of(after.root, since, after.today)
        click.echo(make_card(before, after, git.list_changed(after.root, since)), nl=False)

"""`cop card`: a proposal in plain words, for those who read it."""

import os
from datetime import datetime

import click

from generator.cli.common import as_of, choose_day, day_option, root_folder
from generator.cli.terminal import FrenchCommand, in_french


@click.command(cls=FrenchCommand)
@click.option("--since", metavar="VERSION", required=True, help="La version à laquelle comparer, connue de git.")
@day_option
@click.pass_obj
def card(root: str | None, /, since: str, day: datetime | None) -> None:
    """Résumer une proposition pour ceux qui la relisent, en Markdown."""
    from generator.repository import git
    from generator.repository.snapshot import read_snapshot
    from generator.upkeep.card import make_card

    with in_french():
        folder = root_folder(root)
        before = as_of(folder, since, choose_day(day))
        after = read_snapshot(folder, os.environ, choose_day(day))
        click.echo(make_card(before, after, git.list_changed(folder, since)), nl=False)

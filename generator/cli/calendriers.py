"""`cop calendriers`: the meetings that calendars hold and entries do not. Nothing is ever taken out."""

from datetime import datetime

import click

from generator.cli.common import choose_day, day_option, read_directory
from generator.cli.terminal import FrenchCommand, complain, in_french
from generator.cli.visiting import choose_visits, local_option
from generator.files import write_again


@click.command(cls=FrenchCommand)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Pour une personne ou un programme."
)
@click.option("--write", is_flag=True, help="Ajouter les rencontres aux fiches, au lieu de les montrer.")
@local_option
@day_option
@click.pass_obj
def calendriers(root: str | None, /, form: str, write: bool, local: bool, day: datetime | None) -> None:
    """Lire les calendriers que donnent les fiches, et proposer leurs rencontres des douze mois qui viennent."""
    from generator.edits.calendars import rounds

    with in_french():
        snapshot = read_directory(root, choose_day(day))
        visits = choose_visits(snapshot.settings, "lecture des calendriers", local)
        proposals = rounds.read_calendars(snapshot, *visits)
        click.echo(rounds.tell_as_json(proposals, snapshot.today) if form == "json" else rounds.tell_as_text(proposals))
        for one in proposals:
            if write and one.text:
                write_again(snapshot.root / one.path, one.text)
                complain("Fiche complétée : {path}", path=one.path)

"""`cop calendriers`: the meetings that calendars hold and entries do not. Nothing is ever taken out."""

import os
from datetime import datetime

import click

from generator.cli.common import choose_day, day_option, root_folder
from generator.cli.terminal import FrenchCommand, complain, in_french
from generator.files import write_again


@click.command(cls=FrenchCommand)
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Pour une personne ou un programme."
)
@click.option("--write", is_flag=True, help="Ajouter les rencontres aux fiches, au lieu de les montrer.")
@click.option("--autoriser-local", "local", is_flag=True, hidden=True, help="Visiter aussi cette machine (essais).")
@day_option
@click.pass_obj
def calendriers(root: str | None, /, form: str, write: bool, local: bool, day: datetime | None) -> None:
    """Lire les calendriers que donnent les fiches, et proposer leurs rencontres des douze mois qui viennent."""
    from generator.edits.calendars import rounds
    from generator.repository.snapshot import read_snapshot
    from generator.upkeep.links import fetching, visits
    from generator.upkeep.links.examination import agent_name

    with in_french():
        snapshot = read_snapshot(root_folder(root), os.environ, choose_day(day))
        purpose = "lecture des calendriers"
        manner = fetching.Manner(
            agent_name(snapshot.settings, purpose), allowed=_anything if local else fetching.is_public
        )
        pace = visits.Pace(delay=0) if local else visits.Pace()
        proposals = rounds.read_calendars(snapshot, manner, pace)
        click.echo(rounds.tell_as_json(proposals, snapshot.today) if form == "json" else rounds.tell_as_text(proposals))
        for one in proposals:
            if write and one.text:
                write_again(snapshot.root / one.path, one.text)
                complain("Fiche complétée : {path}", path=one.path)


def _anything(_address: str) -> bool:
    return True

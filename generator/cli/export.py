"""`cop export`: the directory as one table."""

from datetime import datetime
from pathlib import Path

import click

from generator.cli.common import choose_day, day_option, read_sound, trainings_option
from generator.cli.terminal import FrenchCommand, complain, in_french
from generator.files import write_new
from generator.french import pluriel


@click.command(cls=FrenchCommand, name="export")
@click.option(
    "--csv",
    "target",
    metavar="[FICHIER]",
    is_flag=False,
    flag_value="-",
    required=True,
    help="Écrire un tableau CSV dans un fichier neuf ; sans nom, sur la sortie.",
)
@trainings_option
@day_option
@click.pass_obj
def export(root: str | None, /, target: str, trainings: bool, day: datetime | None) -> None:
    """Écrire toutes les COP, ou les formations, dans un tableau que « cop import » relit."""
    from generator.opendata import exports

    with in_french():
        snapshot = read_sound(root, choose_day(day))
        annuaire = snapshot.annuaire()
        schemas = snapshot.corpus.schemas
        if trainings:
            table, count = exports.table(annuaire.formations, schemas["formation"].fields), len(annuaire.formations)
        else:
            table, count = exports.table(annuaire.cops, schemas["cop"].fields), len(annuaire.cops)
        if target == "-":
            click.echo(table, nl=False)
            return
        # A table that somebody has filled meanwhile is not written over.
        write_new(Path(target), table)
        words = ("formation écrite", "formations écrites") if trainings else ("COP écrite", "COP écrites")
        complain("{count} dans {file}.", count=pluriel(count, *words), file=target)

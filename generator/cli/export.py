"""`cop export`: the directory as one table."""

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from generator.cli.common import choose_day, day_option, root_folder, tell
from generator.cli.terminal import WRONG_DATA, FrenchCommand, complain, in_french
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
@day_option
@click.pass_obj
def export(root: str | None, /, target: str, day: datetime | None) -> None:
    """Écrire toutes les COP dans un tableau que « cop import » relit."""
    from generator.opendata import exports
    from generator.repository.snapshot import read_snapshot

    with in_french():
        snapshot = read_snapshot(root_folder(root), os.environ, choose_day(day))
        if not snapshot.is_sound:
            tell(snapshot, snapshot.problems)
            sys.exit(WRONG_DATA)
        annuaire = snapshot.annuaire()
        table = exports.table(annuaire.cops, snapshot.corpus.schemas["cop"].fields)
        if target == "-":
            click.echo(table, nl=False)
            return
        # A table that somebody has filled meanwhile is not written over.
        write_new(Path(target), table)
        complain("{count} dans {file}.", count=pluriel(len(annuaire.cops), "COP écrite", "COP écrites"), file=target)

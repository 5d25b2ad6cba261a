"""`cop export` and `cop import`: the directory as one table, and a table of COP into the directory."""

import os
import sys
from datetime import datetime
from pathlib import Path

import click

from generator.cli.common import day_option, root_folder, tell, today
from generator.cli.terminal import WRONG_DATA, FrenchCommand, complain, in_french
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
        found = read_snapshot(root_folder(root), os.environ, today(day))
        if not found.is_sound:
            tell(found, found.problems)
            sys.exit(WRONG_DATA)
        annuaire = found.annuaire()
        table = exports.table(annuaire.cops, found.corpus.schemas["cop"].fields)
        if target == "-":
            click.echo(table, nl=False)
            return
        # A table that somebody has filled meanwhile is not written over.
        with Path(target).open("xb") as file:
            file.write(table)
        complain(f"{pluriel(len(annuaire.cops), 'COP écrite', 'COP écrites')} dans {target}.")


@click.command(cls=FrenchCommand, name="import")
@click.argument("fichier", metavar="FICHIER")
@click.option("--write", is_flag=True, help="Écrire les fiches ; sans cette option, rien n’est écrit.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "markdown"]),
    default="text",
    help="Pour une personne, un programme, le résumé d’une forge.",
)
@day_option
@click.pass_obj
def import_(root: str | None, /, fichier: str, write: bool, form: str, day: datetime | None) -> None:
    """Faire une fiche de chaque ligne d’un tableau .csv, .xlsx ou .ods."""
    from generator.edits.importing import plans, reports, workbooks
    from generator.repository.snapshot import read_snapshot

    with in_french():
        folder = root_folder(root)
        table = workbooks.read(Path(fichier))
        planned = plans.plan_import(read_snapshot(folder, os.environ, today(day)), table)
        written = write and planned.is_sound
        if written:
            plans.write_files(folder, planned.files)
        if table.note:
            complain(table.note)
        click.echo(reports.FORMATS[form](planned, written))
    if not planned.is_sound:
        sys.exit(WRONG_DATA)

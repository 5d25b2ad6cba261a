"""`cop import`: a table of COP or of trainings into the directory."""

import sys
from datetime import datetime
from pathlib import Path

import click

from generator.cli.common import choose_day, day_option, read_directory, trainings_option
from generator.cli.terminal import WRONG_DATA, FrenchCommand, in_french
from generator.french import typographie


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
@trainings_option
@day_option
@click.pass_obj
def import_table(
    root: str | None, /, fichier: str, write: bool, form: str, trainings: bool, day: datetime | None
) -> None:
    """Faire une fiche de chaque ligne d’un tableau .csv, .xlsx ou .ods."""
    from generator.edits.importing import plans, reports, workbooks
    from generator.entries.corpus import COP_KIND, FORMATION_KIND
    from generator.opendata.headings import group_by_title

    with in_french():
        snapshot = read_directory(root, choose_day(day))
        kind = FORMATION_KIND if trainings else COP_KIND
        table = workbooks.read(Path(fichier), group_by_title(snapshot.corpus.schemas[kind.name]).keys())
        planned = plans.plan_import(snapshot, table, kind)
        written = write and planned.is_sound
        if written:
            plans.write_files(snapshot.root, planned.files)
        if table.note:
            click.echo(typographie(table.note), err=True)
        click.echo(reports.FORMATS[form](planned, written))
    if not planned.is_sound:
        sys.exit(WRONG_DATA)

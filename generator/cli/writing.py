"""`cop new`: what writes entries."""

import sys
from datetime import date, datetime
from typing import Any

import click

from generator.cli.common import day_option, root_folder, today
from generator.terminal import BROKEN, WRONG_DATA, FrenchCommand, complain, in_french, say


@click.command(cls=FrenchCommand)
@click.argument("lieu", metavar="COMMUNE-OU-CODE")
@click.option("--nom", metavar="TEXTE", required=True, help="Le nom de la COP.")
@click.option("--type", "kind", metavar="TYPE", default="commission-extra-municipale", help="La forme de la COP.")
@click.option("--statut", metavar="STATUT", default="en-projet", help="Où elle en est.")
@click.option(
    "--theme",
    "themes",
    metavar="THÈME",
    multiple=True,
    required=True,
    help="Un thème ; l’option se répète, cinq fois au plus.",
)
@click.option("--resume", metavar="TEXTE", required=True, help="Deux phrases, de 40 à 280 signes.")
@click.option("--courriel", metavar="ADRESSE", help="L’adresse d’un service, jamais celle d’une personne.")
@click.option("--page", metavar="ADRESSE", help="Une page qui présente la COP.")
@click.option("--id", "name", metavar="NOM", help="Le nom du fichier, sans .yml.")
@click.option("--dry-run", is_flag=True, help="Montrer le fichier sans l’écrire.")
@day_option
@click.pass_obj
def new(
    root: str | None, /, lieu: str, kind: str, name: str | None, dry_run: bool, day: datetime | None, **given: Any
) -> None:
    """Écrire la fiche d’une nouvelle COP."""
    from generator import edits
    from generator.edits import newcop

    with in_french():
        answers = newcop.Answers(lieu=lieu, type=kind, **given)
        try:
            file = newcop.prepare(root_folder(root), answers, name, date.fromisoformat(today(day)))
        except newcop.Unclear as unclear:
            complain(str(unclear))
            sys.exit(BROKEN)
        if file.problems:
            _tell_new(file)
            sys.exit(WRONG_DATA)
        if dry_run:
            click.echo(file.text, nl=False)
            return
        edits.write_new(file.root / file.path, file.text)
        if file.note:
            complain(file.note)
        say(f"Fiche écrite : {file.path}")


def _tell_new(file: Any) -> None:
    from generator import problems

    click.echo(problems.as_text(file.problems, lambda _path: file.text.split("\n")), err=True)

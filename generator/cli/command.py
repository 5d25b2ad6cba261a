"""The command `cop`: parse, call one function, print, exit. Heavy imports wait inside the commands."""

import gc
import signal
from typing import Any

import click

from generator.cli.apercu import apercu
from generator.cli.build import build
from generator.cli.calendriers import calendriers
from generator.cli.card import card
from generator.cli.check import check
from generator.cli.export import export
from generator.cli.import_table import import_table
from generator.cli.issue import issue
from generator.cli.journal import journal
from generator.cli.lettre import lettre
from generator.cli.links import links
from generator.cli.new import new
from generator.cli.prospects import prospects
from generator.cli.review import review
from generator.cli.serve import serve
from generator.cli.terminal import French, open_streams, run

_HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=French, context_settings=_HELP)
@click.option("--root", metavar="DOSSIER", help="L’annuaire, si ce n’est pas celui du dossier courant.")
@click.version_option(package_name="annuaire-cop", message="%(version)s", help="Afficher la version.")
@click.pass_context
def main(context: click.Context, root: str | None) -> None:
    """Un annuaire de COP locales : vérifier les fiches, construire le site."""
    context.obj = root


UPKEEP = (check, card, apercu, review, lettre, prospects, links, calendriers, journal)
for command in (*UPKEEP, build, serve, new, import_table, export, issue):
    main.add_command(command)


def entry() -> None:
    """The command of pyproject.toml, which is soon over: no garbage is collected."""
    gc.disable()
    open_streams()
    for name in ("SIGTERM", "SIGHUP"):  # being asked to end, or losing one's terminal, is being interrupted
        number = getattr(signal, name, None)
        if number and signal.getsignal(number) != signal.SIG_IGN:  # nohup
            signal.signal(number, signal.default_int_handler)
    run(main)

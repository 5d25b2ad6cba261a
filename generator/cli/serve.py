"""`cop serve`: the site on this machine, rebuilt at each change."""

import gc
import os
from datetime import datetime

import click

from generator.cli.common import choose_day, day_option, root_folder
from generator.cli.terminal import FrenchCommand, in_french, tell_error


@click.command(cls=FrenchCommand)
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=8000, help="Le port (8000 par défaut).")
@day_option
@click.pass_obj
def serve(root: str | None, port: int, day: datetime | None) -> None:
    """Montrer le site, et le reconstruire à chaque changement."""
    from generator.building import serve as serving

    gc.enable()  # the one command without an end
    with in_french():
        serving.serve(root_folder(root), port, os.environ, lambda: choose_day(day), click.echo, tell_error)

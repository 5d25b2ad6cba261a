"""`cop journal`: what changed in the entries, from git, before a build."""

from datetime import datetime

import click

from generator.cli.common import choose_day, day_option, read_sound
from generator.cli.terminal import FrenchCommand, in_french, say
from generator.files import write_over
from generator.french import pluriel


@click.command(cls=FrenchCommand)
@day_option
@click.pass_obj
def journal(root: str | None, /, day: datetime | None) -> None:
    """Écrire journal.json, d’après git : le site dit alors ce qui a changé. À lancer avant « cop build »."""
    from generator.model.journal import JOURNAL_FILE, write_journal
    from generator.upkeep.journal import make_journal

    with in_french():
        snapshot = read_sound(root, choose_day(day))
        made = make_journal(snapshot.root, snapshot.annuaire(), snapshot.corpus.schemas, snapshot.today)
        write_over(snapshot.root / JOURNAL_FILE, write_journal(made))
        say("{count} dans {file}.", count=pluriel(len(made.changements), "changement"), file=JOURNAL_FILE)

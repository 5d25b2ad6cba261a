"""`cop prospects`: where to act, as a table."""

import sys
from collections.abc import Mapping
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.common import choose_day, day_option, name_place, read_sound
from generator.cli.terminal import BROKEN, FrenchCommand, complain, in_french
from generator.files import write_new
from generator.french import pluriel

if TYPE_CHECKING:
    from generator.upkeep.prospects import Asked


@click.command(cls=FrenchCommand)
@click.option("--territoire", "place", metavar="NOM", help="Une commune, une intercommunalité ou un département.")
@click.option("--suivi", "following", metavar="FICHIER", help="Ce qui a été demandé : colonnes cle, date et quoi.")
@click.option("--sortie", "target", metavar="FICHIER", help="Un fichier neuf, .csv ou .xlsx ; sinon, le CSV s’affiche.")
@day_option
@click.pass_obj
def prospects(
    root: str | None, /, place: str | None, following: str | None, target: str | None, day: datetime | None
) -> None:
    """Dire où agir : communes sans COP recensée, COP à renouveler, fiches à compléter, avec un courriel par ligne."""
    from generator.model.prospects import Prospects
    from generator.upkeep.prospects import DOUBTS, RowMaker, write_prospects_csv, write_prospects_xlsx

    with in_french():
        today = choose_day(day)
        if target and not target.lower().endswith((".csv", ".xlsx")):
            complain("{file} : le nom doit finir par .csv ou .xlsx.", file=target)
            sys.exit(BROKEN)
        snapshot = read_sound(root, today)
        annuaire = snapshot.annuaire()
        asked = _read_following(following) if following else {}
        chosen = Prospects(annuaire).of(name_place(snapshot.territories, place) if place else None)
        doubtful = frozenset(one.path for one in snapshot.problems if one.code in DOUBTS)
        maker = RowMaker(annuaire, snapshot.settings, asked, doubtful)
        rows = [maker.make(prospect) for prospect in chosen]
        is_book = bool(target and target.lower().endswith(".xlsx"))
        content = write_prospects_xlsx(rows, today) if is_book else write_prospects_csv(rows)
        if not target:
            click.echo(content, nl=False)
            return
        write_new(Path(target), content)
        complain("{count} dans {file}.", count=pluriel(len(rows), "ligne"), file=target)


def _read_following(name: str) -> "Mapping[str, Asked]":
    """A table of any spreadsheet, read with the same care as one that is imported."""
    from generator.edits.importing import workbooks
    from generator.upkeep.prospects import FOLLOWED, WrongFollowing, read_asked

    table = workbooks.read(Path(name), FOLLOWED)
    try:
        return read_asked(table.titles, ((row.number, row.cells) for row in table.rows))
    except WrongFollowing as wrong:
        complain("{words}", words=wrong)
        sys.exit(BROKEN)

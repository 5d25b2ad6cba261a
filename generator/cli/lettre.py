"""`cop lettre`: the letter of the network, written to files. Nothing is ever sent."""

import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.common import choose_day, day_option, name_place, read_sound
from generator.cli.terminal import BROKEN, FrenchCommand, complain, in_french, say
from generator.files import write_new

if TYPE_CHECKING:
    from generator.repository.snapshot import Snapshot
    from generator.territories.kinds import Wide


@click.command(cls=FrenchCommand)
@click.option(
    "--depuis",
    "since",
    type=click.DateTime(["%Y-%m-%d"]),
    required=True,
    metavar="AAAA-MM-JJ",
    help="La date de la lettre précédente : rien n’est dit deux fois.",
)
@click.option("--territoire", "place", metavar="NOM", help="Une intercommunalité, un département ou la région.")
@click.option(
    "--sortie",
    "folder",
    metavar="DOSSIER",
    help="Y écrire la lettre en HTML et en texte ; sinon, le texte s’affiche.",
)
@day_option
@click.pass_obj
def lettre(root: str | None, /, since: datetime, place: str | None, folder: str | None, day: datetime | None) -> None:
    """Préparer la lettre du réseau : ce qui est nouveau entre deux dates. Rien n’est envoyé."""
    from generator.feeds.letter_text import tell_letter
    from generator.model.period import Period
    from generator.pages.frame.templates import Templates
    from generator.pages.letters import make_writer, write_html
    from generator.pages.site import Site
    from generator.repository.settings import LOCAL_URL

    with in_french():
        period = Period(since.date().isoformat(), choose_day(day))
        if period.after >= period.until:
            complain("--depuis doit être avant le {day}, dernier jour de la lettre.", day=period.until)
            sys.exit(BROKEN)
        snapshot = read_sound(root, period.until)
        site = Site(snapshot.annuaire(), snapshot.settings, snapshot.corpus.schemas)
        letter = make_writer(site).write(period, _find_place(snapshot, place) if place else None)
        if snapshot.settings.site_url == LOCAL_URL:
            complain("L’adresse du site n’est pas réglée : les liens de cette lettre ne mènent nulle part.")
        text = tell_letter(letter, snapshot.settings)
        if folder is None:
            click.echo(text, nl=False)
            return
        name = f"lettre-{period.until}{f'-{letter.place.slug}' if letter.place else ''}"
        html = write_html(Templates(site), letter)
        for path, content in ((f"{name}.html", html), (f"{name}.txt", text)):
            write_new(Path(folder) / path, content.encode())
            say("Écrit : {path}", path=Path(folder) / path)


def _find_place(snapshot: "Snapshot", text: str) -> "Wide":
    """The territory meant, of those that have a letter; of a commune, its EPCI is named."""
    from generator.territories.kinds import Commune

    found = name_place(snapshot.territories, text)
    if not isinstance(found, Commune):
        return found
    epci = snapshot.territories.epci.get(found.epci or "")
    sentence = "{nom} est une commune : la lettre se fait pour une intercommunalité, un département ou la région."
    complain(sentence + (" Essayez : --territoire « {epci} »" if epci else ""), nom=found.nom, epci=epci and epci.nom)
    sys.exit(BROKEN)

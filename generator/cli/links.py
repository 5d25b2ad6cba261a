"""`cop links`: the external links of the entries. It informs and never blocks: it ends with 0 whatever it finds."""

import os
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.common import choose_day, day_option, most_option, root_folder
from generator.cli.terminal import FrenchCommand, complain, in_french
from generator.cli.visiting import choose_visits, local_option

if TYPE_CHECKING:
    from generator.upkeep.links.memory import Memory


@click.command(cls=FrenchCommand)
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "markdown", "json"]),
    default="text",
    help="Pour une personne, une forge ou un programme.",
)
@click.option("--memoire", metavar="FICHIER", help="Où garder les visites passées (.cop-liens.json par défaut).")
@most_option
@local_option
@day_option
@click.pass_obj
def links(
    root: str | None, /, form: str, memoire: str | None, most: int | None, local: bool, day: datetime | None
) -> None:
    """Visiter les liens des fiches et dire lesquels sont morts."""
    from generator.entries import corpus
    from generator.repository import settings
    from generator.territories.reference import load_territories
    from generator.upkeep.links import memory, telling
    from generator.upkeep.links.examination import examine_links
    from generator.upkeep.sections import list_headings

    with in_french():
        folder, moment = root_folder(root), choose_day(day)
        chosen, _ = settings.load(folder, os.environ)
        path = Path(memoire) if memoire else folder / memory.MEMORY_FILE
        visits = choose_visits(chosen, "verification des liens", local)
        findings, now = examine_links(corpus.load(folder), chosen.site_url, moment, _load_memory(path), *visits)
        memory.save_memory(path, now)
        if form == "json":
            click.echo(telling.links_as_json(findings, moment))
        elif form == "markdown":
            click.echo(telling.links_as_markdown(findings, list_headings(load_territories()), most))
        else:
            click.echo(telling.links_as_text(findings))


def _load_memory(path: Path) -> "Memory":
    from generator.upkeep.links import memory

    try:
        return memory.load_memory(path)
    except memory.Unreadable:
        complain("La mémoire des visites est illisible : {path}. Elle repart de zéro.", path=path)
        return {}

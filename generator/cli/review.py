"""`cop review`: the entries to keep fresh, the milestones to announce."""

from datetime import datetime

import click

from generator.cli.common import choose_day, day_option, most_option, read_sound
from generator.cli.terminal import FrenchCommand, complain, in_french
from generator.files import write_new


@click.command(cls=FrenchCommand)
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "csv", "mailto"]),
    default="markdown",
    help="Pour une personne, un tableur, ou des courriels prêts à envoyer.",
)
@most_option
@click.option("--write", is_flag=True, help="Écrire l’actualité des jalons franchis, au lieu de la proposer.")
@day_option
@click.pass_obj
def review(root: str | None, /, form: str, most: int | None, write: bool, day: datetime | None) -> None:
    """Lister les fiches à vérifier et les jalons à annoncer."""
    from generator.repository.clocks import list_clocks
    from generator.upkeep import review as reviewing
    from generator.upkeep.sections import list_headings

    with in_french():
        snapshot = read_sound(root, choose_day(day))
        annuaire = snapshot.annuaire()
        rows = reviewing.to_recheck(annuaire, snapshot.settings)
        news = dict(reviewing.milestone_news(annuaire, snapshot.corpus.schemas["actualite"]))
        if form == "markdown":
            ringing = [clock for clock in list_clocks(snapshot.settings.echeances) if clock.rings(snapshot.today)]
            notices = reviewing.notices_as_markdown(ringing, () if write else news)
            room = most and most - len(notices)
            listed = reviewing.review_as_markdown(rows, list_headings(snapshot.territories), room)
            click.echo("\n\n".join(filter(None, (listed, notices))))
        else:
            click.echo(reviewing.review_as_csv(rows) if form == "csv" else reviewing.review_as_mailto(rows))
        for path, text in news.items():
            if write:
                write_new(snapshot.root / path, text.encode())
                complain("Actualité écrite : {path}", path=path)
            elif form != "markdown":
                complain("Jalon à annoncer : {path}. Pour l’écrire : cop review --write", path=path)

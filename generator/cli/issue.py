"""`cop issue`: from a request made on the forge, or a message, to a file."""

import os
import sys
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from generator.cli.common import choose_day, day_option, read_directory
from generator.cli.terminal import BROKEN, OK, UNKNOWN, WRONG_DATA, FrenchCommand, complain, in_french, say
from generator.files import write_new

if TYPE_CHECKING:
    from generator.edits.requests.proposals import Proposal
    from generator.repository.snapshot import Snapshot


@click.command(cls=FrenchCommand)
@click.argument("demande", metavar="FICHIER")
@click.option("--write", is_flag=True, help="Écrire la fiche, au lieu de la montrer.")
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Pour une personne ou un programme."
)
@day_option
@click.pass_obj
def issue(root: str | None, /, demande: str, write: bool, form: str, day: datetime | None) -> None:
    """Faire une fiche d’une demande reçue : un courriel (.eml), son texte, une fiche jointe (.yml), ou l’événement
    .json de la forge ; « - » lit l’entrée.

    Elle finit par 0 si la fiche est prête ou si une personne doit lire, 1 s’il reste à corriger (la réponse à envoyer
    est donnée), 3 si aucun formulaire n’est reconnu, 2 si le fichier n’est pas lisible.
    """
    from generator.edits.requests import messages, proposals

    with in_french():
        snapshot = read_directory(root, choose_day(day))
        try:
            proposal = proposals.propose(snapshot, os.environ, messages.read_file(Path(demande)))
        except messages.OfOutlook:
            complain(
                "Outlook garde ce message dans un format à lui : enregistrez-le au format .eml, ou son texte dans un "
                "fichier .txt."
            )
            sys.exit(BROKEN)
        except messages.NotARequest:
            complain("Ce fichier n’est pas une demande : {file}", file=demande)
            sys.exit(BROKEN)
        if form == "json":
            click.echo(proposal.as_json() if proposal else "null")
        elif proposal is None:
            complain("Aucun formulaire reconnu : une personne doit lire cette demande.")
        elif write and proposal.chemin:
            _write(snapshot, proposal)
        else:
            click.echo("\n".join(proposals.write_lines(proposal)))
    if proposal is None:
        sys.exit(UNKNOWN)
    sys.exit(WRONG_DATA if proposal.etat == "a-corriger" else OK)


def _write(snapshot: "Snapshot", proposal: "Proposal") -> None:
    """A new file, or the one it replaces where git has that one as it is."""
    from generator.edits.fixing import rewrites

    before = snapshot.corpus.texts.get(proposal.chemin)
    if before is None:
        write_new(snapshot.root / proposal.chemin, proposal.texte.encode())
    elif not rewrites.write_rewrites(snapshot.root, [rewrites.Rewrite(proposal.chemin, before, proposal.texte)])[0]:
        complain("Laissé tel quel, car git n’en a pas cette version : {path}.", path=proposal.chemin)
        sys.exit(BROKEN)
    say("Fiche écrite : {path}", path=proposal.chemin)

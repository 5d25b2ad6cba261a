"""`cop new`: what writes an entry."""

import sys
from collections.abc import Iterator
from contextlib import contextmanager
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from generator.cli.common import choose_day, day_option, name_place, read_directory
from generator.cli.terminal import BROKEN, INTERRUPTED, OK, WRONG_DATA, FrenchCommand, complain, in_french, say
from generator.files import write_again, write_new
from generator.french import enumeration

if TYPE_CHECKING:
    from generator.edits.new import NewFile
    from generator.repository.snapshot import Snapshot

MEETING = "rencontre"
OTHERS = ("formation", "actualite", MEETING)
"""What is written otherwise than a COP: no place bears these names."""


@click.command(cls=FrenchCommand)
@click.argument("lieu", metavar="[COMMUNE-OU-CODE | formation | actualite | rencontre]", required=False)
@click.option("--nom", metavar="TEXTE", help="Le nom de la COP.")
@click.option("--type", metavar="TYPE", help="La forme de la COP (commission-extra-municipale par défaut).")
@click.option("--statut", metavar="STATUT", help="Où elle en est (en-projet par défaut).")
@click.option("--theme", "themes", metavar="THÈME", multiple=True, help="Un thème ; l’option se répète.")
@click.option("--resume", metavar="TEXTE", help="Deux phrases, de 40 à 280 caractères.")
@click.option("--courriel", metavar="ADRESSE", help="L’adresse d’un service, jamais celle d’une personne.")
@click.option("--page", metavar="ADRESSE", help="Une page qui présente la COP.")
@click.option("--id", "name", metavar="NOM", help="Le nom du fichier, sans .yml.")
@click.option("--dry-run", is_flag=True, help="Montrer le fichier sans l’écrire.")
@day_option
@click.pass_obj
def new(
    root: str | None, /, lieu: str | None, name: str | None, dry_run: bool, day: datetime | None, **options: Any
) -> None:
    """Écrire la fiche d’une nouvelle COP ; sans réponse donnée, par des questions.

    « formation », « actualite » et « rencontre » posent les leurs : une rencontre s’ajoute à la fiche de sa COP, dont
    rien d’autre ne change.
    """

    answers = {key: value for key, value in options.items() if value not in (None, ())}
    other = lieu if lieu in OTHERS else ""
    has_terminal = sys.stdin.isatty() and sys.stdout.isatty()
    asking = bool(other) or (lieu is None and not answers and has_terminal)
    if other and (answers or not has_terminal):
        complain("« cop new {other} » pose ses questions dans un terminal, sans autre réponse donnée.", other=other)
        sys.exit(BROKEN)
    if not asking:
        _complete(lieu, answers)
    with in_french():
        snapshot = read_directory(root, choose_day(day))
        if asking:
            file = _prepare_by_questions(snapshot, other, name)
        else:
            file = _prepare_from_options(snapshot, lieu or "", answers, name)
        if file.problems:
            _tell_new(file)
            sys.exit(WRONG_DATA)
        if dry_run:
            click.echo(file.text, nl=False)
            return
        if asking and not _confirm(file):
            return
        _write(snapshot.root / file.path, file.text, is_new=other != MEETING)
        say("Fiche écrite : {path}", path=file.path)


def _write(path: Path, text: str, is_new: bool) -> None:
    """A new file, or one that has a meeting more."""
    if is_new:
        write_new(path, text.encode())
    else:
        write_again(path, text)


def _complete(lieu: str | None, answers: dict[str, Any]) -> None:
    """Stop where an answer is missing: all of them in one sentence."""
    names = {"lieu": "COMMUNE-OU-CODE", "nom": "--nom", "themes": "--theme", "resume": "--resume"}
    values = answers | {"lieu": lieu}
    missing = [name for key, name in names.items() if values.get(key) is None]
    if missing:
        complain(
            "Il manque {options}. Dans un terminal, « cop new » seul pose les questions. Aide : cop new --help",
            options=enumeration(missing),
        )
        sys.exit(BROKEN)


def _prepare_from_options(snapshot: "Snapshot", lieu: str, answers: dict[str, Any], name: str | None) -> "NewFile":
    from generator.edits.new import list_cops_at, prepare_file

    place = name_place(snapshot.territories, lieu)
    contact = {key: answers.pop(key) for key in ("courriel", "page") if key in answers}
    usual = {"type": "commission-extra-municipale", "statut": "en-projet"}
    themes = list(answers["themes"])
    file = prepare_file(snapshot, place, usual | answers | {"themes": themes, "contact": contact}, name)
    if file.problems:
        return file
    for entry in list_cops_at(snapshot, place):
        sentence = "L’annuaire connaît déjà une COP ici, est-ce celle-ci ? {nom} ({path})"
        complain(sentence, nom=entry.data.get("nom"), path=entry.path)
    return file


def _prepare_by_questions(snapshot: "Snapshot", other: str, name: str | None) -> "NewFile":
    """The file that the answers make. Ends here where the COP is in the directory already."""
    from generator.cli import asking
    from generator.edits import interview, new
    from generator.entries.corpus import COP_KIND, KINDS

    kind = next((kind for kind in KINDS if kind.name == other), COP_KIND)
    cop = None
    with _unwritten():
        if other == MEETING:
            cop = asking.choose_cop(snapshot)
        asked = interview.Interview(snapshot, kind, interview.MEETING if other == MEETING else "")
        if not asking.ask_all(asked):
            sys.exit(OK)
    if cop:
        return new.prepare_meeting(snapshot, cop, asked.data()["rencontres"][0])
    if asked.place:
        return new.prepare_file(snapshot, asked.place, asked.data(), name)
    return new.prepare_titled(snapshot, kind, asked.data(), name)


def _confirm(file: "NewFile") -> bool:
    from generator.cli import asking

    with _unwritten():
        is_confirmed = asking.confirm(file.text)
    if not is_confirmed:
        complain("Rien n’a été écrit.")
    return is_confirmed


@contextmanager
def _unwritten() -> Iterator[None]:
    """Ctrl-C or Ctrl-D amid the questions."""
    try:
        yield
    except (KeyboardInterrupt, EOFError):
        complain("Interrompu. Rien n’a été écrit.")
        sys.exit(INTERRUPTED)


def _tell_new(file: "NewFile") -> None:
    from generator.problems.reports import as_text

    click.echo(as_text(file.problems, lambda _path: file.text.split("\n")), err=True)

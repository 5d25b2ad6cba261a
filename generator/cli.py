"""The command `cop`: parse, call one function, print, exit. Heavy imports wait inside the commands."""

import os
import sys
from collections.abc import Callable
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from generator.failures import WrongMoment
from generator.french import pluriel, typographie
from generator.terminal import BROKEN, OK, WRONG_DATA, French, complain, in_french, run, say

if TYPE_CHECKING:
    from generator.directory import Directory
    from generator.problems import Problem


# Arguments ----------------------------------------------------------------------------------------------------------


def root_folder(named: str | None) -> Path:
    from generator.directory import find_root

    return find_root(Path(named or ".").resolve())


def today(given: datetime | None) -> str:
    """`--date`, else SOURCE_DATE_EPOCH, else today in Brittany: the only place that reads the clock."""
    if given:
        return given.date().isoformat()
    epoch = os.environ.get("SOURCE_DATE_EPOCH")
    zone = ZoneInfo("Europe/Paris")
    try:
        moment = datetime.fromtimestamp(int(epoch), zone) if epoch else datetime.now(zone)
    except (ValueError, OverflowError, OSError):
        raise WrongMoment(epoch) from None
    return moment.date().isoformat()


day_option = click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="AAAA-MM-JJ", help="Faire comme si l’on était ce jour."
)


_HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=French, context_settings=_HELP)
@click.option("--root", metavar="DOSSIER", help="L’annuaire, si ce n’est pas celui du dossier courant.")
@click.version_option(package_name="annuaire-cop", message="%(version)s", help="Afficher la version.")
@click.pass_context
def main(context: click.Context, root: str | None) -> None:
    """L’annuaire des 1 000 COP : vérifier les fiches, construire le site."""
    context.obj = root


# Commands -----------------------------------------------------------------------------------------------------------


@main.command()
@click.option(
    "--format", "form", type=click.Choice(["text", "json"]), default="text", help="Pour une personne ou un programme."
)
@day_option
@click.pass_obj
def check(root: str | None, form: str, day: datetime | None) -> None:
    """Vérifier les fiches, et dire en français quoi corriger."""
    from generator import directory, problems

    with in_french():
        found = directory.read(root_folder(root), os.environ, today(day))
        words = problems.FORMATS[form]
        if form == "json":
            click.echo(words(found.problems, found.lines))
        else:
            _tell(found, found.problems, err=False)
            click.echo(problems.summary(found.problems, found.files))
    sys.exit(OK if found.is_sound else WRONG_DATA)


def _tell(found: "Directory", listed: "tuple[Problem, ...]", err: bool = True) -> None:
    from generator import problems

    stream = sys.stderr if err else sys.stdout
    colour = stream.isatty() and "NO_COLOR" not in os.environ
    if listed:
        click.echo(problems.as_text(listed, found.lines, colour) + "\n", err=err, color=colour)


@main.command()
@day_option
@click.option("--output", metavar="DOSSIER", help="Où écrire le site (site/ par défaut).")
@click.option("--no-index", is_flag=True, help="Sans l’index de recherche, pour aller plus vite.")
@click.option("--quiet", is_flag=True, help="Ne rien dire, sauf les problèmes.")
@click.pass_obj
def build(root: str | None, day: datetime | None, output: str | None, no_index: bool, quiet: bool) -> None:
    """Construire le site ; s’il y a une erreur, l’ancien reste."""
    from generator import build as building
    from generator import problems

    with in_french():
        folder = root_folder(root)
        target = Path(output).resolve() if output else folder / "site"
        try:
            built = building.build(folder, target, os.environ, today(day), not no_index, _progress(quiet))
        except building.Refused as refused:
            _clear(quiet)
            _tell(refused.directory, refused.problems)
            complain(problems.summary(refused.problems, refused.directory.files))
            complain("Le site n’a pas été reconstruit ; l’ancien est intact.")
            sys.exit(WRONG_DATA)
        _clear(quiet)
        if not quiet:
            _tell(built.directory, built.directory.problems)
            written = pluriel(built.files, "fichier écrit", "fichiers écrits")
            size = f"{built.bytes / 1_000_000:.1f}".replace(".", ",")
            say(f"{written} dans {_short(target)}, {size} Mo.")


def _progress(quiet: bool) -> Callable[[str], None]:
    """One line that is written over, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        return lambda _words: None
    return lambda words: click.echo(f"\r\x1b[K{typographie(words)}…", err=True, nl=False)


def _clear(quiet: bool) -> None:
    if not quiet and sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)


def _short(path: Path) -> str:
    here = Path.cwd()
    return f"{path.relative_to(here)}/" if path.is_relative_to(here) else str(path)


@main.command()
@click.option("--port", metavar="N", type=click.IntRange(0, 65535), default=8000, help="Le port (8000 par défaut).")
@day_option
@click.pass_obj
def serve(root: str | None, port: int, day: datetime | None) -> None:
    """Montrer le site, et le reconstruire à chaque changement."""
    from generator import serve as serving

    with in_french():
        serving.serve(root_folder(root), port, os.environ, lambda: today(day), say)


@main.command()
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
    from generator import edits, newcop

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


def entry() -> None:
    """The command of pyproject.toml."""
    run(main)

"""The command `cop`: parse, call one function, print, exit. Heavy imports wait inside the commands."""

import errno
import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import date, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any
from zoneinfo import ZoneInfo

import click

from generator.french import pluriel, typographie

if TYPE_CHECKING:
    from generator.directory import Directory
    from generator.problems import Problem

OK, WRONG_DATA, BROKEN, INTERRUPTED = 0, 1, 2, 130


def say(words: str) -> None:
    click.echo(typographie(words))


def complain(words: str) -> None:
    click.echo(typographie(words), err=True)


# What can go wrong around us ---------------------------------------------------------------------------------------------

_DISK: dict[int, str] = {
    errno.ENOSPC: "Le disque est plein : {file}. Libérez de la place, puis recommencez.",
    errno.EDQUOT: "Votre quota de disque est atteint : {file}. Libérez de la place, puis recommencez.",
    errno.EROFS: "Ce dossier est en lecture seule : {file}. Choisissez-en un autre avec --output.",
    errno.EACCES: "Vous n’avez pas le droit d’écrire ou de lire ici : {file}.",
    errno.EPERM: "Vous n’avez pas le droit d’écrire ou de lire ici : {file}.",
    errno.EBUSY: "Ce dossier est un point de montage et ne peut pas être remplacé : {file}. Montez son dossier parent.",
    errno.ENOENT: "Fichier ou dossier introuvable : {file}.",
    errno.ENOTDIR: "Un fichier se trouve là où l’on attend un dossier : {file}.",
    errno.EADDRINUSE: "Le port est déjà pris. Choisissez-en un autre avec --port.",
}


@contextmanager
def in_french() -> Iterator[None]:
    """Broken environments end in one French line and exit code 2; no traceback reaches a contributor."""
    from generator.build import IndexFailed, SamePath
    from generator.directory import NoRepository
    from generator.engine import EngineError

    try:
        yield
    except NoRepository:
        complain("Aucun annuaire ici : allez dans le dossier qui contient mkdocs.yml et cops/, ou donnez-le avec --root.")
    except EngineError as error:
        complain("Le moteur n’a pas pu construire les pages écrites à la main. Voici ce qu’il dit :")
        click.echo(str(error), err=True)
    except IndexFailed as error:
        complain("L’index de recherche n’a pas pu être fait. L’ancien site est intact. Voici ce que dit le programme :")
        click.echo(str(error), err=True)
    except SamePath as error:
        complain(f"Deux parties du générateur produisent la même adresse : {error}. Rien n’a été écrit.")
    except OSError as error:
        file = error.filename2 or error.filename or ""
        words = _DISK.get(error.errno or 0, "Erreur du système ({reason}) : {file}.")
        complain(words.format(file=file, reason=error.strerror))
    except KeyboardInterrupt:
        complain("Interrompu. Le site précédent est intact.")
        sys.exit(INTERRUPTED)
    else:
        return
    sys.exit(BROKEN)


# Arguments ----------------------------------------------------------------------------------------------------------------


def root_folder(named: str | None) -> Path:
    from generator.directory import find_root

    return find_root(Path(named or ".").resolve())


def today(given: datetime | None) -> str:
    """`--date`, else SOURCE_DATE_EPOCH, else today in Brittany: the only place that reads the clock."""
    if given:
        return given.date().isoformat()
    epoch = os.environ.get("SOURCE_DATE_EPOCH", "")
    zone = ZoneInfo("Europe/Paris")
    moment = datetime.fromtimestamp(int(epoch), zone) if epoch.isdigit() else datetime.now(zone)
    return moment.date().isoformat()


day_option = click.option(
    "--date", "day", type=click.DateTime(["%Y-%m-%d"]), metavar="AAAA-MM-JJ", help="Faire comme si l’on était ce jour."
)


class French(click.Group):
    """Usage and option titles in French; click's own words are English."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        formatter.write_usage(ctx.command_path, "[OPTIONS] COMMANDE [ARGUMENTS]…", prefix="Usage : ")

    def format_commands(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        with formatter.section("Commandes"):
            rows = [(name, command.get_short_help_str(90)) for name, command in sorted(self.commands.items())]
            formatter.write_dl(rows)

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _options(self, ctx, formatter)
        self.format_commands(ctx, formatter)


class FrenchCommand(click.Command):
    """The same for one command."""

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        pieces = " ".join(["[OPTIONS]", *(p.make_metavar(ctx) for p in self.params if isinstance(p, click.Argument))])
        formatter.write_usage(ctx.command_path, pieces, prefix="Usage : ")

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        _options(self, ctx, formatter)


def _options(command: click.Command, ctx: click.Context, formatter: click.HelpFormatter) -> None:
    rows = [record for param in command.get_params(ctx) if (record := param.get_help_record(ctx))]
    with formatter.section("Options"):
        formatter.write_dl(rows)


French.command_class = FrenchCommand
_HELP: dict[str, Any] = {"help_option_names": ["-h", "--help"], "max_content_width": 100}


@click.group(cls=French, context_settings=_HELP)
@click.option("--root", metavar="DOSSIER", help="L’annuaire, si ce n’est pas celui du dossier courant.")
@click.version_option(package_name="annuaire-cop", message="%(version)s", help="Afficher la version.")
@click.pass_context
def main(context: click.Context, root: str | None) -> None:
    """L’annuaire des 1 000 COP : vérifier les fiches, construire le site."""
    context.obj = root


# Commands -----------------------------------------------------------------------------------------------------------------


@main.command()
@click.option("--format", "form", type=click.Choice(["text", "json"]), default="text", help="Pour une personne ou un programme.")
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
            warnings = built.directory.problems
            _tell(built.directory, warnings)
            size = built.bytes / 1_000_000
            say(f"{pluriel(built.files, 'fichier écrit', 'fichiers écrits')} dans {_short(target)}, {size:.1f} Mo.".replace(".", ",", 1))


def _progress(quiet: bool) -> Callable[[str], None]:
    """One line that is written over, on a terminal only."""
    if quiet or not sys.stderr.isatty():
        return lambda words: None
    return lambda words: click.echo(f"\r\x1b[K{typographie(words)}…", err=True, nl=False)


def _clear(quiet: bool) -> None:
    if not quiet and sys.stderr.isatty():
        click.echo("\r\x1b[K", err=True, nl=False)


def _short(path: Path) -> str:
    here = Path.cwd()
    return f"{path.relative_to(here)}/" if path.is_relative_to(here) else str(path)


@main.command()
@click.option("--port", type=click.IntRange(0, 65535), default=8000, help="Le port (8000 par défaut).")
@day_option
@click.pass_obj
def serve(root: str | None, port: int, day: datetime | None) -> None:
    """Montrer le site, et le reconstruire à chaque changement."""
    from generator import serve as serving

    with in_french():
        serving.serve(root_folder(root), port, os.environ, lambda: today(day), lambda words: say(words))


@main.command()
@click.argument("lieu", metavar="COMMUNE-OU-CODE")
@click.option("--nom", required=True, help="Le nom de la COP.")
@click.option("--type", "kind", default="commission-extra-municipale", help="La forme de la COP.")
@click.option("--statut", default="en-projet", help="Où elle en est.")
@click.option("--theme", "themes", multiple=True, required=True, help="Un thème ; l’option se répète, cinq fois au plus.")
@click.option("--resume", required=True, help="Deux phrases, de 40 à 280 signes.")
@click.option("--courriel", help="L’adresse d’un service, jamais celle d’une personne.")
@click.option("--page", help="Une page qui présente la COP.")
@click.option("--id", "name", help="Le nom du fichier, sans .yml.")
@click.option("--dry-run", is_flag=True, help="Montrer le fichier sans l’écrire.")
@day_option
@click.pass_obj
def new(root: str | None, lieu: str, kind: str, name: str | None, dry_run: bool, day: datetime | None, **given: Any) -> None:
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
        say(f"Fiche écrite : {file.path}")


def _tell_new(file: Any) -> None:
    from generator import problems

    click.echo(problems.as_text(file.problems, lambda path: file.text.split("\n")), err=True)

"""The command `cop`: parse, call one function, print, exit. Heavy imports wait inside the commands."""

import errno
import os
import sys
import tempfile
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

    # What was read, the problems to tell, the files they are about: all, some, or those that changed.
    Examined = tuple[Directory, tuple[Problem, ...], set[str]]


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
@click.argument("fichiers", nargs=-1, metavar="[FICHIER]…")
@click.option("--since", metavar="VERSION", help="Seulement ce qui a changé depuis une version connue de git.")
@click.option("--path", metavar="CHEMIN", help="Avec « - » : où serait le fichier lu sur l’entrée standard.")
@click.option(
    "--format",
    "form",
    type=click.Choice(["text", "json", "github", "markdown"]),
    default="text",
    help="Pour une personne, un programme, les lignes d’une forge, son résumé.",
)
@click.option("--fix", is_flag=True, help="Écrire les corrections sûres, et les montrer.")
@click.option("--dry-run", is_flag=True, help="Avec --fix : les montrer seulement.")
@click.option("--force", is_flag=True, help="Avec --fix : écrire aussi dans les fichiers que git n’a pas tels quels.")
@day_option
@click.pass_obj
def check(
    root: str | None,
    /,
    fichiers: tuple[str, ...],
    form: str,
    fix: bool,
    dry_run: bool,
    force: bool,
    day: datetime | None,
    **chosen: str | None,
) -> None:
    """Vérifier les fiches, et dire en français quoi corriger."""
    from generator import reports

    with in_french():
        examined = _examined(root, fichiers, today(day), **chosen)
        if fix and "-" in fichiers:
            complain("--fix écrit dans des fichiers : il ne va pas avec « - ».")
            sys.exit(BROKEN)
        if fix and _fixed(examined, dry_run, force):
            examined = _examined(root, fichiers, today(day), **chosen)
        found, listed, paths = examined
        if form == "text":
            _tell(found, listed, err=False)
            click.echo(reports.summary(listed, len(paths)))
        elif words := reports.FORMATS[form](listed, found.lines):
            click.echo(words)
    sys.exit(WRONG_DATA if any(one.is_error for one in listed) else OK)


def _examined(root: str | None, fichiers: tuple[str, ...], day: str, since: str | None, path: str | None) -> "Examined":
    from generator import directory, history

    folder = root_folder(root)
    instead: dict[str, bytes] = {}
    if fichiers == ("-",):
        name = inside(folder, path or "cops/29/entree-standard.yml")
        instead, fichiers = {name: sys.stdin.buffer.read()}, (str(folder / name),)
    found = directory.read(folder, os.environ, day, instead=instead)
    known = {*found.corpus.texts, *(one.path for one in found.problems)}
    if fichiers:
        paths = {one for name in fichiers for one in _named(inside(folder, name), known)}
        return found, found.of(paths), paths
    if since:
        paths = history.changed(folder, since) & known
        return found, found.of(paths, _as_of(folder, since, day)), paths
    return found, found.problems, set(found.corpus.texts)


def _named(name: str, known: set[str]) -> set[str]:
    """The files that a name means: itself, or those of a folder. Raises FileNotFoundError where there is none."""
    meant = {one for one in known if one == name or one.startswith(f"{name}/") or name == "."}
    if not meant:
        raise FileNotFoundError(errno.ENOENT, "", name)
    return meant


def _fixed(examined: "Examined", dry_run: bool, force: bool) -> bool:
    """Show the certain corrections and write them; whether something was written."""
    from generator.edits import rewrites
    from generator.problems import visible

    found, _, paths = examined
    planned = rewrites.plan(found, paths)
    if not planned:
        return False
    for line in rewrites.diff(planned).split("\n"):
        click.secho(visible(line), fg={"+": "green", "-": "red", "@": "cyan"}.get(line[:1]))
    if dry_run:
        return False
    written, left = rewrites.write(found.root, planned, force)
    for file in left:
        complain(f"Laissé tel quel, car git n’en a pas cette version : {file.path}. Pour l’écrire quand même : --force")
    say(f"{pluriel(len(written), 'fichier corrigé', 'fichiers corrigés')}.\n")
    return bool(written)


def inside(folder: Path, name: str) -> str:
    """A file named from here, or from the root, as its path from the root. Raises FileNotFoundError for another."""
    here = Path.cwd() / name
    path = here if here.is_relative_to(folder) else folder / name
    if ".." in Path(name).parts or not path.is_relative_to(folder):
        path = here.resolve()
    if not path.is_relative_to(folder):
        raise FileNotFoundError(errno.ENOENT, "", name)
    return path.relative_to(folder).as_posix()


def _as_of(folder: Path, revision: str, day: str) -> "Directory":
    from generator import directory, history

    with tempfile.TemporaryDirectory(prefix="cop-avant-") as past:
        history.extract(folder, revision, Path(past))
        return directory.read(Path(past), os.environ, day)


@main.command()
@click.option("--since", metavar="VERSION", required=True, help="La version à laquelle comparer, connue de git.")
@day_option
@click.pass_obj
def card(root: str | None, /, since: str, day: datetime | None) -> None:
    """Résumer une proposition pour ceux qui la relisent, en Markdown."""
    from generator import directory, review

    with in_french():
        folder = root_folder(root)
        before = _as_of(folder, since, today(day))
        click.echo(review.card(before, directory.read(folder, os.environ, today(day))), nl=False)


def _tell(found: "Directory", listed: "tuple[Problem, ...]", err: bool = True) -> None:
    from generator import problems

    stream = sys.stderr if err else sys.stdout
    colour = stream.isatty() and "NO_COLOR" not in os.environ
    if listed:
        click.echo(problems.as_text(listed, found.lines, colour) + "\n", err=err, color=colour)


@main.command()
@click.option(
    "--format",
    "form",
    type=click.Choice(["markdown", "csv"]),
    default="markdown",
    help="Pour une personne ou pour un tableur.",
)
@click.option("--write", is_flag=True, help="Écrire l’actualité des jalons franchis, au lieu de la proposer.")
@day_option
@click.pass_obj
def review(root: str | None, /, form: str, write: bool, day: datetime | None) -> None:
    """Lister les fiches à vérifier et les jalons à annoncer."""
    from generator import directory, edits, upkeep

    with in_french():
        found = directory.read(root_folder(root), os.environ, today(day))
        if not found.is_sound:
            _tell(found, found.problems)
            sys.exit(WRONG_DATA)
        annuaire = found.annuaire()
        click.echo(upkeep.FORMATS[form](upkeep.to_recheck(annuaire)))
        for path, text in upkeep.milestone_news(annuaire, found.corpus.schemas["actualite"]):
            if write:
                edits.write_new(found.root / path, text)
                complain(f"Actualité écrite : {path}")
            else:
                complain(f"Jalon à annoncer : {path}. Pour l’écrire : cop review --write")


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
    from generator import edits
    from generator.edits import newcop

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

"""How the command speaks: French help and usage, one line for a broken environment, the exit codes of the contract."""

import errno
import os
import sys
from collections.abc import Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path
from typing import NoReturn

import click

from generator.failures import (
    AmidSources,
    ChildFailed,
    EngineFailed,
    Failure,
    GitFailed,
    Incomplete,
    IndexFailed,
    InTheWay,
    NoAnswer,
    NoEngine,
    NoNetwork,
    NoRepository,
    NotASite,
    NoTheme,
    NotPlain,
    SamePath,
    TemplateFailed,
    UnreadableJournal,
    UnreadableRules,
    UnreadableTable,
    Unwritable,
    WrongMoment,
)
from generator.french import typographie
from generator.harmless import fill, visible

OK, WRONG_DATA, BROKEN, UNKNOWN, INTERRUPTED = 0, 1, 2, 3, 130


def say(sentence: str, **values: object) -> None:
    """A sentence; the values of its {names} are shown as they are."""
    click.echo(fill(sentence, **values))


def complain(sentence: str, **values: object) -> None:
    """The same, on the other stream."""
    click.echo(fill(sentence, **values), err=True)


def open_streams() -> None:
    """Give an empty stream in the place of one that the caller closed.

    Otherwise the next file that is opened takes its number, and what somebody says goes into that file.
    """
    for number, name, mode in ((0, "stdin", "r"), (1, "stdout", "w"), (2, "stderr", "w")):
        try:
            os.fstat(number)
        except OSError:
            os.open(os.devnull, os.O_RDWR)  # gets the lowest number that is free
        if getattr(sys, name) is None:
            setattr(sys, name, Path(os.devnull).open(mode, encoding="utf-8"))  # noqa: SIM115


# What can go wrong around us ----------------------------------------------------------------------------------------

_DISK: dict[int, str] = {
    errno.ENOSPC: "Le disque est plein{file}. Libérez de la place, puis recommencez.",
    errno.EDQUOT: "Votre quota de disque est atteint{file}. Libérez de la place, puis recommencez.",
    errno.EROFS: "Ce dossier est en lecture seule{file}. Choisissez-en un autre avec --output.",
    errno.EACCES: "Vous n’avez pas le droit d’écrire ou de lire ici{file}.",
    errno.EPERM: "Vous n’avez pas le droit d’écrire ou de lire ici{file}.",
    errno.EBUSY: "Ce dossier est un point de montage et ne peut pas être remplacé{file}. Montez son dossier parent.",
    errno.ENOENT: "Fichier ou dossier introuvable{file}.",
    errno.ENOTDIR: "Un fichier se trouve là où l’on attend un dossier{file}.",
    errno.EISDIR: "Un dossier se trouve là où l’on attend un fichier{file}.",
    errno.EEXIST: "Ce fichier existe déjà{file}. Il n’est pas remplacé.",
    errno.ENAMETOOLONG: "Ce nom est trop long{file}. Choisissez-en un plus court.",
    errno.EAGAIN: "Le système refuse de lancer un programme de plus. Fermez-en d’autres, puis recommencez.",
    errno.EFBIG: "Ce fichier dépasse la taille permise sur cette machine{file}. Libérez de la place, puis recommencez.",
    errno.ENOMEM: "Il n’y a plus de mémoire libre. Fermez d’autres programmes, puis recommencez.",
    errno.EADDRINUSE: "Le port est déjà pris. Choisissez-en un autre avec --port.",
}


_SENTENCES: Mapping[type[Failure], str] = {
    NoRepository: "Aucun annuaire ici : allez dans le dossier qui contient mkdocs.yml et cops/, "
    "ou donnez-le avec --root.",
    NotPlain: "Il faut ici un fichier ordinaire, et rien d’autre n’est ouvert : {error}. Remettez le fichier lui-même "
    "à la place de ce lien ou de ce tube.",
    UnreadableRules: "Les règles des fiches ne se lisent pas : {error}. Reprenez la version d’avant de ce fichier.",
    WrongMoment: "SOURCE_DATE_EPOCH ne donne pas une date : « {error} ». Attendu : un nombre de secondes depuis 1970.",
    NotASite: "Ce dossier contient autre chose qu’un site écrit par cette commande : {error}. Rien n’y a été touché. "
    "Choisissez-en un autre avec --output. Si c’est un site d’une ancienne version, déplacez-le ou effacez-le "
    "d’abord.",
    AmidSources: "Ce dossier est parmi les sources du site : {error}. Choisissez-en un autre avec --output.",
    Unwritable: "Vous n’avez pas le droit d’écrire dans ce dossier : {error}. Rien n’y a été touché. Demandez ce droit "
    "à la personne qui tient cette machine, ou choisissez un autre dossier avec --output.",
    InTheWay: "Le site a besoin de cette place, occupée par ce que cette commande n’a pas écrit : {error}. "
    "Déplacez-le, puis recommencez. L’ancien site est intact.",
    Incomplete: "Le site neuf a été modifié pendant qu’il s’écrivait : {error}. L’ancien est intact. Recommencez.",
    NoAnswer: "Ce programme n’en finit pas, on ne l’attend plus : {error}. Rien n’a été remplacé. Fermez d’autres "
    "programmes, puis recommencez.",
    SamePath: "Deux parties du générateur produisent la même adresse : {error}. Rien n’a été écrit.",
    NoEngine: "Ce moteur n’est pas connu. La variable MOTEUR peut valoir : {error}.",
    NoTheme: "Les feuilles de style dont part le site manquent. Lancez « make clean », puis « make site ».",
    NoNetwork: "Aucun site n’a été trouvé : le réseau manque sans doute. La mémoire des liens n’a pas changé.",
    UnreadableTable: "Ce tableau ne peut pas être lu : {error}.",
    UnreadableJournal: "Le fichier {error} ne se lit pas. Refaites-le avec « cop journal », ou effacez-le : le site se "
    "construit aussi sans lui.",
    GitFailed: "Git ne peut pas dire ce qui a changé : {error}.",
    ChildFailed: "Un programme a été arrêté du dehors, ou la mémoire a manqué. L’ancien site est intact.",
    EngineFailed: "Le moteur n’a pas pu construire les pages écrites à la main. Voici ce qu’il dit :",
    TemplateFailed: "Un gabarit est fautif. L’ancien site est intact. Voici ce qui ne va pas :",
    IndexFailed: "L’index de recherche n’a pas pu être fait. L’ancien site est intact. Voici ce que dit le programme :",
}
"""What is said of each; where the sentence ends with a colon, the program's own words follow."""


def tell_failure(failure: Failure) -> str:
    """What is said of it, the program's own words included."""
    message = typographie(str(failure)) if isinstance(failure, UnreadableTable) else failure  # that one is French
    sentence = fill(_SENTENCES[type(failure)], error=message)
    return f"{sentence}\n{failure}" if sentence.endswith(":") else sentence


def tell_error(error: Exception) -> str:
    """What is said of a broken environment: a Failure, an error of the system, or what `is_starved`."""
    if isinstance(error, Failure):
        return tell_failure(error)
    if isinstance(error, MemoryError | ImportError):
        return fill(_DISK[errno.ENOMEM])
    if isinstance(error, RuntimeError):
        return fill(_DISK[errno.EAGAIN])
    file = getattr(error, "filename", None)
    number = getattr(error, "errno", None)
    # Of a renaming the first name is what is in the way; a write that fails names no file.
    place = " : {file}" if file else ""
    if number in _DISK:
        return fill(_DISK[number].replace("{file}", place), file=_name(file))
    words = visible(getattr(error, "strerror", None) or str(error) or type(error).__name__)
    return (
        fill(f"Le système a refusé ce qu’on lui demandait{place}. Voici ce qu’il dit :", file=_name(file))
        + f"\n{words}"
    )


def _name(file: object) -> object:
    return os.fsdecode(file) if isinstance(file, str | bytes) else file


def is_starved(error: Exception) -> bool:
    """Whether it says in its own way that the system has no memory, or no thread, to give."""
    return isinstance(error, MemoryError) or any(words in str(error) for words in _REFUSED)


_REFUSED = ("failed to map segment", "cannot allocate memory", "can't start new thread")


def _end_broken(error: Exception) -> NoReturn:
    with suppress(OSError):  # where nobody can be told, the exit code tells
        click.echo(tell_error(error), err=True)
    sys.exit(BROKEN)


@contextmanager
def in_french() -> Iterator[None]:
    """Broken environments end in one French line and exit code 2; no traceback reaches a contributor."""
    try:
        yield
    except BrokenPipeError:
        raise  # the reader went away (`cop check | head`): click ends without a word
    except (OSError, Failure) as error:
        _end_broken(error)
    except (MemoryError, ImportError, RuntimeError) as error:
        if not is_starved(error):
            raise
        _end_broken(error)
    except KeyboardInterrupt:
        complain("Interrompu. Rien n’est resté à moitié fait.")
        sys.exit(INTERRUPTED)


# Help ---------------------------------------------------------------------------------------------------------------


class Formatter(click.HelpFormatter):
    """Headings with the French space before the colon."""

    def write_heading(self, heading: str) -> None:
        self.write(typographie(f"{'':>{self.current_indent}}{heading} :\n"))


class Context(click.Context):
    formatter_class = Formatter


class FrenchCommand(click.Command):
    """Usage, option titles and the help option in French; click's own words are English."""

    context_class = Context

    def format_usage(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        group = " COMMANDE [ARGUMENTS]…" if isinstance(self, click.Group) else ""
        pieces = ["[OPTIONS]", *(p.make_metavar(ctx) for p in self.params if isinstance(p, click.Argument))]
        formatter.write_usage(ctx.command_path, " ".join(pieces) + group, prefix=typographie("Usage : "))

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        rows = [p.get_help_record(ctx) for p in self.get_params(ctx) if isinstance(p, click.Option)]
        with formatter.section("Options"):
            formatter.write_dl(
                [(name, text.replace("[required]", "(obligatoire)")) for name, text in filter(None, rows)]
            )

    def get_help_option(self, ctx: click.Context) -> click.Option | None:
        option = super().get_help_option(ctx)
        if option:
            option.help = "Afficher cette aide."
        return option


class French(FrenchCommand, click.Group):
    command_class = FrenchCommand

    def format_options(self, ctx: click.Context, formatter: click.HelpFormatter) -> None:
        super().format_options(ctx, formatter)
        with formatter.section("Commandes"):
            rows = [(name, command.get_short_help_str(90)) for name, command in sorted(self.commands.items())]
            formatter.write_dl(rows)


def run(command: click.Group) -> None:
    """Run a command; wrong usage ends in one French line and exit code 2."""
    try:
        command.main(standalone_mode=False)
    except click.Abort:
        sys.exit(INTERRUPTED)
    except BrokenPipeError:
        raise
    except (OSError, MemoryError, ImportError, RuntimeError) as error:  # before the command began to work
        if not isinstance(error, OSError) and not is_starved(error):
            raise
        _end_broken(error)
    except click.exceptions.NoArgsIsHelpError as error:
        click.echo(error.format_message(), err=True)
        sys.exit(BROKEN)
    except click.UsageError as error:
        path = error.ctx.command_path if error.ctx else "cop"
        complain("{usage} Aide : {path} --help", usage=usage(error), path=path)
        sys.exit(BROKEN)


def usage(error: click.UsageError) -> str:
    """Click's errors in French, from what they hold and not from their sentence."""
    match error:
        case click.NoSuchOption():
            close = " Vouliez-vous dire {close} ?" if error.possibilities else ""
            sentence = f"L’option {{name}} n’existe pas.{close}"
            return fill(sentence, name=error.option_name, close=next(iter(error.possibilities or ()), ""))
        case click.MissingParameter(param=click.Parameter() as param):
            name = param.make_metavar(error.ctx or click.Context(click.Command("cop")))
            return fill("Il manque {name}.", name=name if isinstance(param, click.Argument) else param.opts[0])
        case click.BadParameter(param=click.Option() as option):
            choices = option.type.choices if isinstance(option.type, click.Choice) else ()
            sentence = "La valeur donnée à {name} ne convient pas."
            sentence += " Choix : {choices}." if choices else ""
            sentence += " Attendu : {form}." if isinstance(option.type, click.DateTime) else ""
            return fill(sentence, name=option.opts[0], choices=", ".join(choices), form=option.metavar)
        case click.BadOptionUsage() if "not take" in error.message:
            return fill("L’option {name} ne prend pas de valeur.", name=error.option_name)
        case click.BadOptionUsage():
            return fill("Il manque une valeur après {name}.", name=error.option_name)
    return "La commande demandée n’existe pas." if "command" in error.message.lower() else "Trop d’arguments."

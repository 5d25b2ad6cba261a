"""Questions at a terminal, with completion: how `cop new` asks when it is given nothing."""

import shutil
import textwrap
from collections.abc import Callable, Iterable
from typing import Any

import click
from prompt_toolkit import PromptSession
from prompt_toolkit.application import get_app
from prompt_toolkit.completion import CompleteEvent, Completer, Completion
from prompt_toolkit.document import Document

from generator.cli.terminal import say
from generator.edits.interview import Interview, Question, find_entry
from generator.edits.offers import list_place_names, suggest_places
from generator.edits.places import Unclear
from generator.entries.corpus import Entry
from generator.french import fold, nombre, pluriel, typographie
from generator.repository.snapshot import Snapshot


class _Places(Completer):
    """Places by the beginning of a name, a former name, a postal or an INSEE code."""

    def __init__(self, places: tuple[tuple[str, str, str], ...]) -> None:
        self.places = places

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        del complete_event
        text = document.text_before_cursor
        for label, why in suggest_places(self.places, text):
            yield Completion(label, -len(text), display_meta=typographie(why))


class _Choices(Completer):
    """The labels of a closed list that hold what is typed, after the last sign where several may be given."""

    def __init__(self, labels: Iterable[str], sign: str = "") -> None:
        self.labels, self.sign = tuple(labels), sign

    def get_completions(self, document: Document, complete_event: CompleteEvent) -> Iterable[Completion]:
        del complete_event
        text = document.text_before_cursor
        text = text.rpartition(self.sign)[2].lstrip() if self.sign else text
        for label in self.labels:
            if fold(text) in fold(label):
                yield Completion(label, -len(text))


def ask_all(interview: Interview) -> bool:
    """Ask until every question has its answer. False where the COP turns out to be in the directory already."""
    while question := interview.next():
        _ask(interview, question)
        if question.key == "lieu" and _is_known(interview):
            return False
    return True


def _ask(interview: Interview, question: Question) -> None:
    """One question, until its answer is right; what was typed stays to be corrected."""
    say("\n{words}", words=typographie(question.words))
    if question.help:
        _tell(typographie(question.help), dim=True)
    for number, label in enumerate(question.choices.values(), 1):
        say(f"{number:>4}. {{label}}", label=typographie(label))
    completer: Completer
    if question.key == "lieu":
        completer = _Places(list_place_names(interview.snapshot.territories))
    else:
        completer = _Choices(question.choices.values() or question.hints, question.sign if question.several else "")
    answer = ""
    while True:
        answer = _read_line(answer, completer, _length(question))
        wrong = interview.answer(question, answer)
        if not wrong:
            break
        _tell(wrong, fg="red")
        answer = "" if question.choices else answer  # a number is soon typed again
    if question.key == "lieu" and interview.place:
        _tell(interview.place.avec_code, dim=True)  # a postal code or a former name was perhaps typed


def _read_line(text: str = "", completer: Completer | None = None, below: Callable[[], str] | None = None) -> str:
    """One line typed after a sign, some words standing there already."""
    session: PromptSession[str] = PromptSession(completer=completer, bottom_toolbar=below)
    session.app.renderer.cpr_not_supported_callback = None  # it would warn in English, and nothing is lost
    return session.prompt("> ", default=text)


def _tell(sentence: str, **style: Any) -> None:
    """A sentence, its French spaces there already, in lines that fit the terminal, cut between words."""
    width = shutil.get_terminal_size().columns
    click.secho(textwrap.fill(sentence, width, break_long_words=False, break_on_hyphens=False), **style)


def _length(question: Question) -> Callable[[], str] | None:
    """How many signs are typed, where only so many fit."""
    if not question.longest:
        return None
    return lambda: typographie(
        f"{pluriel(len(get_app().current_buffer.text), 'signe')}, {nombre(question.longest)} au plus"
    )


def choose_cop(snapshot: Snapshot) -> Entry:
    """The COP that meets, by its id or some words of its name."""
    say("\nQuelle COP se réunit ? Son nom, quelques mots de son nom, ou la fin de l’adresse de sa page")
    completer = _Choices(entry.id for entry in snapshot.corpus.of("cop"))
    answer = ""
    while True:
        answer = _read_line(answer, completer)
        try:
            entry = find_entry(snapshot, "cop", answer.strip())
        except Unclear as unclear:
            _tell(str(unclear), fg="red")
            continue
        _tell(str(entry.data.get("nom", entry.id)), dim=True)
        return entry


def _is_known(interview: Interview) -> bool:
    """Whether the new one is one of those that the place has already."""
    entries = tuple(interview.there())
    if not entries:
        return False
    say("\nL’annuaire connaît déjà ici :")
    for number, entry in enumerate(entries, 1):
        say(f"{number:>4}. {{nom}}", nom=entry.data.get("nom", entry.id))
    say("Est-ce celle-ci ? Son numéro, ou Entrée si la vôtre n’y est pas")
    while answer := _read_line().strip():
        if answer.isdecimal() and 1 <= int(answer) <= len(entries):
            say("Corrigez sa fiche plutôt que d’en écrire une autre :")
            click.echo(entries[int(answer) - 1].path)
            return True
        _tell(f"Un numéro de 1 à {len(entries)}, ou Entrée.", fg="red")
    return False


def confirm(text: str) -> bool:
    """Show the file, and ask whether to write it."""
    click.echo(f"\n{text}")
    say("Écrire ce fichier ? Entrée pour oui, n pour non")
    return fold(_read_line()) in ("", "o", "oui")

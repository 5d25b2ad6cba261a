"""A request already begun, as one text: for a forge without forms, and for a message.

Both are read back by `edits/requests`, by the labels of the questions. A text has no boxes to tick: it states what
they say, and whoever sends it says so.
"""

from collections.abc import Mapping

from generator.french import typographie
from generator.repository.prompts import CONSENT, Form, Prompt


def write_request(form: Form, answers: Mapping[str, str]) -> str:
    """The text of a request in Markdown: each question under its title, the choices in a note that is not read."""
    parts = [f"<!-- {form.name} -->"]
    for prompt in _list_asked(form, answers):
        parts += [f"### {typographie(prompt.label)}", *_write_note(prompt)]
        parts += [text] if (text := answers.get(prompt.path) or typographie(prompt.stated)) else []
    return "\n\n".join(parts) + "\n\n"


def write_message(form: Form, answers: Mapping[str, str]) -> str:
    """The text of a message: what sending it states, then a line a question, to be completed."""
    stated = [typographie(prompt.stated) for prompt in form.prompts if prompt.stated]
    asked = [_write_line(p, answers.get(p.path, "")) for p in _list_asked(form, answers) if not p.stated]
    return "\n\n".join(["Bonjour,", *stated, *asked]) + "\n"


def begin_entry_message() -> str:
    """The first words of a message that brings a new entry."""
    return "\n\n".join(map(typographie, ("Bonjour,", "Voici une fiche pour l’annuaire des COP.", CONSENT)))


def write_entry_message() -> str:
    """The whole message, with `{chemin}` and `{fichier}` to replace."""
    return "\n\n".join([begin_entry_message(), typographie("Fichier :") + " {chemin}", "{fichier}"])


def _list_asked(form: Form, answers: Mapping[str, str]) -> list[Prompt]:
    """What cannot be left out, and what is answered or has a few words for it."""
    return [p for p in form.prompts if p.required or p.hint or p.path in answers]


def _write_note(prompt: Prompt) -> list[str]:
    choices = "" if prompt.stated else " / ".join(prompt.choices.values())
    note = choices or prompt.hint
    return [f"<!-- {typographie(note)} -->"] if note else []


def _write_line(prompt: Prompt, answer: str) -> str:
    hint = f" ({prompt.hint})" if prompt.hint else ""
    line = f"{typographie(f'{prompt.label}{hint} :')}"
    return f"{line} {answer}" if "\n" not in answer else f"{line}\n{answer}"

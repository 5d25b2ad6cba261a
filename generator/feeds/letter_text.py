"""The letter as plain text, for who reads mail without pictures nor colours: short lines, addresses alone on theirs."""

from collections.abc import Iterator
from textwrap import wrap

from generator.feeds.letter import Letter, LetterLine, LetterPart
from generator.french import pluriel
from generator.repository.settings import Settings

WIDTH = 72
"""Signs of a line: what every mail program shows without cutting."""


def tell_letter(letter: Letter, settings: Settings) -> str:
    """The whole letter; it ends with a line break."""
    return "\n".join(_list_lines(letter, settings)) + "\n"


def _list_lines(letter: Letter, settings: Settings) -> Iterator[str]:
    url = settings.site_url
    yield from (letter.titre.upper(), letter.periode, "", *wrap(letter.accueil, WIDTH))
    for part in letter.parties:
        yield from _list_part(part, url)
    if letter.is_empty:
        yield from ("", "Rien de nouveau sur cette période.")
    call = letter.appel
    yield from ("", "", call.titre.upper(), "", *wrap(call.texte, WIDTH), f"{url}{call.adresse}")
    # The mark of a signature (RFC 3676): programs leave what follows out of an answer.
    yield from ("", "-- ", settings.site_name, url)


def _list_part(part: LetterPart, url: str) -> Iterator[str]:
    yield from ("", "", part.titre.upper())
    for line in part.lignes:
        yield from _list_thing(line, url)
    more = f"Et {pluriel(part.reste, 'autre')}. " if part.reste else ""
    yield from ("", f"{more}{part.suite}", f"{url}{part.adresse}")


def _list_thing(line: LetterLine, url: str) -> Iterator[str]:
    yield from ("", *wrap(f"* {line.titre}", WIDTH, subsequent_indent="  "))
    for text in filter(None, (line.precision, line.texte)):
        yield from wrap(text, WIDTH, initial_indent="  ", subsequent_indent="  ")
    yield f"  {url}{line.adresse}"

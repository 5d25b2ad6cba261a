"""What every template may say beside the content of its page: the whole list stands here, a sentence each."""

from collections.abc import Callable, Mapping
from dataclasses import fields
from typing import Any

from minijinja import TemplateError, pass_state

from generator import french
from generator.failures import TemplateFailed
from generator.pages.entries import prose
from generator.pages.entries.facts import state_cop, tell_check
from generator.pages.frame.gabarit import Gabarit
from generator.pages.frame.loading import load_environment
from generator.pages.frame.page import Head
from generator.pages.frame.record import Record
from generator.pages.site import Site
from generator.repository import forge

_SLASH = "&#x2f;"
"""MiniJinja escapes the slash too, which HTML does not ask for and every address holds."""

FILTERS: Mapping[str, Callable[..., object]] = {
    # A text with the spaces of French typography.
    "typo": lambda text: french.typographie(str(text)),
    # A day, a month or a year in words: « 14 janvier 2027 ».
    "date": french.date_longue,
    # A number with its thousands apart.
    "nombre": french.nombre,
    # A small number in letters: « treize ».
    "en_lettres": french.en_lettres,
    # A long text of a contributor as HTML: sanitised, so that it stands as it is.
    "markdown": prose.write_html,
}


def list_globals(site: Site, assets: str = "") -> dict[str, object]:
    """The names that mean the same on every page."""
    return {
        # The folder of the style sheet, from the root of the site; what is no page of it asks for none.
        "assets": assets,
        # What mkdocs.yml says: name and address of the site, contact, network, repository.
        "settings": site.settings,
        # The day of the build, AAAA-MM-JJ.
        "today": site.annuaire.today,
        # How many COP, in words.
        "counter": site.counter,
        # The label of a closed value: label("cop.statut", "active").
        "label": site.labels.of,
        # The same, or nothing for a value that only says that nobody knows.
        "known": site.words.say,
        # A count with its noun: pluriel(2, "fiche").
        "pluriel": french.pluriel,
        # The status of a COP, for the macro `ring`.
        "status_of": lambda cop: state_cop(cop, site.labels),
        # Since when the entry of a COP says what it says: « vérifiée le 3 mars 2026 », or « écrite le … ».
        "check_of": tell_check,
        # The form of a COP in words.
        "type_of": site.words.say_kind,
        # A path from the root of the site, relative to the page that is being written.
        "link": _link,
        # The absolute address of such a path.
        "url": site.url,
        # The address by which a calendar program subscribes to such a path.
        "webcal": site.webcal,
        # An address that opens a message to the directory about a subject; None where there is no mailbox.
        "mailto": lambda subject, body="": forge.mailto(site.settings, subject, body),
    }


class Templates:
    """The templates of one site, ready to be filled."""

    def __init__(self, site: Site, assets: str = "") -> None:
        self._env = load_environment()
        for name, change in FILTERS.items():
            self._env.add_filter(name, change)
        for name, value in list_globals(site, assets).items():
            self._env.add_global(name, value)

    def render(self, name: str, head: Head, **names: object) -> str:
        """One template, which may say `page`, `names` and what stands above."""
        return self._fill(name, names | {"page": head})

    def render_page(self, name: str, head: Head, walls: Gabarit | None, content: object) -> bytes:
        """A page made from the data: its template may say the names of its content, and write between its walls."""
        names = {field.name: getattr(content, field.name) for field in fields(content)}  # type: ignore[arg-type]
        return self.render(name, head, gabarit=walls, **names).encode()

    def render_notice(self, record: Record) -> bytes:
        """What the search index reads of a page."""
        return self._fill("notice-recherche.html", {"notice": record}).encode()

    def render_message(self, name: str, **names: object) -> str:
        """What is no page of the site: a letter. Its addresses are whole."""
        return self._fill(name, names)

    def _fill(self, name: str, names: Mapping[str, object]) -> str:
        """Raises TemplateFailed."""
        try:
            return self._env.render_template(name, **names).replace(_SLASH, "/")
        except TemplateError as error:
            # What follows the first line is all that the page knew.
            raise TemplateFailed(str(error).partition("\n")[0]) from error


@pass_state
def _link(state: Any, path: str) -> str:
    """`state`: what a template knows while it is filled, whose type the library does not publish."""
    return (state.lookup("page").root + path) or "./"

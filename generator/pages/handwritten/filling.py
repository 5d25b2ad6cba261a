"""Blocs: where a Markdown author writes `<!-- bloc: compteur -->`, the generator puts templates/blocs/compteur.html.

No templating language in the Markdown, nothing of the engine in the templates.
"""

import re

from generator.entries.checks.handwritten import BLOC
from generator.pages.frame.page import Head
from generator.pages.frame.templates import Templates
from generator.pages.handwritten.blocs import Blocs
from generator.pages.jsonld import LinkedData

HEAD = "tete"
"""The one bloc that the theme writes: what each page says of itself."""


def fill(html: str, templates: Templates, head: Head, blocs: Blocs, linked_data: LinkedData) -> str:
    """The page with each bloc replaced."""

    def render(mark: re.Match[str]) -> str:
        if mark[1] == HEAD:
            return templates.render("tete.html", head, linked_data=linked_data)
        return templates.render(f"blocs/{mark[1]}.html", head, blocs=blocs)

    return BLOC.sub(render, html)

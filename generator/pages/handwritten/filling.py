"""Blocs: where a Markdown author writes `<!-- bloc: compteur -->`, the generator puts templates/blocs/compteur.html.

No templating language in the Markdown, nothing of the engine in the templates.
"""

import re
from types import SimpleNamespace

from generator.entries.content.page import BLOC
from generator.pages.frame.page import Head
from generator.pages.frame.templates import Templates
from generator.pages.jsonld import LinkedData

HEAD = "tete"
"""The one bloc that the theme writes: what each page says of itself."""


def fill(html: str, templates: Templates, head: Head, blocs: SimpleNamespace, linked_data: LinkedData) -> str:
    def render(mark: re.Match[str]) -> str:
        name = mark[1].strip()
        if name == HEAD:
            return templates.render("tete.html", head, linked_data=linked_data)
        return templates.render(f"blocs/{name}.html", head, blocs=blocs)

    return BLOC.sub(render, html)

"""Blocs: where a Markdown author writes `<!-- bloc: compteur -->`, the generator puts templates/blocs/compteur.html.

No templating language in the Markdown, nothing of the engine in the templates.
"""

import re
from collections.abc import Mapping
from typing import Any

from jinja2 import Environment

from generator.entries.checks.handwritten import BLOC

HEAD = "tete"
"""The one bloc that the theme writes: what each page says of itself."""


def fill(html: str, env: Environment, values: Mapping[str, Any]) -> str:
    """The page with each bloc replaced; `values` are those of the page."""

    def render(found: re.Match[str]) -> str:
        name = found[1]
        template = "tete.html" if name == HEAD else f"blocs/{name}.html"
        return env.get_template(template).render(values)

    return BLOC.sub(render, html)

"""Blocs: where a Markdown author writes `<!-- bloc: compteur -->`, the generator puts templates/blocs/compteur.html.

No templating language in the Markdown, nothing of the engine in the templates.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import Any

from jinja2 import Environment

from generator.french import enumeration
from generator.pages.templates import FOLDER
from generator.problems import Problem, problem

_BLOC = re.compile(r"<!--\s*bloc\s*:\s*(.*?)\s*-->")
HEAD = "tete"
"""The one bloc that the theme writes: what each page says of itself."""


def names() -> tuple[str, ...]:
    """The blocs that an author may place."""
    return tuple(sorted(path.stem for path in (FOLDER / "blocs").glob("*.html")))


def check(root: Path) -> Iterator[Problem]:
    """An unknown bloc, with its file and line."""
    known = names()
    for path in sorted((root / "content").rglob("*.md")):
        for number, line in enumerate(path.read_text(encoding="utf-8").split("\n"), 1):
            for found in _BLOC.finditer(line):
                if found[1] not in known:
                    span = (number, found.start() + 1), (number, found.end() + 1)
                    name = path.relative_to(root).as_posix()
                    yield problem(name, span, "bloc-inconnu", nom=found[1], connus=enumeration(known, "ou"))


def fill(html: str, env: Environment, values: Mapping[str, Any]) -> str:
    """The page with each bloc replaced; `values` are those of the page."""

    def render(found: re.Match[str]) -> str:
        name = found[1]
        template = "tete.html" if name == HEAD else f"blocs/{name}.html"
        return env.get_template(template).render(values)

    return _BLOC.sub(render, html)

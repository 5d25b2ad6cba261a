"""Blocs: where a Markdown author writes `<!-- bloc: compteur -->`, the generator puts templates/blocs/compteur.html.

No templating language in the Markdown, nothing of the engine in the templates.
"""

import re
from collections.abc import Iterator, Mapping
from pathlib import Path
from typing import TYPE_CHECKING, Any

from generator.engine import CONTENT, hand_written, symbolic_links
from generator.french import enumeration
from generator.problems import NOWHERE, Problem, problem

if TYPE_CHECKING:  # checking the entries must not load the templating engine
    from jinja2 import Environment

FOLDER = Path(__file__).parent.parent / "templates" / "blocs"

# On one line, as `check` reads it.
_BLOC = re.compile(r"<!--[ \t]*bloc[ \t]*:[ \t]*(.*?)[ \t]*-->")
HEAD = "tete"
"""The one bloc that the theme writes: what each page says of itself."""


def names() -> tuple[str, ...]:
    """The blocs that an author may place."""
    return tuple(sorted(path.stem for path in FOLDER.glob("*.html")))


def check(root: Path) -> Iterator[Problem]:
    """An unknown bloc, with its file and line; a link, which is no page. Those among the entries are the corpus's."""
    known = names()
    for name in symbolic_links(root):
        if not name.startswith(("formations/", "actualites/")):
            yield problem(f"{CONTENT}/{name}", (NOWHERE, NOWHERE), "lien-symbolique")
    for inside, path in hand_written(root):
        name = f"{CONTENT}/{inside}"
        raw = path.read_bytes()
        try:
            text = raw.decode("utf-8")
        except UnicodeDecodeError as error:
            yield _encoding(name, raw, error.start)
            continue
        for number, line in enumerate(text.split("\n"), 1):
            for found in _BLOC.finditer(line):
                if found[1] not in known:
                    span = (number, found.start() + 1), (number, found.end() + 1)
                    yield problem(name, span, "bloc-inconnu", nom=found[1], connus=enumeration(known, "ou"))


def _encoding(name: str, raw: bytes, wrong: int) -> Problem:
    """A page that is not UTF-8: the engine would stop in English."""
    before = raw[:wrong].decode("utf-8")
    place = before.count("\n") + 1, len(before) - before.rfind("\n")
    sign = raw[wrong : wrong + 1].decode("windows-1252", "replace")
    return problem(name, (place, (place[0], place[1] + 1)), "encodage", signe=sign)


def fill(html: str, env: "Environment", values: Mapping[str, Any]) -> str:
    """The page with each bloc replaced; `values` are those of the page."""

    def render(found: re.Match[str]) -> str:
        name = found[1]
        template = "tete.html" if name == HEAD else f"blocs/{name}.html"
        return env.get_template(template).render(values)

    return _BLOC.sub(render, html)

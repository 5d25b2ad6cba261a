"""Where templates are read, and what happens to their text on the way: French spaces, once for all pages."""

import re
from pathlib import Path

from minijinja import Environment

from generator import french

TEMPLATES_FOLDER = Path(__file__).parents[2] / "templates"

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_HELD = "\ue000"  # of the private use area: no template holds it


def space_source(source: str) -> str:
    """A template with French spaces; what an expression will say is a word among the others: `« {{ nom }} »`."""
    held = iter(_EXPRESSION.findall(source))
    return re.sub(_HELD, lambda _: next(held), french.typographie_html(_EXPRESSION.sub(_HELD, source)))


def read_template(name: str) -> str:
    """Templates are written with plain spaces; their text gets its no-break ones here, before compiling."""
    return space_source((TEMPLATES_FOLDER / name).read_text(encoding="utf-8"))


def load_environment() -> Environment:
    """Our templates by name. An undefined name or attribute is an error, and whatever they say is escaped."""
    return Environment(
        loader=read_template,
        auto_escape_callback=lambda _: "html",
        undefined_behavior="strict",
        trim_blocks=True,
        lstrip_blocks=True,
    )

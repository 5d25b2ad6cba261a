"""Where templates are read, and what happens to their text on the way: French spaces, once for all pages."""

import re
from collections.abc import Callable
from pathlib import Path

from jinja2 import Environment, FileSystemBytecodeCache, FileSystemLoader, StrictUndefined

from generator import french

TEMPLATES_FOLDER = Path(__file__).parents[2] / "templates"

_EXPRESSION = re.compile(r"\{\{.*?\}\}", re.DOTALL)
_HELD = "\ue000"  # of the private use area: no template holds it


def space_source(source: str) -> str:
    """A template with French spaces; what an expression will say is a word among the others: `« {{ nom }} »`."""
    held = iter(_EXPRESSION.findall(source))
    return re.sub(_HELD, lambda _: next(held), french.typographie_html(_EXPRESSION.sub(_HELD, source)))


class FrenchLoader(FileSystemLoader):
    """Templates are written with plain spaces; their text gets its no-break ones here, before compiling."""

    def get_source(self, environment: Environment, template: str) -> tuple[str, str, Callable[[], bool]]:
        source, name, is_fresh = super().get_source(environment, template)
        return space_source(source), name, is_fresh


def load_environment() -> Environment:
    """Our templates by name. An undefined name or attribute is an error."""
    return Environment(
        loader=FrenchLoader(TEMPLATES_FOLDER),
        autoescape=True,
        undefined=StrictUndefined,
        trim_blocks=True,
        lstrip_blocks=True,
        auto_reload=False,
        bytecode_cache=FileSystemBytecodeCache(),  # compiled once, as Python’s own modules are
    )

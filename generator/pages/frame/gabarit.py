"""What the engine wrote, cut: the bare page of a section, the text of a hand-written page. Nothing of it is evaluated.

Our pages are written between the five pieces of the bare page.
"""

import re
from dataclasses import dataclass

from markupsafe import Markup

from generator.french import typographie_html

MARKS = ("racine", "tete", "titre", "contenu")

START, END = '<span id="contenu" tabindex="-1"></span>', "</article>"
_HEADING = re.compile(r"<h1\b.*?</h1>", re.DOTALL)


@dataclass(frozen=True, slots=True)
class Gabarit:
    """What the engine wrote around the root, the head, the title and the content of a page."""

    avant_racine: Markup
    avant_tete: Markup
    avant_titre: Markup
    avant_contenu: Markup
    apres_contenu: Markup


def cut(page: str) -> Gabarit:
    """Raises ValueError where a mark of theme/gabarit.html is missing or stands twice."""
    pieces = []
    for mark in MARKS:
        before, mark_found, page = page.partition(f"<!-- gabarit: {mark} -->")
        if not mark_found:
            raise ValueError(f"a gabarit has no mark {mark}, or not in its place")
        pieces.append(before)
    if "<!-- gabarit:" in page:
        raise ValueError("a gabarit has a mark too many")
    return Gabarit(*(Markup(piece) for piece in (*pieces, page)))  # noqa: S704 (made by the engine from our theme)


def cut_text(page: str) -> Markup:
    """The text of a hand-written page between its walls, without its main heading: the title says it already."""
    text = page.partition(START)[2].rpartition(END)[0]
    return Markup(typographie_html(_HEADING.sub("", text)))  # noqa: S704 (made by the engine from a reviewed page)

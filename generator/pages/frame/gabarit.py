"""The bare page of a section, cut in four: our pages are written between the pieces, and nothing of it is evaluated."""

from dataclasses import dataclass

from markupsafe import Markup

MARKS = ("tete", "titre", "contenu")


@dataclass(frozen=True, slots=True)
class Gabarit:
    """What the engine wrote around the head, the title and the content of a page."""

    avant_tete: Markup
    avant_titre: Markup
    avant_contenu: Markup
    apres_contenu: Markup


def cut(page: str) -> Gabarit:
    """Raises ValueError where a mark of theme/gabarit.html is missing or stands twice."""
    pieces = []
    for mark in MARKS:
        before, found, page = page.partition(f"<!-- gabarit: {mark} -->")
        if not found:
            raise ValueError(f"a gabarit has no mark {mark}, or not in its place")
        pieces.append(before)
    if "<!-- gabarit:" in page:
        raise ValueError("a gabarit has a mark too many")
    return Gabarit(*(Markup(piece) for piece in (*pieces, page)))  # noqa: S704 (made by the engine from our theme)

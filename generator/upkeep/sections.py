"""Lists by section, in Markdown, shortened to what a forge holds: « et n autres » says what is left out."""

from bisect import bisect_left
from collections.abc import Mapping, Sequence

from generator.french import pluriel
from generator.territories.folders import REGION_FOLDER
from generator.territories.reference import Territories

Section = tuple[str, Sequence[str]]
"""A heading, and items: each one or more lines of Markdown that begin with « - »."""


def list_headings(territories: Territories) -> Mapping[str, str]:
    """The heading of each folder of entries, in the order of their names."""
    departements = {
        code: f"{departement.nom} ({code})" for code, departement in sorted(territories.departements.items())
    }
    other_folders = {"actualites": "Actualités", REGION_FOLDER: "Toute la région", "formations": "Formations"}
    return departements | other_folders


def write_sections(sections: Sequence[Section], most: int | None = None) -> str:
    """Every section with the same number of items, as many as hold in `most` characters; all of them without it.

    Headings stay even where no item does: whoever reads knows where the work is.
    """
    longest = max((len(items) for _, items in sections), default=0)
    if most is None:
        return _write_lists(sections, longest)
    too_long = bisect_left(range(longest + 1), True, key=lambda count: len(_write_lists(sections, count)) > most)
    return _write_lists(sections, max(0, too_long - 1))


def _write_lists(sections: Sequence[Section], count: int) -> str:
    parts = []
    for heading, items in sections:
        left = len(items) - count
        more = [f"- … et {pluriel(left, 'autre')}."] if left > 0 else []
        parts.append(f"### {heading}\n\n" + "\n".join([*items[:count], *more]))
    return "\n\n".join(parts)

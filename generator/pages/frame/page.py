"""One page made from the data: where it goes, with which template, and what only it shows.

All pages of a section lie at the depth of its gabarit, two folders down, so `racine` is the same for all.
"""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from typing import Any

from generator.pages.frame.record import Record

RACINE = "../../"
Values = Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class Page:
    """One page to render. Its values are made when it is, by whoever renders it."""

    chemin: str  # from the root of the site, ends with /
    gabarit: str  # section whose walls it stands in
    template: str
    titre: str
    description: str
    valeurs: Callable[[], Values]  # what only this page needs; `donnees_liees` is its JSON-LD, as markup
    dans_le_plan: bool = True  # False for redirections and embeds
    record: Callable[[], Record] | None = None  # what it can be found by; None for what is not searched
    aussi: tuple[str, ...] = ()  # former `chemin`, as deep as the present one, which give the same bytes

    @property
    def fichiers(self) -> tuple[str, ...]:
        return tuple(f"{chemin}index.html" for chemin in (self.chemin, *self.aussi))

    @property
    def genre(self) -> str:
        return self.template.removesuffix(".html")

"""A news item: its file's name bears its day."""

from collections.abc import Mapping
from typing import Any

from generator.model.fields import ActualiteFields


class Actualite(ActualiteFields, frozen=True, kw_only=True, eq=False):
    """One news item; its date is that of its file's name."""

    id: str
    donnees: Mapping[str, Any]
    commentaires: bool = False

    def __repr__(self) -> str:
        return f"Actualite({self.id!r})"

    @property
    def date(self) -> str:
        return self.id[:10]

    @property
    def date_affichee(self) -> str:
        """What people read: the day, or the month where only that is known."""
        return self.date[:7] if self.date_precision == "mois" else self.date

    @property
    def adresse(self) -> str:
        return f"actualites/{self.id}/"

"""A training, with what is derived of its sessions on a day."""

from collections.abc import Mapping
from functools import cached_property
from typing import Any

from generator.model.cop import Context, past, upcoming
from generator.model.fields import FormationFields, Session


class Formation(FormationFields, frozen=True, kw_only=True, dict=True, eq=False):
    id: str
    donnees: Mapping[str, Any]
    commentaires: bool = False  # as for a COP
    context: Context

    def __repr__(self) -> str:
        return f"Formation({self.id!r})"

    @property
    def today(self) -> str:
        return self.context.today

    @property
    def adresse(self) -> str:
        return f"formations/{self.id}/"

    @cached_property
    def sessions_a_venir(self) -> tuple[Session, ...]:
        """Cancelled ones too: who had noted the date must see it."""
        return upcoming(self.sessions, self.today)

    @cached_property
    def sessions_passees(self) -> tuple[Session, ...]:
        return past(self.sessions, self.today)

    @cached_property
    def prochaine(self) -> Session | None:
        return next((s for s in self.sessions_a_venir if s.statut != "annulee"), None)

    def inscription_ouverte(self, session: Session) -> bool:
        """Whether one may still register: neither full nor cancelled, and the last day for it is not over."""
        last = session.inscription_jusqu_au
        takes_people = self.context.labels.read_notes("formation.sessions.statut", "x-ouvert").get(
            session.statut, False
        )
        return takes_people and not (last and last < self.today)

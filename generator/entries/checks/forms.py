"""What goes with a form of COP: the collectivités that bear it, and the law it usually rests on.

The schema notes both beside the type. A usual basis serves the rule of the term only: no page says it of a COP.
"""

from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from generator.entries.checks.reading import text
from generator.entries.corpus import Entry
from generator.entries.rules import DATA
from generator.entries.schemas.schema import Schema
from generator.french import enumeration
from generator.problems.problem import Problem

ENDS_WITH_THE_TERM = DATA["ends_with_the_term"]
"""The basis of what lasts at most a municipal term: comités consultatifs of communes, whatever they are called."""


@dataclass(frozen=True, slots=True)
class Forms:
    """What the schema notes beside the forms of COP."""

    _bases: Mapping[str, Mapping[str, str]]  # form → kind of collectivité → usual legal basis
    _bearers: Mapping[str, Sequence[str]]  # form → kinds of collectivité that bear it
    _words: Mapping[str, str]  # kind of collectivité → « la commune »

    def usual_basis(self, form: str, bearer: str) -> str:
        """The usual legal basis of a form borne by this kind of collectivité, empty where there is none."""
        return self._bases.get(form, {}).get(bearer, "")

    def find_basis(self, data: Mapping[str, Any]) -> str:
        """The legal basis that an entry gives, else the usual one of its form."""
        given = text(data, "base_legale")
        return given or self.usual_basis(text(data, "type"), text(data, "collectivite", "type"))

    @property
    def all_bases(self) -> set[str]:
        return {basis for usual in self._bases.values() for basis in usual.values()}

    def may_bear(self, form: str, bearer: str) -> bool:
        """Whether this kind of collectivité is one of those that bear the form: any where none is noted."""
        return form not in self._bearers or bearer in self._bearers[form]

    def name_bearer(self, bearer: str) -> str:
        return self._words.get(bearer, "")

    def name_bearers(self, form: str) -> str:
        """« la commune ou l’intercommunalité », empty where any collectivité will do."""
        return enumeration(map(self.name_bearer, self._bearers.get(form, ())), "ou")


def read_forms(schema: Schema) -> Forms:
    """What the schema of a COP notes."""
    notes = schema.fields["type"].annotations
    words = schema.fields["collectivite.type"].annotations
    return Forms(notes.get("x-base-legale", {}), notes.get("x-echelle", {}), words.get("x-phrase", {}))


def check_bearer(entry: Entry, forms: Forms, _: Sequence[str]) -> Iterator[Problem]:
    """A form that such a collectivité does not bear: a conseil de développement of a commune."""
    form, bearer = text(entry.data, "type"), text(entry.data, "collectivite", "type")
    if (name := forms.name_bearer(bearer)) and not forms.may_bear(form, bearer):
        values = {"forme": form, "porteur": name, "attendu": forms.name_bearers(form)}
        yield entry.problem(("type",), "forme-et-collectivite", **values)


def check_basis(entry: Entry, forms: Forms, _: Sequence[str]) -> Iterator[Problem]:
    """A legal basis that is not the usual one of the form, for this collectivité."""
    basis, form = text(entry.data, "base_legale"), text(entry.data, "type")
    usual = forms.usual_basis(form, text(entry.data, "collectivite", "type"))
    if usual and basis in forms.all_bases and basis != usual:
        yield entry.problem(("base_legale",), "base-legale-inattendue", valeur=basis, type=form, attendue=usual)


def check_mandate(entry: Entry, forms: Forms, echeances: Sequence[str]) -> Iterator[Problem]:
    """An active commission checked after the end of the very mandate it claims contradicts itself (CGCT L2143-2)."""
    data = entry.data
    basis = forms.find_basis(data)
    end = mandate_end(text(data, "mandat", "fin"), echeances)
    if text(data, "statut") != "active" or basis != ENDS_WITH_THE_TERM or not end:
        return
    for key in ("verifiee_le", "inscrite_le"):
        if text(data, key) > end:
            values = {"fin": text(data, "mandat", "fin"), "cle": key, "date": text(data, key)}
            yield entry.problem(("statut",), "mandat-clos", **values)
            return


BY_FORM: tuple[Callable[[Entry, Forms, Sequence[str]], Iterator[Problem]], ...] = (
    check_bearer,
    check_basis,
    check_mandate,
)


def mandate_end(end: str, echeances: Sequence[str]) -> str:
    """The day a mandate ends: a bare year or month counts to the election day in it, else to its last day."""
    last = {4: f"{end}-12-31", 7: f"{end}-31"}.get(len(end), end)
    return next((day for day in echeances if end and day.startswith(end)), last)

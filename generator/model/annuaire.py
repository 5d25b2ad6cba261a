"""The directory as rendering sees it: frozen, with every derived value computed here and nowhere else.

Pages, feeds and exports read the same properties, so they cannot disagree.
"""

import re
from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from functools import cached_property, partial
from typing import Any, TypeVar

from msgspec import Struct, convert, structs

from generator.entries.corpus import Corpus, Entry
from generator.entries.memory import Memory
from generator.french import sort_key
from generator.model.actualite import Actualite
from generator.model.cop import Context, Cop
from generator.model.counter import Compteur, Milestone, compter, milestones, next_step, steps_to
from generator.model.fields import ActualiteFields, CopFields, FormationFields
from generator.model.formation import Formation
from generator.model.journal import Journal
from generator.model.labels import Labels
from generator.model.neighbours import Nearby, Neighbours
from generator.territories.alike import Kin, find_kin
from generator.territories.kinds import Commune, Departement, Epci, Point, Wide
from generator.territories.reference import Territories

NEIGHBOURS = 3


_TOLD = re.compile(r"\d{4}-\d{2}-\d{2}-(\d+)-cop")
"""The name of the news item of a step toward the goal."""


@dataclass(frozen=True)
class Annuaire:
    """The whole directory, sorted: COP by name, trainings by title, news from the newest."""

    cops: tuple[Cop, ...]
    formations: tuple[Formation, ...]
    actualites: tuple[Actualite, ...]
    context: Context = field(repr=False)
    journal: Journal = field(default_factory=Journal, repr=False)

    @property
    def today(self) -> str:
        return self.context.today

    @property
    def territories(self) -> Territories:
        return self.context.territories

    @property
    def labels(self) -> Labels:
        return self.context.labels

    @cached_property
    def territoires(self) -> tuple[Wide, ...]:
        """Those with a page: the region, the départements and the EPCI below."""
        return (*self.territories.regions.values(), *self.departements, *self.epcis)

    @cached_property
    def communes(self) -> tuple[Commune, ...]:
        """Those of the perimeter, by INSEE code."""
        everywhere = self.territories.communes.values()
        return tuple(commune for commune in everywhere if self.context.in_perimeter("commune", commune.code))

    @cached_property
    def departements(self) -> tuple[Departement, ...]:
        """Those of the perimeter, and any other that has a COP."""
        inside = {*self.context.departements, *self.par_departement}
        return tuple(d for d in self.territories.departements.values() if d.code in inside)

    @cached_property
    def epcis(self) -> tuple[Epci, ...]:
        """Those of the perimeter, and any other that has a COP."""
        context, with_cops = self.context, self.par_epci
        return tuple(
            e for e in self.territories.epci.values() if context.in_perimeter("epci", e.code) or e.code in with_cops
        )

    @cached_property
    def compteur(self) -> Compteur:
        return compter(self.cops, self.today, self.context.objectif)

    @cached_property
    def jalons(self) -> tuple[Milestone, ...]:
        """Steps toward the goal that were reached, in their order: one that was told stays as it was told."""
        steps = steps_to(self.context.objectif)
        reached = {milestone.count: milestone for milestone in milestones(self.cops, steps)}
        announced = {
            count: Milestone(count, item.date, next(iter(item.cops), "")) for count, item in self.annonces.items()
        }
        return tuple(sorted((reached | announced).values(), key=lambda milestone: milestone.count))

    @cached_property
    def annonces(self) -> Mapping[int, Actualite]:
        """The news item of each step that has one, by its count."""
        names = ((_TOLD.fullmatch(item.id), item) for item in self.actualites)
        return {int(name[1]): item for name, item in names if name}

    @property
    def prochain_jalon(self) -> int | None:
        last = self.jalons[-1].count if self.jalons else 0
        return next_step(max(self.compteur.value, last), steps_to(self.context.objectif))

    @cached_property
    def dernieres(self) -> tuple[Cop, ...]:
        """COP from the last entered; those of one day by name."""
        return tuple(sorted(self.cops, key=lambda cop: cop.inscrite_le, reverse=True))

    @cached_property
    def ordre_d_entree(self) -> tuple[Cop, ...]:
        """The order in which dots of the picture are given out: a dot moves only if an older file comes or goes."""
        return tuple(sorted(self.cops, key=lambda cop: (cop.inscrite_le, cop.id)))

    @cached_property
    def par_epci(self) -> Mapping[str, tuple[Cop, ...]]:
        return group((epci.code, cop) for cop in self.cops for epci in cop.epcis)

    @cached_property
    def par_departement(self) -> Mapping[str, tuple[Cop, ...]]:
        """By département where it lies: a COP of an EPCI across a border stands in both."""
        return group((departement.code, cop) for cop in self.cops for departement in cop.departements)

    @cached_property
    def par_commune(self) -> Mapping[str, tuple[Cop, ...]]:
        """COP of a commune's own; those of its EPCI, département or Région are not repeated here."""
        return group((cop.collectivite.code, cop) for cop in self.cops if cop.collectivite.type == "commune")

    @cached_property
    def couvrant(self) -> Mapping[str, tuple[Cop, ...]]:
        """By INSEE code, every COP that covers the commune, its own and the wider ones; COP that ended are left out."""
        return group((code, cop) for cop in self.cops if not cop.finie for code in cop.communes)

    @cached_property
    def par_theme(self) -> Mapping[str, tuple[Cop, ...]]:
        return group((theme, cop) for cop in self.cops for theme in cop.themes)

    @cached_property
    def par_type(self) -> Mapping[str, tuple[Cop, ...]]:
        return group((cop.type, cop) for cop in self.cops)

    @cached_property
    def par_id(self) -> Mapping[str, Cop]:
        """By id and by former id: what names a COP finds it under each."""
        return {name: cop for cop in self.cops for name in cop.ids}

    @cached_property
    def formations_par_id(self) -> Mapping[str, Formation]:
        return {formation.id: formation for formation in self.formations}

    @cached_property
    def actualites_par_id(self) -> Mapping[str, Actualite]:
        return {item.id: item for item in self.actualites}

    @cached_property
    def actualites_par_cop(self) -> Mapping[str, tuple[Actualite, ...]]:
        return group((self.par_id[name].id, item) for item in self.actualites for name in item.cops)

    def voisines(self, cop: Cop, count: int = NEIGHBOURS) -> Neighbours:
        """The nearest other COP with their distance in kilometres, nearest first."""
        return self._nearby.of(cop, count)

    def proches(self, position: Point, count: int) -> Neighbours:
        """The COP nearest to a place that go on or begin: those that ended would send people to a closed door."""
        return self._going_on.to(position, count)

    def semblables(self, commune: Commune, count: int) -> Neighbours:
        """The nearest COP of other communes that are like this one."""
        kin = self._by_kin.get(find_kin(commune))
        if not kin:
            return ()
        own = {cop.id for cop in self.par_commune.get(commune.code, ())}
        near = kin.to((commune.longitude, commune.latitude), count + len(own))
        return tuple(neighbour for neighbour in near if neighbour[0].id not in own)[:count]

    @cached_property
    def _nearby(self) -> Nearby:
        return Nearby(self.cops)

    @cached_property
    def _going_on(self) -> Nearby:
        return Nearby(cop for cop in self.cops if not cop.finie)

    @cached_property
    def _by_kin(self) -> Mapping[Kin, Nearby]:
        """The COP of communes that go on or begin, by what their communes share."""
        own = ((cop, cop.territoire) for cop in self.cops if not cop.finie)
        groups = group((find_kin(commune), cop) for cop, commune in own if isinstance(commune, Commune))
        return {kin: Nearby(cops) for kin, cops in groups.items()}


Key = TypeVar("Key")
Item = TypeVar("Item")


def group(pairs: Iterable[tuple[Key, Item]]) -> dict[Key, tuple[Item, ...]]:
    groups: dict[Key, list[Item]] = {}
    for key, item in pairs:
        groups.setdefault(key, []).append(item)
    return {key: tuple(group) for key, group in groups.items()}


# From data ----------------------------------------------------------------------------------------------------------

_FOR_EDITORS = "# yaml-language-server"


def _has_comments(text: str) -> bool:
    """Whether a file says something beside its data: a `#` alone on its line, or one between two blanks."""
    start = text.find("#")
    while start >= 0:
        alone = not text[text.rfind("\n", 0, start) + 1 : start].strip()
        between = text[start - 1 : start].isspace() and text[start + 1 : start + 2].isspace()
        if between or (alone and not text.startswith(_FOR_EDITORS, start)):
            return True
        start = text.find("#", start + 1)
    return False


def build_annuaire(
    corpus: Corpus, context: Context, objects: Memory[Any] | None = None, journal: Journal | None = None
) -> Annuaire:
    """The Annuaire of a corpus without errors; raises ValueError if the data does not have the shape of the schema."""
    objects = objects or Memory()
    cops = [objects.recall(entry, context, partial(_make_cop, context)) for entry in corpus.of("cop")]
    formations = [objects.recall(entry, context, partial(_make_formation, context)) for entry in corpus.of("formation")]
    actualites = [objects.recall(entry, None, _make_actualite) for entry in corpus.of("actualite")]
    return Annuaire(
        tuple(sorted(cops, key=lambda cop: (sort_key(cop.nom), cop.id))),
        tuple(sorted(formations, key=lambda formation: (sort_key(formation.titre), formation.id))),
        tuple(sorted(actualites, key=lambda actualite: actualite.id, reverse=True)),
        context,
        journal or Journal(),
    )


def _make_cop(context: Context, entry: Entry) -> Cop:
    values = _values_of(entry, CopFields)
    return Cop(**values, dossier=entry.folder, yaml=entry.source.text, context=context)


def _make_formation(context: Context, entry: Entry) -> Formation:
    return Formation(**_values_of(entry, FormationFields), context=context)


def _make_actualite(entry: Entry) -> Actualite:
    return Actualite(**_values_of(entry, ActualiteFields))


def _values_of(entry: Entry, fields: type[Struct]) -> dict[str, Any]:
    """The typed fields by name, beside what every kind has: its id, its raw data, whether it holds comments."""
    own = {"id": entry.id, "donnees": entry.data, "commentaires": _has_comments(entry.source.text)}
    return structs.asdict(convert(entry.data, fields)) | own

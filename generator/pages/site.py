"""What every page is rendered with: the data, the settings, the labels, the drawings. Made once a build."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from typing import Any

from generator import french
from generator.entries.schemas.fields import Field
from generator.entries.schemas.schema import Schema
from generator.model.actualite import Actualite
from generator.model.agenda import Agenda, build_agenda
from generator.model.annuaire import Annuaire, group
from generator.model.cop import Cop
from generator.model.fields import STRUCTS
from generator.model.labels import Labels
from generator.model.others import OtherFact, list_other_facts, list_unplaced
from generator.model.places import places_of_actualite
from generator.model.prospects import Prospects
from generator.opendata.status import Status
from generator.pages.entries.facts import Words
from generator.pages.groups.atlas import Atlas
from generator.pictures.counter import CounterWords, draw_counter
from generator.pictures.points import Dot, Points, draw_points, load_points
from generator.pictures.svg import Svg
from generator.repository.settings import Settings
from generator.territories.shapes import Shapes, load_shapes


@dataclass(frozen=True, slots=True)
class Step:
    """A page named on the way to another."""

    name: str
    path: str  # from the root of the site


@dataclass(frozen=True)
class Site:
    """The inputs of rendering and what is drawn from them once for all pages."""

    annuaire: Annuaire
    settings: Settings
    schemas: Mapping[str, Schema]
    status: Status | None = field(default=None, repr=False)  # of the build; None where there is none
    points: Points = field(default_factory=load_points, repr=False)
    shapes: Shapes = field(default_factory=load_shapes, repr=False)

    @property
    def labels(self) -> Labels:
        return self.annuaire.labels

    @cached_property
    def words(self) -> Words:
        return Words(self.labels)

    @cached_property
    def _unplaced(self) -> Mapping[str, tuple[Field, ...]]:
        """By kind, the fields that no page places by name."""
        return {kind: tuple(list_unplaced(self.schemas[kind].fields, struct)) for kind, struct in STRUCTS.items()}

    def list_other_facts(self, kind: str, data: Mapping[str, Any]) -> tuple[OtherFact, ...]:
        """What a file says under such fields."""
        return tuple(list_other_facts(data, self.schemas[kind].fields, self._unplaced[kind]))

    @cached_property
    def prospects(self) -> Prospects:
        return Prospects(self.annuaire)

    @cached_property
    def agenda(self) -> Agenda:
        return build_agenda(self.annuaire, self.settings.reseau)

    @cached_property
    def actualites_par_territoire(self) -> Mapping[str, tuple[Actualite, ...]]:
        """News by slug of the territories that they are about, newest first."""
        news = self.annuaire.actualites
        return group((slug, item) for item in news for slug in places_of_actualite(self.annuaire, item))

    @cached_property
    def atlas(self) -> Atlas:
        return Atlas(self.annuaire, self.shapes)

    @cached_property
    def places(self) -> Mapping[str, Dot | None]:
        """The dot of each COP, counted or not, given out in order of entry."""
        order = self.annuaire.ordre_d_entree
        return dict(zip((cop.id for cop in order), self.points.assign(cop.position for cop in order), strict=True))

    @cached_property
    def lit(self) -> tuple[Dot | None, ...]:
        return tuple(self.places[cop.id] for cop in self.annuaire.ordre_d_entree if cop.comptee)

    @cached_property
    def projected(self) -> tuple[Dot | None, ...]:
        return tuple(self.places[cop.id] for cop in self.annuaire.ordre_d_entree if cop.en_projet)

    @cached_property
    def counter(self) -> "CounterText":
        return CounterText.of(self.annuaire)

    @cached_property
    def counter_svg(self) -> Svg:
        """The stand-alone picture, to embed and to share."""
        text = self.counter
        words = CounterWords(
            title=f"{self.settings.site_name} : {text.sentence}",
            heading=(f"{french.nombre(self.annuaire.context.objectif)} COP", self.settings.region.dans),
            value=text.value,
            caption=text.caption,
            notes=text.notes,
        )
        return draw_counter(self.points, words, self.lit, self.projected)

    def draw_field(self) -> Svg:
        """The thousand points for the home page."""
        return draw_points(self.points, self.lit, self.projected, self.counter.sentence)

    def draw_dot(self, cop: Cop) -> Svg:
        """One of the thousand points: that of a COP. The page says the place in words beside it."""
        return draw_points(self.points, [self.places[cop.id]])

    def webcal(self, path: str) -> str:
        """Address by which a calendar program subscribes: the same file under a scheme that opens it."""
        return f"webcal:{self.url(path).partition(':')[2]}"

    def url(self, path: str) -> str:
        """Absolute address of a path from the root of the site."""
        return self.settings.site_url + path


@dataclass(frozen=True, slots=True)
class CounterText:
    """The counter in words, the same on the home page, in the picture and for screen readers."""

    value: str  # « 3 »
    caption: str  # « COP comptées sur 1 000 »
    to_confirm: str  # « dont 3 à confirmer depuis les élections de mars 2026 », or empty
    planned: str  # « et 2 en projet ou en création », or empty
    notes: tuple[str, ...]  # the two above in lines of about thirty signs

    @classmethod
    def of(cls, annuaire: Annuaire) -> "CounterText":
        count = annuaire.compteur
        term = annuaire.context.last_term_end
        # Only those whose term is over wait since the elections; the others were typed so.
        due = sum(cop.comptee and cop.statut_affiche == "a-confirmer" and cop.mandat_echu for cop in annuaire.cops)
        since = f"depuis les élections de {french.date_longue(term[:7])}" if due else ""
        if due < count.a_confirmer and since:
            since = f"({french.nombre(due)} {since})"
        to_confirm = f"dont {french.nombre(count.a_confirmer)} à confirmer" if count.a_confirmer else ""
        planned = f"{french.nombre(count.en_projet)} en projet ou en création" if count.en_projet else ""
        goal = french.nombre(count.objectif)
        return cls(
            value=french.nombre(count.value),
            caption=f"{french.accord(count.value, 'COP comptée', 'COP comptées')} sur {goal}",
            to_confirm=f"{to_confirm} {since}".strip() if to_confirm else "",
            planned=f"et {planned}" if planned else "",
            notes=tuple(note for note in (to_confirm, planned) if note),
        )

    @property
    def more(self) -> str:
        """What follows the caption: `dont 3 à confirmer depuis les élections de mars 2026`, or empty."""
        return " ".join(filter(None, (self.to_confirm, self.planned)))

    @property
    def sentence(self) -> str:
        """`3 COP comptées sur 1 000, dont 3 à confirmer depuis les élections de mars 2026`."""
        return ", ".join(filter(None, [f"{self.value} {self.caption}", self.to_confirm, self.planned]))

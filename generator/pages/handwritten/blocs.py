"""What the blocs of hand-written pages show: each is made when its template asks for it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from generator.entries.corpus import KINDS
from generator.entries.example import example_file, example_meeting
from generator.feeds.feed_names import CHANGES_FEED, LETTER_FEED, MAIN_FEEDS, FeedInfo
from generator.model.actions import count_begun_pillars
from generator.model.actualite import Actualite
from generator.model.annuaire import Annuaire
from generator.model.cop import OUT_OF_COUNT_AFTER, Cop
from generator.model.counter import Milestone
from generator.model.formation import Formation
from generator.opendata.status import Status
from generator.pages import changes, documentation, form
from generator.pages.actions import document_pages, engagement_pages
from generator.pages.actions.engagement_pages import EngagementIndex
from generator.pages.actions.shelves import Directory
from generator.pages.agenda import following
from generator.pages.agenda.following import Listing, TerritoryLinks
from generator.pages.agenda.rows import AgendaRow
from generator.pages.changes import ChangeWeek
from generator.pages.communes import department_pages
from generator.pages.communes.letter import Letter, make_blank_letter
from generator.pages.documentation import Chapter, Erreur, FieldRow
from generator.pages.embeds import MOTTOS, Badge, list_counters
from generator.pages.entries.doors import FormDoors, find_form_doors
from generator.pages.form import Part
from generator.pages.groups import charts, facets, lists, presence, prospect_pages, substance
from generator.pages.groups.charts import Chart, Progress
from generator.pages.groups.facets import FacetRow
from generator.pages.groups.lists import Trainings
from generator.pages.groups.prospect_pages import ToAskCounts
from generator.pages.groups.substance import Topic
from generator.pages.handwritten.rows import DepartementRows, EpciRows
from generator.pages.site import Site, Step
from generator.pictures.maps import Map
from generator.pictures.svg import Svg
from generator.territories.kinds import Commune
from generator.territories.sources import Origin, read_origins

NEWS = 20
"""News items that /actualites/ tells with their summary; the older ones are links."""


@dataclass(frozen=True)
class Blocs:
    """`blocs` in the templates of templates/blocs/."""

    site: Site = field(repr=False)
    root: str  # of the site, as the page writes it
    written: Mapping[str, Sequence[Step]]  # the hand-written pages, by the tab that each lights up
    made: Mapping[str, Sequence[Step]]  # pages made from data that are worth a line, by section

    @property
    def _annuaire(self) -> Annuaire:
        return self.site.annuaire

    @property
    def status(self) -> Status | None:
        """Of the build."""
        return self.site.status

    # COP

    @property
    def count(self) -> int:
        """How many COP have a page."""
        return len(self._annuaire.cops)

    @property
    def latest_cops(self) -> Sequence[Cop]:
        return self._annuaire.dernieres

    @property
    def facets(self) -> Sequence[FacetRow]:
        return facets.count_facets(self._annuaire)

    @property
    def themes(self) -> Sequence[Topic]:
        return substance.list_themes(self.site)

    @property
    def types(self) -> Sequence[Topic]:
        return substance.list_types(self.site)

    # Territories

    @property
    def departements(self) -> Sequence[DepartementRows]:
        annuaire = self._annuaire
        return [
            DepartementRows(
                row,
                lists.list_epcis(annuaire, row.territoire.code),
                presence.list_alone(row.territoire, annuaire),
            )
            for row in lists.list_departements(annuaire)
        ]

    @property
    def commune_indexes(self) -> Sequence[Step]:
        """Where the communes of each département are listed."""
        return [
            Step(departement.nom, department_pages.find_index(departement))
            for departement, _ in department_pages.group_communes(self.site)
        ]

    @property
    def letter(self) -> Letter:
        """The letter that asks for a COP, to fill in."""
        return make_blank_letter()

    @property
    def epcis(self) -> EpciRows:
        rows = lists.list_epcis(self._annuaire)
        return EpciRows(rows, [row for row in rows if row.count], [row for row in rows if not row.count])

    @property
    def prospects(self) -> ToAskCounts:
        return prospect_pages.count(self.site)

    @property
    def places(self) -> TerritoryLinks:
        return following.list_territories(self.site)

    @property
    def example(self) -> Commune:
        """One that an empty field names: the largest of the perimeter."""
        return max(self._annuaire.communes, key=lambda commune: commune.population)

    # Pictures

    @property
    def origins(self) -> Sequence[Origin]:
        """Where the reference data come from."""
        return read_origins()

    @property
    def points(self) -> Svg:
        return self.site.draw_field()

    @property
    def map(self) -> Map:
        """The region by EPCI: each leads to its page."""
        return self.site.atlas.draw_region(self.root)

    @property
    def filtering_map(self) -> Map:
        """The region by EPCI: each leads to the directory filtered on it."""
        return self.site.atlas.draw_region(self.root, filtered=True)

    # Dates, trainings, news

    @property
    def agenda(self) -> Listing:
        return following.list_agenda(self.site)

    @property
    def soonest(self) -> Sequence[AgendaRow]:
        return following.list_soonest(self.site)

    @property
    def sessions(self) -> Listing:
        return following.list_sessions(self.site)

    @property
    def trainings(self) -> Trainings:
        """Those without a session to come."""
        return lists.part_trainings(self._annuaire)

    @property
    def formations(self) -> Sequence[Formation]:
        return self._annuaire.formations

    @property
    def latest_news(self) -> Sequence[Actualite]:
        return self._annuaire.actualites[:NEWS]

    @property
    def older_news(self) -> Sequence[Actualite]:
        return self._annuaire.actualites[NEWS:]

    @property
    def feeds(self) -> Sequence[FeedInfo]:
        return MAIN_FEEDS

    # What COP do

    @property
    def engagements(self) -> EngagementIndex:
        return engagement_pages.make_index(self.site)

    @property
    def documents(self) -> Directory:
        return document_pages.make_index(self.site)

    @property
    def begun_pillars(self) -> Sequence[tuple[str, int]]:
        """The pillars of the Pacte and how many COP have begun each; none where no entry speaks of it."""
        begun = count_begun_pillars(self._annuaire)
        return [(name.capitalize(), count) for name, count in begun.items()] if any(begun.values()) else ()

    @property
    def letter_feed(self) -> FeedInfo:
        return LETTER_FEED

    @property
    def mottos(self) -> Sequence[Badge]:
        """The badges that are of no single COP."""
        return MOTTOS

    @property
    def topic_counters(self) -> Sequence[Badge]:
        return [badge for badge in list_counters(self.site) if badge.page.startswith("themes/")]

    @property
    def changes_feed(self) -> FeedInfo:
        return CHANGES_FEED

    @property
    def changes(self) -> Sequence[ChangeWeek]:
        return changes.list_weeks(self.site)

    # Figures

    @property
    def progress(self) -> Progress:
        return charts.tell_progress(self._annuaire)

    @property
    def charts(self) -> Sequence[Chart]:
        return charts.draw_charts(self._annuaire)

    @property
    def counted_for(self) -> int:
        """Months during which an entry that nobody checks again is counted."""
        return OUT_OF_COUNT_AFTER

    @property
    def milestones(self) -> Sequence[Milestone]:
        """Those that are reached."""
        return self._annuaire.jalons

    @property
    def next_milestone(self) -> int | None:
        return self._annuaire.prochain_jalon

    # Contributing

    @property
    def form_parts(self) -> Mapping[str, Sequence[Part]]:
        """The questions of each form: one a kind of file, and that of a meeting."""
        fields = {kind: schema.fields for kind, schema in self.site.schemas.items()}
        meeting = fields["cop"]["rencontres"].element
        return {kind: form.list_parts(own) for kind, own in fields.items()} | {
            "rencontre": form.list_item_parts(meeting)
        }

    @property
    def folders(self) -> Mapping[str, str]:
        """Where the files of each kind are, from the root of the repository."""
        return {kind.name: kind.folder for kind in KINDS}

    @property
    def form_doors(self) -> FormDoors:
        return find_form_doors(self.site)

    @property
    def example_files(self) -> Mapping[str, str]:
        """A file to fill in, of each kind."""
        return {kind: example_file(schema, kind, self._annuaire.today) for kind, schema in self.site.schemas.items()}

    @property
    def example_meeting(self) -> str:
        """Lines to add to a COP."""
        return example_meeting(self.site.schemas["cop"])

    @property
    def fields_by_kind(self) -> Sequence[Chapter]:
        return documentation.fields_by_kind(self.site.schemas)

    @property
    def fields_by_topic(self) -> Sequence[Chapter]:
        return documentation.fields_by_topic(self.site.schemas)

    @property
    def columns(self) -> Sequence[FieldRow]:
        """Those of the table to fill in."""
        return documentation.columns_of_model(self.site.schemas)

    @property
    def mistakes(self) -> Sequence[Erreur]:
        return documentation.list_mistakes(self.site.annuaire.territories)

"""`blocs` in the templates of templates/blocs/: what is there, and what is made for the page that asks for it."""

from collections.abc import Callable, Mapping, Sequence
from functools import partial
from types import SimpleNamespace

from generator.entries.corpus import KINDS
from generator.entries.example import example_file, example_meeting
from generator.feeds.feed_names import CHANGES_FEED, LETTER_FEED, MAIN_FEEDS
from generator.model.actions import count_begun_pillars
from generator.model.annuaire import Annuaire
from generator.model.cop import OUT_OF_COUNT_AFTER
from generator.pages import changes, documentation, form
from generator.pages.actions import document_pages, engagement_pages
from generator.pages.agenda import following
from generator.pages.communes import department_pages
from generator.pages.communes.letter import make_blank_letter
from generator.pages.embeds import MOTTOS, Badge, list_counters
from generator.pages.entries.doors import find_form_doors
from generator.pages.form import Part
from generator.pages.groups import charts, facets, lists, presence, prospect_pages, substance
from generator.pages.handwritten.rows import DepartementRows, EpciRows
from generator.pages.site import Site, Step
from generator.territories.kinds import Commune
from generator.territories.sources import read_origins

NEWS = 20
"""News items that /actualites/ tells with their summary; the older ones are links."""

Steps = Mapping[str, Sequence[Step]]


def gather(site: Site, root: str, written: Steps, made: Steps) -> SimpleNamespace:
    """`root`: of the site, as the page writes it; `written`: the hand-written pages, by the tab that each lights up;
    `made`: pages made from data that are worth a line, by section."""
    return SimpleNamespace(written=written, made=made, **_list_known(site), **_list_makers(site, root))


def _list_known(site: Site) -> Mapping[str, object]:
    annuaire = site.annuaire
    return {
        "status": site.status,  # of the build
        "count": len(annuaire.cops),  # of the COP that have a page
        "counted_for": OUT_OF_COUNT_AFTER,  # months during which an entry that nobody checks again is counted
        "latest_cops": annuaire.dernieres,
        "formations": annuaire.formations,
        "latest_news": annuaire.actualites[:NEWS],
        "older_news": annuaire.actualites[NEWS:],
        "milestones": annuaire.jalons,  # those that are reached
        "next_milestone": annuaire.prochain_jalon,
        "letter": make_blank_letter(),  # that asks for a COP, to fill in
        "feeds": MAIN_FEEDS,
        "letter_feed": LETTER_FEED,
        "changes_feed": CHANGES_FEED,
        "mottos": MOTTOS,
        "folders": {kind.name: kind.folder for kind in KINDS},  # of the files, from the root of the repository
    }


def _list_makers(site: Site, root: str) -> Mapping[str, Callable[[], object]]:
    annuaire, schemas = site.annuaire, site.schemas
    return {
        "facets": partial(facets.count_facets, annuaire),
        "themes": partial(substance.list_themes, site),
        "types": partial(substance.list_types, site),
        "departements": partial(_list_departements, annuaire),
        "epcis": partial(_list_epcis, annuaire),
        "places": partial(following.list_territories, site),
        "prospects": partial(prospect_pages.count, site),
        "commune_indexes": partial(_list_commune_indexes, site),
        "example": partial(_choose_example, annuaire),
        "origins": read_origins,  # of the reference data
        "points": site.draw_field,
        "map": partial(site.atlas.draw_region, root),  # each EPCI leads to its page
        "filtering_map": partial(site.atlas.draw_region, root, filtered=True),  # … or to the directory filtered on it
        "agenda": partial(following.list_agenda, site),
        "soonest": partial(following.list_soonest, site),
        "sessions": partial(following.list_sessions, site),
        "trainings": partial(lists.part_trainings, annuaire),  # those without a session to come
        "engagements": partial(engagement_pages.make_index, site),
        "documents": partial(document_pages.make_index, site),
        "begun_pillars": partial(_list_begun_pillars, annuaire),
        "topic_counters": partial(_list_topic_counters, site),
        "changes": partial(changes.list_weeks, site),
        "progress": partial(charts.tell_progress, annuaire),
        "charts": partial(charts.draw_charts, annuaire),
        "form_parts": partial(_list_form_parts, site),
        "form_doors": partial(find_form_doors, site),
        "example_files": partial(_write_examples, site),
        "example_meeting": partial(example_meeting, schemas["cop"]),
        "fields_by_kind": partial(documentation.fields_by_kind, schemas),
        "fields_by_topic": partial(documentation.fields_by_topic, schemas),
        "columns": partial(documentation.columns_of_model, schemas),  # of the table to fill in
        "mistakes": partial(documentation.list_mistakes, annuaire.territories),
    }


def _list_departements(annuaire: Annuaire) -> Sequence[DepartementRows]:
    return [
        DepartementRows(
            row,
            lists.list_epcis(annuaire, row.territoire.code),
            presence.list_alone(row.territoire, annuaire),
        )
        for row in lists.list_departements(annuaire)
    ]


def _list_epcis(annuaire: Annuaire) -> EpciRows:
    rows = lists.list_epcis(annuaire)
    return EpciRows(rows, [row for row in rows if row.count], [row for row in rows if not row.count])


def _list_commune_indexes(site: Site) -> Sequence[Step]:
    """Where the communes of each département are listed."""
    return [
        Step(departement.nom, department_pages.find_index(departement))
        for departement, _ in department_pages.group_communes(site)
    ]


def _choose_example(annuaire: Annuaire) -> Commune:
    """One that an empty field names: the largest of the perimeter."""
    return max(annuaire.communes, key=lambda commune: commune.population)


def _list_begun_pillars(annuaire: Annuaire) -> Sequence[tuple[str, int]]:
    """The pillars of the Pacte and how many COP have begun each; none where no entry speaks of it."""
    begun = count_begun_pillars(annuaire)
    return [(name.capitalize(), count) for name, count in begun.items()] if any(begun.values()) else ()


def _list_topic_counters(site: Site) -> Sequence[Badge]:
    return [badge for badge in list_counters(site) if badge.page.startswith("themes/")]


def _list_form_parts(site: Site) -> Mapping[str, Sequence[Part]]:
    """The questions of each form: one a kind of file, and that of a meeting."""
    fields = {kind: schema.fields for kind, schema in site.schemas.items()}
    meeting = fields["cop"]["rencontres"].element
    return {kind: form.list_parts(own) for kind, own in fields.items()} | {"rencontre": form.list_item_parts(meeting)}


def _write_examples(site: Site) -> Mapping[str, str]:
    """A file to fill in, of each kind."""
    return {kind: example_file(schema, kind, site.annuaire.today) for kind, schema in site.schemas.items()}

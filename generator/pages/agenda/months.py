"""The pages of the agenda, one a month."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from functools import partial

from generator.pages import jsonld
from generator.pages.agenda import following
from generator.pages.agenda.rows import AgendaRows, Filter, Month, find_page, make_filters, name_month
from generator.pages.frame.page import Page
from generator.pages.frame.record import Record
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step


@dataclass(frozen=True, slots=True)
class MonthPage:
    """What the page of a month shows."""

    month: Month
    filters: tuple[Filter, ...]
    before: Step | None
    after: Step | None
    linked_data: LinkedData


def list_pages(site: Site) -> Iterator[Page]:
    """One page a month, past ones too: they are the archive, and an address that was published stays good."""
    months = sorted(site.agenda.par_mois)
    for rank, month in enumerate(months):
        title = name_month(month).lower()
        description = f"Les rencontres de COP locales et les formations {site.settings.region.dans}, {title}."
        make = partial(_make_content, site, months, rank, description)
        path, name = find_page(month), f"Agenda, {title}"
        record = partial(Record, "pages", path, name, description)
        yield Page(path, "mois.html", name, description, make, make_record=record)


def _make_content(site: Site, months: Sequence[str], rank: int, description: str) -> MonthPage:
    month, step = months[rank], _step_to(months[rank])
    rows = AgendaRows(site).make_all(site.agenda.par_mois[month])
    # The archive of its month: nothing leaves it when it is over.
    shown = Month(step.name, step.path, tuple(replace(row, until="") for row in rows))
    steps = [Step("Agenda", "agenda/"), step]
    return MonthPage(
        month=shown,
        filters=make_filters([row.answers for row in rows], site, ("sorte", *following.FILTERS_OF_SESSIONS)),
        before=_step_to(months[rank - 1]) if rank else None,
        after=_step_to(months[rank + 1]) if rank + 1 < len(months) else None,
        linked_data=jsonld.dump_page(site, "CollectionPage", step.name, step.path, description, steps),
    )


def _step_to(month: str) -> Step:
    return Step(name_month(month), find_page(month))

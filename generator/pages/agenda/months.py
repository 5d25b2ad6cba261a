"""The pages of the agenda, one a month."""

from collections.abc import Iterator, Sequence
from dataclasses import replace
from functools import partial

from generator.pages import jsonld
from generator.pages.agenda import following
from generator.pages.agenda.rows import Month, filters, month_title
from generator.pages.frame.page import Page, Values
from generator.pages.frame.record import Record
from generator.pages.site import Site


def month_pages(site: Site) -> Iterator[Page]:
    """One page a month, past ones too: they are the archive, and an address that was published stays good."""
    every = sorted(site.agenda.par_mois)
    for rank, month in enumerate(every):
        title = month_title(month).lower()
        description = f"Les rencontres de COP locales et les formations en Bretagne, {title}."
        values = partial(_month, site, every, rank, description)
        path, name = f"agenda/{month}/", f"Agenda, {title}"
        record = partial(Record, "pages", path, name, description)
        yield Page(path, "agenda", "mois.html", name, description, values, record=record)


def _month(site: Site, every: Sequence[str], rank: int, description: str) -> Values:
    month = every[rank]
    title, path = month_title(month), f"agenda/{month}/"
    rows = following.rows_of(site).some(site.agenda.par_mois[month], month[:4])
    # The archive of its month: nothing leaves it when it is over.
    own = Month(title, tuple(replace(row, fin="") for row in rows))
    steps = [("Agenda", "agenda/"), (title, path)]
    page = jsonld.page(site, "CollectionPage", title, path, description)
    return {
        "mois": own,
        "filtres": filters([own], site, ("sorte", "territoire")),
        "avant": every[rank - 1] if rank else "",
        "apres": every[rank + 1] if rank + 1 < len(every) else "",
        "donnees_liees": jsonld.dump(page, jsonld.breadcrumb(site, steps)),
    }

"""The pages of the agenda, one a month."""

from collections.abc import Iterator

from generator.pages import calendar, following, jsonld
from generator.pages.sections import Page
from generator.pages.site import Site


def month_pages(site: Site) -> Iterator[Page]:
    """One page a month, past ones too: they are the archive, and an address that was published stays good."""
    rows = following.rows_of(site)
    every = sorted(site.agenda.par_mois)
    for rank, month in enumerate(every):
        title = calendar.month_title(month)
        events = site.agenda.par_mois[month]
        own = calendar.Month(month, title, rows.some(events, month[:4]))
        path = f"agenda/{month}/"
        description = f"Les rencontres de COP locales et les formations en Bretagne, {title.lower()}."
        values = {
            "mois": own,
            "filtres": calendar.filters([own], site, ("sorte", "territoire")),
            "avant": every[rank - 1] if rank else "",
            "apres": every[rank + 1] if rank + 1 < len(every) else "",
        }
        steps = [("Agenda", "agenda/"), (title, path)]
        ld = jsonld.dump(jsonld.page(site, "CollectionPage", title, path, description), jsonld.breadcrumb(site, steps))
        yield Page(path, "agenda", "mois.html", f"Agenda, {title.lower()}", description, ld, values)

"""Every page of an entry: a COP with its former addresses, a training, a news item."""

from collections.abc import Iterator

from generator.pages.entries import actualite_page, cop_page, formation_page
from generator.pages.frame.page import Page
from generator.pages.site import Site


def list_pages(site: Site) -> Iterator[Page]:
    for cop in site.annuaire.cops:
        yield cop_page.make_page(site, cop)
        yield from cop_page.make_redirections(cop)
    for formation in site.annuaire.formations:
        yield formation_page.make_page(site, formation)
    for actualite in site.annuaire.actualites:
        yield actualite_page.make_page(site, actualite)

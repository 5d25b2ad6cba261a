"""From the address of a territory that is no more to the page of its heir."""

from collections.abc import Iterator

from generator.french import enumeration
from generator.pages.frame.page import Page, RedirectionPage, redirect
from generator.pages.site import Site
from generator.territories.kinds import Former, kind_of


def list_pages(site: Site, section: str, kind: str) -> Iterator[Page]:
    """Those of the former communes, or EPCI, whose heir has a page here."""
    for former in site.annuaire.territories.formers:
        heir = former.heirs[0]
        if former.kind == kind and site.annuaire.context.in_perimeter(kind_of(heir), heir.code):
            words = tell_former(former)
            content = RedirectionPage(words, heir.nom, heir.adresse)
            yield redirect(f"{section}/{former.slug}/", former.nom, words, content)


def tell_former(former: Former) -> str:
    """« Béganne fait maintenant partie d’Allaire », as a title says it."""
    heir = former.heirs[0]
    if former.code == heir.code:
        return f"{former.nom} s’appelle maintenant {heir.nom}"
    if former.kind == "commune":
        return f"{former.nom} fait maintenant partie {heir.de}"
    names = enumeration(other.nom for other in former.heirs)
    return f"{former.nom} n’existe plus ; ses communes sont maintenant dans : {names}"

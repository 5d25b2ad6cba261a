"""The page of a commune: the COP that cover it, or that none is recorded; what is near and what is alike."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import dataclass
from functools import cache, partial

from generator import french
from generator.model.cop import Cop
from generator.model.neighbours import Neighbours, keep_near
from generator.pages import jsonld
from generator.pages.agenda import following
from generator.pages.agenda.following import Around
from generator.pages.communes import letter
from generator.pages.communes.department_pages import find_index
from generator.pages.communes.letter import Letter
from generator.pages.entries import posters
from generator.pages.entries.facts import tell_size
from generator.pages.entries.posters import Poster
from generator.pages.frame.page import Page, RedirectionPage, redirect
from generator.pages.frame.share import find_share
from generator.pages.groups import lists, redirections
from generator.pages.groups.lists import Near
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step
from generator.pictures.svg import Svg
from generator.territories.alike import find_kin
from generator.territories.kinds import Commune, Departement, Epci, Mairie, Region

MOST_OF_A_LEVEL = 3
"""COP of one level that the page names; the page of the territory has the others."""
NEAREST = 3
DATES = 5

FindAround = Callable[[Epci | Departement], Around]


@dataclass(frozen=True, slots=True)
class Level:
    """The COP of one level that cover the commune."""

    title: str
    cops: Sequence[Cop]
    more: int  # how many are not named here…
    path: str  # … and where they are


@dataclass(frozen=True, slots=True)
class CommunePage:
    """What the page of a commune shows."""

    commune: Commune
    departement: Departement
    epci: Epci | None
    trail: tuple[Step, ...]
    own_cops: Sequence[Cop]
    wider: tuple[Level, ...]  # of its intercommunalité, of its département and of the Région; none without COP
    nearest: tuple[Near, ...]
    alike: tuple[Near, ...]
    alike_rule: str  # « entre 500 et 1 999 habitants, au bord de la mer »
    around: Around
    around_place: Epci | Departement  # whose dates and feed these are
    map: Svg
    mairie: Mairie | None
    letter: Letter
    poster: Poster | None  # where it has no COP of its own
    linked_data: LinkedData


def list_pages(site: Site) -> Iterator[Page]:
    """A page for each commune, and one for each name that a merger took off the map."""
    communes = site.annuaire.communes
    # The communes of one territory share its dates.
    find_around = cache(partial(following.find_around, site, most=DATES))
    taken = {commune.slug for commune in communes}
    for commune in communes:
        yield _make_page(site, commune, find_around)
    for former in redirections.list_pages(site, "communes", "commune"):
        taken.add(former.path.split("/")[1])
        yield former
    for commune in communes:
        for old_name in commune.anciens_noms:
            old_slug = french.slug(old_name)
            if old_slug not in taken:
                taken.add(old_slug)
                yield _make_redirection(commune, old_name, old_slug)


def tell_apart(site: Site, commune: Commune) -> str:
    """What sets a commune apart from the other one of its name: ` (Morbihan)`; nothing for the others."""
    departement = site.annuaire.territories.departements[commune.departement]
    return f" ({departement.nom})" if commune.slug != french.slug(commune.nom) else ""


def _make_page(site: Site, commune: Commune, find_around: FindAround) -> Page:
    apart = tell_apart(site, commune)
    name = commune.nom + apart
    description = f"Les COP {commune.de}{apart} et des environs, et comment en demander une."
    make = partial(_make_content, site, commune, name, description, find_around)
    chain = site.annuaire.territories.chain("commune", commune.code)
    share = find_share(chain.epci or chain.departements[0])
    return Page(commune.adresse, "commune.html", name, description, make, share=share)


def _make_redirection(commune: Commune, old_name: str, old_slug: str) -> Page:
    words = f"{old_name} fait maintenant partie {commune.de}"
    content = RedirectionPage(words, commune.nom, commune.adresse)
    return redirect(f"communes/{old_slug}/", old_name, words, content)


def _make_content(site: Site, commune: Commune, name: str, description: str, find_around: FindAround) -> CommunePage:
    annuaire = site.annuaire
    chain = annuaire.territories.chain("commune", commune.code)
    departement = chain.departements[0]
    covering = annuaire.couvrant.get(commune.code, ())
    nearest = annuaire.proches((commune.longitude, commune.latitude), NEAREST + len(covering))
    others = tuple(neighbour for neighbour in nearest if neighbour[0] not in covering)[:NEAREST]
    territory = chain.epci or departement
    around = find_around(territory)
    path = commune.adresse
    steps = (Step("Communes", "communes/"), Step(departement.nom, find_index(departement)))
    own = [cop for cop in covering if cop.territoire is commune]
    wider = next((cop for cop in covering if cop.epcis and cop.territoire is not commune), None)
    return CommunePage(
        commune=commune,
        departement=departement,
        epci=chain.epci,
        trail=steps,
        own_cops=own,
        wider=tuple(_list_wider(commune, chain.epci, departement, covering)),
        nearest=lists.tell_near(keep_near(others)),
        alike=lists.tell_near(_find_alike(site, commune, {cop.id for cop, _ in others})),
        alike_rule=_tell_rule(commune),
        around=around,
        around_place=territory,
        map=site.atlas.draw_commune(commune),
        mairie=annuaire.territories.mairies.get(commune.code),
        letter=letter.write_letter(commune, chain.epci, next(iter(own), None), wider, letter.tell_examples(others)),
        poster=None if own else posters.make_poster_of_commune(site, commune, path),
        linked_data=jsonld.dump_page(site, "WebPage", name, path, description, (*steps, Step(name, path))),
    )


def _list_wider(
    commune: Commune, epci: Epci | None, departement: Departement, covering: Sequence[Cop]
) -> Iterator[Level]:
    far = [cop for cop in covering if isinstance(cop.territoire, Departement | Region)]
    between = [cop for cop in covering if cop.territoire is not commune and cop not in far]
    if between:
        yield _make_level((epci or departement).nom, between, (epci or departement).adresse)
    if far:
        yield _make_level("Département et région", far, departement.adresse)


def _make_level(title: str, cops: Sequence[Cop], path: str) -> Level:
    return Level(title, cops[:MOST_OF_A_LEVEL], max(0, len(cops) - MOST_OF_A_LEVEL), path)


def _find_alike(site: Site, commune: Commune, named: set[str]) -> Neighbours:
    """COP of communes alike, the nearest first, without those that the page names already."""
    near = site.annuaire.semblables(commune, NEAREST + len(named))
    return tuple(neighbour for neighbour in near if neighbour[0].id not in named)[:NEAREST]


def _tell_rule(commune: Commune) -> str:
    least, _ = find_kin(commune)
    size = tell_size(least)
    return f"{size}, {'au bord de la mer ou d’un estuaire' if commune.littoral else 'à l’intérieur des terres'}"

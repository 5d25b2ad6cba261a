"""The poster that a page prints on one A4 sheet: a COP that exists, or a commune that could have its own."""

from dataclasses import dataclass

from generator.french import typographie
from generator.model.cop import Cop
from generator.pages.entries import cop_facts
from generator.pages.entries.facts import Fact
from generator.pages.site import Site
from generator.pictures.qr import draw_qr
from generator.pictures.svg import Svg
from generator.territories.kinds import Commune


@dataclass(frozen=True, slots=True)
class Poster:
    """What a poster says, from top to bottom."""

    title: str  # « Votre commune a une COP »
    name: str  # of the COP; empty where there is none
    words: str  # who it is, or what a COP is
    call: str  # what to do
    facts: tuple[Fact, ...]  # how to take part
    address: str  # in letters; empty while the site has no public address


WHAT_A_COP_IS = (
    "Une COP locale réunit élus, habitants, associations et entreprises, pour préparer ensemble la transition "
    "écologique et solidaire."
)


def make_poster_of_cop(site: Site, cop: Cop) -> Poster | None:
    """None for one that is over, or of which nobody knows: a wall does not say « perhaps »."""
    state = site.labels.read_notes("cop.statut", "x-affiche").get(cop.statut_affiche)
    if not state:
        return None
    facts = (cop_facts.tell_how_to_join(cop, site.words), cop_facts.tell_contact(cop))
    return Poster(
        title=f"{'Votre commune' if isinstance(cop.territoire, Commune) else 'Votre territoire'} {state}",
        name=typographie(cop.nom),
        words=typographie(cop.resume),
        call="Suivez ce qui s’y prépare.",
        facts=tuple(fact for fact in facts if fact.lines),
        address=find_address(site, cop.adresse),
    )


def make_poster_of_commune(site: Site, commune: Commune, path: str) -> Poster:
    return Poster(
        title=typographie(f"Et si {commune.nom} avait sa COP ?"),
        name="",
        words=typographie(WHAT_A_COP_IS),
        call=typographie("Chacun peut la demander à la mairie : la lettre est prête."),
        facts=(),
        address=find_address(site, path),
    )


def make_qr(site: Site, cop: Cop) -> Svg | None:
    """The way to the page of a COP from paper, where the site has a public address."""
    return draw_qr(site.url(cop.adresse)) if site.settings.is_public else None


def find_address(site: Site, path: str) -> str:
    """As one types it; empty while the site has no public address."""
    return site.url(path).partition("://")[2].rstrip("/") if site.settings.is_public else ""

"""The communes of each département as bare links: the way to the page of any commune without a script."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from functools import partial

from generator.french import sort_key
from generator.pages import jsonld
from generator.pages.frame.page import Page
from generator.pages.jsonld import LinkedData
from generator.pages.site import Site, Step
from generator.territories.kinds import Commune, Departement


@dataclass(frozen=True, slots=True)
class DepartmentIndex:
    """What the list of a département shows."""

    departement: Departement
    communes: Sequence[Commune]
    linked_data: LinkedData


def list_pages(site: Site) -> Iterator[Page]:
    """A list for each département that has communes in the perimeter."""
    for departement, communes in group_communes(site):
        title = f"Les communes {departement.de}"
        description = f"Toutes les communes {departement.de} : les COP qui les couvrent et les plus proches."
        path = find_index(departement)
        make = partial(_make_content, site, departement, communes, title, description)
        yield Page(path, "communes.html", title, description, make)


def find_index(departement: Departement) -> str:
    """Where the communes of a département are listed."""
    return f"communes/{departement.slug}/"


def group_communes(site: Site) -> Iterator[tuple[Departement, Sequence[Commune]]]:
    """The communes of the perimeter by département, in French order."""
    communes = sorted(site.annuaire.communes, key=lambda commune: sort_key(commune.nom))
    for departement in site.annuaire.territories.departements.values():
        if inside := [commune for commune in communes if commune.departement == departement.code]:
            yield departement, inside


def _make_content(
    site: Site, departement: Departement, communes: Sequence[Commune], title: str, description: str
) -> DepartmentIndex:
    path = find_index(departement)
    steps = [Step("Communes", "communes/"), Step(departement.nom, path)]
    return DepartmentIndex(
        departement=departement,
        communes=communes,
        linked_data=jsonld.dump_page(site, "CollectionPage", title, path, description, steps),
    )

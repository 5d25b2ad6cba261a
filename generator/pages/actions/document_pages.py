"""The documents that COP publish, by type, for who looks for a model: from a commune of one's size, from a like COP."""

from collections.abc import Iterator, Sequence

from generator import french
from generator.model.actions import CopDocument, list_documents
from generator.pages.actions import shelves
from generator.pages.actions.engagement_pages import name_departements
from generator.pages.actions.shelves import ActionRow, Directory, Kind, Shelf
from generator.pages.entries.facts import tell_size
from generator.pages.frame.page import Page
from generator.pages.site import Site
from generator.territories.alike import CLASSES, find_kin
from generator.territories.kinds import Commune

PATH = "cop.documents.type"
UNTOLD = "sans-type"


def list_pages(site: Site) -> Iterator[Page]:
    yield from shelves.list_pages(site, make_kind(site), list_shelves(site))


def make_kind(site: Site) -> Kind:
    sizes = {str(least): french.capitalise(tell_size(least)) for least in (0, *CLASSES)}
    others = {kind: label for kind, label in site.labels.choices("cop.collectivite.type").items() if kind != "commune"}
    questions = [
        ("nature", "Type", "Tous les types", dict(site.labels.choices(PATH))),
        ("taille", "Taille de la commune", "Toutes", sizes | others),
        ("forme", "Forme de COP", "Toutes les formes", dict(site.labels.choices("cop.type"))),
        ("territoire", "Où", "Partout", name_departements(site)),
    ]
    return Kind("documents", "Les documents", "document", "documents", questions)


def list_rows(site: Site) -> Sequence[ActionRow]:
    return [_make_row(site, item) for item in list_documents(site.annuaire)]


def list_shelves(site: Site) -> Sequence[Shelf]:
    """One for each type of document that some COP publishes."""
    rows = list_rows(site)
    names = {**site.labels.choices(PATH), UNTOLD: "Type non renseigné"}
    made = (
        Shelf("nature", value, label, [row for row in rows if row.answers["nature"] == value], "Par type")
        for value, label in names.items()
    )
    return [shelf for shelf in made if shelf.rows]


def make_index(site: Site) -> Directory:
    return shelves.make_directory(make_kind(site), list_shelves(site), list_rows(site))


def _make_row(site: Site, item: CopDocument) -> ActionRow:
    cop, document = item.cop, item.document
    day = french.date_longue(document.date) if document.date else ""
    kind = site.labels.of(PATH, document.type) if document.type else ""
    place = cop.territoire
    size = str(find_kin(place)[0]) if isinstance(place, Commune) else cop.collectivite.type
    people = tell_size(int(size)) if isinstance(place, Commune) else ""
    return ActionRow(
        cop=cop,
        title=document.titre,
        url=document.url,
        status=None,
        words=(("nature", kind), ("date", day), ("forme", site.words.say_kind(cop)), ("taille", people)),
        answers={
            "sorte": "document",
            "nature": document.type or UNTOLD,
            "taille": size,
            "forme": cop.type,
            "territoire": " ".join(departement.slug for departement in cop.departements),
        },
    )

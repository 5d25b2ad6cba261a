"""The catalogue by which portals of open data find and follow ours: DCAT-AP 3.0, as RDF/XML and as JSON-LD."""

import hashlib
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from generator.opendata.exports import DATA_VERSION, LICENCE, LICENCE_PAGE
from generator.opendata.graph import PREFIXES, Node, Ref, Text, join_said, list_said, write_jsonld, write_rdfxml
from generator.repository.settings import Settings

EU = "http://publications.europa.eu/resource/authority"
IANA = "https://www.iana.org/assignments/media-types"
THEMES: Mapping[str, str] = {"GOVE": "Gouvernement et secteur public", "ENVI": "Environnement"}
KEYWORDS = ("COP locale", "transition écologique", "participation citoyenne", "collectivités")


@dataclass(frozen=True, slots=True)
class Export:
    """One file of a set of data."""

    name: str  # under donnees/
    title: str
    format: str  # in the list of the Publications Office of the European Union
    media: str


@dataclass(frozen=True, slots=True)
class DataSet:
    """What belongs together, whatever the format."""

    name: str
    title: str  # {de}: the region, after « de »
    description: str
    exports: tuple[Export, ...]


CSV, JSON, GEOJSON = ("CSV", "text/csv"), ("JSON", "application/json"), ("GEOJSON", "application/geo+json")
SETS = (
    DataSet(
        "cops",
        "Les COP locales {de}",
        "Les espaces où collectivités, habitants, associations et entreprises construisent ensemble les politiques de "
        "transition écologique et solidaire : une fiche par COP, avec sa collectivité, son statut, ses thèmes, sa "
        "composition, ses rencontres et ses sources.",
        (
            Export("cops.csv", "Tableau des COP", *CSV),
            Export("cops.json", "Toutes les fiches", *JSON),
            Export("cops.geojson", "Carte des COP", *GEOJSON),
            Export("cops.gogocarto.json", "Les COP pour une carte GoGoCarto", *JSON),
        ),
    ),
    DataSet(
        "couverture",
        "Les communes qui ont une COP",
        "Pour chaque commune du périmètre, les COP recensées qui sont les siennes et celles qui la couvrent.",
        (Export("couverture.json", "Couverture par commune", *JSON),),
    ),
    DataSet(
        "formations",
        "Les formations à la coopération et aux transitions",
        "Les formations annoncées dans l’annuaire, avec leurs sessions.",
        (Export("formations.json", "Toutes les formations", *JSON),),
    ),
    DataSet(
        "compteur",
        "Le compteur des COP locales {de}",
        "Combien de COP sont comptées, à confirmer ou en projet, par département et par forme.",
        (Export("compteur.json", "Les chiffres", *JSON),),
    ),
)
"""What the catalogue offers, the main one first."""


def make_catalogue(settings: Settings, today: str, files: Mapping[str, bytes]) -> dict[str, bytes]:
    """Both forms by path. `files`: the exports, whose weight and digest it states."""
    catalogue = _describe(settings, today, files)
    return {
        "donnees/catalogue.rdf": write_rdfxml(catalogue),
        "donnees/catalogue.jsonld": write_jsonld(catalogue),
    }


def digest(content: bytes) -> str:
    """SHA-256, in hexadecimal."""
    return hashlib.sha256(content).hexdigest()


def _describe(settings: Settings, today: str, files: Mapping[str, bytes]) -> Node:
    base = f"{settings.site_url}donnees/"
    publisher = Node("foaf:Agent", f"{settings.site_url}#editeur", (("foaf:name", Text(_name(settings))),))
    sets = (_describe_set(one, settings, today, files, publisher.uri) for one in SETS)
    return Node(
        "dcat:Catalog",
        f"{base}catalogue",
        join_said(
            list_said(
                ("dct:title", Text(f"Données ouvertes : {settings.site_name}")),
                ("dct:description", Text(settings.site_description or settings.site_name)),
                ("dct:publisher", publisher),
                ("dct:modified", Text(today, "xsd:date")),
                ("dct:language", Node("dct:LinguisticSystem", f"{EU}/language/FRA", ())),
                ("dct:license", _licence()),
                ("foaf:homepage", Node("foaf:Document", base, ())),
            ),
            (("dcat:dataset", one) for one in sets),
        ),
    )


def _name(settings: Settings) -> str:
    return settings.mentions.get("editeur") or settings.reseau or settings.site_name


def _licence() -> Node:
    return Node("dct:LicenseDocument", LICENCE_PAGE, (("dct:title", Text(LICENCE["nom"])),))


def _describe_set(one: DataSet, settings: Settings, today: str, files: Mapping[str, bytes], publisher: str) -> Node:
    base = f"{settings.site_url}donnees/"
    return Node(
        "dcat:Dataset",
        f"{base}#{one.name}",
        join_said(
            list_said(
                ("dct:title", Text(one.title.format(de=settings.region.de))),
                ("dct:description", Text(one.description)),
                ("dct:identifier", Text(f"{base}#{one.name}", "xsd:string")),
                ("dct:publisher", Ref(publisher)),
                ("dcat:contactPoint", _contact(settings)),
                ("dct:modified", Text(today, "xsd:date")),
                ("dcat:version", Text(str(DATA_VERSION), "xsd:string")),
                ("dct:spatial", Node("dct:Location", "", (("skos:prefLabel", Text(settings.region.nom)),))),
                ("dcat:landingPage", Node("foaf:Document", base, ())),
            ),
            _list_words(),
            (("dcat:distribution", _describe_export(export, base, today, files)) for export in one.exports),
        ),
    )


def _contact(settings: Settings) -> Node | None:
    """None where there is no way to write to anybody: an address is never invented."""
    ways = list_said(
        ("vcard:hasEmail", Ref(f"mailto:{settings.courriel}") if settings.courriel else None),
        ("vcard:hasURL", Ref(settings.page) if settings.page else None),
    )
    return Node("vcard:Kind", "", (("vcard:fn", Text(_name(settings))), *ways)) if ways else None


def _list_words() -> Iterator[tuple[str, Ref | Text | Node]]:
    yield from (("dcat:keyword", Text(word)) for word in KEYWORDS)
    for theme, label in THEMES.items():
        yield "dcat:theme", Node("skos:Concept", f"{EU}/data-theme/{theme}", (("skos:prefLabel", Text(label)),))


def _describe_export(export: Export, base: str, today: str, files: Mapping[str, bytes]) -> Node:
    content = files[f"donnees/{export.name}"]
    checksum = Node(
        "spdx:Checksum",
        "",
        (
            ("spdx:algorithm", Node("spdx:ChecksumAlgorithm", f"{PREFIXES['spdx']}checksumAlgorithm_sha256", ())),
            ("spdx:checksumValue", Text(digest(content), "xsd:hexBinary")),
        ),
    )
    return Node(
        "dcat:Distribution",
        f"{base}{export.name}#fichier",
        (
            ("dct:title", Text(export.title)),
            ("dcat:accessURL", Ref(f"{base}{export.name}")),
            ("dcat:downloadURL", Ref(f"{base}{export.name}")),
            ("dct:license", Ref(LICENCE_PAGE)),
            ("dct:format", Node("dct:MediaTypeOrExtent", f"{EU}/file-type/{export.format}", ())),
            ("dcat:mediaType", Node("dct:MediaType", f"{IANA}/{export.media}", ())),
            ("dct:modified", Text(today, "xsd:date")),
            ("dcat:byteSize", Text(str(len(content)), "xsd:nonNegativeInteger")),
            ("spdx:checksum", checksum),
        ),
    )


def list_exports() -> Iterable[Export]:
    return (export for one in SETS for export in one.exports)

"""All the open data: the exports, what other tools read of them, and what lets a machine find and verify them."""

from collections.abc import Iterable, Iterator, Mapping

from generator.entries.schemas.fields import Field
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.opendata import exports
from generator.opendata.catalogue import digest, make_catalogue
from generator.opendata.exports import Json, head, write_list
from generator.opendata.packages import make_package
from generator.repository.settings import Settings

SUMS = "donnees/sommes-sha256.txt"


def make_files(
    annuaire: Annuaire, settings: Settings, typed: Field, schema_files: Mapping[str, bytes]
) -> dict[str, bytes]:
    """Every file by its path from the root of the site."""
    about = head(annuaire, settings)
    columns = exports.list_columns(annuaire.cops, typed)
    files = exports.make_files(annuaire, settings, typed, columns, schema_files)
    files["donnees/couverture.json"] = write_list(about, "communes", list_coverage(annuaire))
    files["donnees/cops.gogocarto.json"] = write_list(
        about | {"ontology": "gogofull"}, "data", list_elements(annuaire, settings)
    )
    files |= make_package(about, files, columns)
    files |= make_catalogue(settings, annuaire.today, files)
    files[SUMS] = write_sums(files)
    return files


def write_sums(files: Mapping[str, bytes]) -> bytes:
    """As `sha256sum --check` reads them from the folder of the data."""
    lines = (f"{digest(files[path])}  {path.removeprefix('donnees/')}\n" for path in sorted(files))
    return "".join(lines).encode()


def list_coverage(annuaire: Annuaire) -> Iterator[Json]:
    """Each commune of the perimeter, with the ids of its own COP and of the wider ones that cover it."""
    for commune in annuaire.communes:
        own = [cop.id for cop in annuaire.par_commune.get(commune.code, ()) if not cop.finie]
        wider = [cop.id for cop in annuaire.couvrant.get(commune.code, ()) if cop.id not in own]
        yield {
            "code": commune.code,
            "nom": commune.nom,
            "epci": commune.epci,
            "a_une_cop": bool(own),
            "cops": own,
            "cops_plus_larges": wider,
        }


def list_elements(annuaire: Annuaire, settings: Settings) -> Iterable[Json]:
    """The COP that go on, as a map of GoGoCarto imports its elements; one that has no place is on no map."""
    return (_describe_element(cop, annuaire, settings) for cop in annuaire.cops if cop.position and not cop.finie)


def _describe_element(cop: Cop, annuaire: Annuaire, settings: Settings) -> Json:
    longitude, latitude = cop.position or (0, 0)
    labels = annuaire.labels
    told = {
        "id": cop.id,
        "name": cop.nom,
        "geo": {"latitude": latitude, "longitude": longitude},
        "categories": [labels.of("cop.type", cop.type), *(labels.of("cop.themes", theme) for theme in cop.themes)],
        "description": cop.resume,
        "status": labels.of("cop.statut", cop.statut_affiche),
        "collectivite": cop.collectivite_nom,
        "website": settings.site_url + cop.adresse,
        "email": cop.contact.courriel,
        "telephone": cop.contact.telephone,
        "createdAt": cop.inscrite_le,
        "updatedAt": cop.verifiee,
    }
    return {key: value for key, value in told.items() if value}

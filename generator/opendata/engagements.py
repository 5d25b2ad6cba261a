"""The engagements of all COP as one table, a line for each: /donnees/engagements.csv and its companion."""

from collections.abc import Mapping, Sequence
from typing import Any

from generator.entries.schemas.fields import Field
from generator.model.actions import CopEngagement, list_engagements
from generator.model.annuaire import Annuaire
from generator.opendata.cells import write_csv
from generator.opendata.columns import Column
from generator.opendata.exports import describe_csv, head
from generator.repository.settings import Settings

PATH = "donnees/engagements.csv"


def make_files(annuaire: Annuaire, settings: Settings, typed: Field) -> Mapping[str, bytes]:
    """`typed`: the fields of a COP."""
    columns = _list_columns(typed["engagements"].element)
    lines = [_describe(item, settings) for item in list_engagements(annuaire)]
    rows = [[column.name for column in columns], *([column.value(line) for column in columns] for line in lines)]
    about = describe_csv(head(annuaire, settings), "engagements.csv", "les engagements", columns)
    return {PATH: write_csv(rows).encode(), f"{PATH}-metadata.json": about}


def _list_columns(engagement: Field) -> Sequence[Column]:
    """Whose it is, what was typed in the order of the schema, then what is derived."""
    whose = (
        _make_column("cop", "code", "Identifiant de la fiche de la COP"),
        _make_column("nom", "text", "Nom de la COP"),
        _make_column("collectivite.code", "code", "Code de la collectivité"),
        _make_column("collectivite.nom", "text", "Nom de la collectivité"),
    )
    return (
        *whose,
        *(Column((name,), field) for name, field in engagement.children.items()),
        _make_column("derive.echeance_passee", "boolean", "Échéance passée à la date du fichier, engagement à tenir"),
        _make_column("derive.url", "text", "Adresse de la page de la COP"),
    )


def _make_column(name: str, kind: Any, label: str) -> Column:
    place = tuple(name.split("."))
    return Column(place, Field(place, kind, label))


def _describe(item: CopEngagement, settings: Settings) -> dict[str, Any]:
    cop, engagement = item.cop, item.engagement
    typed = {name: getattr(engagement, name) for name in engagement.__struct_fields__}
    return {
        "cop": cop.id,
        "nom": cop.nom,
        "collectivite": {"code": cop.collectivite.code, "nom": cop.collectivite_nom},
        **typed,
        "derive": {"echeance_passee": item.is_late, "url": f"{settings.site_url}{cop.adresse}#engagements"},
    }

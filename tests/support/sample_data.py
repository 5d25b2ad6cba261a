"""An entry of each kind as data: the least that the schema takes, and every field at once."""

from typing import Any

from generator.entries.schemas.schema import load_schema, type_data
from tests.support.paths import ROOT

NAMES = ("cop", "formation", "actualite", "settings")
COMMUNE = {"type": "commune", "code": "29233"}
MINIMAL: dict[str, dict[str, Any]] = {
    "cop": {
        "nom": "Commission fictive",
        "type": "cop-locale",
        "collectivite": COMMUNE,
        "statut": "active",
        "themes": ["eau"],
        "resume": "Une commission inventée pour les essais, sans rapport avec une vraie.",
        "contact": {"courriel": "mairie@commune.example"},
        "inscrite_le": "2026-11-24",
    },
    "formation": {
        "titre": "Formation fictive",
        "organisateur": {"nom": "Organisme fictif", "url": "https://organisme.example/"},
        "resume": "Une formation inventée.",
        "publics": ["tous"],
        "modalite": "presentiel",
        "tarif": {"mode": "gratuit"},
        "inscription": {"courriel": "contact@organisme.example"},
        "publiee_le": "2026-11-24",
        "sessions": [{"debut": "2027-01-14"}],
    },
    "actualite": {"titre": "Actualité fictive", "resume": "Une nouvelle inventée.", "categorie": "reseau"},
}
_FIELDS = {name: load_schema(ROOT / "schema", name).fields for name in NAMES}
FULL: dict[str, dict[str, Any]] = {
    name: type_data({key: field.examples[0] for key, field in fields.children.items()}, fields)
    for name, fields in _FIELDS.items()
}

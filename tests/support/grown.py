"""A repository whose schemas were edited, and nothing else: a theme, a form, and keys of every kind at every level."""

import json
import shutil
from pathlib import Path
from typing import Any

from generator.entries.corpus import KINDS
from generator.entries.schemas.schema import load_schema
from generator.entries.writer import as_yaml
from tests.support import repository
from tests.support.annuaires import RESUME
from tests.support.new_keys import FACETS, answer_keys, give_keys
from tests.support.paths import ROOT

THEME, THEME_LABEL = "1er-essai", "1ᵉʳ essai : « l’eau » & l’air"
TYPE, TYPE_LABEL = "conseil-d-essai", "Conseil « d’essai »"
CONDITION = "Budget des séances"
"""The title of a key that another one makes necessary."""

Data = dict[str, Any]

COP: Data = {
    "nom": "Essai de croissance",
    "type": TYPE,
    "collectivite": {"type": "commune", "code": "29233", "nom": "Quimperlé"},
    "statut": "active",
    "themes": [THEME],
    "resume": RESUME,
    "contact": {"page": "https://exemple.example/", **answer_keys("contact")},
    "inscrite_le": repository.TODAY,
    "rencontres": [{"debut": "2027-01-14", "objet": "Rencontre fictive", **answer_keys("rencontre")}],
    **answer_keys("cop"),
}
FORMATION: Data = {
    "titre": "Formation de croissance",
    "organisateur": {"nom": "Organisme fictif", "url": "https://exemple.example/"},
    "resume": "Une formation inventée pour les essais, qui apprend à coopérer entre élus et habitants.",
    "publics": ["elus"],
    "modalite": "presentiel",
    "tarif": {"mode": "gratuit"},
    "inscription": {"url": "https://exemple.example/inscription"},
    "publiee_le": "2026-05-04",
    "sessions": [{"debut": "2027-01-14", **answer_keys("session")}],
    "themes": [THEME],
    **answer_keys("formation"),
}
ACTUALITE: Data = {
    "titre": "Actualité de croissance",
    "resume": "Une actualité inventée pour les essais, qui dit ce que fait une commission fictive.",
    "categorie": "reseau",
    "evenement": {"debut": "2027-01-14", "objet": "Rencontre fictive", **answer_keys("rencontre")},
    **answer_keys("actualite"),
}
ENTRIES = {
    "cop": ("cops/29/quimperle-essai-de-croissance.yml", COP),
    "formation": ("content/formations/essai-de-croissance.yml", FORMATION),
    "actualite": ("content/actualites/2026-06-01-essai-de-croissance.yml", ACTUALITE),
}
"""By kind: the path of the entry that uses all that its schema gained, and its data."""
ID = Path(ENTRIES["cop"][0]).stem


def make(root: Path) -> Path:
    """A few fictitious COP, and the entries above."""
    repository.make(root, 3, 2, 1)
    (root / "schema").unlink()
    shutil.copytree(ROOT / "schema", root / "schema")
    edit(root / "schema")
    for kind, (path, data) in ENTRIES.items():
        (root / path).parent.mkdir(parents=True, exist_ok=True)
        (root / path).write_text(as_yaml(data, load_schema(root / "schema", kind), kind, 2), encoding="utf-8")
    return root


def edit(folder: Path) -> None:
    """The three schemas gain a theme and keys; that of a COP a form, facets and a condition."""
    schemas = {kind.name: json.loads((folder / f"{kind.name}.schema.json").read_text("utf-8")) for kind in KINDS}
    cop, formation, actualite = schemas.values()
    for schema in schemas.values():
        _add(schema["$defs"]["theme"], THEME, THEME_LABEL)
        schema["$defs"]["theme"]["x-odd"][THEME] = [7, 11]
        schema["$defs"] = cop["$defs"] | schema["$defs"]
    form = cop["properties"]["type"]
    _add(form, TYPE, TYPE_LABEL)
    form["x-echelle"][TYPE] = ["commune", "epci"]
    form["x-base-legale"][TYPE] = {"epci": "cgct-l5211-10-1"}
    for schema, at, group in (
        (cop, "cop", cop),
        (cop, "contact", cop["properties"]["contact"]),
        (cop, "rencontre", cop["$defs"]["rencontre"]),
        (formation, "formation", formation),
        (formation, "session", formation["$defs"]["session"]),
        (actualite, "actualite", actualite),
        (actualite, "rencontre", actualite["$defs"]["rencontre"]),
    ):
        group["properties"] |= give_keys(at, **({"x-groupe": list(schema["x-groupes"])[-1]} if group is schema else {}))
    for name in FACETS:
        cop["properties"][f"cop_{name}"]["x-facette"] = {name: {}}
    _add_condition(cop)
    for kind, schema in schemas.items():
        (folder / f"{kind}.schema.json").write_text(json.dumps(schema, ensure_ascii=False, indent=2), encoding="utf-8")


def _add(node: Data, value: str, label: str) -> None:
    node["enum"].append(value)
    node["enumDescriptions"].append(label)


def _add_condition(schema: Data) -> None:
    """Keys that call for one another, in words of JSON Schema that ours do not use yet, and a rule without sentence."""
    properties = schema["properties"]
    about = {"description": "Pour l’essai.", "x-groupe": "participer"}
    whole = {"type": "integer", "minimum": 0, "maximum": 90_000}
    properties["budget"] = {"title": CONDITION, "examples": [1000], **whole, **about}
    properties["pas"] = {"title": "Pas", "examples": [5], **whole, "multipleOf": 5, "exclusiveMinimum": 0, **about}
    schema["dependentRequired"] = {"pas": ["budget"]}
    rich = {"properties": {"budget": {"minimum": 5000}}, "required": ["budget"]}
    schema["allOf"] += [
        {"x-regle": "regle-sans-phrase", "if": {"properties": {"cop_vrai": {"const": False}}, "required": ["cop_vrai"]},
         "then": {"required": ["budget"]}},
        {"if": rich, "then": {"properties": {"frequence": {"const": "mensuelle"}, "cop_choix": {"enum": ["fin"]},
                                             "cop_texte": False, "themes": {"minItems": 2}}},
         "else": {"properties": {"frequence": {"not": {"const": "annuelle"}}}}},
        {"oneOf": [{"required": ["nom"]}, {"required": ["sigle", "pas"]}]},
    ]  # fmt: skip

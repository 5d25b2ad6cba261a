"""The table of COP as a data package (Frictionless): what each column is, and the digest of each file."""

from collections.abc import Iterable, Mapping
from typing import Any

from generator.opendata.catalogue import Export, digest, list_exports
from generator.opendata.columns import Column
from generator.opendata.exports import LICENCE, LICENCE_PAGE, Json, write_json

TABLE = "cops.csv"
TABLE_SCHEMA = "schema/cops.tableschema.json"

_TYPES: Mapping[str, Json] = {
    "integer": {"type": "integer"},
    "number": {"type": "number"},
    "boolean": {"type": "boolean", "trueValues": ["oui"], "falseValues": ["non"]},
}


def describe_table(columns: Iterable[Column]) -> Json:
    """Table Schema. A date may be a year or a month alone, several values are one text: both stay texts."""
    return {"fields": [_describe_column(column) for column in columns], "primaryKey": ["id"], "missingValues": [""]}


def _describe_column(column: Column) -> Json:
    field = column.field
    told: dict[str, Any] = {"name": column.name, "title": field.label}
    told |= {"description": field.help} if field.help else {}
    told |= {"type": "string"} if column.joined else _TYPES.get(field.kind, {"type": "string"})
    if field.labels and not column.joined and told["type"] == "string":
        told["constraints"] = {"enum": list(field.labels)}
    return told


def make_package(about: Json, files: Mapping[str, bytes], columns: Iterable[Column]) -> dict[str, bytes]:
    """The package and the schema of its table. `files`: the exports."""
    schema = describe_table(columns)
    package = {
        "profile": "data-package",
        "name": "cop-locales",
        "title": f"Données ouvertes : {about['source']['nom']}",
        "homepage": about["source"]["url"],
        "version": str(about["version"]),
        "created": f"{about['date']}T00:00:00Z",
        "licenses": [{"name": LICENCE["id"], "title": LICENCE["nom"], "path": LICENCE_PAGE}],
        "resources": [_describe_file(one, files, schema) for one in list_exports()],
    }
    return {f"donnees/{TABLE_SCHEMA}": write_json(schema), "donnees/datapackage.json": write_json(package)}


def _describe_file(export: Export, files: Mapping[str, bytes], schema: Json) -> Json:
    content = files[f"donnees/{export.name}"]
    told = {
        "name": export.name.replace(".", "-"),
        "title": export.title,
        "path": export.name,
        "mediatype": export.media,
        "encoding": "utf-8",
        "bytes": len(content),
        "hash": f"sha256:{digest(content)}",
    }
    if export.name != TABLE:
        return told
    dialect = {"delimiter": ",", "lineTerminator": "\r\n", "quoteChar": '"', "doubleQuote": True, "header": True}
    return told | {"profile": "tabular-data-resource", "format": "csv", "dialect": dialect, "schema": schema}

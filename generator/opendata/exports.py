"""The open data under /donnees/: JSON, CSV and GeoJSON of what was typed, and of what is derived from it, apart.

Every file says its version, date, licence and source; the CSV, which has no room for them, does so in its companion
(CSV on the Web, W3C). The CSV follows RFC 4180: UTF-8 without a byte order mark, commas, CRLF: its bytes are version 1,
and programs read them. A French spreadsheet opens `cops-tableur.csv` at a click: what `cop export` writes.
"""

import dataclasses
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import asdict
from typing import Any

import orjson

from generator.entries.insertion import find_insertion
from generator.entries.schemas.fields import Field, Kind
from generator.model.actualite import Actualite
from generator.model.annuaire import Annuaire
from generator.model.cop import Cop
from generator.model.formation import Formation
from generator.opendata.cells import make_cells, write_cells
from generator.opendata.columns import Column, columns, list_naming
from generator.opendata.derived import CopDerive, FormationDerive
from generator.repository.settings import Settings

DATA_VERSION = 1
"""Grows when a name or a meaning changes in the files; a name that is only added does not change it."""

LICENCE = {"id": "etalab-2.0", "nom": "Licence Ouverte 2.0"}
LICENCE_PAGE = "https://spdx.org/licenses/etalab-2.0.html"

Json = dict[str, Any]


def make_files(
    annuaire: Annuaire,
    settings: Settings,
    typed: Field,
    csv_columns: Sequence[Column],
    schema_files: Mapping[str, bytes],
) -> dict[str, bytes]:
    """Every data file by its path from the root of the site.

    `typed`: the fields of a COP; `csv_columns`: as `list_columns`; `schema_files`: bytes of schema/ by file name.
    """
    about = head(annuaire, settings)
    derived = {cop.id: asdict(CopDerive.of(cop, settings)) for cop in annuaire.cops}
    lines = _make_lines(annuaire.cops, csv_columns, derived)
    typed_count = len(csv_columns) - len(DERIVED_COLUMNS)
    formations = (_formation(formation, settings) for formation in annuaire.formations)
    alone: dict[str, bytes] = {}
    for cop in annuaire.cops:
        content = write_line(_describe_cop(about, cop, derived[cop.id], typed))
        alone |= dict.fromkeys((f"donnees/cops/{name}.json" for name in cop.ids), content)
    others: tuple[Formation | Actualite, ...] = (*annuaire.formations, *annuaire.actualites)
    for other in others:
        alone[f"donnees/{other.adresse.rstrip('/')}.json"] = write_line(about | _describe_file(other))
    return {
        "donnees/cops.json": write_list(about, "cops", (_cop(cop, derived[cop.id]) for cop in annuaire.cops)),
        "donnees/cops.csv": write_cells(lines).encode(),
        "donnees/cops-tableur.csv": _write_table(line[:typed_count] for line in lines),
        "donnees/cops.csv-metadata.json": describe_csv(about, "cops.csv", "les COP", csv_columns, "id"),
        "donnees/modele-import.csv": write_model(typed),
        "donnees/cops.geojson": _geojson(about, annuaire.cops, settings),
        "donnees/formations.json": write_list(about, "formations", formations),
        "donnees/compteur.json": write_json(asdict(annuaire.compteur) | about),
        **alone,
        **{f"donnees/schema/{name}": raw for name, raw in sorted(schema_files.items())},
    }


def head(annuaire: Annuaire, settings: Settings) -> Json:
    """What every data file says of itself: version, date, licence, source."""
    source = {"nom": settings.site_name, "url": settings.site_url}
    return {"version": DATA_VERSION, "date": annuaire.today, "licence": LICENCE, "source": source}


def write_json(value: Json) -> bytes:
    """The value, indented."""
    return orjson.dumps(value, option=orjson.OPT_INDENT_2) + b"\n"


def write_list(value: Json, name: str, items: Iterable[Json]) -> bytes:
    """The same with a long list at its end, an item a line."""
    text, lines = orjson.dumps(value, option=orjson.OPT_INDENT_2), b",\n".join(map(orjson.dumps, items))
    return b'%s,\n  "%s": [\n%s\n  ]\n}\n' % (text.removesuffix(b"\n}"), name.encode(), lines)


def write_line(value: Json) -> bytes:
    """The value on one line: a thousand files of indentation are read by no one."""
    return orjson.dumps(value, option=orjson.OPT_APPEND_NEWLINE)


# JSON ----------------------------------------------------------------------------------------------------------------


def _cop(cop: Cop, derived: Json) -> Json:
    return {"id": cop.id, "url": derived["url"], "dossier": cop.dossier, **cop.donnees, "derive": derived}


def _describe_cop(head: Json, cop: Cop, derived: Json, typed: Field) -> Json:
    """One COP for the forms, with the text of its file: a meeting is added to it without touching the rest."""
    more = {"dossier": cop.dossier, "derive": derived, "texte": cop.yaml, "ajout": _place_meeting(cop, typed)}
    return head | _describe_file(cop) | more


def _describe_file(entry: Cop | Formation | Actualite) -> Json:
    """What was typed stays apart, so that it can be written back unchanged."""
    return {"id": entry.id, "donnees": entry.donnees, "commentaires": entry.commentaires}


def _place_meeting(cop: Cop, typed: Field) -> Json | None:
    """Where one more meeting goes in the text, counted as scripts do: a sign beyond the first plane counts for two."""
    place = find_insertion(cop.yaml, typed["rencontres"], typed, cop.donnees)
    if place is None:
        return None
    start, end = (len(cop.yaml[:at].encode("utf-16-le")) // 2 for at in (place.start, place.end))
    return {
        "debut": start,
        "fin": end,
        "avant": place.before,
        "marge": place.margin,
        "apres": place.after,
        "ligne": place.line_end,
    }


def _formation(formation: Formation, settings: Settings) -> Json:
    derived = asdict(FormationDerive.of(formation, settings))
    return {"id": formation.id, "url": derived["url"], **formation.donnees, "derive": derived}


def _geojson(head: Json, cops: Iterable[Cop], settings: Settings) -> bytes:
    """RFC 7946: WGS 84, longitude first; the head stands beside `features` as foreign members."""
    return write_list({"type": "FeatureCollection"} | head, "features", (_feature(cop, settings) for cop in cops))


def _feature(cop: Cop, settings: Settings) -> Json:
    """What a map needs of a COP."""
    about = {
        "id": cop.id,
        "nom": cop.nom,
        "type": cop.type,
        "statut_affiche": cop.statut_affiche,
        "comptee": cop.comptee,
        "collectivite_code": cop.collectivite.code,
        "collectivite_nom": cop.collectivite_nom,
        "themes": cop.themes,
        "url": settings.site_url + cop.adresse,
    }
    # A COP that cannot be placed stays in the list, unlocated, so that the counts agree.
    point = {"type": "Point", "coordinates": list(cop.position)} if cop.position else None
    return {"type": "Feature", "id": cop.id, "geometry": point, "properties": about}


# CSV -----------------------------------------------------------------------------------------------------------------

_KINDS: Mapping[Any, Kind] = {bool: "boolean", float | None: "number"}


def list_columns(cops: Iterable[Cop], typed: Field) -> tuple[Column, ...]:
    """What was typed, then what is derived."""
    return (*_typed_columns(cops, typed), *DERIVED_COLUMNS)


def _typed_columns(entries: Iterable[Cop | Formation], typed: Field) -> tuple[Column, ...]:
    """Identifier and, of a COP, folder, then the keys in the order of the schema."""
    return (*list_naming(typed), *columns(typed, [entry.donnees for entry in entries]))


def table(entries: Sequence[Cop] | Sequence[Formation], typed: Field) -> bytes:
    """What was typed, as CSV that `cop import` reads back unchanged, and that a French spreadsheet opens at a click."""
    return _write_table(_make_lines(entries, _typed_columns(entries, typed), {}))


def _write_table(lines: Iterable[Sequence[str]]) -> bytes:
    return f"\ufeff{write_cells(lines, ';')}".encode()


def _make_derived_column(field: dataclasses.Field[Any]) -> Column:
    place, title = ("derive", field.name), field.metadata["title"]
    if field.type == tuple[str, ...]:
        return Column(place, Field(place, "list", title, item=Field((*place, 0), "code", title)))
    return Column(place, Field(place, _KINDS.get(field.type, "text"), title))


DERIVED_COLUMNS = tuple(map(_make_derived_column, dataclasses.fields(CopDerive)))


MODEL = (
    "nom type statut collectivite.code collectivite.nom themes resume contact.courriel contact.page contact.telephone"
    " sources.0.titre sources.0.url fiche.source creee_le mandat.debut mandat.fin composition.total designation"
    " frequence seances_publiques rejoindre.mode rejoindre.comment"
).split()
"""Columns of the table to fill: the required keys, then those that visitors look for first."""


def list_model(typed: Field) -> tuple[str, ...]:
    """Those columns, and what the schema of a COP requires besides."""
    known = {name.partition(".")[0] for name in MODEL}
    needed = [field for name, field in typed.children.items() if field.required and name not in known]
    leaves = [leaf for field in needed if not field.is_day_of_entry for leaf in field.list_needed()]
    return (*MODEL, *(f"{leaf.indexed}.0" if leaf.item and not leaf.is_joined else leaf.indexed for leaf in leaves))


def write_model(typed: Field) -> bytes:
    """That table, empty, for a French Excel that fills it: semicolons, and a mark of UTF-8."""
    return _write_table([list_model(typed)])


def _make_lines(
    entries: Iterable[Cop | Formation], columns: Sequence[Column], derived: Mapping[str, Json]
) -> list[list[str]]:
    lines = [make_cells(column.name for column in columns)]
    for entry in entries:
        row = {**entry.donnees, "id": entry.id, "derive": derived.get(entry.id, {})}
        if isinstance(entry, Cop):
            row["dossier"] = entry.dossier
        # Most entries have few of the keys.
        lines.append(make_cells(column.value(row) if column.place[0] in row else None for column in columns))
    return lines


def describe_csv(head: Json, name: str, title: str, columns: Iterable[Column], key: str = "") -> bytes:
    """The companion that CSV on the Web looks for at `<file>-metadata.json`: the head, and what each column means.

    That vocabulary has its own names for version, date, licence and source. `key`: the column that names a line.
    """
    primary = {"primaryKey": key} if key else {}
    return write_json(
        {
            "@context": ["http://www.w3.org/ns/csvw", {"@language": "fr"}],
            "url": name,
            "dc:title": f"{head['source']['nom']} : {title}",
            "schema:version": head["version"],
            "dc:date": head["date"],
            "dc:license": {"@id": LICENCE_PAGE},
            "dc:rights": f"{LICENCE['nom']} ({LICENCE['id']})",
            "dc:source": {"@id": head["source"]["url"]},
            "dialect": {"encoding": "utf-8", "delimiter": ",", "lineTerminators": ["\r\n"], "header": True},
            "tableSchema": primary | {"columns": [column.describe() for column in columns]},
        }
    )

"""The shapes of a vintage: the land of each commune, and what is drawn of it at each level."""

import json
from collections import defaultdict
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import shapely

from generator.territories.refresh import land, shapes
from generator.territories.refresh.borders import outline
from generator.territories.refresh.csv_tables import read, write
from generator.territories.refresh.packages import JsonRow
from generator.territories.refresh.vintage import Reference
from generator.territories.shapes import load_shapes

Drawings = dict[str, Any]
"""Shapes by code."""

AROUND = 0.3
"""Degrees around the land in which other communes are looked at: what none of them touches is the sea."""


@dataclass(frozen=True, slots=True)
class Land:
    """In metres, on a plane of its own."""

    plane: shapes.Plane
    communes: Drawings
    coast: set[str]  # codes of those that touch the sea
    united: int  # communes of the shapes' vintage that are none any more


def read_drawn(before: Path) -> Drawings:
    """The communes as they were drawn last time, in degrees."""
    if not (before / "formes-communes.csv").exists():
        return {}
    drawn = load_shapes(before)
    return {code: shapes.read_drawing(drawn.frames["communes"], d) for code, d in drawn.paths["communes"].items()}


def list_gone(before: Path, drawn: Drawings, present: Collection[str]) -> Drawings:
    """The last drawing of each commune that is none any more: no source may have kept its shape."""
    known = {row["code"]: shapely.from_wkt(row["forme"]) for row in read(before, "formes-disparues")}
    known |= {code: shape for code, shape in drawn.items() if code not in present}
    return {code: shape for code, shape in known.items() if code not in present}


def write_gone(out: Path, gone: Drawings) -> None:
    write(out, "formes-disparues", "code forme", ((code, shapes.write_degrees(shape)) for code, shape in gone.items()))


def draw_land(
    ref: Reference, old: Mapping[str, tuple[str, str]], rows: Sequence[JsonRow], drawn: Drawings, gone: Drawings
) -> Land:
    """The land of the vintage. Raises Stop."""
    by_type: dict[str, dict[str, str]] = defaultdict(dict)
    for row in rows:
        by_type[row["type"]][row["code"]] = row["geometry"]
    own = [code for code in by_type["COM"] if code in ref.communes]
    everywhere = shapes.read_wkb(by_type["COM"])
    ground = shapely.total_bounds([everywhere[code] for code in own])
    place, plane = shapely.box(*ground).buffer(AROUND), shapes.Plane.of(everywhere[code] for code in own)

    def put(drawings: Mapping[str, Any]) -> Drawings:
        return {code: plane.to_metres(shape) for code, shape in drawings.items() if shapely.intersects(shape, place)}

    drawn, all_communes = put(drawn), put(everywhere)
    # A commune that is one again may be known here by its last drawing alone.
    deleguees = put(shapes.read_wkb(by_type["COMD"] | by_type["COMA"]))
    source = land.Source(all_communes, deleguees, drawn | put(gone))
    absorbed: dict[str, list[str]] = defaultdict(list)
    for code, (_, heir) in old.items():
        absorbed[heir].append(code)
    communes, united = land.assemble(source, ref.names, absorbed)
    heir_of = {code: heir for code, (_, heir) in old.items() if code not in ref.communes}
    land.check_kept(communes, drawn, heir_of, ref.names)
    around = {code: shape for code, shape in all_communes.items() if code not in ref.communes and code not in heir_of}
    coast = shapes.coastal(around | communes) & communes.keys()
    return Land(plane, land.clean(communes), coast, united)


def write_shapes(ref: Reference, out: Path, communes: Drawings, epci: Drawings, plane: shapes.Plane) -> None:
    """formes-*.csv and their view boxes. The islands without EPCI stand among the EPCI as their communes."""
    drawn: dict[str, dict[str, str]] = {}
    departements: dict[str, list[Any]] = defaultdict(list)
    for code, shape in communes.items():
        departements[ref.communes[code]["departement"]].append(shape)
    levels = {
        "communes": (communes, 2000, 400, 1e5),
        "epci": (epci | {k: s for k, s in communes.items() if k not in ref.epci_of}, 1000, 500, 4e5),
        "departements": ({k: shapely.union_all(v) for k, v in departements.items()}, 1000, 500, 4e5),
    }
    frames = {}
    for level, (of_level, width, tolerance, smallest) in levels.items():
        frame = shapes.Frame(communes.values(), width)
        drawn[level] = shapes.paths(of_level, frame, tolerance, smallest)
        write(out, f"formes-{level}", "code d", drawn[level].items())
        per_degree = shapes.METRE * frame.scale
        frames[level] = {
            "x": [round(plane.squash * per_degree, 4), round(-frame.west * frame.scale, 4)],
            "y": [round(-per_degree, 4), round(frame.north * frame.scale, 4)],
        }
    text = json.dumps(frames, ensure_ascii=False, separators=(",", ":"))
    (out / "cadres.json").write_text(text + "\n", encoding="utf-8")
    write(out, "formes-contours", "code d", borders(ref.epci_of, drawn["communes"]).items())


def borders(epci_of: Mapping[str, str], paths: Mapping[str, str]) -> dict[str, str]:
    """Each EPCI drawn by the outer sides of its communes, so that they fit: the level `epci` is simplified alone."""
    members: dict[str, list[str]] = defaultdict(list)
    for code, epci in sorted(epci_of.items()):
        members[epci].append(paths[code])
    return {epci: outline(of_epci) for epci, of_epci in members.items()}

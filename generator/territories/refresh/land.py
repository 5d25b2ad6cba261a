"""The land of each commune: none is lost at a merger, none is drawn twice at a split.

The shapes are often those of an older vintage than the names. A commune that vanished keeps its own shape in them, or
is there as a commune déléguée, or not at all: then its place is what formes-disparues.csv has kept of it, or a hole.
"""

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field
from typing import Any

import numpy as np
import shapely

from generator.territories.refresh import shapes as geometry
from generator.territories.refresh.stop import Stop

COVERED = 0.5
"""The part of a shape above which it is already in another: two sources never draw one place alike."""
KEPT = 0.6  # of its former drawing that a commune's new shape must hold
SMALLEST = 1e4  # m²: a smaller hole is where two outlines do not quite meet

FORMER_SHAPES = "Reprenez la version d’avant des formes, qui est dans paquets.csv : make reference FORMES=…"

Shapes = dict[str, Any]


@dataclass(frozen=True, slots=True)
class Source:
    """What is known of the land, in metres."""

    communes: Mapping[str, Any]  # of the package, by INSEE code, whatever its vintage
    deleguees: Mapping[str, Any]  # of the package
    gone: Mapping[str, Any] = field(default_factory=dict)  # drawings of what vanished at a former refresh, by code

    def find_old(self, code: str) -> Any | None:
        """The shape of a commune that is none in the package."""
        return next((known[code] for known in (self.communes, self.deleguees, self.gone) if code in known), None)


def assemble(source: Source, names: Mapping[str, str], absorbed: Mapping[str, Iterable[str]]) -> tuple[Shapes, int]:
    """The shape of each commune, and how many others had to be united to them. Raises Stop.

    `names` by code; `absorbed`: the codes that each took over.
    """
    land = {code: source.communes[code] for code in sorted(names) if code in source.communes}
    _restore(land, source, names)
    without_shape, united = _unite(land, source, absorbed)
    return land, united + _fill_holes(land, without_shape, names)


def _restore(land: Shapes, source: Source, names: Mapping[str, str]) -> None:
    """A commune that was merged and is one again takes its place back from the one that held it."""
    for code in sorted(names.keys() - land.keys()):
        shape = source.find_old(code)
        if shape is None:
            raise Stop(
                f"{names[code]} ({code}) n’a de forme dans aucune source : le paquet des formes est plus ancien que "
                "cette commune. Attendez sa prochaine version, et gardez d’ici là le découpage d’avant : "
                "make reference DECOUPAGE=… avec la version de paquets.csv."
            )
        for other, held in land.items():
            if shapely.intersects(held, shape):
                land[other] = shapely.difference(held, shape)
        land[code] = shape


def _unite(land: Shapes, source: Source, absorbed: Mapping[str, Iterable[str]]) -> tuple[set[str], int]:
    """Give each heir the land of those it took over: heirs to whom some may still be missing, how many were united."""
    missing, united = set(), 0
    for heir, codes in sorted(absorbed.items()):
        for code in sorted(set(codes) - land.keys()):
            shape = source.find_old(code)
            if shape is None:
                missing.add(heir)
                continue
            around = [other for other in land.values() if shapely.intersects(other, shape)]
            if shapely.intersection(shapely.union_all(around), shape).area < COVERED * shape.area:
                free = shapely.difference(shape, shapely.union_all(around))
                land[heir] = shapely.union_all([land[heir], free])
                united += 1
                # A drawing that was kept is simplified: what stays open between it and its neighbours is a hole too.
                missing |= {heir} if code not in source.communes else set()
    return missing, united


def _fill_holes(land: Shapes, heirs: Iterable[str], names: Mapping[str, str]) -> int:
    """How many were filled. A hole goes to the heir without land that has the longest border with it."""
    filled = 0
    for hole in geometry.inner_rings(land.values()):
        around = sorted(code for code, shape in land.items() if shapely.intersects(shape, hole))
        near = [code for code in around if code in set(heirs)]
        if near and hole.area > SMALLEST:
            heir = max(near, key=lambda code: shapely.intersection(land[code], hole.exterior).length)
            land[heir] = shapely.union_all([land[heir], hole])
            filled += hole.area > geometry.LARGEST_HOLE
        elif hole.area > geometry.LARGEST_HOLE:
            beside = ", ".join(names[code] for code in around)
            raise Stop(
                f"La carte aurait un trou de {round(hole.area / 1e6)} km² entre {beside} : aucune de ces communes n’en "
                f"a repris une autre. {FORMER_SHAPES}"
            )
    return filled


def check_kept(
    land: Mapping[str, Any], drawn: Mapping[str, Any], heir_of: Mapping[str, str], names: Mapping[str, str]
) -> None:
    """Raises Stop where a place that was drawn last time is no longer in the shape of the commune that holds it.

    `heir_of` by former code. A commune that gave land back to another that is one again has less of it.
    """
    givers = {code for code in land if code not in drawn and drawn}
    for code, before in drawn.items():
        heir = heir_of.get(code, code)
        if heir not in land or any(shapely.intersects(land[giver], before) for giver in givers):
            continue
        if shapely.intersection(land[heir], before).area < KEPT * before.area:
            raise Stop(
                f"La forme de {names[heir]} ({heir}) ne couvre plus la place de la commune {code} : une partie de la "
                f"carte serait perdue. {FORMER_SHAPES}"
            )


def clean(land: Mapping[str, Any]) -> Shapes:
    """Edges shared exactly between neighbours."""
    codes = sorted(land)
    cleaned = shapely.coverage_clean(np.array([land[code] for code in codes]))
    if not shapely.coverage_is_valid(cleaned):
        raise Stop(f"Les formes des communes se recouvrent. {FORMER_SHAPES}")
    return dict(zip(codes, cleaned, strict=True))

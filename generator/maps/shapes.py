"""Shapes of the communes, EPCI and départements, as the reference holds them, and the box that some of them fill."""

import csv
import itertools
import json
import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from generator.maps.points import DATA, Affine

Point = tuple[int, int]  # in the units of a frame
Box = tuple[int, int, int, int]  # left, top, right, bottom


class Frame(NamedTuple):
    """The picture in which the shapes of one level are drawn."""

    view_box: str
    x: Affine  # from a longitude
    y: Affine  # from a latitude

    def at(self, place: tuple[float, float]) -> tuple[int, int]:
        """Where a longitude and latitude lie in the picture."""
        return round(self.x(place[0])), round(self.y(place[1]))


@dataclass(frozen=True, slots=True)
class Shapes:
    """The `d` attributes by code at three levels: `communes`, `epci`, `departements`.

    The level `epci` also holds the three islands that have none, under their INSEE code; `44` is cut to the perimeter.
    """

    frames: Mapping[str, Frame]
    paths: Mapping[str, Mapping[str, str]]


@cache
def load_shapes(folder: Path = DATA) -> Shapes:
    frames = json.loads((folder / "cadres.json").read_text(encoding="utf-8"))
    return Shapes(
        frames=MappingProxyType({k: Frame(f["viewBox"], Affine(*f["x"]), Affine(*f["y"])) for k, f in frames.items()}),
        paths=MappingProxyType({level: _paths(folder / f"formes-{level}.csv") for level in frames}),
    )


def _paths(table: Path) -> Mapping[str, str]:
    with table.open(encoding="utf-8", newline="") as file:
        return MappingProxyType({row["code"]: row["d"] for row in csv.DictReader(file)})


_RING = re.compile(r"M(-?\d+) ?(-?\d+)l([^zM]*)")
_NUMBER = re.compile(r"-?\d+")


def _rings(d: str) -> Iterator[list[Point]]:
    for left, top, rest in _RING.findall(d):
        x, y = int(left), int(top)
        ring = [(x, y)]
        steps = [int(number) for number in _NUMBER.findall(rest)]
        for right, down in zip(steps[::2], steps[1::2], strict=True):
            x, y = x + right, y + down
            ring.append((x, y))
        yield ring


def bounds(paths: Iterable[str]) -> Box:
    """The smallest box that holds some shapes; ValueError when there is none."""
    points = [point for d in paths for ring in _rings(d) for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)


def outline(paths: Iterable[str]) -> str:
    """The border around neighbouring shapes, as one `d`: a side that two of them share is inside, and goes."""
    sides: set[tuple[Point, Point]] = set()
    for d in paths:
        for ring in _rings(d):
            for one, other in zip(ring, (*ring[1:], ring[0]), strict=True):
                sides ^= {(min(one, other), max(one, other))} if one != other else set()
    ways: dict[Point, list[Point]] = defaultdict(list)
    for one, other in sorted(sides):
        ways[one].append(other)
        ways[other].append(one)
    return "".join(map(_drawn, _walked(ways)))


def _walked(ways: dict[Point, list[Point]]) -> Iterator[list[Point]]:
    """The rings that the sides make: as many sides come to a point as leave it, so each walk ends where it began."""
    for start in list(ways):
        while ways[start]:
            ring = [start]
            while not (len(ring) > 1 and ring[-1] == start):
                here = ring[-1]
                there = ways[here].pop()
                ways[there].remove(here)
                ring.append(there)
            yield ring[:-1]


def _drawn(ring: list[Point]) -> str:
    steps = " ".join(f"{x - a} {y - b}" for (a, b), (x, y) in itertools.pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{steps}z".replace(" -", "-")

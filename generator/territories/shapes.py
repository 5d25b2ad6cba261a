"""Shapes of the communes, EPCI and départements, as the reference holds them, and the box that some of them fill."""

import json
import re
from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass
from functools import cache
from pathlib import Path
from types import MappingProxyType
from typing import NamedTuple

from generator.territories.tables import DATA_FOLDER, read_rows

FramePoint = tuple[int, int]  # in the units of a frame
Box = tuple[int, int, int, int]  # left, top, right, bottom


class Affine(NamedTuple):
    """Turns a longitude or latitude into a coordinate of a picture: `factor` × degrees + `offset`."""

    factor: float
    offset: float

    def __call__(self, degrees: float) -> float:
        return self.factor * degrees + self.offset


class Frame(NamedTuple):
    """The picture in which the shapes of one level are drawn."""

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
    borders: Mapping[str, str]  # of each EPCI, around its communes and in their frame


@cache
def load_shapes(folder: Path = DATA_FOLDER) -> Shapes:
    frames = json.loads((folder / "cadres.json").read_text(encoding="utf-8"))
    return Shapes(
        frames=MappingProxyType({k: Frame(Affine(*f["x"]), Affine(*f["y"])) for k, f in frames.items()}),
        paths=MappingProxyType({level: _read_paths(folder, level) for level in frames}),
        borders=_read_paths(folder, "contours"),
    )


def _read_paths(folder: Path, level: str) -> Mapping[str, str]:
    return MappingProxyType({row["code"]: row["d"] for row in read_rows(folder, f"formes-{level}")})


_RING = re.compile(r"M(-?\d+) ?(-?\d+)l([^zM]*)")
_NUMBER = re.compile(r"-?\d+")


def rings(d: str) -> Iterator[list[FramePoint]]:
    """The corners of each closed part of a shape."""
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
    left, top, right, bottom = zip(*map(_find_box, paths), strict=True)
    return min(left), min(top), max(right), max(bottom)


@cache
def _find_box(d: str) -> Box:
    points = [point for ring in rings(d) for point in ring]
    xs, ys = [x for x, _ in points], [y for _, y in points]
    return min(xs), min(ys), max(xs), max(ys)

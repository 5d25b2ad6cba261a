"""The border around neighbouring shapes, from their paths alone."""

import itertools
from collections import defaultdict
from collections.abc import Iterable, Iterator

from generator.territories.shapes import FramePoint, rings


def outline(paths: Iterable[str]) -> str:
    """The border around neighbouring shapes, as one `d`: a side that two of them share is inside, and goes."""
    sides: set[tuple[FramePoint, FramePoint]] = set()
    for d in paths:
        for ring in rings(d):
            for start, end in zip(ring, (*ring[1:], ring[0]), strict=True):
                sides ^= {(min(start, end), max(start, end))} if start != end else set()
    ways: dict[FramePoint, list[FramePoint]] = defaultdict(list)
    for start, end in sorted(sides):
        ways[start].append(end)
        ways[end].append(start)
    return "".join(map(_draw, _walk(ways)))


def _walk(ways: dict[FramePoint, list[FramePoint]]) -> Iterator[list[FramePoint]]:
    """The rings that the sides make: as many sides come to a point as leave it, so each walk ends where it began."""
    for start in list(ways):
        while ways[start]:
            ring = [start]
            while not (len(ring) > 1 and ring[-1] == start):
                point = ring[-1]
                there = ways[point].pop()
                ways[there].remove(point)
                ring.append(there)
            yield ring[:-1]


def _draw(ring: list[FramePoint]) -> str:
    steps = " ".join(f"{x - a} {y - b}" for (a, b), (x, y) in itertools.pairwise(ring))
    return f"M{ring[0][0]} {ring[0][1]}l{steps}z".replace(" -", "-")

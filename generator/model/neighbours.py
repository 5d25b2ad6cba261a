"""Which COP are near another. Those of a commune share one place: distances are measured once for all of them."""

import math
from collections import defaultdict
from collections.abc import Iterable, Iterator
from itertools import islice

from generator.model.cop import Cop
from generator.territories.reference import Point

Neighbours = tuple[tuple[Cop, float], ...]
"""COP with their distance in kilometres, nearest first; at one distance, by id."""

EARTH_KM = 6371.0  # its mean radius
SQUARE_KM = 7.2
"""The least side of a square anywhere in Brittany: a tenth of a degree of longitude at 49° north is 7.3 km."""


class Nearby:
    """The COP by place, and places by square: comparing all pairs would take a minute at 10,000 COP."""

    def __init__(self, cops: Iterable[Cop]) -> None:
        self._at: dict[Point, list[Cop]] = defaultdict(list)
        for cop in sorted(cops, key=lambda cop: cop.id):
            if cop.position:
                self._at[cop.position].append(cop)
        self._seen = {place: _on_sphere(place) for place in self._at}
        self._squares: dict[tuple[int, int], list[Point]] = defaultdict(list)
        for place in self._at:
            self._squares[_square(place)].append(place)
        self._known: dict[tuple[Point, int], Neighbours] = {}

    def of(self, cop: Cop, count: int) -> Neighbours:
        """The nearest other COP; none where the place is not known."""
        here = cop.position
        if here is None:
            return ()
        if (here, count + 1) not in self._known:
            self._known[here, count + 1] = self._nearest(here, count + 1)  # itself too
        others = (found for found in self._known[here, count + 1] if found[0].id != cop.id)
        return tuple(islice(others, count))

    def _nearest(self, here: Point, count: int) -> Neighbours:
        for reach in (1, 3, 8):
            nearest = self._first(here, self._around(here, reach), count)
            # Farther than the reach, another could stand nearer in a square that was not looked at.
            if len(nearest) == count and nearest[-1][1] <= reach * SQUARE_KM:
                return nearest
        return self._first(here, self._at, count)

    def _first(self, here: Point, places: Iterable[Point], count: int) -> Neighbours:
        found: list[tuple[float, str, Cop]] = []
        at, here_at = self._seen, self._seen[here]
        for chord, place in sorted((math.dist(here_at, at[place]), place) for place in places):
            distance = 2 * EARTH_KM * math.asin(chord / 2)
            if len(found) >= count and distance > found[-1][0]:
                break
            found += [(distance, cop.id, cop) for cop in self._at[place]]
        return tuple((cop, distance) for distance, _, cop in sorted(found, key=lambda one: one[:2])[:count])

    def _around(self, here: Point, reach: int) -> Iterator[Point]:
        x, y = _square(here)
        for i in range(x - reach, x + reach + 1):
            for j in range(y - reach, y + reach + 1):
                yield from self._squares.get((i, j), ())


def _on_sphere(place: Point) -> tuple[float, float, float]:
    """A place seen from the centre of the Earth, whose radius is 1: a chord is measured in one call, an arc in ten."""
    longitude, latitude = map(math.radians, place)
    flat = math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude)


def _square(place: Point) -> tuple[int, int]:
    return int(place[0] * 10), int(place[1] * 15)

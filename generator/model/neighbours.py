"""Which COP are near another. Those of a commune share one place: distances are measured once for all of them."""

import math
from bisect import bisect, bisect_left
from collections.abc import Iterable
from heapq import nsmallest

from generator.model.cop import Cop
from generator.territories.kinds import Point

Neighbours = tuple[tuple[Cop, float], ...]
"""COP with their distance in kilometres, nearest first; at one distance, by id."""

EARTH_KM = 6371.0  # its mean radius
SOME = 4  # places to the north and to the south, for each that is asked: one of them is seldom far
NEAR_WITHIN = 60  # km: what is farther is not around, one does not go there for an evening


def keep_near(neighbours: Neighbours) -> Neighbours:
    """Those that are near enough to be visited."""
    return tuple((cop, distance) for cop, distance in neighbours if distance <= NEAR_WITHIN)


class Nearby:
    """The COP by place: 10,000 COP stand in 1,300 places, and all pairs of these are measured in a moment."""

    def __init__(self, cops: Iterable[Cop]) -> None:
        self._cops_at: dict[Point, list[Cop]] = {}
        for cop in cops:
            if cop.position:
                self._cops_at.setdefault(cop.position, []).append(cop)
        on_sphere = ((_put_on_sphere(place), cops) for place, cops in self._cops_at.items())
        self._from_south = sorted(on_sphere, key=lambda place: place[0][2])
        self._heights = [point[2] for point, _ in self._from_south]
        self._nearest: dict[tuple[Point, int], Neighbours] = {}

    def of(self, cop: Cop, count: int) -> Neighbours:
        """The nearest other COP; none where the place is not known."""
        position = cop.position
        if position is None:
            return ()
        if (position, count) not in self._nearest:
            self._nearest[position, count] = self.to(position, count + 1)  # itself too
        return tuple(neighbour for neighbour in self._nearest[position, count] if neighbour[0].id != cop.id)[:count]

    def to(self, position: Point, count: int) -> Neighbours:
        if not self._cops_at:
            return ()
        centre = _put_on_sphere(position)
        # What lies within a distance lies within it to the north and to the south, too: few are measured.
        middle = bisect(self._heights, centre[2])
        some = self._from_south[max(0, middle - SOME * count) : middle + SOME * count]
        farthest = nsmallest(count, (math.dist(centre, point) for point, _ in some))[-1]
        first = bisect_left(self._heights, centre[2] - farthest)
        band = self._from_south[first : bisect(self._heights, centre[2] + farthest)]
        near = sorted(
            (2 * EARTH_KM * math.asin(chord / 2), cop.id, cop)
            for chord, cops in ((math.dist(centre, point), cops) for point, cops in band)
            if chord <= farthest
            for cop in cops
        )
        return tuple((cop, distance) for distance, _, cop in near[:count])


def _put_on_sphere(place: Point) -> tuple[float, float, float]:
    """A place seen from the centre of the Earth, whose radius is 1: a chord is measured in one call, an arc in ten."""
    longitude, latitude = map(math.radians, place)
    flat = math.cos(latitude)
    return flat * math.cos(longitude), flat * math.sin(longitude), math.sin(latitude)

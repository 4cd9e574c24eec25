"""Areas that the border of an extract cuts through, closed along that border.

An extract leaves out the nodes beyond its border, so a lake or a coast comes as chains
that begin and end there. Joined by the stretches of border between them they are areas
again.
"""

import math
from collections.abc import Sequence
from itertools import pairwise

from backend.city.bounds import Bounds

Position = tuple[float, float]
Chain = list[Position]
Ring = list[Position]

# A chain that ends farther inside was not cut by the border: data is missing.
_REACH_M = 200.0
_M_PER_DEG = 111_195.0
_SIDES = 4
_MIN_RING = 3


def known_chains(positions: Sequence[Position | None]) -> list[Chain]:
    """Split a way, its unknown nodes None, into its known chains of two and more."""
    chains: list[Chain] = [[]]
    for position in positions:
        if position is None:
            chains.append([])
        else:
            chains[-1].append(position)
    return [chain for chain in chains if len(chain) > 1]


def smaller_areas(chains: Sequence[Chain], bounds: Bounds) -> list[Ring]:
    """Close chains of a ring whose inside is not known: on the smaller side."""
    right = areas_to_the_right(chains, bounds)
    left = areas_to_the_right([chain[::-1] for chain in chains], bounds)
    return min(right, left, key=lambda rings: abs(sum(map(ring_area, rings))))


def areas_to_the_right(chains: Sequence[Chain], bounds: Bounds) -> list[Ring]:
    """Join chains along the border into rings of what lies to their right.

    Positions are (lon, lat); rings are clockwise and closed.
    """
    starts = [_place_on_border(chain[0], bounds) for chain in chains]
    ends = [_place_on_border(chain[-1], bounds) for chain in chains]
    if any(away_m > _REACH_M for _, away_m in (*starts, *ends)):
        return []
    rings = []
    left = set(range(len(chains)))
    while left:
        first = current = min(left)
        ring: Ring = []
        while current in left:
            left.remove(current)
            following = _next_start(ends[current][0], [start for start, _ in starts])
            ring += chains[current]
            ring += _along_border(ends[current][0], starts[following][0], bounds)
            current = following
        if current == first and len(ring) >= _MIN_RING:
            rings.append([*ring, ring[0]])
    return rings


def ring_area(ring: Ring) -> float:
    """Measure a closed ring in square degrees, positive when counter-clockwise."""
    return sum(a[0] * b[1] - b[0] * a[1] for a, b in pairwise(ring)) / 2


def is_inside(position: Position, ring: Ring) -> bool:
    """Say whether a position lies in a ring, by counting edges to its east."""
    lon, lat = position
    crossings = 0
    for a, b in pairwise(ring):
        if (a[1] > lat) != (b[1] > lat):
            at_lon = a[0] + (lat - a[1]) / (b[1] - a[1]) * (b[0] - a[0])
            crossings += at_lon > lon
    return crossings % 2 == 1


def _place_on_border(position: Position, bounds: Bounds) -> tuple[float, float]:
    """Find the nearest place on the border, and the metres to it.

    Places run clockwise: 0..1 up the west side, 1..2 along the north, 2..3 down the
    east, 3..4 back along the south.
    """
    lon, lat = position
    squeeze = math.cos(math.radians(lat))
    across = _share(lon, bounds.west_deg, bounds.east_deg)
    up = _share(lat, bounds.south_deg, bounds.north_deg)
    sides = (
        ((lon - bounds.west_deg) * squeeze, up),
        (bounds.north_deg - lat, 1 + across),
        ((bounds.east_deg - lon) * squeeze, 2 + (1 - up)),
        (lat - bounds.south_deg, 3 + (1 - across)),
    )
    away_deg, place = min(sides)
    return place % _SIDES, abs(away_deg) * _M_PER_DEG


def _share(value: float, low: float, high: float) -> float:
    return min(max((value - low) / (high - low), 0.0), 1.0)


def _next_start(end: float, starts: Sequence[float]) -> int:
    ahead = [(start - end) % _SIDES for start in starts]
    return ahead.index(min(ahead))


def _along_border(start: float, end: float, bounds: Bounds) -> list[Position]:
    """List the corners from one place clockwise to another, with both places."""
    length = (end - start) % _SIDES
    corners = range(math.floor(start) + 1, math.ceil(start + length))
    return [_position(place, bounds) for place in (start, *corners, end)]


def _position(place: float, bounds: Bounds) -> Position:
    side, share = divmod(place % _SIDES, 1.0)
    width = bounds.east_deg - bounds.west_deg
    height = bounds.north_deg - bounds.south_deg
    return (
        (bounds.west_deg, bounds.south_deg + share * height),
        (bounds.west_deg + share * width, bounds.north_deg),
        (bounds.east_deg, bounds.north_deg - share * height),
        (bounds.east_deg - share * width, bounds.south_deg),
    )[int(side)]

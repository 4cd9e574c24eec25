"""What a driver does along a way, told so that nothing is said without need."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass, replace
from itertools import pairwise

import numpy as np

from routing.roads.geometry import bearings_deg
from routing.roads.map.road_map import RoadMap
from routing.roads.network import Bend, Leg, Manoeuvre, ManoeuvreKind, Place, Point

# Turns flatter than this go straight on; the names follow OSRM's turn modifiers.
_STRAIGHT_DEG = 25.0
_SLIGHT_DEG = 50.0
_SHARP_DEG = 130.0
_BACK_DEG = 150.0
# A bend in the street is no turn, unless another street would go on as straight.
_RIVAL_DEG = 15.0


@dataclass(frozen=True, kw_only=True, slots=True)
class _Passage:
    """Edges one after the other, with the metres driven on each."""

    roads: RoadMap
    edges: Sequence[int]
    metres: Sequence[float]

    def name(self, rank: int) -> str:
        """Return what the street is called."""
        return self.roads.name(self.edges[rank])

    def is_in_roundabout(self, rank: int) -> bool:
        """Say whether an edge of the way is part of a roundabout."""
        return bool(self.roads.edges.is_roundabout[self.edges[rank]])

    def is_ferry(self, rank: int) -> bool:
        """Say whether an edge of the way is a ferry's."""
        rule = self.roads.rule(self.edges[rank])
        return rule.road_class == "ferry"

    def angle_deg(self, before: int, after: int) -> float:
        """Measure the turn from one edge into another; right is above 0."""
        edges = self.roads.edges
        turn = edges.bearing_in_deg[after] - edges.bearing_out_deg[before]
        return float((turn + 540.0) % 360.0 - 180.0)

    def leaving(self, edge: int) -> list[int]:
        """List the edges that begin where one ends, but for its way back."""
        roads = self.roads
        first, order = roads.edges_from
        node = roads.nodes[1][edge]
        found = order[first[node] : first[node + 1]].tolist()
        return [each for each in found if each != int(roads.edges.twin[edge])]


def manoeuvres_of(
    roads: RoadMap,
    start: Place,
    end: Place,
    edges: Sequence[int],
    offsets_m: tuple[float, float],
) -> tuple[Manoeuvre, ...]:
    """Tell what to do along edges; `offsets_m` on the first and on the last of them."""
    metres = [float(roads.edges.length_m[edge]) for edge in edges]
    metres[-1] = offsets_m[1]
    metres[0] -= offsets_m[0]
    passage = _Passage(roads=roads, edges=edges, metres=metres)
    told = [(0, _depart(passage, start)), *_tell(passage)]
    side = end.side if edges[-1] == end.edge else _OTHER[end.side]
    told.append((len(edges), _arrive(end, side)))
    return tuple(
        replace(each, distance_m=round(sum(metres[rank:next_rank])))
        for (rank, each), (next_rank, _) in zip(
            told, [*told[1:], (len(edges), None)], strict=True
        )
    )


_OTHER: dict[str, Bend] = {"left": "right", "right": "left"}


def _depart(passage: _Passage, start: Place) -> Manoeuvre:
    return Manoeuvre(
        kind="depart",
        bend="straight",
        street=passage.name(0),
        distance_m=0,
        lat_deg=start.lat_deg,
        lon_deg=start.lon_deg,
    )


def _arrive(end: Place, side: Bend) -> Manoeuvre:
    return Manoeuvre(
        kind="arrive",
        bend=side if end.distance_m > 1.0 else "straight",
        street="",
        distance_m=0,
        lat_deg=end.lat_deg,
        lon_deg=end.lon_deg,
    )


def _tell(passage: _Passage) -> Iterator[tuple[int, Manoeuvre]]:
    """Yield manoeuvres, each with the rank of the edge that it leads into."""
    entered: int | None = None
    for rank in range(1, len(passage.edges)):
        if passage.is_in_roundabout(rank):
            entered = rank if entered is None else entered
            continue
        if entered is not None:
            yield entered, _through_roundabout(passage, entered, rank)
            entered = None
            continue
        kind = _kind(passage, rank)
        if kind is not None:
            angle_deg = passage.angle_deg(passage.edges[rank - 1], passage.edges[rank])
            yield rank, _make(passage, rank, rank, kind, bend_of(angle_deg))


def _kind(passage: _Passage, rank: int) -> ManoeuvreKind | None:
    """Say what the turn into an edge is to a driver; None: he just goes on."""
    before, after = passage.edges[rank - 1], passage.edges[rank]
    twin = int(passage.roads.edges.twin[before])
    if twin == after:
        return "u_turn"
    if passage.is_ferry(rank):
        return None if passage.is_ferry(rank - 1) else "ferry"
    others = [each for each in passage.leaving(before) if each != after]
    if not others:
        return None
    angle_deg = abs(passage.angle_deg(before, after))
    straightest = min(abs(passage.angle_deg(before, each)) for each in others)
    is_same = passage.name(rank - 1) == passage.name(rank)
    is_plain = angle_deg < _STRAIGHT_DEG and straightest > angle_deg + _RIVAL_DEG
    if is_plain or (is_same and angle_deg < _SLIGHT_DEG and straightest > angle_deg):
        return None
    return "turn"


def _through_roundabout(passage: _Passage, entered: int, left: int) -> Manoeuvre:
    before = passage.edges[entered - 1]
    angle_deg = passage.angle_deg(before, passage.edges[left])
    exits = 0
    for rank in range(entered, left):
        onward = passage.leaving(passage.edges[rank])
        exits += any(not passage.roads.edges.is_roundabout[each] for each in onward)
    made = _make(passage, entered, left, "roundabout", bend_of(angle_deg))
    return replace(made, exit_number=exits)


def _make(
    passage: _Passage, at: int, into: int, kind: ManoeuvreKind, bend: Bend
) -> Manoeuvre:
    edges = passage.roads.edges
    point = edges.first_point[passage.edges[at]]
    return Manoeuvre(
        kind=kind,
        bend=bend,
        street=passage.name(into),
        distance_m=0,
        lat_deg=float(edges.lat_deg[point]),
        lon_deg=float(edges.lon_deg[point]),
    )


def bend_of(angle_deg: float) -> Bend:
    """Name a turn by its angle, right above 0."""
    steepness = abs(angle_deg)
    is_right = angle_deg > 0
    if steepness < _STRAIGHT_DEG:
        return "straight"
    if steepness < _SLIGHT_DEG:
        return "slight_right" if is_right else "slight_left"
    if steepness < _SHARP_DEG:
        return "right" if is_right else "left"
    return "sharp_right" if is_right else "sharp_left"


def tell_turning_back(legs: Sequence[Leg]) -> list[Leg]:
    """Let a leg that leaves a stop against the way it was reached say so."""
    told = list(legs[:1])
    for before, leg in pairwise(legs):
        is_back = _is_back(before.points[-2:], leg.points[:2])
        if is_back and leg.manoeuvres and leg.manoeuvres[0].kind == "depart":
            first, *others = leg.manoeuvres
            turned = (replace(first, kind="u_turn"), *others)
            told.append(replace(leg, manoeuvres=turned))
        else:
            told.append(leg)
    return told


def _is_back(reached: Sequence[Point], left: Sequence[Point]) -> bool:
    """Say whether the last stretch and the next one run against each other."""
    if reached[0] == reached[-1] or left[0] == left[-1]:
        return False
    lines = np.array([(*reached[0], *reached[-1]), (*left[0], *left[-1])]).T
    in_deg, out_deg = bearings_deg(*lines)
    turn_deg = abs((out_deg - in_deg + 540.0) % 360.0 - 180.0)
    return bool(turn_deg > _BACK_DEG)

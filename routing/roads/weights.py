"""What edges and turns cost one kind of vehicle, and why some are shut to it."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.roads.costs import pack
from routing.roads.geometry import Floats
from routing.roads.map.road_map import RoadMap
from routing.roads.map.rules import Rule
from routing.roads.map.turns import NO_GATE
from routing.roads.profile import Profile
from routing.roads.tags.access import KINDS
from routing.roads.tags.limits import SIZES, Limits

Ints = npt.NDArray[np.int64]
Flags = npt.NDArray[np.bool_]

# A sign says more than the class of the road, but nobody drives 42 in every lane of 50.
_MOST_OVER_USUAL = 1.25
_MS_PER_M_AT_1_KMH = 3600.0
_MS_PER_S = 1000.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Weights:
    """Costs for one profile.

    Parameters
    ----------
    edge
        (m,) packed cost of driving along each edge.
    turn
        (t,) packed cost of each turn and of the edge after it; infinite: not allowed.
    is_open
        (m,) whether the vehicle may drive there at all.
    """

    edge: Ints
    turn: Floats
    is_open: Flags


def weigh(
    roads: RoadMap,
    profile: Profile,
    *,
    speed_factor: Mapping[str, float],
    shut: Sequence[tuple[Ints, Limits | None]] = (),
) -> Weights:
    """Work out the costs.

    `shut` are edges with their new limits (None: closed), on top of what the map says.
    """
    speeds = np.array([speed_kmh(rule, profile, speed_factor) for rule in roads.rules])
    is_open = (speeds > 0)[roads.edges.rule]
    for edges, limits in shut:
        if limits is None or not fits(limits, profile):
            is_open[edges] = False
    edge = pack(_times_ms(roads, profile, speeds), roads.edges.length_m)
    is_allowed = _allowed(roads, profile, is_open)
    after = roads.turns.edge[roads.turns.after]
    cost = pack(_penalties_ms(roads, profile), np.zeros(1)) + edge[after]
    return Weights(edge=edge, turn=np.where(is_allowed, cost, np.inf), is_open=is_open)


def speed_kmh(rule: Rule, profile: Profile, speed_factor: Mapping[str, float]) -> float:
    """Estimate the average speed, turns and halts left out; 0: must not be driven."""
    usual = profile.speed_kmh.get(rule.road_class)
    kind = KINDS.index(profile.kind)
    if usual is None or rule.verdicts[kind] == "closed":
        return 0.0
    if not fits(rule.limits, profile):
        return 0.0
    if rule.road_class == "ferry":
        return rule.surface_kmh if np.isfinite(rule.surface_kmh) else usual
    posted = rule.posted_kmh[kind]
    if np.isinf(posted):
        speed = min(usual, rule.default_kmh[kind])
    else:
        speed = min(posted * profile.limit_share, usual * _MOST_OVER_USUAL)
    speed = min(speed, profile.top_speed_kmh, rule.surface_kmh)
    return speed * speed_factor.get(rule.road_class, 1.0)


def fits(limits: Limits, profile: Profile) -> bool:
    """Say whether the vehicle is within every signposted size and weight."""
    return all(getattr(profile, name) <= getattr(limits, name) for name in SIZES)


def _times_ms(roads: RoadMap, profile: Profile, speeds_kmh: Floats) -> Ints:
    per_m = _MS_PER_M_AT_1_KMH / np.where(speeds_kmh > 0, speeds_kmh, 1.0)
    edges = roads.edges
    driving = edges.length_m * per_m[edges.rule]
    waiting = edges.lights * (profile.signal_s * _MS_PER_S)
    # At least one: a cycle that costs nothing would never end.
    return np.maximum(np.rint(driving + waiting).astype(np.int64), 1)


def _allowed(roads: RoadMap, profile: Profile, is_open: Flags) -> Flags:
    turns, edge = roads.turns, roads.turns.edge
    kind = KINDS.index(profile.kind)
    is_past = _is_gate_open(roads, profile)[turns.gate]
    is_legal = (turns.banned >> kind) & 1 == 0
    is_dead_end = _dead_ends(roads, is_open, is_past)
    is_turn = np.where(turns.is_u_turn, is_dead_end[edge[turns.before]], is_past)
    is_allowed: Flags = is_legal & is_turn & is_open[edge[turns.after]]
    return is_allowed & is_open[edge[turns.before]]


def _is_gate_open(roads: RoadMap, profile: Profile) -> Flags:
    """Say of each gate whether the vehicle passes; the last row is for none."""
    kind = KINDS.index(profile.kind)
    passes = [
        gate.verdicts[kind] != "closed" and fits(gate.limits, profile)
        for gate in roads.gates
    ]
    assert NO_GATE == -1  # noqa: S101 - the last row
    return np.array([*passes, True], np.bool_)


def _dead_ends(roads: RoadMap, is_open: Flags, is_past: Flags) -> Flags:
    """Say of each edge whether it only leads back: the one place to turn round."""
    begin, end = roads.nodes
    leaving = np.bincount(begin, is_open, minlength=int(end.max()) + 1)
    twin = roads.edges.twin
    onward = leaving[end] - (is_open[twin] & (twin >= 0))
    is_shut = np.zeros(len(roads.edges), np.bool_)
    edge = roads.turns.edge[roads.turns.before]
    is_shut[edge[~is_past]] = True
    dead_ends: Flags = (onward == 0) | is_shut
    return dead_ends


def _penalties_ms(roads: RoadMap, profile: Profile) -> Ints:
    turns = roads.turns
    angle_deg = turns.angle_deg.astype(np.float64)
    is_across = angle_deg < 0 if roads.drives_on_right else angle_deg > 0
    factor = np.where(is_across, profile.far_turn_factor, 1.0)
    seconds = profile.turn_s * factor * _turn_share(np.abs(angle_deg))
    seconds[~turns.at_junction] = 0.0
    seconds[turns.is_u_turn] = profile.u_turn_s
    is_ferry = np.array([rule.road_class == "ferry" for rule in roads.rules])
    sails = is_ferry[roads.edges.rule][turns.edge]
    seconds[sails[turns.after] & ~sails[turns.before]] += profile.ferry_s
    return np.rint(seconds * _MS_PER_S).astype(np.int64)


def _turn_share(angle_deg: Floats) -> Floats:
    # The sigmoid of OSRM's car profile: nothing when straight on, half at 90°.
    share: Floats = 1.0 / (1.0 + np.exp(6.5 - 13.0 * angle_deg / 180.0))
    return share

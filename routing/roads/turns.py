"""Which edge may follow which, and what the turn costs."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.roads.edges import NO_TWIN, Edges, Ints
from routing.roads.extract import Extract
from routing.roads.geometry import Floats
from routing.roads.profile import Profile
from routing.roads.restrictions import apply_restrictions

# Two street ends that meet are one street, drawn in two pieces.
_ENDS_OF_A_BEND = 2


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Turns:
    """Legal turns between states.

    State e < m is edge e. States from m on are copies of edges for vehicles that
    came a way on which a restriction still hangs over them.

    Parameters
    ----------
    edge
        (s,) the edge of each state.
    before, after
        (t,) states before and after each turn.
    penalty_ms
        (t,) what the turn costs, besides driving the edges.
    """

    edge: Ints
    before: Ints
    after: Ints
    penalty_ms: Ints


def legal_turns(edges: Edges, extract: Extract, profile: Profile) -> Turns:
    """List every turn that geometry and law allow."""
    followers = _followers(edges, extract.closed_nodes)
    edge_of_state = apply_restrictions(followers, edges, extract.restrictions)
    edge = np.array(edge_of_state, dtype=np.int64)
    counts = [len(states) for states in followers]
    before = np.repeat(np.arange(len(followers)), counts)
    after = np.array([s for states in followers for s in states], dtype=np.int64)
    return Turns(
        edge=edge,
        before=before,
        after=after,
        penalty_ms=_penalties_ms(edges, edge[before], edge[after], profile),
    )


def _followers(edges: Edges, closed_nodes: frozenset[int]) -> list[list[int]]:
    # Turning round is for dead ends; a closed node is one from either side.
    leaving: defaultdict[int, list[int]] = defaultdict(list)
    for edge, node in enumerate(edges.tail.tolist()):
        leaving[node].append(edge)
    followers = []
    for node, twin in zip(edges.head.tolist(), edges.twin.tolist(), strict=True):
        onward = [edge for edge in leaving[node] if edge != twin]
        if node in closed_nodes:
            onward = []
        followers.append(onward or ([twin] if twin != NO_TWIN else []))
    return followers


def _penalties_ms(edges: Edges, before: Ints, after: Ints, profile: Profile) -> Ints:
    turn_deg = edges.bearing_in_deg[after] - edges.bearing_out_deg[before]
    turn_deg = (turn_deg + 540.0) % 360.0 - 180.0
    is_across = turn_deg < 0 if profile.drives_on_right else turn_deg > 0
    factor = np.where(is_across, profile.far_turn_factor, 1.0)
    seconds = profile.turn_s * factor * _turn_share(np.abs(turn_deg))
    seconds[~_is_junction(edges, edges.head[before])] = 0.0
    seconds[edges.twin[before] == after] = profile.u_turn_s
    return np.rint(seconds * 1000).astype(np.int64)


def _turn_share(angle_deg: Floats) -> Floats:
    # The sigmoid of OSRM's car profile: nothing when straight on, half at 90°.
    share: Floats = 1.0 / (1.0 + np.exp(6.5 - 13.0 * angle_deg / 180.0))
    return share


def _is_junction(edges: Edges, nodes: Ints) -> npt.NDArray[np.bool_]:
    is_first = (edges.twin == NO_TWIN) | (edges.twin > np.arange(len(edges)))
    ends = np.concatenate([edges.tail[is_first], edges.head[is_first]])
    names, counts = np.unique(ends, return_counts=True)
    is_junction: npt.NDArray[np.bool_] = (
        counts[np.searchsorted(names, nodes)] > _ENDS_OF_A_BEND
    )
    return is_junction

"""Which edge may follow which, and for whom."""

from collections import defaultdict
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from routing.roads.map.edges import NO_TWIN, Edges, Ints
from routing.roads.map.extract import Extract
from routing.roads.map.restrictions import Followers, apply_restrictions
from routing.roads.map.zones import enter_zones

Flags = npt.NDArray[np.bool_]

NO_GATE = -1
# Two street ends that meet are one street, drawn in two pieces.
_ENDS_OF_A_BEND = 2


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Turns:
    """Turns between states.

    State e < m is edge e. States from m on are copies of edges, for vehicles that came
    a way on which a restriction still hangs over them, or that have come to where only
    those may go who have business there.

    Parameters
    ----------
    edge
        (s,) the edge of each state.
    before, after
        (t,) states before and after each turn.
    is_u_turn
        (t,) whether it leads back along the same stretch.
    banned
        (t,) for whom it is illegal: bits of `KINDS`.
    gate
        (t,) which of the map's gates it leads past, or `NO_GATE`.
    angle_deg
        (t,) to the right above 0, straight on 0.
    at_junction
        (t,) whether there is another street to turn into.
    """

    edge: Ints
    before: Ints
    after: Ints
    is_u_turn: Flags
    banned: npt.NDArray[np.uint8]
    gate: Ints
    angle_deg: npt.NDArray[np.float32]
    at_junction: Flags

    def __len__(self) -> int:
        """Count the turns."""
        return len(self.before)


def find_turns(edges: Edges, extract: Extract, destination: Ints) -> Turns:
    """List every turn that the streets allow to some vehicle.

    `destination` (m,) says for whom each edge is open for business there only: bits of
    `KINDS`.
    """
    followers = _followers(edges)
    edge_of_state = apply_restrictions(followers, edges, extract.restrictions)
    enter_zones(followers, edge_of_state, destination)
    edge = np.array(edge_of_state, dtype=np.int64)
    counts = [len(states) for states in followers]
    before = np.repeat(np.arange(len(followers)), counts)
    after = np.array([s for states in followers for s in states], dtype=np.int64)
    banned = [mask for states in followers for mask in states.values()]
    return Turns(
        edge=edge,
        before=before,
        after=after,
        is_u_turn=edges.twin[edge[before]] == edge[after],
        banned=np.array(banned, dtype=np.uint8),
        gate=_gates(edges, extract)[edge[before]],
        angle_deg=_angles_deg(edges, edge[before], edge[after]),
        at_junction=_is_junction(edges)[edge[before]],
    )


def _followers(edges: Edges) -> Followers:
    leaving: defaultdict[int, list[int]] = defaultdict(list)
    for edge, node in enumerate(edges.tail.tolist()):
        leaving[node].append(edge)
    return [dict.fromkeys(leaving[node], 0) for node in edges.head.tolist()]


def _gates(edges: Edges, extract: Extract) -> Ints:
    """Return the gate at the end of each edge."""
    number = {node: i for i, node in enumerate(extract.gates)}
    return np.array([number.get(node, NO_GATE) for node in edges.head.tolist()])


def _angles_deg(edges: Edges, before: Ints, after: Ints) -> npt.NDArray[np.float32]:
    turn_deg = edges.bearing_in_deg[after] - edges.bearing_out_deg[before]
    return ((turn_deg + 540.0) % 360.0 - 180.0).astype(np.float32)


def _is_junction(edges: Edges) -> Flags:
    """Say of each edge whether it ends where more than two street ends meet."""
    is_first = (edges.twin == NO_TWIN) | (edges.twin > np.arange(len(edges)))
    ends = np.concatenate([edges.tail[is_first], edges.head[is_first]])
    names, counts = np.unique(ends, return_counts=True)
    return np.asarray(counts[np.searchsorted(names, edges.head)] > _ENDS_OF_A_BEND)

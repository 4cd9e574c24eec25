"""Which streets hang together: from each of them to each, and back."""

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import breadth_first_order, connected_components

from routing.roads.map.road_map import RoadMap
from routing.roads.weights import Weights

Flags = npt.NDArray[np.bool_]

_MIN_EDGES = 2


def allowed_turns(roads: RoadMap, weights: Weights) -> csr_array:
    """Return the (s, s) costs of the turns that are allowed."""
    states = len(roads.turns.edge)
    is_allowed = np.isfinite(weights.turn)
    counts = np.bincount(roads.turns.before[is_allowed], minlength=states)
    return csr_array(
        (
            weights.turn[is_allowed],
            roads.turns.after[is_allowed].astype(np.int32),
            np.concatenate([[0], np.cumsum(counts)]).astype(np.int32),
        ),
        shape=(states, states),
    )


def main_edges(roads: RoadMap, weights: Weights) -> Flags:
    """Find the (m,) edges of the largest part where everything reaches everything."""
    turns = allowed_turns(roads, weights)
    edges = len(roads.edges)
    _, label = connected_components(turns, directed=True, connection="strong")
    largest = label == np.bincount(label[:edges]).argmax()
    if largest[:edges].sum() < _MIN_EDGES:
        return np.zeros(edges, np.bool_)
    # A street only for those with business there is entered as a copy of itself.
    some = int(np.flatnonzero(largest)[0])
    is_left = _reached(turns.T.tocsr(), some)[:edges]
    is_entered = np.zeros(edges, np.bool_)
    is_entered[roads.turns.edge[_reached(turns, some)]] = True
    is_main: Flags = is_left & is_entered & weights.is_open
    return is_main


def _reached(turns: csr_array, start: int) -> Flags:
    is_reached = np.zeros(turns.shape[0], np.bool_)
    order = breadth_first_order(turns, start, return_predecessors=False)
    is_reached[order] = True
    return is_reached

"""The street graph: states, what moving between them costs, what hangs together."""

from dataclasses import dataclass
from pathlib import Path

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array
from scipy.sparse.csgraph import connected_components

from routing.roads.costs import pack, part
from routing.roads.edges import NO_TWIN, Edges, Ints, cut_into_edges
from routing.roads.extract import UnusableExtractError, read_extract
from routing.roads.network import Place
from routing.roads.profile import Profile
from routing.roads.turns import Turns, legal_turns

_MIN_CONNECTED_EDGES = 2


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Graph:
    """Streets as one profile may drive them.

    Parameters
    ----------
    arcs
        (s, s) sparse float64; [x, y] is the cost of the turn from state x to state
        y and of driving along y to its end.
    edge_cost
        (m,) packed cost of driving along each edge.
    is_main
        (m,) whether the edge is in the largest part where everything reaches
        everything.
    states
        For each edge, the states that stand for it.
    """

    edges: Edges
    turns: Turns
    arcs: csr_array
    edge_cost: Ints
    is_main: npt.NDArray[np.bool_]
    states: tuple[tuple[int, ...], ...]

    def usable_edges(self, place: Place) -> list[int]:
        """Name the edges on which a vehicle may stand at a place: one or two."""
        twin = int(self.edges.twin[place.edge])
        return [place.edge] if twin == NO_TWIN else [place.edge, twin]

    def offset_m(self, place: Place, edge: int) -> float:
        """Measure from the start of one of the place's usable edges."""
        if edge == place.edge:
            return place.offset_m
        return float(self.edges.length_m[edge]) - place.offset_m

    def cost_until(self, place: Place, edge: int) -> int:
        """Cost of driving from the start of an edge to a place on it."""
        length_m = float(self.edges.length_m[edge])
        share = self.offset_m(place, edge) / length_m if length_m else 0.0
        return part(int(self.edge_cost[edge]), min(max(share, 0.0), 1.0))


def build_graph(path: Path, profile: Profile) -> Graph:
    """Read an extract and join its streets by legal turns."""
    extract = read_extract(path, profile)
    if not extract.streets:
        raise UnusableExtractError(f"{path}: holds no street for this vehicle")
    edges = cut_into_edges(extract)
    turns = legal_turns(edges, extract, profile)
    arcs = _arcs(edges, turns)
    is_main = _main_part(arcs, len(edges))
    if not (is_main & edges.can_halt).any():
        raise UnusableExtractError(f"{path}: no streets that reach each other")
    return Graph(
        edges=edges,
        turns=turns,
        arcs=arcs,
        edge_cost=pack(edges.time_ms, edges.length_m),
        is_main=is_main,
        states=_states_by_edge(turns.edge, len(edges)),
    )


def _arcs(edges: Edges, turns: Turns) -> csr_array:
    edge = turns.edge[turns.after]
    cost = pack(turns.penalty_ms + edges.time_ms[edge], edges.length_m[edge])
    shape = (len(turns.edge), len(turns.edge))
    return csr_array(
        (cost.astype(np.float64), (turns.before, turns.after)), shape=shape
    )


def _main_part(arcs: csr_array, edge_count: int) -> npt.NDArray[np.bool_]:
    _, label = connected_components(arcs, directed=True, connection="strong")
    is_main: npt.NDArray[np.bool_] = label == np.bincount(label).argmax()
    if is_main.sum() < _MIN_CONNECTED_EDGES:
        is_main[:] = False
    return is_main[:edge_count]


def _states_by_edge(edge: Ints, edge_count: int) -> tuple[tuple[int, ...], ...]:
    states: list[list[int]] = [[e] for e in range(edge_count)]
    for state in range(edge_count, len(edge)):
        states[edge[state]].append(state)
    return tuple(map(tuple, states))

"""Fastest ways: by a customised hierarchy, or by Dijkstra where there is no order."""

from collections.abc import Iterator
from typing import Protocol

import numpy as np
import numpy.typing as npt
from scipy.sparse import csr_array

from routing.roads.search.customise import Weighted, customise
from routing.roads.search.dijkstra import path_by_dijkstra, rows_by_dijkstra
from routing.roads.search.ends import Ends
from routing.roads.search.paths import fastest_path
from routing.roads.search.sweep import sweep

__all__ = ["DijkstraSearch", "Ends", "HierarchySearch", "Search", "customise"]

Ints = npt.NDArray[np.int64]
Floats = npt.NDArray[np.float64]


class Search(Protocol):
    """Finds fastest ways between the ends of places; every implementation the same."""

    def rows(self, departures: Ends, arrivals: Ends) -> Iterator[tuple[Ints, Floats]]:
        """Yield rows of the cost matrix, in any order: their numbers, (r, n) costs."""
        ...

    def path(self, departure: Ends, arrival: Ends) -> tuple[float, list[int]]:
        """Return cost and states of one fastest way; infinite if there is none."""
        ...


class HierarchySearch:
    """Searches a customised contraction hierarchy."""

    def __init__(self, weighted: Weighted) -> None:
        self._weighted = weighted

    def rows(self, departures: Ends, arrivals: Ends) -> Iterator[tuple[Ints, Floats]]:
        """Sweep; see `Search.rows`."""
        return sweep(self._weighted, departures, arrivals)

    def path(self, departure: Ends, arrival: Ends) -> tuple[float, list[int]]:
        """Climb from both ends; see `Search.path`."""
        return fastest_path(self._weighted, departure, arrival)


class DijkstraSearch:
    """Searches the graph itself."""

    def __init__(self, turns: csr_array) -> None:
        self._turns = turns

    def rows(self, departures: Ends, arrivals: Ends) -> Iterator[tuple[Ints, Floats]]:
        """Search from every place; see `Search.rows`."""
        return rows_by_dijkstra(self._turns, departures, arrivals)

    def path(self, departure: Ends, arrival: Ends) -> tuple[float, list[int]]:
        """Search from one place; see `Search.path`."""
        return path_by_dijkstra(self._turns, departure, arrival)

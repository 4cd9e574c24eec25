"""Matrices made of rows that come one block after the other."""

from collections.abc import Iterable

import numpy as np
import numpy.typing as npt

from routing.roads.network import SparseMatrix, TravelMatrix

Ints = npt.NDArray[np.int64]
Small = npt.NDArray[np.int32]

# The numbers of some places, and from them to all: (r, n) seconds, (r, n) metres.
Rows = tuple[Ints, Small, Small]


def fill_matrix(blocks: Iterable[Rows], count: int) -> TravelMatrix:
    """Put the rows of `count` places together."""
    travel_s = np.zeros((count, count), np.int32)
    distance_m = np.zeros((count, count), np.int32)
    for rows, seconds, metres in blocks:
        travel_s[rows], distance_m[rows] = seconds, metres
    return TravelMatrix(travel_s=travel_s, distance_m=distance_m)


def pick_sparse(
    blocks: Iterable[Rows], count: int, *, hubs: int, neighbours: int
) -> SparseMatrix:
    """Keep of each row the nearest places and the hubs; whole rows of hubs."""
    k = max(0, min(neighbours, count - 1))
    near, near_s, near_m = (np.zeros((count, k), np.int32) for _ in range(3))
    from_s, from_m = (np.zeros((hubs, count), np.int32) for _ in range(2))
    to_s, to_m = (np.zeros((count, hubs), np.int32) for _ in range(2))
    for rows, seconds, metres in blocks:
        near[rows] = _nearest(rows, seconds, k)
        near_s[rows] = np.take_along_axis(seconds, near[rows], axis=1)
        near_m[rows] = np.take_along_axis(metres, near[rows], axis=1)
        to_s[rows], to_m[rows] = seconds[:, :hubs], metres[:, :hubs]
        is_hub = rows < hubs
        from_s[rows[is_hub]], from_m[rows[is_hub]] = seconds[is_hub], metres[is_hub]
    return SparseMatrix(
        neighbour=near,
        neighbour_s=near_s,
        neighbour_m=near_m,
        from_hub_s=from_s,
        from_hub_m=from_m,
        to_hub_s=to_s,
        to_hub_m=to_m,
    )


def _nearest(rows: Ints, seconds: Small, k: int) -> Small:
    if k == 0:
        return np.zeros((len(rows), 0), np.int32)
    others = seconds.copy()
    others[np.arange(len(rows)), rows] = np.iinfo(np.int32).max
    nearest = np.argpartition(others, k - 1, axis=1)[:, :k]
    return np.sort(nearest, axis=1).astype(np.int32)

"""Room that a citizen finds next door, when a bin is full."""

from collections.abc import Sequence

import numpy as np
from scipy.spatial import cKDTree

from backend.store.planning import PlannedSlot
from routing.arrays import FloatArray, IntArray
from routing.roads import flat_m


def room_next_door_l(
    slots: Sequence[PlannedSlot], fill_fraction: FloatArray, *, within_m: float
) -> FloatArray:
    """(n,) litres free in the other bins of the same stream within a distance.

    Parameters
    ----------
    fill_fraction
        (n,) how full each bin is taken to be.
    within_m
        As the crow flies.
    """
    room_l = np.zeros(len(slots))
    if not slots or within_m <= 0:
        return room_l
    volume_l = np.array([each.volume_l for each in slots], np.float64)
    free_l = volume_l * np.clip(1.0 - fill_fraction, 0.0, 1.0)
    one, other = _pairs(slots, within_m)
    np.add.at(room_l, one, free_l[other])
    np.add.at(room_l, other, free_l[one])
    return room_l


def _pairs(slots: Sequence[PlannedSlot], within_m: float) -> tuple[IntArray, IntArray]:
    """Find the pairs of bins of one stream that are near to each other."""
    points_deg = np.array([(each.lat_deg, each.lon_deg) for each in slots])
    middle_deg = points_deg.mean(axis=0)
    metres = flat_m(points_deg - middle_deg, at_lat=middle_deg[0])
    pairs = cKDTree(metres).query_pairs(within_m, output_type="ndarray")
    streams = np.array([each.stream for each in slots])
    one, other = pairs[streams[pairs[:, 0]] == streams[pairs[:, 1]]].T
    return one.astype(np.int64), other.astype(np.int64)

"""Metres and seconds between two locations, for compiled code."""

from typing import Any, NamedTuple

import numpy as np

from routing.arrays import IntArray
from routing.solver.engine.columns import NEVER
from routing.solver.engine.compiled import called, inlined
from routing.solver.problem.ways import FullWays, SparseWays, Ways


class Legs(NamedTuple):
    """Ways as compiled code reads them.

    `metres` and `seconds` are (n, n) from row to column, the `_to` ones turned around,
    so that whoever asks for many ways to one place finds them side by side. Those that
    are not needed hold one number. The rest is `SparseWays`.
    """

    count: int
    is_full: bool
    needs_seconds: bool
    is_same: bool
    metres: Any
    metres_to: Any
    seconds: Any
    seconds_to: Any
    x: Any
    y: Any
    metres_per_unit: float
    seconds_per_unit: float
    width: int
    neighbour: Any
    neighbour_m: Any
    neighbour_s: Any
    hubs: int
    from_hub_m: Any
    from_hub_s: Any
    to_hub_m: Any
    to_hub_s: Any


def lay_legs(ways: Ways, *, needs_seconds: bool) -> Legs:
    """Take the ways over; matrices of equal content are kept once."""
    if isinstance(ways, FullWays):
        return _full(ways, needs_seconds=needs_seconds)
    if isinstance(ways, SparseWays):
        return _sparse(ways, needs_seconds=needs_seconds)
    raise TypeError(f"ways of type {type(ways).__name__} not understood")


_NONE = np.zeros((1, 1), np.int32)


def _narrow(array: IntArray) -> np.ndarray:
    if not array.size:
        return _NONE
    return np.ascontiguousarray(np.minimum(array, NEVER), np.int32)


def _turned(array: np.ndarray) -> np.ndarray:
    turned = np.ascontiguousarray(array.T)
    return array if np.array_equal(array, turned) else turned


_EMPTY = Legs(
    count=0,
    is_full=True,
    needs_seconds=False,
    is_same=False,
    metres=_NONE,
    metres_to=_NONE,
    seconds=_NONE,
    seconds_to=_NONE,
    x=np.zeros(1),
    y=np.zeros(1),
    metres_per_unit=0.0,
    seconds_per_unit=0.0,
    width=0,
    neighbour=_NONE,
    neighbour_m=_NONE,
    neighbour_s=_NONE,
    hubs=0,
    from_hub_m=_NONE,
    from_hub_s=_NONE,
    to_hub_m=_NONE,
    to_hub_s=_NONE,
)


def _full(ways: FullWays, *, needs_seconds: bool) -> Legs:
    metres = _narrow(ways.distance_m)
    metres_to = _turned(metres)
    is_same = needs_seconds and np.array_equal(ways.travel_s, ways.distance_m)
    seconds = seconds_to = _NONE
    if is_same:
        seconds, seconds_to = metres, metres_to
    elif needs_seconds:
        seconds = _narrow(ways.travel_s)
        seconds_to = _turned(seconds)
    return _EMPTY._replace(
        count=len(ways),
        needs_seconds=needs_seconds,
        is_same=bool(is_same),
        metres=metres,
        metres_to=metres_to,
        seconds=seconds,
        seconds_to=seconds_to,
    )


def _sparse(ways: SparseWays, *, needs_seconds: bool) -> Legs:
    return _EMPTY._replace(
        count=len(ways),
        is_full=False,
        needs_seconds=needs_seconds,
        x=np.array(ways.x),
        y=np.array(ways.y),
        metres_per_unit=float(ways.metres_per_unit),
        seconds_per_unit=float(ways.seconds_per_unit),
        width=ways.neighbour.shape[1],
        neighbour=_narrow(ways.neighbour),
        neighbour_m=_narrow(ways.neighbour_m),
        neighbour_s=_narrow(ways.neighbour_s),
        hubs=len(ways.from_hub_s),
        from_hub_m=_narrow(ways.from_hub_m),
        from_hub_s=_narrow(ways.from_hub_s),
        to_hub_m=_narrow(ways.to_hub_m),
        to_hub_s=_narrow(ways.to_hub_s),
    )


@inlined
def leg(w: Legs, here: int, there: int) -> tuple[int, int]:
    """Return (metres, seconds) from here to there; look many up from one `here`."""
    if w.is_full:
        at = np.int64(here) * w.count + there
        metres = np.int64(w.metres[at])
        if w.is_same:
            return metres, metres
        if w.needs_seconds:
            return metres, np.int64(w.seconds[at])
        return metres, np.int64(0)
    return _leg_apart(w, here, there)


@inlined
def leg_to(w: Legs, here: int, there: int) -> tuple[int, int]:
    """Return (metres, seconds) from here to there; look many up to one `there`."""
    if w.is_full:
        at = np.int64(there) * w.count + here
        metres = np.int64(w.metres_to[at])
        if w.is_same:
            return metres, metres
        if w.needs_seconds:
            return metres, np.int64(w.seconds_to[at])
        return metres, np.int64(0)
    return _leg_apart(w, here, there)


@called
def _leg_apart(w: Legs, here: int, there: int) -> tuple[int, int]:
    if w.hubs > 0:
        if there < w.hubs:
            at = np.int64(here) * w.hubs + there
            return np.int64(w.to_hub_m[at]), np.int64(w.to_hub_s[at])
        if here < w.hubs:
            at = np.int64(here) * w.count + there
            return np.int64(w.from_hub_m[at]), np.int64(w.from_hub_s[at])
    if w.width > 0:
        at = _found_at(w, here, there)
        if at >= 0:
            return np.int64(w.neighbour_m[at]), np.int64(w.neighbour_s[at])
    dx = w.x[here] - w.x[there]
    dy = w.y[here] - w.y[there]
    far = np.sqrt(dx * dx + dy * dy)
    metres = np.int64(far * w.metres_per_unit + 0.5)
    if w.needs_seconds:
        return metres, np.int64(far * w.seconds_per_unit + 0.5)
    return metres, np.int64(0)


@called
def _found_at(w: Legs, here: int, there: int) -> int:
    """Return where a neighbour stands in the tables, -1 if it is none."""
    first = np.int64(here) * w.width
    low, high = first, first + w.width - 1
    while low <= high:
        middle = (low + high) >> 1
        found = w.neighbour[middle]
        if found == there:
            return middle
        if found < there:
            low = middle + 1
        else:
            high = middle - 1
    return np.int64(-1)

"""What came into a slot, whoever emptied it when: the same for every schedule."""

from collections.abc import Iterator
from dataclasses import dataclass

import numpy as np
from scipy.optimize import isotonic_regression

from routing.arrays import FloatArray

_FULL = 1.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Gained:
    """What came into a slot from the first edge on.

    Parameters
    ----------
    fill
        (t,) fill gained until each edge, as fractions of the container; never falls.
    start_fill
        How full it was at the first edge.
    rate_per_h
        Mean gain of the hours that were watched; 0 if none was.
    watched_h
        How many those are.
    """

    fill: FloatArray
    start_fill: float
    rate_per_h: float
    watched_h: float


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class _Cycle:
    """From one emptying to the next: when it was how full."""

    begins_h: float
    at_h: FloatArray
    fill: FloatArray


def trace_gain(
    at_h: FloatArray,
    fill: FloatArray,
    emptied_h: FloatArray,
    *,
    edge_h: FloatArray,
    usual_per_h: float = 0.0,
) -> Gained:
    """Follow what came in, from what was measured or seen between emptyings.

    Between two emptyings the fill never falls (isotonic regression: noise is no
    material). After the last word before an emptying, and once a bin is full and its
    sensor sees nothing more, material goes on coming at the slot's own mean rate.

    Parameters
    ----------
    at_h, fill
        (k,) when it was how full, in order; at the time of an emptying: before it.
    emptied_h
        (m,) in order.
    edge_h
        (t,) hours, ascending.
    usual_per_h
        The rate of a slot of which no rise was seen.
    """
    cycles = list(_split(at_h, fill, emptied_h))
    risen = sum(each.fill[-1] - each.fill[0] for each in cycles)
    watched_h = float(sum(each.at_h[-1] - each.at_h[0] for each in cycles))
    rate = risen / watched_h if watched_h > 0 else usual_per_h
    knot_h, knot = _lay(cycles, rate, edge_h)
    gained = np.interp(edge_h, knot_h, knot)
    return Gained(
        fill=gained - gained[0],
        start_fill=_start(cycles, rate, float(edge_h[0])),
        rate_per_h=float(rate),
        watched_h=watched_h,
    )


def _split(
    at_h: FloatArray, fill: FloatArray, emptied_h: FloatArray
) -> Iterator[_Cycle]:
    """Yield the cycles of which something is known; the bin is empty at its start."""
    cycle = np.searchsorted(emptied_h, at_h, side="left")
    for number in range(len(emptied_h) + 1):
        is_here = (cycle == number) & np.isfinite(fill)
        hours, fills = at_h[is_here], np.clip(fill[is_here], 0.0, None)
        if number:
            hours = np.append(emptied_h[number - 1], hours)
            fills = np.append(0.0, fills)
        if not len(hours):
            continue
        rising = isotonic_regression(fills).x
        known = 1 + int(np.searchsorted(rising, _FULL))
        yield _Cycle(begins_h=hours[0], at_h=hours[:known], fill=rising[:known])


def _lay(
    cycles: list[_Cycle], rate: float, edge_h: FloatArray
) -> tuple[FloatArray, FloatArray]:
    """Lay the cycles end to end: knots of one line that never falls."""
    first_h = min([edge_h[0], *(each.begins_h for each in cycles)]) - 1.0
    knot_h, knot = [first_h], [0.0]
    for each in cycles:
        knot_h.append(max(each.begins_h, knot_h[-1]))
        knot.append(knot[-1] + rate * (knot_h[-1] - knot_h[-2]))
        base = knot[-1] - each.fill[0]
        knot_h += each.at_h[1:].tolist()
        knot += (base + each.fill[1:]).tolist()
    last_h = max(edge_h[-1], knot_h[-1]) + 1.0
    knot.append(knot[-1] + rate * (last_h - knot_h[-1]))
    knot_h.append(last_h)
    return np.array(knot_h), np.array(knot)


def _start(cycles: list[_Cycle], rate: float, start_h: float) -> float:
    """Say how full the slot was at a time, from the cycle that it lies in."""
    before = [each for each in cycles if each.begins_h <= start_h]
    if before:
        last = before[-1]
        seen = float(np.interp(start_h, last.at_h, last.fill))
        return seen + rate * max(0.0, start_h - float(last.at_h[-1]))
    if not cycles:
        return 0.0
    first = cycles[0]
    return max(0.0, float(first.fill[0]) - rate * (first.begins_h - start_h))

"""Where the next sensor pays most, among the operator's bins that have none."""

import numpy as np

from backend.simulation.bins import KnownBins
from backend.simulation.result import SensorValue
from routing.arrays import FloatArray
from routing.selection import OVERFLOW_H, value_of_sensors


def rank_sensors(
    bins: KnownBins, visit_cents: FloatArray, *, most: int
) -> list[SensorValue]:
    """List the bins without a sensor where one saves most, the best first.

    `visit_cents` is (n,): what a pickup costs at each bin, the way there included.
    """
    rows = np.flatnonzero(~bins.has_sensor)
    if not len(rows):
        return []
    blind = bins.take(rows)
    saved = value_of_sensors(
        blind.per_day,
        blind.variation**2 * blind.per_day,
        rate_doubt=blind.doubt,
        visit_cents=visit_cents[rows],
        overflow_cents_per_h=blind.overflow_cents / OVERFLOW_H,
    )
    order = [each for each in np.argsort(-saved)[:most].tolist() if saved[each] > 0]
    return [
        SensorValue(
            slot_id=int(blind.slot_id[each]),
            code=str(blind.code[each]),
            stream=str(blind.stream[each]),
            saved_cents=float(saved[each]),
            fill_per_day=float(blind.per_day[each]),
            rate_doubt=float(blind.doubt[each]),
        )
        for each in order
    ]

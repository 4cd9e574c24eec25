"""How full the demo's bins really are: what no sensor knows exactly.

Material arrives hour by hour with a daily and a weekly rhythm and with chance. It
is a pure function of the seed, so a demo that is stopped goes on where it was.
"""

from dataclasses import dataclass
from datetime import datetime

import numpy as np
import numpy.typing as npt

S_PER_H = 3600.0
HISTORY_H = 24 * 28
FUTURE_H = 24 * 60
ARRIVAL_SHAPE = 1.2  # of the gamma distribution of one hour; small is bursty

# People throw away what the day leaves: little at night, most in the late afternoon.
HOUR_SHARE = np.array(
    [1, 1, 1, 1, 1, 2, 3, 5, 6, 5, 5, 6, 7, 7, 6, 6, 7, 8, 8, 6, 4, 3, 2, 1], np.float64
)
WEEKDAY_SHARE = np.array([0.9, 0.9, 0.95, 1.0, 1.15, 1.25, 0.85])


@dataclass(frozen=True, kw_only=True, slots=True)
class Bin:
    """What the world must know of a bin."""

    slot_id: int
    fill_per_day: float
    is_street_side: bool


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class World:
    """Arrivals since `first_h`, cumulated.

    Parameters
    ----------
    first_h
        Hours since 1970-01-01 UTC of the first column.
    arrived
        slot_id → (hours + 1,) fill that had arrived by the start of each hour.
    """

    first_h: float
    arrived: dict[int, npt.NDArray[np.float64]]

    def fill(self, slot_id: int, at: datetime, emptied_at: datetime) -> float:
        """Tell how full a bin is that was last emptied at a time; above 1 overflows."""
        arrived = self.arrived[slot_id]
        spans = (np.array([emptied_at.timestamp(), at.timestamp()])) / S_PER_H
        before, after = np.interp(
            spans - self.first_h, np.arange(len(arrived)), arrived
        )
        return float(max(0.0, after - before))


def make_world(
    bins: list[Bin], *, begins_at: datetime, utc_offset_h: float, seed: int
) -> World:
    """Draw the arrivals of every bin, from four weeks before to two months after."""
    first_h = begins_at.timestamp() // S_PER_H - HISTORY_H
    hours = first_h + np.arange(HISTORY_H + FUTURE_H) + utc_offset_h
    # 1970-01-01 was a Thursday, weekday 3.
    weekday = ((hours // 24).astype(int) + 3) % 7
    rhythm = HOUR_SHARE[hours.astype(int) % 24] / HOUR_SHARE.sum()
    arrived = {}
    for each in bins:
        rng = np.random.default_rng([seed, each.slot_id])
        # Street bins follow the crowd at the weekend, house bins only half as much.
        swing = 1.0 if each.is_street_side else 0.5
        expected = each.fill_per_day * rhythm * WEEKDAY_SHARE[weekday] ** swing
        drawn = expected * rng.gamma(ARRIVAL_SHAPE, 1 / ARRIVAL_SHAPE, len(hours))
        arrived[each.slot_id] = np.concatenate([[0.0], np.cumsum(drawn)])
    return World(first_h=first_h, arrived=arrived)

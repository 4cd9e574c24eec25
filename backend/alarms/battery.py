"""How many days a battery lasts, by the voltages of the last weeks.

A straight line down to the voltage at which the device stops. The line is Theil and
Sen's: the median of the slopes of all pairs, which cold nights and single odd values do
not bend (Sen 1968, doi:10.1080/01621459.1968.10480934).
"""

from collections.abc import Sequence
from itertools import combinations
from statistics import median

MIN_SAMPLES = 7
MIN_DAYS = 14.0
SLOWEST_MV_PER_DAY = 0.2  # flatter is no trend: a lithium cell's plateau, or noise
MAX_DAYS = 3650.0
NEW_BATTERY_MV = 300
FEW = 3  # samples whose median is no single odd value

Samples = Sequence[tuple[float, float]]


def days_left(samples: Samples, *, empty_mv: float) -> float | None:
    """Tell how many days are left after the last sample; None: nobody can know yet.

    Parameters
    ----------
    samples
        (day, mV), oldest first, about one a day. A jump upwards is a new battery: what
        was before it counts no more.
    """
    samples = _since_new(samples)
    if not samples:
        return None
    if _level(samples[-FEW:]) <= empty_mv:
        return 0.0
    if len(samples) < MIN_SAMPLES or samples[-1][0] - samples[0][0] < MIN_DAYS:
        return None
    slope = median((b[1] - a[1]) / (b[0] - a[0]) for a, b in combinations(samples, 2))
    if slope > -SLOWEST_MV_PER_DAY:
        return None
    last_day = samples[-1][0]
    now_mv = median(mv + slope * (last_day - day) for day, mv in samples)
    return min(MAX_DAYS, max(0.0, (now_mv - empty_mv) / -slope))


def _since_new(samples: Samples) -> Samples:
    for number in range(len(samples) - FEW, 0, -1):
        before = _level(samples[max(0, number - FEW) : number])
        if _level(samples[number : number + FEW]) - before >= NEW_BATTERY_MV:
            return samples[number:]
    return samples


def _level(samples: Samples) -> float:
    return median(mv for _, mv in samples)

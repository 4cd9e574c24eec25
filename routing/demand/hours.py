"""A slot's fills laid out by the hour, cycle by cycle."""

from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.demand.inner.growing import smooth
from routing.demand.series import median

_SPARSE_H = 6.0  # seldom enough that what came between emptying and reading counts
_SIDE_H = 4.0  # of the window of the medians
_DENSE_H = 2.0  # often enough that a fill needs two more beside it


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Hours:
    """Hours since the first fill; all arrays (k,) unless said otherwise.

    Parameters
    ----------
    first_hour
        Hours since 1970 of the first.
    fill
        What was measured or seen in each hour, NaN where nothing was.
    cycle
        How many emptyings there were before each.
    emptied
        (m,) when, in hours since the first hour.
    smoothed
        Centred median of nine hours, within a cycle.
    cadence_h
        Usual time between two fills.
    """

    first_hour: int
    fill: FloatArray
    cycle: IntArray
    emptied: FloatArray
    smoothed: FloatArray
    cadence_h: float

    @property
    def is_sparse(self) -> bool:
        """Tell whether fills come less often than every six hours."""
        return self.cadence_h > _SPARSE_H

    @property
    def flat_h(self) -> float:
        """Return how long the medians stand still at both ends of a cycle.

        There the window of nine hours has but one side: its median is half a side off.
        """
        aside = int(_SIDE_H / self.cadence_h + 0.25)
        return aside * self.cadence_h / 2 if aside else 0.0


def lay_out(
    at_h: FloatArray, fill: FloatArray, *, emptied_h: FloatArray, until_h: float
) -> Hours | None:
    """Lay out fills in order, at most one an hour, until a time; None without any.

    A fill at the time of an emptying was before it.
    """
    if not len(at_h):
        return None
    first_hour = int(np.floor(at_h[0]))
    count = int(np.floor(until_h)) - first_hour + 1
    hour = np.floor(at_h).astype(np.int64) - first_hour
    by_hour = np.full(count, np.nan)
    by_hour[hour] = fill
    ends_h = first_hour + np.arange(1.0, count + 1)
    cycle = np.searchsorted(emptied_h, ends_h, side="left")
    cycle[hour] = np.searchsorted(emptied_h, at_h, side="left")
    cadence_h = median(np.diff(at_h)) if len(at_h) > 1 else np.inf
    return Hours(
        first_hour=first_hour,
        fill=by_hour,
        cycle=cycle,
        emptied=emptied_h - first_hour,
        smoothed=smooth(by_hour, cycle, 3 if cadence_h <= _DENSE_H else 1),
        cadence_h=cadence_h,
    )

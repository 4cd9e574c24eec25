"""Select, then route: the bins that will be full soonest, so many a day."""

from dataclasses import dataclass

import numpy as np

from routing.simulation.policy import Choice, Morning, only
from routing.simulation.simple import last_readings


@dataclass(frozen=True, kw_only=True, slots=True)
class SoonestFull:
    """Empty the `count` bins that have the least time left at their usual rate.

    The rule that the operator of Wouda, Aerts-Veenstra and van Foreest (2024), section
    3.2, uses; which bins lie on the way is not asked.
    """

    count: int

    def __call__(self, morning: Morning) -> Choice:
        """Choose as many, whatever they hold."""
        fill, _ = last_readings(morning)
        per_day = np.maximum(morning.world.mean_per_day, 1e-9)
        left_days = np.maximum(1.0 - fill, 0.0) / per_day
        order = np.lexsort((-fill, left_days))
        is_due = np.zeros(len(fill), np.bool_)
        is_due[order[: self.count]] = True
        return only(is_due, fill)

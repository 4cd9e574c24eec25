"""The hours of a slot without sensor, as people and counters tell them."""

import numpy as np

from routing.demand.deposits import Counted
from routing.demand.hours import Hours, lay_out
from routing.demand.inner.thinning import thin
from routing.demand.model import SlotHistory
from routing.demand.series import MEMORY_H


def lay_out_words(
    history: SlotHistory, counted: Counted | None, *, now_h: float
) -> Hours | None:
    """Lay out what was seen and counted in the last weeks; None where nothing was."""
    at_h, fill = history.observed_h, history.observed_fill
    if counted is not None:
        at_h = np.concatenate([at_h, counted.at_h])
        fill = np.concatenate([fill, counted.fill])
    is_usable = (at_h > now_h - MEMORY_H) & (at_h <= now_h) & np.isfinite(fill)
    order = np.argsort(at_h[is_usable], kind="stable")
    emptied_h = np.sort(history.emptied_h[history.emptied_h <= now_h])
    hourly_h, hourly, _ = thin(
        at_h[is_usable][order], np.maximum(fill[is_usable][order], 0.0), emptied_h
    )
    return lay_out(hourly_h, hourly, emptied_h=emptied_h, until_h=now_h)

"""The hours of a slot as its sensor saw them."""

from routing.demand.hours import Hours, lay_out
from routing.demand.model import SlotHistory
from routing.demand.series import MEMORY_H, Series, read_series

_DENSE_H = 2.0


def read_hours(
    history: SlotHistory, *, now_h: float, memory_h: float = MEMORY_H
) -> tuple[Series, Hours | None]:
    """Read the series of a slot, and lay it out by the hour."""
    series = read_series(history, now_h=now_h, memory_h=memory_h)
    at_h, fill = series.at_h, series.fill
    if len(at_h) and (at_h[-1] - at_h[0]) > _DENSE_H * len(at_h):
        # Too few to take medians of: what sticks out has to go first.
        at_h, fill = at_h[~series.is_outlier], fill[~series.is_outlier]
    return series, lay_out(at_h, fill, emptied_h=series.emptied_h, until_h=now_h)

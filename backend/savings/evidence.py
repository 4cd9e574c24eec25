"""What came into the bins, and when they were emptied, as arrays by the hour."""

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from backend.store.planning import PlannedSlot
from routing.arrays import BoolArray, FloatArray
from routing.baseline import Gained, trace_gain

# A citizen's word, or a schedule's guess, is too rough to say what came in.
MOST_DEVIATION = 0.15
LEAST_WATCHED_H = 48.0


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Evidence:
    """What is known of bins from a first hour on.

    Parameters
    ----------
    gained
        (n, t) fill that came until the end of each hour.
    start_fill
        (n,)
    is_emptied
        (n, t) whether the bin was emptied in the hour.
    by_stream_count
        How many bins had to be taken to fill as their stream does.
    """

    gained: FloatArray
    start_fill: FloatArray
    is_emptied: BoolArray
    by_stream_count: int


def look_back(slots: Sequence[PlannedSlot], *, start_h: float, hours: int) -> Evidence:
    """Follow every bin through hours that are over."""
    edge_h = start_h + np.arange(hours + 1.0)
    own = [_trace(each, edge_h, usual_per_h=0.0) for each in slots]
    usual = _usual_rates(slots, own)
    is_watched = [each.watched_h >= LEAST_WATCHED_H for each in own]
    traced = [
        known if watched else _trace(slot, edge_h, usual_per_h=usual[slot.stream])
        for slot, known, watched in zip(slots, own, is_watched, strict=True)
    ]
    return Evidence(
        gained=np.array([each.fill[1:] for each in traced]),
        start_fill=np.array([each.start_fill for each in traced]),
        is_emptied=np.array([_emptied(each, edge_h) for each in slots]),
        by_stream_count=is_watched.count(False),
    )


def _trace(slot: PlannedSlot, edge_h: FloatArray, *, usual_per_h: float) -> Gained:
    at_h, fill = _words(slot)
    if usual_per_h > 0:
        # Too little was seen for a rate of its own: only emptyings count.
        at_h, fill = at_h[:0], fill[:0]
    return trace_gain(
        at_h,
        fill,
        np.array(slot.emptied_h, np.float64),
        edge_h=edge_h,
        usual_per_h=usual_per_h,
    )


def _words(slot: PlannedSlot) -> tuple[FloatArray, FloatArray]:
    """Take the sensor's word; where there is none, what drivers saw."""
    if slot.measured_h:
        return np.array(slot.measured_h), np.array(slot.fill_fraction)
    is_sure = np.array(slot.observed_deviation, np.float64) <= MOST_DEVIATION
    at_h = np.array(slot.observed_h, np.float64)[is_sure]
    return at_h, np.array(slot.observed_fill, np.float64)[is_sure]


def _usual_rates(
    slots: Sequence[PlannedSlot], traced: Sequence[Gained]
) -> dict[str, float]:
    """Average the streams' rates, in fill per hour, over the hours watched."""
    risen: dict[str, float] = defaultdict(float)
    watched_h: dict[str, float] = defaultdict(float)
    for slot, each in zip(slots, traced, strict=True):
        risen[slot.stream] += each.rate_per_h * each.watched_h
        watched_h[slot.stream] += each.watched_h
    return {
        each.stream: risen[each.stream] / max(1.0, watched_h[each.stream])
        for each in slots
    }


def _emptied(slot: PlannedSlot, edge_h: FloatArray) -> BoolArray:
    """(t,) in which hours a bin was emptied."""
    hours = np.floor(np.array(slot.emptied_h, np.float64) - edge_h[0]).astype(np.int64)
    is_emptied = np.zeros(len(edge_h) - 1, np.bool_)
    is_emptied[hours[(hours >= 0) & (hours < len(is_emptied))]] = True
    return is_emptied

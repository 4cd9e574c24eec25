"""The usual week of every slot: its own growth, shrunk to that of its stream."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray, IntArray
from routing.demand.calendar import Calendar
from routing.demand.growth import DAY_H, WEEK_H, Growth
from routing.demand.model import SlotHistory

# Judgement, not measurement, unless a source is named.
_UNKNOWN_PER_H = 0.07 / 24  # fill gained when nothing at all is known of a stream
_UNKNOWN_WEIGHT_H = 24.0
_STREAM_WEIGHT_H = 48.0  # a slot's own two days count as much as its stream
_HOUR_WEIGHT_H = 8.0  # of an hour of the week (research on forecasts)
_DISPERSION = (
    0.04  # variance over mean of what comes: daily deviation 75 % at 7 % a day
)
_DISPERSION_WEIGHT = 0.5  # fill gained that the slot must show to weigh as much
_SPREAD = 0.6  # relative deviation of slots of one stream
_PEERS_WEIGHT = 1.0  # fill that peers must have gained to count as much as the stream
_HOLIDAY_WEIGHT = 0.5  # fill that holidays must have brought to weigh as much as usual
_LATELY_DAYS = 7.0
_SEASON_WEIGHT = 2.0  # fill that a stream must have gained lately to weigh as much
_OWN_DRIFT = 0.17  # relative deviation of a slot from the season of its stream
_DRIFT = 0.2  # relative deviation of the coming days from the last weeks


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Rates:
    """How the fill of n slots is going to grow.

    Parameters
    ----------
    per_h
        (n, 168) mean fill gained in each local hour of the week.
    dispersion
        (n,) variance over mean of what is gained.
    doubt
        (n,) relative standard deviation of the rate itself.
    holiday_factor
        (n,) how many times the usual comes on a holiday.
    """

    per_h: FloatArray
    dispersion: FloatArray
    doubt: FloatArray
    holiday_factor: FloatArray
    calendar: Calendar

    def gain(self, start_h: FloatArray, end_h: FloatArray) -> FloatArray:
        """(n, t): mean gain between local times, each (n, 1) or (n, t)."""
        usual = self._since_epoch(end_h) - self._since_epoch(start_h)
        first, last = start_h.min() // DAY_H, end_h.max() // DAY_H
        for day in sorted({*self.calendar.holidays, *self.calendar.event_factors}):
            if first <= day <= last:
                midnight_h = float(day * DAY_H)
                from_h = np.clip(start_h, midnight_h, midnight_h + DAY_H)
                to_h = np.clip(end_h, midnight_h, midnight_h + DAY_H)
                that_day = self._since_epoch(to_h) - self._since_epoch(from_h)
                usual = usual + (self._factor(day) - 1)[:, None] * that_day
        return usual

    def _factor(self, day: int) -> FloatArray:
        """(n,): how many times the usual comes on a day unlike others."""
        event = self.calendar.event_factors.get(day, 1.0)
        if day not in self.calendar.holidays:
            return np.full(len(self.per_h), event)
        return self.holiday_factor * event

    def variance(self, gain: FloatArray) -> FloatArray:
        """(n, t): variance of a gain with this mean."""
        doubt = self.doubt[:, None] * gain
        return self.dispersion[:, None] * gain + doubt**2

    def _since_epoch(self, local_h: FloatArray) -> FloatArray:
        local_h = np.broadcast_to(local_h, (len(self.per_h), local_h.shape[1]))
        week, rest_h = np.divmod(local_h, WEEK_H)
        hour = np.minimum(rest_h.astype(np.int64), WEEK_H - 1)
        before = np.cumsum(self.per_h, axis=1) - self.per_h
        here = np.take_along_axis(self.per_h, hour, axis=1)
        in_week = np.take_along_axis(before, hour, axis=1) + here * (rest_h - hour)
        since: FloatArray = week * self.per_h.sum(axis=1)[:, None] + in_week
        return since


def learn_rates(
    histories: Sequence[SlotHistory],
    growths: Sequence[Growth],
    *,
    calendar: Calendar,
) -> Rates:
    """Shrink each slot's week to the pooled week of its stream."""
    names, stream = np.unique([h.stream for h in histories], return_inverse=True)
    gained = np.stack([growth.gained for growth in growths])
    watched_h = np.stack([growth.watched_h for growth in growths])
    pooled = _pooled(histories, stream, gained, watched_h)
    pooled *= _beside_peers(histories, pooled, gained, watched_h)[:, None]
    own_h = watched_h.sum(axis=1)
    mean_per_h = (gained.sum(axis=1) + _STREAM_WEIGHT_H * pooled.mean(axis=1)) / (
        own_h + _STREAM_WEIGHT_H
    )
    shape = pooled / pooled.mean(axis=1, keepdims=True)
    per_h = (gained + _HOUR_WEIGHT_H * mean_per_h[:, None] * shape) / (
        watched_h + _HOUR_WEIGHT_H
    )
    dispersion = _dispersion(growths, stream, len(names))
    lately = _lately(growths, stream, mean_per_h, dispersion)
    per_h, mean_per_h = per_h * lately[:, None], mean_per_h * lately
    doubt = _doubt(gained.sum(axis=1), own_h, mean_per_h, dispersion)
    return Rates(
        per_h=per_h,
        dispersion=dispersion,
        doubt=doubt,
        holiday_factor=_holiday_factor(growths, stream, per_h),
        calendar=calendar,
    )


def _lately(
    growths: Sequence[Growth],
    stream: IntArray,
    mean_per_h: FloatArray,
    dispersion: FloatArray,
) -> FloatArray:
    """(n,): how many times the usual of eight weeks comes these days.

    The season moves the whole stream; a slot has drifts of its own, which show the
    later the more its days scatter.
    """
    came, usual = np.zeros(len(growths)), np.zeros(len(growths))
    for i, growth in enumerate(growths):
        ago_days, gained, watched_h = growth.daily.T
        weight = np.exp(-ago_days / _LATELY_DAYS)
        came[i], usual[i] = weight @ gained, weight @ watched_h * mean_per_h[i]
    all_came, all_usual = np.bincount(stream, came), np.bincount(stream, usual)
    season = ((all_came + _SEASON_WEIGHT) / (all_usual + _SEASON_WEIGHT))[stream]
    weight = dispersion / _OWN_DRIFT**2
    factor: FloatArray = (came + weight * season) / (usual + weight)
    return factor


def _holiday_factor(
    growths: Sequence[Growth], stream: IntArray, per_h: FloatArray
) -> FloatArray:
    """(n,): the stream's growth on holidays over that of the same hours usually."""
    watched_h = np.stack([growth.holiday_watched_h for growth in growths])
    usual = np.bincount(stream, (watched_h * per_h).sum(axis=1))
    came = np.bincount(stream, [growth.holiday_gained for growth in growths])
    factor: FloatArray = (came + _HOLIDAY_WEIGHT) / (usual + _HOLIDAY_WEIGHT)
    return factor[stream]


def _pooled(
    histories: Sequence[SlotHistory],
    stream: IntArray,
    gained: FloatArray,
    watched_h: FloatArray,
) -> FloatArray:
    """(n, 168): the week of the stream at a slot's size.

    Small containers fill faster, but stand where less comes: what comes is taken to
    grow with the square root of the volume, between the two extremes.
    """
    size = np.sqrt([history.volume_l for history in histories])
    weeks = np.empty_like(gained)
    for s in np.unique(stream):
        is_member = stream == s
        amount = (gained[is_member] * size[is_member, None]).sum(axis=0)
        hours = watched_h[is_member].sum(axis=0)
        unknown = _UNKNOWN_PER_H * size[is_member].mean()
        mean = (amount.sum() + _UNKNOWN_WEIGHT_H * unknown) / (
            hours.sum() + _UNKNOWN_WEIGHT_H
        )
        week = (amount + _HOUR_WEIGHT_H * mean) / (hours + _HOUR_WEIGHT_H)
        weeks[is_member] = week / size[is_member, None]
    return weeks


def _beside_peers(
    histories: Sequence[SlotHistory],
    pooled: FloatArray,
    gained: FloatArray,
    watched_h: FloatArray,
) -> FloatArray:
    """(n,): how many times their streams' usual the like and the near ones gain.

    The like: containers of one type and stream. The near: other slots at one spot,
    whatever their stream; who brings glass brings paper.
    """
    came, usual = gained.sum(axis=1), (watched_h * pooled).sum(axis=1)
    types = [(h.stream, h.container_type) for h in histories]
    spots = [
        h.slot_id if h.lat_deg is None else (h.lat_deg, h.lon_deg) for h in histories
    ]
    factor = np.ones(len(histories))
    for keys, own in ((types, 0.0), (spots, 1.0)):
        numbers: dict[object, int] = {}
        group = np.array([numbers.setdefault(key, len(numbers)) for key in keys])
        all_came = np.bincount(group, came)[group] - own * came
        all_usual = np.bincount(group, usual)[group] - own * usual
        factor *= (all_came + _PEERS_WEIGHT) / (all_usual + _PEERS_WEIGHT)
    return factor


def _dispersion(
    growths: Sequence[Growth], stream: IntArray, streams: int
) -> FloatArray:
    """(n,): variance over mean of daily gains: the slot's, its stream's, at large."""
    gain = np.array([growth.daily[:, 1].sum() for growth in growths])
    scatter = np.array([_scatter(growth) for growth in growths])
    stream_gain = np.bincount(stream, gain, streams)
    stream_scatter = np.bincount(stream, scatter, streams)
    at_large = _DISPERSION * _DISPERSION_WEIGHT
    of_stream = (stream_scatter + at_large) / (stream_gain + _DISPERSION_WEIGHT)
    own: FloatArray = (scatter + of_stream[stream] * _DISPERSION_WEIGHT) / (
        gain + _DISPERSION_WEIGHT
    )
    return own


def _scatter(growth: Growth) -> float:
    """Sum of squares of what days gained beyond the usual of the hours watched."""
    _, gained, watched_h = growth.daily.T
    usual = gained.sum() * watched_h / max(watched_h.sum(), 1.0)
    return float(np.sum((gained - usual) ** 2))


def _doubt(
    gained: FloatArray,
    own_h: FloatArray,
    mean_per_h: FloatArray,
    dispersion: FloatArray,
) -> FloatArray:
    """(n,): for too little seen, for borrowing from the stream, for drift."""
    borrowed = _STREAM_WEIGHT_H / (own_h + _STREAM_WEIGHT_H)
    scarce = dispersion / (gained + _STREAM_WEIGHT_H * mean_per_h)
    doubt: FloatArray = np.sqrt(
        (1 - borrowed) * scarce + borrowed * _SPREAD**2 + _DRIFT**2
    )
    return doubt

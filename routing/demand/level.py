"""How full a slot is now: what sensor, people and counters say, and whom to believe.

A histogram filter (Thrun, Burgard and Fox 2005, 4.1) over the fill. What comes between
two statements is gamma, so that a burst is believed as soon as two readings agree; each
statement may mean nothing, so that a single echo is not.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache

import numpy as np
from scipy.special import gammainc

from routing.arrays import FloatArray
from routing.demand.deposits import Counted
from routing.demand.inner.filtering import filter_levels
from routing.demand.model import Basis, SlotHistory
from routing.demand.rates import Rates
from routing.demand.series import Series

_SENSOR_DEVIATION = 0.03  # what is left of calibration and surface when noise is gone
_LEAST_NOISE = 0.01
_LEAST_WILD, _MOST_WILD = 0.03, 0.3  # share of readings that mean nothing
_ALIKE_H = 4.0  # for so long a sensor is wrong in the same way
_EMPTIED_DEVIATION, _EMPTIED_WILD = 0.02, 0.002
_SEEN_DEVIATION = 0.10  # a driver's glance: 0, 25, 50, 75, 100 %
_WORD_WILD = 0.005
_NOTHING = 1e-6
_FALLEN = 0.002  # a fill that fell, and nobody was there
_CONTRADICTED_BY = 0.35  # fill between a person's word and the readings that follow
_CONTRADICTED_WITHIN_H = 12.0
_MOVED = 0.08  # fill by which a sensor that was contradicted shows that it is alive
_WORST_BAD_SHARE, _BAD_SHARE_RANGE = 0.15, 0.12
_STALE_H = 7 * 24.0
_MOST_STATEMENTS = 16
_UNKNOWN_FILL, _UNKNOWN_DEVIATION = 0.5, 0.3  # anything between empty and full

_CELL, _CELLS = 0.02, 66
_SHAPES, _SCALES = np.geomspace(1e-3, 400.0, 64), np.geomspace(0.005, 0.8, 16)


@dataclass(frozen=True, kw_only=True, slots=True)
class Statement:
    """That a slot was this full at a time, give or take a standard deviation.

    Parameters
    ----------
    wild
        How likely it means nothing at all.
    """

    at_h: float
    fill: float
    deviation: float
    wild: float = _WORD_WILD


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Readings:
    """The last readings of a sensor: times and fills (k,), and how far to believe them.

    Parameters
    ----------
    deviation, wild
        As of a statement, of each of them.
    """

    at_h: FloatArray
    fill: FloatArray
    deviation: float
    wild: float

    def __len__(self) -> int:
        return len(self.at_h)


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Evidence:
    """What is known of a slot's level since it was last emptied.

    Parameters
    ----------
    said
        The emptying and what people saw and counters counted since, in order of time.
    read
        What the sensor said since.
    quality
        0..1, how clean the sensor is; 1/2 where only people's word counts.
    is_contradicted
        A person saw something else than the sensor says.
    """

    said: tuple[Statement, ...]
    read: Readings
    quality: float
    is_contradicted: bool

    def basis(self, history: SlotHistory, now_h: float) -> Basis:
        """Return what carries the estimate."""
        if not history.is_sensor_trusted:
            return Basis.UNTRUSTED
        if len(self.read) and (
            self.is_sensor_latest or now_h - self.read.at_h[-1] < _STALE_H
        ):
            return Basis.SENSOR
        return Basis.OBSERVATIONS if self.said else Basis.PRIOR

    @property
    def is_sensor_latest(self) -> bool:
        """Tell whether nobody said anything after the last reading."""
        if not self.said or not len(self.read):
            return bool(len(self.read))
        return self.said[-1].at_h <= float(self.read.at_h[-1])

    @property
    def statements(self) -> FloatArray:
        """(k, 4) the last of all of it, in order: time, fill, deviation, wild."""
        read = np.empty((len(self.read), 4))
        read[:, 0], read[:, 1] = self.read.at_h, self.read.fill
        read[:, 2], read[:, 3] = self.read.deviation, self.read.wild
        if not self.said:
            return read
        words = [(e.at_h, e.fill, e.deviation, e.wild) for e in self.said]
        every = np.concatenate([words, read])
        if len(read) and self.said[-1].at_h > read[0, 0]:
            every = every[np.argsort(every[:, 0], kind="stable")]
        return every[-_MOST_STATEMENTS:]


def weigh_evidence(
    history: SlotHistory,
    series: Series,
    *,
    misfit: float,
    counted: Counted | None,
    now_h: float,
) -> Evidence:
    """Take what people and counters said since the last emptying, and the sensor.

    A sensor that contradicts the person who was just there is not asked again until it
    has moved, or the bin is emptied.
    """
    emptied_h = series.emptied_h
    last_h = float(emptied_h[-1]) if len(emptied_h) else -np.inf
    said = _words(history, last_h=last_h, now_h=now_h)
    believed_h = _believed_from(said[-1], series) if said else -np.inf
    if counted is not None and counted.at_h[-1] > last_h:
        said.append(
            Statement(
                at_h=float(counted.at_h[-1]),
                fill=float(counted.fill[-1]),
                deviation=counted.deviation,
            )
        )
    read = _readings(series, from_h=max(last_h, believed_h), misfit=misfit)
    return Evidence(
        said=tuple(said),
        read=read,
        quality=_cleanness(series.bad_share) if len(read) else 0.5,
        is_contradicted=believed_h > now_h,
    )


def levels_now(
    evidences: Sequence[Evidence], rates: Rates, *, now_h: float, utc_offset_h: float
) -> tuple[FloatArray, FloatArray, FloatArray]:
    """Carry what is known to now: (n, 1) mean, deviation, third central moment.

    What comes between two statements is the usual, in doubt as the rate is.
    """
    lists = [each.statements for each in evidences]
    width = max(1, *(len(each) for each in lists))
    nothing = (now_h, _UNKNOWN_FILL, _UNKNOWN_DEVIATION, 0.0)
    said = np.tile(np.array(nothing), (len(lists), width, 1))
    for i, each in enumerate(lists):
        said[i, : len(each)] = each
    at_h = np.column_stack([said[:, :, 0], np.full(len(lists), now_h)]) + utc_offset_h
    gain = rates.gain(at_h[:, :-1], at_h[:, 1:])
    level, off, third = filter_levels(
        np.array([max(1, len(each)) for each in lists]),
        *(np.ascontiguousarray(said[:, :, k]) for k in (1, 2, 3)),
        _places(gain, rates.variance(gain)),
        _gain_table(),
        _CELL,
        _FALLEN,
    )
    is_read = np.array([len(each.read) > 0 for each in evidences])
    off = np.hypot(off, np.where(is_read, _SENSOR_DEVIATION, 0.0))
    return level[:, None], off[:, None], third[:, None]


def _places(gain: FloatArray, variance: FloatArray) -> FloatArray:
    """(n, k): where between two rows of the table gains with these moments are."""
    some = np.maximum(gain, _NOTHING)
    by_scale = np.log(np.maximum(variance, 1e-12) / some / _SCALES[0])
    scale = np.rint(by_scale / np.log(_SCALES[1] / _SCALES[0]))
    scale = np.clip(scale, 0, len(_SCALES) - 1).astype(np.int64)
    shape = np.interp(some / _SCALES[scale], _SHAPES, np.arange(len(_SHAPES)))
    shape = np.minimum(shape, len(_SHAPES) - 1 - _NOTHING)
    return np.where(gain > _NOTHING, len(_SHAPES) * scale + shape, -1.0)


@cache
def _gain_table() -> FloatArray:
    """(scales * shapes, cells): gammas spread over cells, their means kept.

    A gain between two cells falls to both in proportion: the second difference of the
    integral of the distribution.
    """
    edge = _CELL * np.arange(_CELLS + 1)
    shape, scale = _SHAPES[:, None], _SCALES[:, None, None]
    area = edge * gammainc(shape, edge / scale)
    area = area - shape * scale * gammainc(shape + 1, edge / scale)
    first = area[:, :, 1:2]
    rest = area[:, :, 2:] - 2 * area[:, :, 1:-1] + area[:, :, :-2]
    table = np.concatenate([first, rest], axis=2) / _CELL
    return np.ascontiguousarray(np.maximum(table, 0.0).reshape(-1, _CELLS))


def _readings(series: Series, *, from_h: float, misfit: float) -> Readings:
    """Return the last readings since the emptying, outliers too: they may be bursts."""
    first = int(np.searchsorted(series.at_h, from_h, side="right"))
    first = max(first, len(series.at_h) - _MOST_STATEMENTS)
    deviation = float(np.hypot(max(series.noise, _LEAST_NOISE), misfit))
    at_h = series.at_h[first:]
    if len(at_h) > 1:
        # As much as one reading every four hours says, however many there are.
        apart_h = float(at_h[-1] - at_h[0]) / (len(at_h) - 1)
        deviation *= np.sqrt(max(1.0, _ALIKE_H / max(apart_h, 1.0)))
    return Readings(
        at_h=at_h,
        fill=series.fill[first:],
        deviation=deviation,
        wild=min(max(series.bad_share, _LEAST_WILD), _MOST_WILD),
    )


def _cleanness(bad_share: float) -> float:
    """Good glass-bank sensors had a share of .01, bad ones of .06 (medians)."""
    return float(np.clip((_WORST_BAD_SHARE - bad_share) / _BAD_SHARE_RANGE, 0.0, 1.0))


def _words(history: SlotHistory, *, last_h: float, now_h: float) -> list[Statement]:
    """Return a person's emptying, after which a bin is empty, and what was seen since.

    An observation at the time of the emptying was before it.
    """
    words = []
    if np.isfinite(last_h):
        words.append(
            Statement(
                at_h=last_h,
                fill=0.0,
                deviation=_EMPTIED_DEVIATION,
                wild=_EMPTIED_WILD,
            )
        )
    observed_h, observed = history.observed_h, history.observed_fill
    is_usable = (observed_h > last_h) & (observed_h <= now_h) & np.isfinite(observed)
    deviation = history.observed_deviation
    if deviation is None:
        deviation = np.full(len(observed), _SEEN_DEVIATION)
    order = np.flatnonzero(is_usable)[np.argsort(observed_h[is_usable], kind="stable")]
    words.extend(
        Statement(
            at_h=float(observed_h[i]),
            fill=max(float(observed[i]), 0.0),
            deviation=max(float(np.nan_to_num(deviation[i], nan=0.3)), 0.02),
        )
        for i in order
    )
    return words


def _believed_from(said: Statement, series: Series) -> float:
    """Return from when on a sensor is believed after a word; infinite: not yet.

    A sensor that soon after comes nowhere near the word is not, until it has moved.
    """
    is_after = series.at_h > said.at_h
    at_h, fill = series.at_h[is_after], series.fill[is_after]
    soon = fill[at_h <= said.at_h + _CONTRADICTED_WITHIN_H]
    if not len(soon) or np.abs(soon - said.fill).min() <= _CONTRADICTED_BY:
        return -np.inf
    has_moved = np.abs(fill - fill[0]) > _MOVED
    moved = np.flatnonzero(has_moved[1:] & has_moved[:-1])
    return float(at_h[moved[0]]) if len(moved) else np.inf

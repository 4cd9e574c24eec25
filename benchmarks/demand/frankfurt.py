"""A year of glass banks, cleaned exactly as the research did; fills in per cent.

The truth is a centred median of nine hours, what a forecaster may look at a median of
the last five; emptyings are those of the research's detector, in hindsight.
"""

import csv
from collections.abc import Mapping
from dataclasses import dataclass
from datetime import UTC, datetime
from functools import cached_property
from pathlib import Path

import numpy as np
from numpy.lib.stride_tricks import sliding_window_view

from benchmarks.emptyings import READINGS, hourly_medians, read_rows
from benchmarks.v3_emptyings import detect_v3
from routing.arrays import FloatArray, IntArray

SENSORS = "frankfurt_glass_sensors.csv"
FULL_CM, NO_ECHO_CM = 10.0, 190.0
MOST = 105.0
UNKNOWN_PLACE = "unbekannt"
_EMPTY_SHARE = 0.97
_OFF_CM, _MOST_OFF, _LEAST_THERE, _LEAST_EVENTS = 8.0, 0.06, 0.55, 10
_YEAR_H = 365 * 24.0


def hour_of(day: str) -> int:
    """Return the hour since 1970 at which a day begins."""
    return int(datetime.fromisoformat(day).replace(tzinfo=UTC).timestamp() // 3600)


TRAINED_FROM_H = hour_of("2020-06-15")
TESTED_FROM_H, TESTED_TO_H = hour_of("2020-12-15"), hour_of("2021-05-05")
ORIGIN_EVERY_H, ORIGIN_AT_H = 12, 4
HORIZONS_H = (12, 24, 48, 72)


@dataclass(frozen=True, kw_only=True)
class Chamber:
    """One sensor.

    Parameters
    ----------
    place
        Address; a number of its own where none is known.
    start_h
        Hour since 1970 of the first reading; all series run hourly from it.
    raw_cm
        (k,) median distance in each hour, NaN where there is none.
    emptied_h
        Emptyings, in hindsight.
    """

    name: str
    place: str
    stream: str
    start_h: int
    raw_cm: FloatArray
    emptied_h: FloatArray
    empty_cm: float
    is_good: bool

    def fill(self, distance_cm: FloatArray) -> FloatArray:
        """Turn distances into per cent, not bounded."""
        fill: FloatArray = (
            100 * (self.empty_cm - distance_cm) / (self.empty_cm - FULL_CM)
        )
        return fill

    @cached_property
    def truth(self) -> FloatArray:
        """(k,) what is foreseen."""
        return np.clip(self.fill(centred_median(self.raw_cm)), 0, MOST)

    @cached_property
    def last(self) -> FloatArray:
        """(k,) what the research took to be the fill at each hour."""
        causal = rolling_median(self.raw_cm, before=4, after=0, least=1)
        return np.clip(fill_forward(self.fill(causal), 12), 0, MOST)

    @cached_property
    def noise_cm(self) -> FloatArray:
        """(k,) how far the readings are off the truth."""
        return np.abs(self.raw_cm - centred_median(self.raw_cm))

    @cached_property
    def cycle(self) -> IntArray:
        """(k,) emptyings until each hour, including it."""
        hours = self.start_h + np.arange(len(self.raw_cm))
        return np.searchsorted(self.emptied_h, hours, side="right")

    def origins(self) -> list[int]:
        """Return the places from which is foreseen, twice a day."""
        hours = self.start_h + np.arange(len(self.raw_cm))
        since = hours - np.append(-np.inf, self.emptied_h)[self.cycle]
        is_origin = (
            (hours % ORIGIN_EVERY_H == ORIGIN_AT_H)
            & (hours >= TRAINED_FROM_H)
            & (hours <= TESTED_TO_H)
            & ~np.isnan(self.last)
            & (np.arange(len(hours)) >= 14 * 24)
            & (since >= 12)
        )
        return np.flatnonzero(is_origin).tolist()

    def can_judge(self, place: int, horizon_h: int) -> bool:
        """Tell whether the truth is known then, and nobody emptied it in between."""
        then = place + horizon_h
        return bool(
            then < len(self.truth)
            and self.cycle[then] == self.cycle[place]
            and not np.isnan(self.truth[then])
        )

    def cycle_start(self, place: int) -> int:
        """Return the place of the last emptying, or 14 days before."""
        cycle = self.cycle[place]
        if not cycle:
            return max(0, place - 14 * 24)
        return int(self.emptied_h[cycle - 1]) - self.start_h


def load_chambers(folder: Path) -> list[Chamber]:
    """Read every sensor with enough readings."""
    with (folder / SENSORS).open(newline="") as lines:
        facts = {row["sensor"]: row for row in csv.DictReader(lines)}
    rows = read_rows(folder / READINGS)
    span_h = _span_h(rows)
    return [
        made
        for name, each in rows.items()
        if (made := _make(name, facts.get(name, {}), each, span_h)) is not None
    ]


def _span_h(rows: Mapping[str, FloatArray]) -> float:
    first_s = min(float(each[0, 0]) for each in rows.values())
    last_s = max(float(each[-1, 0]) for each in rows.values())
    return min(_YEAR_H, (last_s - first_s) / 3600)


def _make(
    name: str, facts: Mapping[str, str], rows: FloatArray, span_h: float
) -> Chamber | None:
    at_s, distance_cm = rows[:, 0], rows[:, 1]
    is_echo = (distance_cm > 0) & (distance_cm < NO_ECHO_CM)
    if not is_echo.any():
        return None
    hours, medians = hourly_medians(at_s[is_echo], distance_cm[is_echo])
    start_h = int(hours[0])
    raw_cm = np.full(int(hours[-1]) - start_h + 1, np.nan)
    raw_cm[hours.astype(np.int64) - start_h] = medians
    overall_cm = float(np.quantile(medians, _EMPTY_SHARE))
    emptied_h = detect_v3(hours, medians, overall_cm, FULL_CM)
    before = medians[hours < TESTED_FROM_H]
    place = facts.get("location", UNKNOWN_PLACE)
    off_cm = np.abs(raw_cm - centred_median(raw_cm))
    return Chamber(
        name=name,
        place=name if UNKNOWN_PLACE in place else place,
        stream=f"glass {facts.get('colour', '')}".strip(),
        start_h=start_h,
        raw_cm=raw_cm,
        emptied_h=emptied_h,
        empty_cm=float(np.quantile(before, _EMPTY_SHARE))
        if len(before) > 500
        else overall_cm,
        is_good=bool(
            np.nanmean(np.where(np.isnan(off_cm), np.nan, off_cm > _OFF_CM)) < _MOST_OFF
            and len(hours) / span_h > _LEAST_THERE
            and len(emptied_h) >= _LEAST_EVENTS
        ),
    )


def centred_median(values: FloatArray) -> FloatArray:
    """(k,) median of nine, of at least three that are there."""
    return rolling_median(values, before=4, after=4, least=3)


def rolling_median(
    values: FloatArray, *, before: int, after: int, least: int
) -> FloatArray:
    """(k,) median of what is there around each value, NaN of fewer than `least`."""
    padded = np.concatenate([np.full(before, np.nan), values, np.full(after, np.nan)])
    windows = np.sort(sliding_window_view(padded, before + after + 1), axis=1)
    count = np.count_nonzero(~np.isnan(windows), axis=1)
    row = np.arange(len(values))
    low = windows[row, np.maximum(count - 1, 0) // 2]
    high = windows[row, count // 2 * (count > 0) * (count // 2 < windows.shape[1])]
    return np.where(count >= least, (low + high) / 2, np.nan)


def fill_forward(values: FloatArray, furthest: int) -> FloatArray:
    """(k,) the last value that is there, for so many places."""
    place = np.arange(len(values))
    last = np.maximum.accumulate(np.where(np.isnan(values), -1, place))
    is_near = (last >= 0) & (place - last <= furthest)
    return np.where(is_near, values[np.maximum(last, 0)], np.nan)

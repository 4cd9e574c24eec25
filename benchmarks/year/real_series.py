"""What real bins gained, hour by hour, and how wrong real sensors are.

Gains come from sensors that pass the gate of the research: a fill that never falls
between two emptyings. Errors come from all of them, the bad half too.
"""

from itertools import pairwise
from pathlib import Path

import numpy as np

from benchmarks.emptyings import (
    FULL_CM,
    READINGS,
    Sensor,
    count_days,
    is_good,
    read_rows,
    read_sensor,
)
from benchmarks.street_levels import DAILY, read_levels
from benchmarks.v3_emptyings import detect_v3
from routing.arrays import FloatArray
from routing.simulation.replay import Series

HIGHEST_FILL = 1.05
DAY_H, WEEK_H = 24, 168
_FIRST_MONDAY_H = 96.0  # 1970-01-05
_CENTRED = 4  # readings on either side: the truth of the research
_HOURS = np.repeat([0.35 / 10, 0.65 / 14], [10, 14])  # of a day's gain, as in the towns


def read_glass_banks(folder: Path) -> Series:
    """Read the hourly ultrasonic sensors of a year."""
    sensors = [read_sensor(rows) for rows in read_rows(folder / READINGS).values()]
    days = count_days(sensors)
    known = [
        detect_v3(each.hour, each.distance_cm, each.empty_cm, FULL_CM)
        for each in sensors
    ]
    first_h = _monday_before(min(each.hour[0] for each in sensors)) + WEEK_H
    last_h = max(each.hour[-1] for each in sensors)
    hours = np.arange(first_h, last_h - (last_h - first_h) % WEEK_H)
    fills = [_fill(each) for each in sensors]
    return Series(
        gained=np.array(
            [
                _gained(sensor.hour, _centred(fill), emptied_h, hours)
                for sensor, fill, emptied_h in zip(sensors, fills, known, strict=True)
                if is_good(sensor, len(emptied_h), days)
            ]
        ),
        error=np.array(
            [
                _on(hours, sensor.hour, fill - _centred(fill))
                for sensor, fill in zip(sensors, fills, strict=True)
            ]
        ),
        every_h=1,
    )


def _fill(sensor: Sensor) -> FloatArray:
    fill = (sensor.empty_cm - sensor.distance_cm) / (sensor.empty_cm - FULL_CM)
    return np.asarray(np.clip(fill, 0.0, HIGHEST_FILL))


def _centred(fill: FloatArray) -> FloatArray:
    """(k,): running median of nine readings."""
    padded = np.pad(fill, _CENTRED, mode="edge")
    windows = np.lib.stride_tricks.sliding_window_view(padded, 2 * _CENTRED + 1)
    return np.asarray(np.median(windows, axis=1))


def _gained(
    at_h: FloatArray, fill: FloatArray, emptied_h: FloatArray, hours: FloatArray
) -> FloatArray:
    """(h,): what came in each hour; where nobody measured, as much as usual."""
    gained = np.full(len(hours), np.nan)
    ends = np.searchsorted(at_h, emptied_h)
    for first, last in pairwise([0, *ends.tolist(), len(at_h)]):
        if last - first < 2:  # growth needs two fills
            continue
        rising = np.maximum.accumulate(fill[first:last])
        edges = np.append(hours, hours[-1] + 1)
        total = np.interp(edges, at_h[first:last], rising)
        is_inside = (hours >= at_h[first]) & (hours < at_h[last - 1])
        gained[is_inside] = np.diff(total)[is_inside]
    return _filled_up(gained, WEEK_H)


def _filled_up(gained: FloatArray, week: int) -> FloatArray:
    """Put the mean of the same times of the week where nothing is known."""
    weeks = gained.reshape(-1, week)
    is_known = np.isfinite(weeks)
    known = np.where(is_known, weeks, 0.0)
    mean = known.sum() / max(1, is_known.sum())
    times = is_known.sum(axis=0)
    usual = np.where(times, known.sum(axis=0) / np.maximum(times, 1), mean)
    return np.where(is_known, weeks, usual).reshape(-1)


def _on(hours: FloatArray, at_h: FloatArray, value: FloatArray) -> FloatArray:
    """(h,): values on a grid of hours, NaN where there is none."""
    placed = np.full(len(hours), np.nan)
    index = (at_h - hours[0]).astype(np.int64)
    is_inside = (index >= 0) & (index < len(hours))
    placed[index[is_inside]] = value[is_inside]
    return placed


def read_street_bins(folder: Path) -> Series:
    """Read the daily levels, in steps of a fifth, of compactor bins."""
    by_bin = _known_levels(folder / DAILY)
    first_h = _monday_before(min(min(days) for days in by_bin.values()) * DAY_H)
    last_h = max(max(days) for days in by_bin.values()) * DAY_H
    count = int((last_h - first_h) // WEEK_H) * 7
    first_day = int(first_h // DAY_H)
    daily = np.array([_daily_gain(each, first_day, count) for each in by_bin.values()])
    shape = (2 * len(daily), count * DAY_H)
    rounding = np.random.default_rng(0).uniform(-0.1, 0.1, shape)
    return Series(
        gained=(daily[:, :, None] * _HOURS).reshape(len(daily), -1),
        error=rounding,
        every_h=DAY_H,
    )


def _known_levels(file: Path) -> dict[str, dict[int, float]]:
    """Bin → day since 1970 → fill; a fault is no level."""
    return {
        name: {day: level / 100 for day, level in days.items() if np.isfinite(level)}
        for name, days in read_levels(file).items()
    }


def _daily_gain(levels: dict[int, float], first_day: int, count: int) -> FloatArray:
    """(d,): what came each day.

    After a fall the bin was emptied, and what is in it came since.
    """
    fill = np.full(count + 1, np.nan)
    for day, level in levels.items():
        if 0 <= day - first_day <= count:
            fill[day - first_day] = level
    rise = np.diff(fill)
    return _filled_up(np.where(rise < 0, fill[1:], rise), 7)


def _monday_before(hour: float) -> float:
    return float(hour - (hour - _FIRST_MONDAY_H) % WEEK_H)

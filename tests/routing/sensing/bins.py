"""Bins that fill and are emptied, and what a sensor says of them, good days and bad."""

from dataclasses import replace

import numpy as np

from routing.arrays import FloatArray
from routing.sensing import DeviceReadings

EMPTY_MM, FULL_MM = 1200, 200
START_H = 490_000.0
NOISE_MM = 8.0


def sawtooth(days: int, *, rise_per_day: float = 0.08, every_days: int = 9):
    """Hours and true fills of a bin that is emptied at 10 o'clock every few days."""
    at_h = START_H + np.arange(days * 24) + 0.3
    since_h = (at_h - START_H - 10) % (every_days * 24)
    return at_h, np.minimum(since_h / 24 * rise_per_day, 1.0)


def say(at_h: FloatArray, fill: FloatArray, *, seed: int = 1) -> DeviceReadings:
    """Return what a good sensor says; NaN is no echo."""
    noise_mm = np.random.default_rng(seed).normal(0.0, NOISE_MM, len(at_h))
    count = len(at_h)
    return DeviceReadings(
        measured_h=at_h,
        received_h=at_h + 0.01,
        previous_h=np.full(count, np.nan),
        distance_mm=np.rint(EMPTY_MM - fill * (EMPTY_MM - FULL_MM) + noise_mm),
        tilt_deg=np.full(count, 2.0),
        empty_mm=np.full(count, float(EMPTY_MM)),
        full_mm=np.full(count, float(FULL_MM)),
        is_weighed=np.zeros(count, dtype=np.bool_),
    )


def changed(readings: DeviceReadings, where, distance_mm: float) -> DeviceReadings:
    """Return the readings with others' distances."""
    distances = readings.distance_mm.copy()
    distances[where] = distance_mm
    return replace(readings, distance_mm=distances)


def part(readings: DeviceReadings, where) -> DeviceReadings:
    """Return some of the readings."""
    return DeviceReadings(
        **{
            name: getattr(readings, name)[where]
            for name in DeviceReadings.__dataclass_fields__
        }
    )

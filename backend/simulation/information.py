"""Where the next sensor pays most: what it would save at each bin that has none.

Every such bin is lived through for a year, many times, twice with the same luck: once
known from its emptyings alone, once measured every morning. The bin is emptied as the
planner would, as soon as the risk of waiting costs more than a pickup. What is saved
are pickups of bins that were not nearly full, and overflows that nobody saw coming.
"""

import numpy as np
from scipy.special import gammaincc

from backend.simulation.bins import KnownBins
from backend.simulation.foresight import EMPTIED_DEVIATION, READING_DEVIATION
from backend.simulation.result import SensorValue
from routing.arrays import BoolArray, FloatArray

_DAYS = 365
_LIVES = 24
_SEED = 7


def rank_sensors(
    bins: KnownBins,
    visit_cents: FloatArray,
    *,
    weight: float,
    must_go: float,
    most: int,
) -> list[SensorValue]:
    """List the bins without a sensor where one saves most, the best first.

    `visit_cents` is what a pickup costs at each bin, the way there included.
    """
    rows = np.flatnonzero(~bins.has_sensor)
    if not len(rows):
        return []
    blind, cost = bins.take(rows), visit_cents[rows]
    # From here on waiting a day is dearer than going.
    risk = np.clip(
        cost / np.maximum(weight * blind.overflow_cents, 1e-9), 0.01, must_go
    )
    unseen = _live(blind, risk, is_measured=False)
    seen = _live(blind, risk, is_measured=True)
    pickups, overflows = unseen[0] - seen[0], unseen[1] - seen[1]
    saved = pickups * cost + overflows * blind.overflow_cents
    order = [each for each in np.argsort(-saved)[:most].tolist() if saved[each] > 0]
    return [
        SensorValue(
            slot_id=int(blind.slot_id[each]),
            code=str(blind.code[each]),
            stream=str(blind.stream[each]),
            saved_cents=float(saved[each]),
            pickups_saved=float(pickups[each]),
            overflows_avoided=float(overflows[each]),
        )
        for each in order
    ]


def _live(
    bins: KnownBins, risk: FloatArray, *, is_measured: bool
) -> tuple[FloatArray, FloatArray]:
    """Return pickups and overflows a year, (n,) each."""
    random = np.random.default_rng(_SEED)
    n = len(bins)
    doubt, shape = bins.doubt[:, None], (1 / bins.variation**2)[:, None]
    truth = random.lognormal(-(doubt**2) / 2, np.broadcast_to(doubt, (n, _LIVES)))
    mean = bins.per_day[:, None] * truth
    fill = np.zeros((n, _LIVES))
    since = np.zeros((n, _LIVES))
    pickups, overflows = np.zeros(n), np.zeros(n)
    for _ in range(_DAYS):
        noise = random.normal(0.0, READING_DEVIATION, (n, _LIVES))
        come = random.gamma(np.broadcast_to(shape, (n, _LIVES)), mean / shape)
        level = np.clip(fill + noise, 0.0, 1.0) if is_measured else 0.0
        ahead = 1.0 if is_measured else since + 1.0
        goes = _overflow(bins, level, ahead, is_measured=is_measured) >= risk[:, None]
        pickups += goes.mean(axis=1)
        fill = np.where(goes, 0.0, fill)
        since = np.where(goes, 1.0, since + 1.0)
        overflows += _gets_full(fill, come).mean(axis=1)
        fill = np.minimum(fill + come, 1.0)
    return pickups, overflows


def _overflow(
    bins: KnownBins,
    level: FloatArray | float,
    days: FloatArray | float,
    *,
    is_measured: bool,
) -> FloatArray:
    """(n, lives): P(full a day from now)."""  # fmt: skip
    gain = bins.per_day[:, None] * days
    deviation = READING_DEVIATION if is_measured else EMPTIED_DEVIATION
    variance = (
        bins.variation[:, None] ** 2 * bins.per_day[:, None] * gain
        + (bins.doubt[:, None] * gain) ** 2
        + deviation**2
    )
    room = np.maximum(1.0 - level, 0.0)
    probability: FloatArray = gammaincc(gain**2 / variance, room * gain / variance)
    return probability


def _gets_full(fill: FloatArray, come: FloatArray) -> BoolArray:
    return np.asarray((fill < 1.0) & (fill + come >= 1.0))

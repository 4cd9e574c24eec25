"""Where the next sensor pays most: what seeing the fill saves at each bin.

Without a sensor a bin is emptied every T days; with one, on the first day on which it
is fuller than some level. Both are set as well as can be, on the same drawn futures;
the difference of their costs is what a sensor is worth (value of information).
"""

import numpy as np

from routing.arrays import FloatArray

_PATHS, _DAYS = 300, 60
_LEVELS = np.linspace(0.2, 1.0, 17)
_SEED = 1
_DAYS_A_YEAR = 365
_OVERFLOW_MOST_H = 24.0


def value_of_sensors(
    rate_per_day: FloatArray,
    dispersion: FloatArray,
    *,
    rate_doubt: FloatArray,
    visit_cents: FloatArray,
    overflow_cents_per_h: FloatArray,
) -> FloatArray:
    """(n,): cents that a sensor saves in a year, its own price left aside.

    Parameters
    ----------
    rate_per_day, dispersion
        (n,) mean growth of the fill, and variance over mean of what comes.
    rate_doubt
        (n,) relative standard deviation of the rate: how little is known of the bin.
    visit_cents, overflow_cents_per_h
        (n,) what a visit costs, and an hour in which the bin is full.
    """
    random = np.random.default_rng(_SEED)
    worth = [
        _value(_futures(rate, scatter, doubt, random), visit, stake)
        for rate, scatter, doubt, visit, stake in zip(
            rate_per_day,
            dispersion,
            rate_doubt,
            visit_cents,
            overflow_cents_per_h,
            strict=True,
        )
    ]
    return _DAYS_A_YEAR * np.array(worth)


def _futures(
    rate: float, dispersion: float, doubt: float, random: np.random.Generator
) -> FloatArray:
    """(paths, days + 1): fill day by day from empty on, beyond full as well."""
    spread = np.sqrt(np.log1p(doubt**2))
    true_rate = rate * random.lognormal(-(spread**2) / 2, spread, (_PATHS, 1))
    shape = np.maximum(true_rate, 1e-6) / dispersion
    come = random.gamma(shape, dispersion, (_PATHS, _DAYS))
    return np.concatenate([np.zeros((_PATHS, 1)), np.cumsum(come, axis=1)], axis=1)


def _value(fill: FloatArray, visit_cents: float, stake_cents: float) -> float:
    """Return cents a day: the best fixed interval less the best level."""
    gain = np.diff(fill, axis=1)
    over = np.clip((fill[:, 1:] - 1.0) / np.maximum(gain, 1e-12), 0.0, 1.0)
    full_h = np.concatenate(
        [np.zeros((len(fill), 1)), np.cumsum(_OVERFLOW_MOST_H * over, axis=1)], axis=1
    )
    cents = visit_cents + stake_cents * full_h
    days = np.arange(1, fill.shape[1])
    blind = float((cents.mean(axis=0)[1:] / days).min())
    path = np.arange(len(fill))
    seen = []
    for level in _LEVELS:
        is_due = fill >= level
        day = np.where(is_due.any(axis=1), is_due.argmax(axis=1), fill.shape[1] - 1)
        day = np.maximum(day, 1)
        seen.append(cents[path, day].mean() / day.mean())
    return max(0.0, blind - float(min(seen)))

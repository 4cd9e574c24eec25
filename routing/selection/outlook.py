"""What forecasts say of the coming chances to empty each bin."""

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray
from routing.demand import QUANTILES, SlotForecast

_WIDTH = 3.29  # standard deviations between the outer quantiles of a normal
LEAST_DISPERSION, LEAST_PER_DAY = 0.01, 0.002
_MOST_DISPERSION = 0.5


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Outlook:
    """n slots at d chances; the first chance is today, the last beyond the look ahead.

    Parameters
    ----------
    chance_h
        (d,) hours from now to each chance.
    fill
        (n, d) fill expected then, 1 at most.
    full_h
        (n, d) hours that the bin is expected to be full until then.
    fill_now, deviation
        (n,) estimate for now, and how far it may be off.
    rate_per_day
        (n,) mean growth of the fill.
    dispersion
        (n,) variance over mean of what comes.
    """

    chance_h: FloatArray
    fill: FloatArray
    full_h: FloatArray
    fill_now: FloatArray
    deviation: FloatArray
    rate_per_day: FloatArray
    dispersion: FloatArray

    def __len__(self) -> int:
        return len(self.fill)


def outlook_of(forecasts: Sequence[SlotForecast], *, chance_h: FloatArray) -> Outlook:
    """Read forecasts at the coming chances; all have one horizon, and reach so far."""
    horizon_h = forecasts[0].horizon_h
    if chance_h[-1] > horizon_h[-1]:
        raise ValueError(
            f"chance_h = {chance_h[-1]} not understood: beyond the horizon of "
            f"{horizon_h[-1]} h; forecast further ahead"
        )
    median = np.stack([f.fill_quantiles[QUANTILES.index(0.5)] for f in forecasts])
    likely = np.stack([each.overflow_probability for each in forecasts])
    rate = np.array([each.rate_per_day for each in forecasts])
    return Outlook(
        chance_h=chance_h,
        fill=np.clip(_at(chance_h, horizon_h, median), 0.0, 1.0),
        full_h=expected_full_h(chance_h, horizon_h, likely),
        fill_now=np.array([each.fill_fraction for each in forecasts]),
        deviation=np.array([each.fill_deviation for each in forecasts]),
        rate_per_day=np.maximum(rate, LEAST_PER_DAY),
        dispersion=_dispersion(forecasts, horizon_h),
    )


def expected_full_h(
    chance_h: FloatArray, horizon_h: FloatArray, likely: FloatArray
) -> FloatArray:
    """(n, d): hours that bins are expected to be full until each chance.

    A bin overflows for as long as it is full: the integral of P(full before t).

    Parameters
    ----------
    likely
        (n, t) P(full before then), at the hours of the horizon.
    """
    steps_h = np.diff(horizon_h)
    full_h = np.cumsum((likely[:, 1:] + likely[:, :-1]) / 2 * steps_h, axis=1)
    full_h = np.concatenate([np.zeros((len(likely), 1)), full_h], axis=1)
    return _at(chance_h, horizon_h, full_h)


def _at(at_h: FloatArray, horizon_h: FloatArray, values: FloatArray) -> FloatArray:
    return np.stack([np.interp(at_h, horizon_h, row) for row in values])


def _dispersion(forecasts: Sequence[SlotForecast], horizon_h: FloatArray) -> FloatArray:
    """(n,): what the width of the forecast at its end says of a day's scatter."""
    wide = np.array(
        [f.fill_quantiles[-1, -1] - f.fill_quantiles[0, -1] for f in forecasts]
    )
    known = np.array([each.fill_deviation for each in forecasts]) ** 2
    gain = np.array([each.rate_per_day for each in forecasts]) * horizon_h[-1] / 24
    own = ((wide / _WIDTH) ** 2 - known) / np.maximum(gain, LEAST_PER_DAY)
    return np.asarray(np.clip(own, LEAST_DISPERSION, _MOST_DISPERSION))

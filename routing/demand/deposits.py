"""What a counter of deposits says of the fill: litres a deposit, learned by slot.

Counted fills were almost always too high in Groningen: 33 litres a deposit on average,
13 to 57 from container to container (Wouda, Aerts-Veenstra, van Foreest 2024).
"""

from dataclasses import dataclass

import numpy as np

from routing.arrays import FloatArray
from routing.demand.model import SlotHistory

_USUAL_L, _USUAL_DEVIATION_L = 33.0, 12.0
_SCATTER = 0.25  # relative, from cycle to cycle of one slot: judgement
_SEEN_DEVIATION = 0.10


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Counted:
    """What the counts of a slot come to.

    Parameters
    ----------
    at_h, fill
        (k,) fill after each report since the emptying before, in order.
    deviation
        Of the last of them, as fill.
    """

    at_h: FloatArray
    fill: FloatArray
    deviation: float


def count_deposits(
    history: SlotHistory, *, seen_h: FloatArray, seen_fill: FloatArray, now_h: float
) -> Counted | None:
    """Turn counts into fills, at the litres that fills seen elsewhere imply.

    Parameters
    ----------
    seen_h, seen_fill
        (j,) fills that a person or the sensor saw, before an emptying at the same time.
    """
    is_usable = (history.deposit_h <= now_h) & (history.deposits >= 0)
    emptied_h = np.sort(history.emptied_h[history.emptied_h <= now_h])
    if not is_usable.any() or not len(emptied_h):
        return None
    order = np.argsort(history.deposit_h[is_usable], kind="stable")
    at_h = history.deposit_h[is_usable][order]
    total = np.cumsum(history.deposits[is_usable][order])
    litres, deviation_l = _litres(
        history.volume_l,
        number=_since_emptied(seen_h, at_h, total, emptied_h),
        fill=seen_fill,
    )
    number = _since_emptied(at_h, at_h, total, emptied_h)
    is_known = np.isfinite(number)
    if not is_known.any():
        return None
    last = float(number[is_known][-1])
    return Counted(
        at_h=at_h[is_known],
        fill=number[is_known] * litres / history.volume_l,
        deviation=max(0.03, last * deviation_l / history.volume_l),
    )


def _since_emptied(
    when_h: FloatArray, at_h: FloatArray, total: FloatArray, emptied_h: FloatArray
) -> FloatArray:
    """(j,) deposits from the last emptying until each time; NaN before the first."""
    before = np.searchsorted(emptied_h, when_h, side="left") - 1
    from_h = np.where(before >= 0, emptied_h[np.maximum(before, 0)], np.nan)
    counted = np.append(0.0, total)
    number: FloatArray = (
        counted[np.searchsorted(at_h, when_h, side="right")]
        - counted[np.searchsorted(at_h, np.nan_to_num(from_h), side="right")]
    )
    return np.where(before >= 0, number, np.nan)


def _litres(
    volume_l: float, *, number: FloatArray, fill: FloatArray
) -> tuple[float, float]:
    """Litres a deposit and its deviation for the next cycle: a normal prior, updated.

    Cycles with few deposits say little: their fill is seen too coarsely.
    """
    is_telling = np.isfinite(number) & np.isfinite(fill) & (number > 0)
    number, fill = number[is_telling], np.clip(fill[is_telling], 0.0, None)
    said_l = fill * volume_l / number
    coarse_l = _SEEN_DEVIATION * volume_l / number
    weight = 1 / (coarse_l**2 + (_SCATTER * _USUAL_L) ** 2)
    prior = 1 / _USUAL_DEVIATION_L**2
    precision = prior + weight.sum()
    litres = (prior * _USUAL_L + (weight * said_l).sum()) / precision
    return float(litres), float(np.hypot(np.sqrt(1 / precision), _SCATTER * litres))

"""Made-up bins whose truth is known."""

from dataclasses import dataclass, replace

import numpy as np

from routing.demand import SlotHistory

NOW_H = 498_000.0
"""A midnight UTC, hours since 1970."""

NONE = np.empty(0)


@dataclass(frozen=True, kw_only=True)
class MadeUpBin:
    history: SlotHistory
    emptied_h: np.ndarray
    fill_now: float
    rate_per_day: float


def make_bin(
    seed: int,
    *,
    rate_per_day: float = 0.08,
    days: float = 21,
    every_h: float = 1.0,
    noise: float = 0.015,
    outlier_share: float = 0.02,
) -> MadeUpBin:
    """Fill by gamma increments, more by day than by night, emptied at 80 to 100 %."""
    rng = np.random.default_rng(seed)
    at_h = NOW_H - np.arange(days * 24, 0, -every_h) + every_h / 2
    busy = 1 + 0.8 * np.sin((at_h % 24 - 8) / 24 * 2 * np.pi)
    gains = rng.gamma(rate_per_day / 24 * every_h * busy / 0.02, 0.02)
    fill, emptied_h, truth = rng.uniform(0, 0.5), [], []
    limit = rng.uniform(0.8, 1.0)
    for hour, gain in zip(at_h, gains, strict=True):
        fill += gain
        if fill > limit and hour < NOW_H - 12:
            emptied_h.append(hour - every_h / 4)
            fill, limit = 0.0, rng.uniform(0.8, 1.0)
        truth.append(fill)
    raw = np.array(truth) + rng.normal(0, noise, len(at_h))
    is_echo = rng.random(len(at_h)) < outlier_share
    raw[is_echo] = rng.uniform(0, 1.1, is_echo.sum())
    return MadeUpBin(
        history=history_of(
            seed,
            measured_h=at_h,
            fill_fraction=raw,
            emptied_h=np.array(emptied_h),
        ),
        emptied_h=np.array(emptied_h),
        fill_now=truth[-1],
        rate_per_day=rate_per_day,
    )


def history_of(slot_id: int = 1, **known) -> SlotHistory:
    empty = SlotHistory(
        slot_id=slot_id,
        volume_l=1100.0,
        stream="glass",
        measured_h=NONE,
        fill_fraction=NONE,
        emptied_h=NONE,
        observed_h=NONE,
        observed_fill=NONE,
    )
    return replace(empty, **known)

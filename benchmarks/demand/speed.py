"""How long ten thousand forecasts take, and learning from a thousand sensors."""

import time

import numpy as np

from benchmarks.report import Figure
from routing.demand import SlotHistory, forecast_fill, learn

SLOTS, LEARNED_SLOTS = 10_000, 1000
DAYS, PAST_DAYS, LEARNED_DAYS = 14, 56, 120
NOW_H = 498_000.0


def measure_speed() -> None:
    """Print CPU seconds on one core, after the machine code was made."""
    rng = np.random.default_rng(0)
    past = [make_history(rng, number, LEARNED_DAYS) for number in range(LEARNED_SLOTS)]
    learn(past[:20], now_h=NOW_H, utc_offset_h=1.0)
    started_s = time.process_time()
    learned = learn(past, now_h=NOW_H, utc_offset_h=1.0)
    learned_s = time.process_time() - started_s
    del past
    histories = [make_history(rng, number, PAST_DAYS) for number in range(SLOTS)]
    times_s = []
    for part in (histories[:20], histories):
        started_s = time.process_time()
        forecast_fill(
            part,
            now_h=NOW_H,
            horizon_h=np.arange(1.0, 24 * DAYS + 1),
            utc_offset_h=1.0,
            learned=learned,
        )
        times_s.append(time.process_time() - started_s)
    for figure, value, goal in (
        ("forecast_10k_s", times_s[-1], 5.0),
        ("learn_1000_sensors_s", learned_s, 300.0),
    ):
        Figure(
            bench="demand",
            case="speed",
            figure=figure,
            value=value,
            unit="s",
            goal=goal,
            digits=1,
        ).print()


def make_history(rng: np.random.Generator, number: int, days: int) -> SlotHistory:
    """Fill by the hour at a rate of its own, emptied when full."""
    at_h = NOW_H - np.arange(days * 24, 0, -1, dtype=np.float64) + 0.5
    rate = rng.uniform(0.02, 0.15) / 24
    total = np.cumsum(rng.gamma(rate / 0.02, 0.02, len(at_h)))
    cycle = np.floor(total / 0.9)
    is_first = np.diff(cycle, prepend=0.0) > 0
    return SlotHistory(
        slot_id=number,
        volume_l=1100.0,
        stream="glass",
        measured_h=at_h,
        fill_fraction=total - 0.9 * cycle + rng.normal(0, 0.015, len(at_h)),
        emptied_h=at_h[is_first] - 0.3,
        observed_h=np.empty(0),
        observed_fill=np.empty(0),
    )

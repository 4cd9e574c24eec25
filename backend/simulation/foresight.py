"""The policy of a simulated operator: plan as Ullage does, from rates that are known.

What must go, the weight of an overflow and the look at the coming days are the
product's. The forecast is its short form, some hundred times as fast: the last reading
or emptying, carried on at the rate that was learned, with the deviation of the days and
the doubt about the rate.
"""

from dataclasses import dataclass

import numpy as np
from scipy.special import gammaincc

from backend.planning.service_level import weigh_overflows
from backend.simulation.bins import STEP_H, STEPS_A_DAY, STEPS_A_WEEK, KnownBins
from backend.simulation.result import Aim
from routing.arrays import BoolArray, FloatArray
from routing.selection import (
    CHANCES,
    LEAST_DISPERSION,
    LEAST_PER_DAY,
    OVERFLOW_H,
    Outlook,
    PrizeRule,
    expected_full_h,
    look_ahead,
)
from routing.simulation import Choice, Morning, ground_of

READING_DEVIATION = 0.03
EMPTIED_DEVIATION = 0.04
_DAY_H, _WEEK_H = 24.0, 168.0
_RECENT = 7 * STEPS_A_DAY  # readings: who was silent for longer is as good as deaf
_RULE = PrizeRule()
_LOOK_EVERY_H = 6.0
_ITERATIONS_A_BIN = 10  # a quarter of a real morning's: a year has many


@dataclass(frozen=True, kw_only=True, slots=True, eq=False)
class Foresight:
    """Choose by what is foreseen.

    From `must_go_probability` on a bin must be in; `detour_cents` is what one more bin
    usually costs.
    """

    bins: KnownBins
    aim: Aim
    must_go_probability: float
    detour_cents: float

    def __call__(self, morning: Morning) -> Choice:
        """Price every bin."""
        now_h = morning.now_h - morning.world.start_h
        level, at_h = self._last_known(morning)
        today, next_day = morning.service_days(2)
        wait_h = _DAY_H * (next_day - today) + morning.fleet.shift_end_h
        chance_h = now_h - morning.fleet.plan_h + wait_h
        overflow = self.overflow_probability(level, at_h, chance_h)
        fill = level + self.gain(at_h, now_h + morning.work_in_h)
        is_nearly_empty = fill + READING_DEVIATION < _RULE.nearly_empty_fraction
        is_due = morning.since_emptied_days() >= self.bins.most_days
        must_go = is_due | (overflow >= self.must_go_probability) & ~is_nearly_empty
        weight = self._weigh(overflow, must_go)
        outlook = self._outlook(morning, level, at_h)
        ahead = look_ahead(
            outlook,
            ground_of(morning.world, morning.fleet),
            overflow_cents_per_h=weight * self.bins.overflow_cents / OVERFLOW_H,
            iterations=_ITERATIONS_A_BIN * len(self.bins),
            seed=morning.day,
        )
        return Choice(
            fill=np.clip(fill, 0.0, 1.0),
            prize_cents=ahead.prize_cents,
            is_mandatory=must_go,
        )

    def _weigh(self, overflow: FloatArray, must_go: BoolArray) -> float:
        """Return how much an overflow weighs, by the aim."""
        if self.aim.service_level is None:
            return self.aim.overflow_weight or 0.0
        return weigh_overflows(
            np.where(must_go, 0.0, overflow),
            overflow * self.bins.overflow_cents,
            level=self.aim.service_level,
            detour_cents=self.detour_cents,
        )

    def _outlook(
        self, morning: Morning, level: FloatArray, at_h: FloatArray
    ) -> Outlook:
        """Say what is expected at the coming chances."""
        bins, now_h = self.bins, morning.now_h - morning.world.start_h
        days = morning.service_days(CHANCES + 1)
        chance_h = np.array(
            [_DAY_H * (day - morning.day) + morning.work_in_h for day in days]
        )
        ahead_h = np.arange(0.0, chance_h[-1] + _LOOK_EVERY_H, _LOOK_EVERY_H)
        likely = np.stack(
            [self.overflow_probability(level, at_h, now_h + h) for h in ahead_h], axis=1
        )
        fill = np.stack([level + self.gain(at_h, now_h + h) for h in chance_h], axis=1)
        since = self.gain(at_h, now_h)
        known = np.where(bins.has_sensor, READING_DEVIATION, EMPTIED_DEVIATION)
        return Outlook(
            chance_h=chance_h,
            fill=np.clip(fill, 0.0, 1.0),
            full_h=expected_full_h(chance_h, ahead_h, likely),
            fill_now=level + since,
            deviation=np.hypot(known, bins.doubt * since),
            rate_per_day=np.maximum(bins.per_day, LEAST_PER_DAY),
            dispersion=np.maximum(bins.variation**2 * bins.per_day, LEAST_DISPERSION),
        )

    def gain(self, from_h: FloatArray, to_h: float) -> FloatArray:
        """(n,): mean fill that comes between hours since the world began."""
        until = self._come(np.full(len(self.bins), to_h))
        return np.asarray(until - self._come(from_h))

    def overflow_probability(
        self, level: FloatArray, at_h: FloatArray, until_h: float
    ) -> FloatArray:
        """(n,): P(full before), where what comes is gamma."""
        bins, gain = self.bins, np.maximum(self.gain(at_h, until_h), 1e-9)
        variance = (
            bins.variation**2 * bins.per_day * gain
            + (bins.doubt * gain) ** 2
            + np.where(bins.has_sensor, READING_DEVIATION, EMPTIED_DEVIATION) ** 2
        )
        room = np.maximum(1.0 - level, 0.0)
        probability: FloatArray = gammaincc(gain**2 / variance, room * gain / variance)
        return probability

    def _come(self, hours: FloatArray) -> FloatArray:
        """(n,): mean fill that has come since the world began."""
        a_week = 7 * self.bins.per_day
        weeks, rest_h = np.divmod(hours, _WEEK_H)
        step = np.minimum((rest_h / STEP_H).astype(np.int64), STEPS_A_WEEK - 1)
        row = np.arange(len(self.bins))
        before = (np.cumsum(self.bins.week, axis=1) - self.bins.week)[row, step]
        here = self.bins.week[row, step] * (rest_h / STEP_H - step)
        return np.asarray(a_week * (weeks + before + here))

    def _last_known(self, morning: Morning) -> tuple[FloatArray, FloatArray]:
        """Return a level and when it was that, in hours since the world began."""
        start_h = morning.world.start_h
        emptied_h = np.array(
            [each[-1] - start_h if each else -1.0 for each in morning.emptied_h]
        )
        is_emptied = emptied_h >= 0
        level = np.where(is_emptied, 0.0, self.bins.fill)
        at_h = np.maximum(emptied_h, 0.0)
        recent = morning.readings[:, -_RECENT:]
        read_h = morning.read_h[-_RECENT:] - start_h
        is_heard = np.isfinite(recent) & (read_h > at_h[:, None])
        newest = recent.shape[1] - 1 - is_heard[:, ::-1].argmax(axis=1)
        has_any = is_heard.any(axis=1)
        said = recent[np.arange(len(recent)), newest]
        return np.where(has_any, said, level), np.where(has_any, read_h[newest], at_h)

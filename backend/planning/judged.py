"""Forecasts beside what came, as people are shown them."""

from dataclasses import dataclass
from datetime import datetime


@dataclass(frozen=True, kw_only=True, slots=True)
class JudgedForecast:
    """A fill as it was foreseen, and as it came.

    Nine of ten should lie between `fill_low` and `fill_high`. `is_kept`: it was said
    when that day was planned; else it was computed afterwards from what was known then.
    """

    made_at: datetime
    for_at: datetime
    fill_low: float
    fill_middle: float
    fill_high: float
    came: float
    is_kept: bool

    @property
    def is_within(self) -> bool:
        """Tell whether what came lay within the band."""
        return self.fill_low <= self.came <= self.fill_high


@dataclass(frozen=True, kw_only=True, slots=True)
class Backtest:
    """A bin's forecasts of `ahead_h` hours ahead since a time, against what came.

    `mean_error` is the mean of |foreseen - came|, as fill; `within_share` how many lay
    within the band. Both are null where nothing could be judged.
    """

    slot_id: int
    ahead_h: float
    from_at: datetime
    to_at: datetime
    points: list[JudgedForecast]
    mean_error: float | None
    within_share: float | None

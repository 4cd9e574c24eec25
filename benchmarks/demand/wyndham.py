"""Two years of street bins, read once a day in steps of a fifth; in per cent."""

import csv
from collections.abc import Sequence
from dataclasses import dataclass
from pathlib import Path

import numpy as np

from benchmarks.demand.frankfurt import hour_of
from benchmarks.street_levels import DAILY, read_levels
from routing.arrays import BoolArray, FloatArray, IntArray
from routing.demand import Learned, SlotHistory, forecast_fill, learn

BINS = "wyndham_bins.csv"
MOST = 100.0
TESTED_FROM, LATER_FROM = hour_of("2020-01-01") // 24, hour_of("2020-07-01") // 24
HORIZONS_DAYS = (1, 2, 3)
UTC_OFFSET_H = 10.0
READ_AT_H = 0.5  # no time of day is known


@dataclass(frozen=True, kw_only=True)
class Bin:
    """One bin: (k,) fill on each day from the first, NaN where there is none."""

    name: str
    stream: str
    lat_deg: float
    lon_deg: float
    first_day: int
    fill: FloatArray

    @property
    def is_drop(self) -> BoolArray:
        """(k,) whether it is emptier than the day before."""
        return np.diff(self.fill, prepend=np.nan) < 0

    def history(self, number: int, until: int) -> SlotHistory:
        """Return what the product would know after the reading of a day."""
        fill = self.fill[: until + 1]
        days = self.first_day + np.flatnonzero(~np.isnan(fill)).astype(np.float64)
        drops = np.flatnonzero(self.is_drop[: until + 1]).astype(np.float64)
        return SlotHistory(
            slot_id=number,
            volume_l=600.0,
            stream=self.stream,
            measured_h=days * 24 + READ_AT_H,
            fill_fraction=fill[~np.isnan(fill)] / 100,
            emptied_h=(self.first_day + drops) * 24 - 12.0,
            observed_h=np.empty(0),
            observed_fill=np.empty(0),
            lat_deg=self.lat_deg,
            lon_deg=self.lon_deg,
        )


@dataclass(frozen=True, kw_only=True)
class Days:
    """(n,) what is to be foreseen: bin, place of the day, days ahead, and what came."""

    number: IntArray
    place: IntArray
    ahead: IntArray
    day: IntArray
    last: FloatArray
    came: FloatArray


def load_bins(folder: Path) -> list[Bin]:
    """Read every bin with its place and stream."""
    with (folder / BINS).open(newline="") as lines:
        facts = {row["serialNumber"]: row for row in csv.DictReader(lines)}
    levels = read_levels(folder / DAILY)
    return [_make(name, facts[name], each) for name, each in levels.items()]


def _make(name: str, facts: dict[str, str], by_day: dict[int, float]) -> Bin:
    first = min(by_day)
    fill = np.full(max(by_day) - first + 1, np.nan)
    for day, level in by_day.items():
        fill[day - first] = level
    return Bin(
        name=name,
        stream=facts["stream"],
        lat_deg=float(facts["latitude"]),
        lon_deg=float(facts["longitude"]),
        first_day=first,
        fill=fill,
    )


def days_to_foresee(bins: Sequence[Bin]) -> Days:
    """Take every day from which something can be foreseen and judged."""
    rows = [
        (number, p, h, each.first_day + p, each.fill[p], each.fill[p + h])
        for number, each in enumerate(bins)
        for p in range(40, len(each.fill) - 3)
        if not np.isnan(each.fill[p]) and _grew(each, p)
        for h in HORIZONS_DAYS
        if not np.isnan(each.fill[p + 1 : p + h + 1]).any()
        and not each.is_drop[p + 1 : p + h + 1].any()
    ]
    number, place, ahead, day, last, came = np.array(rows).T
    return Days(
        number=number.astype(np.int64),
        place=place.astype(np.int64),
        ahead=ahead.astype(np.int64),
        day=day.astype(np.int64),
        last=last,
        came=came,
    )


def growth_of(each: Bin) -> FloatArray:
    """(k,) growth of each day; after an emptying it counts from empty."""
    rise = np.diff(each.fill, prepend=np.nan)
    return np.where(rise < 0, each.fill, rise)


def _grew(each: Bin, p: int) -> bool:
    return int(np.isfinite(growth_of(each)[max(0, p - 55) : p + 1]).sum()) > 10


def learn_from(bins: Sequence[Bin]) -> Learned:
    """Learn from all that was before 2020."""
    learned = learn(
        [
            each.history(i, TESTED_FROM - each.first_day - 1)
            for i, each in enumerate(bins)
        ],
        now_h=TESTED_FROM * 24.0,
        utc_offset_h=UTC_OFFSET_H,
    )
    if learned is None:
        raise ValueError("too little to learn from")
    return learned


def foresee_days(days: Days, bins: Sequence[Bin], learned: Learned) -> FloatArray:
    """(n, q) quantiles in per cent."""
    said = np.full((len(days.came), 7), np.nan)
    for day in np.unique(days.day):
        at = np.flatnonzero(days.day == day)
        asked = sorted(set(days.number[at].tolist()))
        answers = forecast_fill(
            [bins[i].history(i, int(day) - bins[i].first_day) for i in asked],
            now_h=day * 24 + 0.99,
            horizon_h=24.0 * np.array(HORIZONS_DAYS),
            utc_offset_h=UTC_OFFSET_H,
            learned=learned,
        )
        by_number = {each.slot_id: each for each in answers}
        for i in at:
            quantiles = by_number[int(days.number[i])].fill_quantiles
            said[i] = 100 * quantiles[:, days.ahead[i] - 1]
    bounded: FloatArray = np.clip(said, 0, MOST)
    return bounded

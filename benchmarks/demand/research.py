"""The models of the research, as it had them: what ours is compared with.

Their rates come from the truth, a centred median: they look four hours ahead. Ours may
not, and has to beat them all the same.
"""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

import lightgbm
import numpy as np
from sklearn.ensemble import HistGradientBoostingRegressor

from benchmarks.demand.frankfurt import HORIZONS_H, MOST, Chamber, hour_of
from routing.arrays import BoolArray, FloatArray, IntArray
from routing.demand import QUANTILES

HOLIDAYS = frozenset(
    hour_of(day) // 24
    for day in (
        *("2020-05-01", "2020-05-21", "2020-06-01", "2020-06-11", "2020-10-03"),
        *("2020-12-25", "2020-12-26", "2021-01-01", "2021-04-02", "2021-04-05"),
        *("2021-05-01", "2021-05-13", "2021-05-24", "2021-06-03"),
    )
)
"""In Hesse, days since 1970."""

_MIDDLE = QUANTILES.index(0.5)
_DAY_H, _WEEK_H, _LAGS_H = 24, 168, (6, 12, 24, 48, 72, 168)


@dataclass(frozen=True, kw_only=True)
class Rows:
    """What is to be foreseen, (n,) each: one origin and horizon of one chamber.

    Parameters
    ----------
    chamber
        Number of the chamber.
    origin_h, horizon_h
        When it is foreseen, and how far ahead.
    truth, last
        What came, and the fill at the origin, in per cent.
    features
        (n, f) what the boosted models see; first the horizon, then the fill.
    rate_per_h, seasonal
        Mean growth of 56 days, and the growth that the hours of the week promise.
    """

    chamber: IntArray
    origin_h: IntArray
    horizon_h: IntArray
    truth: FloatArray
    last: FloatArray
    features: FloatArray
    rate_per_h: FloatArray
    seasonal: FloatArray


def research_rows(chambers: Sequence[Chamber]) -> Rows:
    """Take every origin from which something can be foreseen and judged."""
    rows = np.array(
        [
            (number, *row)
            for number, each in enumerate(chambers)
            for row in _rows_of(each)
        ]
    )
    return Rows(
        chamber=rows[:, 0].astype(np.int64),
        origin_h=rows[:, 1].astype(np.int64),
        horizon_h=rows[:, 2].astype(np.int64),
        truth=rows[:, 3],
        features=np.delete(rows, [0, 1, 3], axis=1),
        last=rows[:, 4],
        rate_per_h=rows[:, 6],
        seasonal=rows[:, 11],
    )


def _rows_of(chamber: Chamber) -> Iterator[tuple[float, ...]]:
    growth = _growth(chamber)
    total, watched = np.nancumsum(growth), np.cumsum(~np.isnan(growth))
    for p in chamber.origins():
        facts = None
        for h in HORIZONS_H:
            if not chamber.can_judge(p, h):
                continue
            facts = facts or _facts(chamber, p, growth, total, watched)
            hour = chamber.start_h + p
            days = [(hour + x) // _DAY_H for x in range(0, h, 12)]
            ahead = (_hour_of_week(hour) + 1 + np.arange(h)) % _WEEK_H
            yield (
                hour,
                h,
                float(chamber.truth[p + h]),
                *facts.before,
                facts.profile[ahead].sum(),
                *facts.after,
                sum(day in HOLIDAYS for day in days),
                chamber.empty_cm,
            )


def _hour_of_week(hour: int) -> int:
    """Monday is the first day; 1970-01-01 was a Thursday."""
    return int(hour + 3 * _DAY_H) % _WEEK_H


def _growth(chamber: Chamber) -> FloatArray:
    """(k,) how much the running maximum of each cycle grew in each hour."""
    growth = np.full(len(chamber.truth), np.nan)
    for cycle in np.unique(chamber.cycle):
        place = np.flatnonzero(chamber.cycle == cycle)
        fill = chamber.truth[place]
        highest = np.fmax.accumulate(fill)
        highest[np.isnan(fill)] = np.nan
        growth[place[1:]] = np.diff(highest)
    rises: FloatArray = np.maximum(growth, 0)
    return rises


@dataclass(frozen=True, kw_only=True)
class _Facts:
    """What is known at an origin: the usual week, and features in their order."""

    profile: FloatArray
    before: tuple[float, ...]
    after: tuple[float, ...]


def _facts(
    chamber: Chamber, p: int, growth: FloatArray, total: FloatArray, watched: IntArray
) -> _Facts:
    last, truth = chamber.last, chamber.truth
    start = chamber.cycle_start(p)
    elapsed = p - start

    def rate(hours: int) -> float:
        before = max(0, p - hours)
        return float((total[p] - total[before]) / max(1, watched[p] - watched[before]))

    def lag(h: int) -> float:
        same = p >= h and chamber.cycle[p - h] == chamber.cycle[p]
        return last[p] - last[p - h] if same else np.nan

    base = np.nanmedian(last[start + 1 : start + 13]) if elapsed >= 13 else np.nan
    since_rate = max(0.0, (last[p] - base) / (elapsed - 6)) if elapsed >= 24 else np.nan
    daily = -np.diff(total[np.maximum(p - _DAY_H * np.arange(29), 0)])
    noise_cm = chamber.noise_cm[p - _DAY_H : p]
    hour = chamber.start_h + p
    return _Facts(
        profile=_profile(chamber, p, growth, rate(56 * _DAY_H)),
        before=(
            last[p],
            since_rate,
            rate(56 * _DAY_H),
            float(np.median(daily)) / _DAY_H,
            rate(7 * _DAY_H),
            rate(2 * _DAY_H),
            float(np.std(daily)),
        ),
        after=(
            elapsed,
            *(lag(h) for h in _LAGS_H),
            float(np.nanmean(noise_cm)) if not np.isnan(noise_cm).all() else np.nan,
            np.nanmax(truth[start + 1 : p + 1]) if elapsed >= 1 else last[p],
            np.nanmedian(last[p - _DAY_H : p]),
            hour % _DAY_H,
            _hour_of_week(hour) // _DAY_H,
            _month(hour),
        ),
    )


def _profile(
    chamber: Chamber, p: int, growth: FloatArray, rate_per_h: float
) -> FloatArray:
    """(168,) growth by hour of the week over 56 days, shrunk to the mean."""
    before = max(0, p - _DAY_H * 56)
    of_week = (np.arange(before, p) + chamber.start_h + 3 * _DAY_H) % _WEEK_H
    seen = growth[before:p]
    is_seen = ~np.isnan(seen)
    gained = np.bincount(of_week[is_seen], seen[is_seen], _WEEK_H)
    hours = np.bincount(of_week[is_seen], minlength=_WEEK_H)
    return (gained + 8 * rate_per_h) / (hours + 8)


def _month(hour: int) -> int:
    return (
        int(np.datetime64(int(hour), "h").astype("datetime64[M]").astype(int)) % 12 + 1
    )


def research_models(
    rows: Rows, *, is_train: BoolArray, is_test: BoolArray
) -> dict[str, FloatArray]:
    """Fit the models of the research; (m, q) quantiles of the tested rows by name."""
    train, test = rows.features[is_train], rows.features[is_test]
    rise = (rows.truth - rows.last)[is_train]
    lgbm, hgb = (
        np.column_stack(
            [
                rows.last[is_test] + fit(q).fit(train, rise).predict(test)
                for q in QUANTILES
            ]
        )
        for fit in (_lightgbm, _hist)
    )
    points = {
        "last value": rows.last,
        "mean rate 56 d": np.clip(
            rows.last + rows.rate_per_h * rows.horizon_h, 0, MOST
        ),
        "hour-of-week seasonal": np.clip(rows.last + rows.seasonal, 0, MOST),
    }
    said = {
        name: _with_residuals(rows, point, is_train=is_train, is_test=is_test)
        for name, point in points.items()
    }
    said["LightGBM"] = np.clip(np.sort(lgbm, axis=1), 0, MOST)
    said["HistGradientBoosting"] = np.clip(np.sort(hgb, axis=1), 0, MOST)
    said["blend"] = (
        said["LightGBM"] + said["HistGradientBoosting"] + said["hour-of-week seasonal"]
    ) / 3
    return said


def _with_residuals(
    rows: Rows, point: FloatArray, *, is_train: BoolArray, is_test: BoolArray
) -> FloatArray:
    said = np.zeros((len(point), len(QUANTILES)))
    for h in HORIZONS_H:
        is_h = rows.horizon_h == h
        off = np.quantile((rows.truth - point)[is_h & is_train], QUANTILES)
        said[is_h] = point[is_h, None] + off
    said[:, _MIDDLE] = point
    return np.clip(said[is_test], 0, MOST)


def _lightgbm(share: float) -> lightgbm.LGBMRegressor:
    return lightgbm.LGBMRegressor(
        objective="quantile",
        alpha=share,
        n_estimators=300,
        learning_rate=0.04,
        num_leaves=15,
        min_child_samples=80,
        subsample=0.7,
        subsample_freq=1,
        colsample_bytree=0.7,
        reg_lambda=5,
        n_jobs=1,
        verbose=-1,
        random_state=0,
    )


def _hist(share: float) -> HistGradientBoostingRegressor:
    return HistGradientBoostingRegressor(
        loss="quantile",
        quantile=share,
        max_iter=200,
        learning_rate=0.05,
        max_leaf_nodes=12,
        min_samples_leaf=80,
        l2_regularization=5,
        random_state=0,
    )

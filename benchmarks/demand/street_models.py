"""The research's models of street bins: boosted quantiles, and growth of 56 days."""

import lightgbm
import numpy as np

from benchmarks.demand.wyndham import MOST, Bin, Days, growth_of
from routing.arrays import BoolArray, FloatArray
from routing.demand import QUANTILES

_MIDDLE = QUANTILES.index(0.5)


def street_features(days: Days, bins: list[Bin]) -> FloatArray:
    """(n, 16) what the research let its models see."""
    facts: dict[tuple[int, int], tuple[list[float], list[float]]] = {}
    rows = []
    growth = [growth_of(each) for each in bins]
    for i, p, h in zip(days.number, days.place, days.ahead, strict=True):
        key = (int(i), int(p))
        if key not in facts:
            facts[key] = _facts(bins[i], growth[i], int(p))
        (rate, *rest), usual_week = facts[key]
        weekday = int(bins[i].first_day + p)
        ahead = sum(usual_week[(weekday + j) % 7] for j in range(1, h + 1))
        rows.append((h, rate, ahead, *rest))
    return np.array(rows)


def _facts(each: Bin, growth: FloatArray, p: int) -> tuple[list[float], list[float]]:
    fill = each.fill
    recent = growth[max(0, p - 55) : p + 1]
    weekdays = (each.first_day + np.arange(max(0, p - 55), p + 1)) % 7
    rate = float(np.nanmean(recent))
    last_week = growth[p - 6 : p + 1]
    drops = np.flatnonzero(each.is_drop[: p + 1])
    since = p - drops[-1] if len(drops) else 30
    usual_week = [
        float(np.nanmean(np.append(recent[weekdays == j], [rate] * 3)))
        for j in range(7)
    ]
    facts = [
        rate,
        fill[p],
        np.nanmean(last_week) if np.isfinite(last_week).any() else np.nan,
        fill[p] / (since + 1) if since > 0 else rate,
        since,
        float(np.nanstd(recent)),
        (each.first_day + p) % 7,
        int(
            np.datetime64(each.first_day + p, "D").astype("datetime64[M]").astype(int)
            % 12
        ),
        np.nanmean(fill[p - 27 : p + 1]),
        fill[p - 1],
        fill[p - 2],
        float(each.stream == "recycling"),
    ]
    return facts, usual_week


def street_models(
    days: Days, features: FloatArray, *, is_train: BoolArray, is_test: BoolArray
) -> dict[str, FloatArray]:
    """Fit on some rows; (m, q) quantiles of others by name."""
    boosted = np.column_stack(
        [
            lightgbm.LGBMRegressor(
                objective="quantile",
                alpha=share,
                n_estimators=300,
                learning_rate=0.04,
                num_leaves=15,
                min_child_samples=80,
                n_jobs=1,
                verbose=-1,
                random_state=0,
            )
            .fit(features[is_train], days.came[is_train])
            .predict(features[is_test])
            for share in QUANTILES
        ]
    )
    said = {"LightGBM": np.clip(np.sort(boosted, axis=1), 0, MOST)}
    for name, rise in (
        ("last value", np.zeros(len(days.came))),
        ("mean rate 56 d", features[:, 1] * features[:, 0]),
        ("day-of-week", features[:, 2]),
    ):
        said[name] = _with_residuals(
            days, days.last + rise, is_train=is_train, is_test=is_test
        )
    return said


def _with_residuals(
    days: Days, point: FloatArray, *, is_train: BoolArray, is_test: BoolArray
) -> FloatArray:
    """Add the quantiles of the residuals, by days ahead and by how full it is."""
    said = np.zeros((len(point), len(QUANTILES)))
    for ahead in np.unique(days.ahead):
        for low, high in ((-1, 10), (10, 50), (50, 101)):
            is_here = (days.ahead == ahead) & (days.last > low) & (days.last <= high)
            off = np.quantile((days.came - point)[is_here & is_train], QUANTILES)
            said[is_here] = point[is_here, None] + off
    said[:, _MIDDLE] = point
    return np.clip(said[is_test], 0, MOST)

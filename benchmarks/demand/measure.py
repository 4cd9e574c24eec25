"""`scripts/bench demand`: how well fills are foreseen, beside the research's models."""

import argparse
from collections.abc import Sequence
from dataclasses import replace
from pathlib import Path

import numpy as np

from benchmarks.demand import ours
from benchmarks.demand.frankfurt import (
    HORIZONS_H,
    MOST,
    TESTED_FROM_H,
    Chamber,
    load_chambers,
)
from benchmarks.demand.research import Rows, research_models, research_rows
from benchmarks.demand.scores import (
    absolute_error,
    average_precision,
    chance_above,
    coverage,
    pinball,
)
from benchmarks.demand.speed import measure_speed
from benchmarks.demand.street_bins import measure_street_bins
from benchmarks.emptyings import READINGS
from benchmarks.report import Figure
from benchmarks.street_levels import DAILY
from routing.arrays import BoolArray, FloatArray, IntArray

BENCH = "demand"
FOLDS = 5
NEARLY_FULL = 80
BEST = "blend"
TOLD = ("last value", "mean rate 56 d", "hour-of-week seasonal", "LightGBM", BEST)
GOALS = {"mae_24h": 4.7, "mae_72h": 8.5, "pinball": 3.85}
LEAST_COVERAGE, MOST_COVERAGE, LEAST_COVERAGE_ALL, LEAST_AP = 0.88, 0.92, 0.85, 0.62
CASES = ("frankfurt", "wyndham", "speed")


def main() -> None:
    """Measure what is asked for."""
    parser = argparse.ArgumentParser(prog="scripts/bench demand")
    parser.add_argument("--train", type=Path, required=True, help="folder with the CSV")
    parser.add_argument("--test", type=Path, help="other sensors; else folds of places")
    parser.add_argument("--only", choices=CASES, help="one case alone")
    options = parser.parse_args()
    asked = [options.only] if options.only else list(CASES)
    if "frankfurt" in asked and (options.train / READINGS).is_file():
        measure_frankfurt(options.train, options.test)
    if "wyndham" in asked and (options.train / DAILY).is_file():
        measure_street_bins(options.train, options.test)
    if "speed" in asked:
        measure_speed()


def measure_frankfurt(train: Path, test: Path | None) -> None:
    """Foresee glass banks that were not learned from."""
    known = load_chambers(train)
    asked = known if test is None else load_chambers(test)
    chambers = known if test is None else [*known, *asked]
    fold = (
        folds_of(chambers)
        if test is None
        else np.repeat([1, 0], [len(known), len(asked)])
    )
    rows = research_rows(chambers)
    is_good = np.array([each.is_good for each in chambers])[rows.chamber]
    is_late = rows.origin_h >= TESTED_FROM_H
    said: dict[str, FloatArray] = {}
    for each in np.unique(fold) if test is None else [0]:
        is_out = fold[rows.chamber] == each
        put(said, "ours", is_late & is_out, foresee_fold(rows, chambers, fold == each))
        models = research_models(
            rows,
            is_train=is_good & ~is_out & (rows.origin_h < TESTED_FROM_H - 72),
            is_test=is_late & is_good & is_out,
        )
        for name, quantiles in models.items():
            put(said, name, is_late & is_good & is_out, quantiles)
    is_asked = is_late & ~np.isnan(said["last value"][:, 0])
    report_good(rows, is_asked, said)
    report_all(rows, is_late & ~np.isnan(said["ours"][:, 0]), said["ours"])


def folds_of(chambers: Sequence[Chamber]) -> IntArray:
    """Divide by address: chambers of one place fill alike."""
    places = sorted({each.place for each in chambers})
    order = np.random.default_rng(0).permutation(len(places)) % FOLDS
    return np.array([order[places.index(each.place)] for each in chambers])


def put(
    said: dict[str, FloatArray], name: str, where: BoolArray, quantiles: FloatArray
) -> None:
    """Keep the quantiles of some rows."""
    table = said.setdefault(name, np.full((len(where), quantiles.shape[1]), np.nan))
    table[where] = quantiles


def foresee_fold(
    rows: Rows, chambers: Sequence[Chamber], is_out: BoolArray
) -> FloatArray:
    """Learn from the other chambers, foresee these."""
    learned = ours.learn_from(
        [c for c, out in zip(chambers, is_out, strict=True) if not out]
    )
    number = np.full(len(chambers), -1)
    number[is_out] = np.arange(is_out.sum())
    renamed = replace(rows, chamber=number[rows.chamber])
    is_asked = (rows.origin_h >= TESTED_FROM_H) & (renamed.chamber >= 0)
    members = [c for c, out in zip(chambers, is_out, strict=True) if out]
    return np.clip(ours.foresee_rows(renamed, is_asked, members, learned), 0, MOST)


def report_good(rows: Rows, is_asked: BoolArray, said: dict[str, FloatArray]) -> None:
    """Print errors, pinball, coverage and average precision of the good sensors."""
    for h in HORIZONS_H:
        is_h = is_asked & (rows.horizon_h == h)
        scores = {k: absolute_error(rows.truth[is_h], q[is_h]) for k, q in said.items()}
        tell("frankfurt", f"mae_{h}h", "%", scores)
    scores = {k: pinball(rows.truth[is_asked], q[is_asked]) for k, q in said.items()}
    tell("frankfurt", "pinball", "%", scores)
    report_coverage(rows, is_asked, said["ours"], said[BEST])
    is_open = is_asked & (rows.horizon_h == 24) & (rows.last < NEARLY_FULL)
    is_so = rows.truth[is_open] >= NEARLY_FULL
    precision = {
        name: average_precision(is_so, chance_above(q[is_open], NEARLY_FULL))
        for name, q in said.items()
    }
    for name in TOLD:
        Figure(
            bench=BENCH,
            case="frankfurt",
            figure="ap_80_24h",
            value=precision["ours"],
            unit="share",
            reference=name,
            reference_value=precision[name],
            goal=LEAST_AP if name == BEST else None,
            is_floor=True,
        ).print()


def report_coverage(
    rows: Rows, is_asked: BoolArray, said: FloatArray, blend: FloatArray
) -> None:
    """Print how often what came lay within nine tenths, at the extreme horizons."""
    covered, known = (
        [
            coverage(rows.truth[is_h], q[is_h])
            for h in HORIZONS_H
            for is_h in [is_asked & (rows.horizon_h == h)]
        ]
        for q in (said, blend)
    )
    bounds = (
        ("lowest", min, LEAST_COVERAGE, True),
        ("highest", max, MOST_COVERAGE, False),
    )
    for name, pick, goal, is_floor in bounds:
        Figure(
            bench=BENCH,
            case="frankfurt",
            figure=f"coverage_90_{name}",
            value=pick(covered),
            unit="share",
            reference=BEST,
            reference_value=pick(known),
            goal=goal,
            is_floor=is_floor,
        ).print()


def report_all(rows: Rows, is_asked: BoolArray, said: FloatArray) -> None:
    """Print what is true of every sensor, the bad ones too."""
    is_late = rows.origin_h >= TESTED_FROM_H
    asked = np.unique(rows.chamber[is_asked])
    is_theirs = is_late & np.isin(rows.chamber, asked)
    answered = np.isfinite(said[is_theirs]).all(axis=1).mean()
    for figure, value, unit, goal in (
        ("answered_pct", 100 * float(answered), "%", 100.0),
        (
            "coverage_90_all",
            coverage(rows.truth[is_asked], said[is_asked]),
            "share",
            LEAST_COVERAGE_ALL,
        ),
    ):
        Figure(
            bench=BENCH,
            case="frankfurt-all",
            figure=figure,
            value=value,
            unit=unit,
            goal=goal,
            is_floor=True,
        ).print()
    tell_one("frankfurt-all", "mae_24h", rows, is_asked & (rows.horizon_h == 24), said)


def tell_one(
    case: str, figure: str, rows: Rows, is_asked: BoolArray, said: FloatArray
) -> None:
    """Print an error beside that of the last value."""
    Figure(
        bench=BENCH,
        case=case,
        figure=figure,
        value=absolute_error(rows.truth[is_asked], said[is_asked]),
        unit="%",
        reference="last value",
        reference_value=float(np.abs(rows.truth - rows.last)[is_asked].mean()),
    ).print()


def tell(case: str, figure: str, unit: str, scores: dict[str, float]) -> None:
    """Print a score beside those of the research."""
    for name in TOLD:
        Figure(
            bench=BENCH,
            case=case,
            figure=figure,
            value=scores["ours"],
            unit=unit,
            reference=name,
            reference_value=scores[name],
            goal=GOALS.get(figure) if name == BEST else None,
        ).print()

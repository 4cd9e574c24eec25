"""Street bins: foreseen later than what was learned from, and where nothing was."""

from dataclasses import fields, replace
from pathlib import Path

import numpy as np

from benchmarks.demand.scores import absolute_error, coverage, pinball
from benchmarks.demand.street_models import street_features, street_models
from benchmarks.demand.wyndham import (
    LATER_FROM,
    TESTED_FROM,
    Bin,
    Days,
    days_to_foresee,
    foresee_days,
    learn_from,
    load_bins,
)
from benchmarks.report import Figure
from routing.arrays import BoolArray, FloatArray

BENCH = "demand"
FOLDS = 4
LATER, UNSEEN = "wyndham-later", "wyndham-unseen"
GOALS = {LATER: 11.0, UNSEEN: 13.2}
BEST = "LightGBM"


def measure_street_bins(train: Path, test: Path | None) -> None:
    """Learn from what was before 2020 in one folder; foresee what came in another.

    Without another: the half-year after on the same bins, and bins by folds.
    """
    known = load_bins(train)
    if test is None:
        bins, is_new = known, np.zeros(len(known), dtype=np.bool_)
    else:
        bins = join(known, load_bins(test))
        names = {each.name for each in known}
        is_new = np.array([each.name not in names for each in bins])
    days = days_to_foresee(bins)
    features = street_features(days, bins)
    is_old = ~is_new[days.number]
    is_early = days.day < TESTED_FROM
    later_from = TESTED_FROM if test is None else LATER_FROM
    said = ask(
        days, features, bins, is_out=is_new, is_test=is_old & (days.day >= later_from)
    )
    report(LATER, days, said, is_old & (days.day >= later_from))
    if test is not None:
        said = ask(days, features, bins, is_out=is_new, is_test=~is_old)
        report(UNSEEN, days, said, ~is_old)
        return
    order = np.random.default_rng(0).permutation(len(bins)) % FOLDS
    whole: dict[str, FloatArray] = {}
    for fold in range(FOLDS):
        is_test = order[days.number] == fold
        part = ask(days, features, bins, is_out=order == fold, is_test=is_test)
        for name, quantiles in part.items():
            table = whole.setdefault(name, np.zeros((len(days.came), 7)))
            table[is_test] = quantiles
    report(UNSEEN, days, whole, np.ones(len(is_early), dtype=np.bool_))


def join(known: list[Bin], others: list[Bin]) -> list[Bin]:
    """Put what came later behind what is known of the same bin."""
    by_name = {each.name: each for each in known}
    for other in others:
        before = by_name.get(other.name)
        by_name[other.name] = other if before is None else _behind(before, other)
    return list(by_name.values())


def _behind(before: Bin, after: Bin) -> Bin:
    first = min(before.first_day, after.first_day)
    last = max(each.first_day + len(each.fill) for each in (before, after))
    fill = np.full(last - first, np.nan)
    for each in (before, after):
        place = slice(each.first_day - first, each.first_day - first + len(each.fill))
        fill[place] = np.where(np.isnan(each.fill), fill[place], each.fill)
    return replace(before, first_day=first, fill=fill)


def ask(
    days: Days,
    features: FloatArray,
    bins: list[Bin],
    *,
    is_out: BoolArray,
    is_test: BoolArray,
) -> dict[str, FloatArray]:
    """Let ours and the research's models learn from the bins that are not out."""
    is_train = (days.day < TESTED_FROM) & ~is_out[days.number]
    said = street_models(days, features, is_train=is_train, is_test=is_test)
    learned = learn_from([b for b, out in zip(bins, is_out, strict=True) if not out])
    said["ours"] = foresee_days(select(days, is_test), bins, learned)
    return said


def select(days: Days, is_asked: BoolArray) -> Days:
    """Take some rows."""
    return replace(
        days, **{f.name: getattr(days, f.name)[is_asked] for f in fields(days)}
    )


def report(
    case: str, days: Days, said: dict[str, FloatArray], is_test: BoolArray
) -> None:
    """Print errors beside the models of the research, the rest beside its best."""
    asked = select(days, is_test)
    rows = {
        name: quantiles if len(quantiles) == len(asked.came) else quantiles[is_test]
        for name, quantiles in said.items()
    }
    for ahead in (1, 2, 3):
        is_here = asked.ahead == ahead
        ours = absolute_error(asked.came[is_here], rows["ours"][is_here])
        for name in rows.keys() - {"ours"}:
            Figure(
                bench=BENCH,
                case=case,
                figure=f"mae_{24 * ahead}h",
                value=ours,
                unit="%",
                reference=name,
                reference_value=absolute_error(
                    asked.came[is_here], rows[name][is_here]
                ),
                goal=GOALS[case] if name == BEST and ahead == 1 else None,
            ).print()
    for figure, score in (("pinball", pinball), ("coverage_90", coverage)):
        Figure(
            bench=BENCH,
            case=case,
            figure=figure,
            value=score(asked.came, rows["ours"]),
            unit="%" if figure == "pinball" else "share",
            reference=BEST,
            reference_value=score(asked.came, rows[BEST]),
        ).print()

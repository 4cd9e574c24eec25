"""How soon a normal day has a plan, and how good it is after five seconds.

    scripts/bench normal-day [--days 3] [--seeds 2] [--seconds 5] [--long 60]

200 stops of three streams, five trucks with compartments, two facilities, lunch and the
driving rule, on real one-way streets. CPU seconds of one thread; every plan is made by
a fresh process. The reference is the best plan of the day that this run found.
"""

import argparse
import statistics
import sys
from collections.abc import Sequence
from typing import Any

from benchmarks.child import Facts, measure_in_child
from benchmarks.report import Figure

BENCH = "normal-day"
FIRST_PLAN_GOAL_S = 1.0
GAP_GOAL_PCT = 1.0


def main() -> None:
    """Measure and print."""
    options = _read_options()
    seeds = range(1, options.seeds + 1)
    gaps = []
    for day in range(1, options.days + 1):
        short = [_plan(day, options.seconds, seed) for seed in seeds]
        long = [_plan(day, options.long, seed) for seed in seeds]
        gaps.append(_print_day(f"day {day}", short, long, options))
    _print(
        f"mean of {options.days} days",
        f"gap_after_{options.seconds:g}s_pct",
        statistics.fmean(gaps),
        "%",
        reference=f"best plan of {options.long:g} s",
        reference_value=0.0,
        goal=GAP_GOAL_PCT,
    )


def _plan(day: int, seconds: float, seed: int) -> Facts:
    arguments = {"day": day, "seconds": seconds, "seed": seed}
    facts = measure_in_child("benchmarks.day.measure:plan_morning", arguments)
    for fault in facts["faults"]:
        sys.stderr.write(f"day {day}, seed {seed}, {seconds:g} s: {fault}\n")
    return facts


def _print_day(
    case: str,
    short: Sequence[Facts],
    long: Sequence[Facts],
    options: argparse.Namespace,
) -> float:
    """Print a day's lines and return its gap in percent."""
    plans = [*short, *long]
    best: float = min(each["cents"] for each in plans)
    cents = statistics.fmean(each["cents"] for each in short)
    gap_pct = 100 * (cents / best - 1)
    reference = f"best plan of {options.long:g} s"
    faults = sum(len(each["faults"]) for each in plans)
    _print(case, "faults", faults, "rules broken", goal=0)
    _print(
        case,
        "first_plan_s",
        _slowest(plans),
        "s",
        reference="its budget",
        reference_value=options.seconds,
        goal=FIRST_PLAN_GOAL_S,
    )
    _print(
        case, "cost_cents", cents, "cents", reference=reference, reference_value=best
    )
    _print(
        case,
        f"gap_after_{options.seconds:g}s_pct",
        gap_pct,
        "%",
        reference=reference,
        reference_value=0.0,
        goal=GAP_GOAL_PCT,
    )
    _print(case, "unserved", max(each["unserved"] for each in short), "stops")
    _print(case, "cpu_s", max(each["cpu_s"] for each in short), "s")
    _print(case, "peak_mb", max(each["peak_mb"] for each in plans), "MB")
    return gap_pct


def _slowest(plans: Sequence[Facts]) -> float | None:
    first_s = [each["first_plan_s"] for each in plans]
    return None if None in first_s else max(first_s)


def _print(
    case: str,
    figure: str,
    value: float | None,
    unit: str,
    **more: Any,  # noqa: ANN401 - fields of Figure
) -> None:
    Figure(
        bench=BENCH, case=case, figure=figure, value=value, unit=unit, **more
    ).print()


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--days", type=int, default=3)
    parser.add_argument("--seeds", type=int, default=2)
    parser.add_argument("--seconds", type=float, default=5.0)
    parser.add_argument("--long", type=float, default=60.0)
    return parser.parse_args()


if __name__ == "__main__":
    main()

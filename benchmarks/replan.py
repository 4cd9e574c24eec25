"""What changes hands when a day is planned again at noon, with one stop more.

    scripts/bench replan [--days 3] [--seeds 2] [--seconds 1.9]

The day of `normal-day`, driven as planned until noon: trucks go on from where they are
with what they have on board, the halt that each heads for is locked, and changing the
driver of a stop has a price. CPU seconds of one thread.
"""

import argparse
import statistics
import sys
from typing import Any

from benchmarks.child import Facts, measure_in_child
from benchmarks.report import Figure

BENCH = "replan"
MORNING_S = 5.0
MOVED_GOAL_PCT = 10.0
SECONDS_GOAL = 2.0
# The rest of the two seconds is for what comes before and after the search.
SEARCH_S = 1.9


def main() -> None:
    """Measure and print."""
    options = _read_options()
    seeds = range(1, options.seeds + 1)
    for day in range(1, options.days + 1):
        again = [_plan(day, options.seconds, seed) for seed in seeds]
        left = statistics.fmean(each["left"] for each in again)
        _print_day(f"day {day}, {left:g} stops left", again)


def _plan(day: int, seconds: float, seed: int) -> Facts:
    arguments = {"day": day, "morning_seconds": MORNING_S}
    arguments |= {"seconds": seconds, "seed": seed}
    facts = measure_in_child("benchmarks.day.measure:plan_again_at_noon", arguments)
    for fault in facts["faults"]:
        sys.stderr.write(f"day {day}, seed {seed}: {fault}\n")
    return facts


def _print_day(case: str, again: list[Facts]) -> None:
    planned = sum(each["planned"] for each in again)
    moved_pct = 100 * sum(each["moved"] for each in again) / max(1, planned)
    faults = sum(len(each["faults"]) for each in again)
    _print(case, "faults", faults, "rules broken", goal=0)
    _print(case, "moved_pct", moved_pct, "%", goal=MOVED_GOAL_PCT)
    _print(case, "dropped", sum(each["dropped"] for each in again), "stops")
    served = statistics.fmean(each["serves_new"] for each in again)
    _print(case, "new_stop_served", served, "share", goal=1.0, is_floor=True)
    slowest_s = max(each["cpu_s"] for each in again)
    _print(case, "seconds", slowest_s, "s", goal=SECONDS_GOAL)


def _print(
    case: str,
    figure: str,
    value: float,
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
    parser.add_argument("--seconds", type=float, default=SEARCH_S)
    return parser.parse_args()


if __name__ == "__main__":
    main()

"""The digital year: ours against the best fixed rounds, at equal overflow.

    scripts/bench year --scenario A|B --seeds 10 [--jobs 2] [--first-seed 1]
        [--overflow 60,100,200] [--thresholds]
    scripts/bench year --scenario groningen --seeds 3
    scripts/bench year --scenario replay --data DIR --seeds 3

Every policy lives through the same worlds and is driven by the product's solver. Fixed
rounds know the true mean of the very year to come; theirs is the better of uniform
rounds and rounds tailored to each bin. Figures are interpolated between two settings of
each policy's dial, and their intervals are Student's over the seeds, paired.
"""

import argparse
import sys
from collections.abc import Callable
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context
from pathlib import Path
from typing import TypeVar

from benchmarks.year.city import lines_of_city, measure_city
from benchmarks.year.lines import lines_of
from benchmarks.year.scenarios import find_cases
from benchmarks.year.seed import measure_seed

NAMES = ("A", "B", "groningen", "replay")

Found = TypeVar("Found")


def main() -> None:
    """Measure and print."""
    options = _read_options()
    seeds = list(range(options.first_seed, options.first_seed + options.seeds))
    if options.scenario == "groningen":
        for line in lines_of_city(_spread(measure_city, seeds, options.jobs)):
            line.print()
        return
    for name, case_of in find_cases(options.scenario, options.data).items():
        work = partial(
            measure_seed,
            case_of,
            levels=options.overflow,
            with_thresholds=options.thresholds,
        )
        found = _spread(work, seeds, options.jobs)
        for level in options.overflow:
            for line in lines_of(name, level, found):
                line.print()


def _spread(work: Callable[[int], Found], seeds: list[int], jobs: int) -> list[Found]:
    """Do the seeds, each told as it comes."""
    if jobs == 1:
        return [_told(work(seed)) for seed in seeds]
    with ProcessPoolExecutor(jobs, mp_context=get_context("spawn")) as pool:
        return [_told(each) for each in pool.map(work, seeds)]


def _told(found: Found) -> Found:
    sys.stderr.write(f"{found}\n")
    return found


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scenario", choices=NAMES, required=True)
    parser.add_argument("--data", type=Path, help="folder of real readings")
    parser.add_argument("--seeds", type=int, default=1, help="how many worlds")
    parser.add_argument("--first-seed", type=int, default=1)
    parser.add_argument("--jobs", type=int, default=1, help="processes")
    parser.add_argument("--overflow", type=_levels, default=(60.0,), help="60,100,200")
    parser.add_argument("--thresholds", action="store_true", help="plain ones as well")
    options = parser.parse_args()
    if options.seeds < 1 or options.jobs < 1:
        parser.error("--seeds and --jobs must be above 0")
    return options


def _levels(text: str) -> tuple[float, ...]:
    return tuple(float(each) for each in text.split(","))

"""The digital year: ours against the best fixed rounds, at equal overflow.

    scripts/bench year --scenario A --seeds 10 [--jobs 2] [--first-seed 1]
        [--overflow 60,100,200] [--thresholds]

Every policy lives through the same worlds and is driven by the product's solver. Fixed
rounds know the true mean of the very year to come; theirs is the better of uniform
rounds and rounds tailored to each bin. Figures are interpolated between two settings of
each policy's dial, and their intervals are Student's over the seeds, paired.
"""

import argparse
import sys
from concurrent.futures import ProcessPoolExecutor
from functools import partial
from multiprocessing import get_context

from benchmarks.year.lines import lines_of
from benchmarks.year.scenarios import SCENARIOS
from benchmarks.year.seed import SeedFigures, measure_seed


def main() -> None:
    """Measure and print."""
    options = _read_options()
    seeds = range(options.first_seed, options.first_seed + options.seeds)
    found: list[SeedFigures] = []
    for each in _measure(options, list(seeds)):
        found.append(each)
        sys.stderr.write(f"{each}\n")
    for level in options.overflow:
        for line in lines_of(options.scenario, level, found):
            line.print()


def _measure(options: argparse.Namespace, seeds: list[int]) -> list[SeedFigures]:
    work = partial(
        measure_seed,
        options.scenario,
        levels=options.overflow,
        with_thresholds=options.thresholds,
    )
    if options.jobs == 1:
        return [work(seed) for seed in seeds]
    with ProcessPoolExecutor(options.jobs, mp_context=get_context("spawn")) as pool:
        return list(pool.map(work, seeds))


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--scenario", choices=sorted(SCENARIOS), required=True)
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

"""How far off the distance of a report is when one reading in ten is wild.

Scenes of `firmware/sim/scenes.py`; the pings go through the functions that a bin runs.
Beside it the median of nine pings, which knows nothing of what was before.
"""

from collections.abc import Iterator
from dataclasses import dataclass
from functools import partial
from statistics import fmean, median_low

from binnode.alarms import is_report_due
from binnode.config import parse
from binnode.memory.journal import Journal
from binnode.payload import Record
from binnode.sensors.ranging import Limits, find_distance, is_fresh_look
from sim.scenes import Scene, bin_scenes

from benchmarks.report import Figure

BINS = 60
WAKES = 2880  # 30 days at 15 minutes
GOAL_PCT = 2.0
PINGS = 9
A02YYUW = Limits(30, 4500, 10, 3, 300, 240)
SETTINGS = parse({"device": "a", "networks": {"b": ""}, "broker_host": "c"})
CASES = {
    "10 % wild, each by itself": False,
    "10 % wild, in bursts as in glass banks": True,
}


@dataclass(frozen=True, kw_only=True, slots=True)
class Seen:
    """One wake: how far off, in percent of the depth."""

    error_pct: float
    median_error_pct: float
    pings: int
    is_reported: bool
    is_emptied: bool


def measure() -> Iterator[Figure]:
    """Say the error that 99 of 100 reports stay within, and what it took."""
    for case, is_bursty in CASES.items():
        seen = [
            each for seed in range(BINS) for each in one_bin(seed, is_bursty=is_bursty)
        ]
        yield from figures(case, seen)


def figures(case: str, seen: list[Seen]) -> Iterator[Figure]:
    """Judge the reports of all bins of a case."""
    line = partial(Figure, bench="firmware", case=case)
    reports = [each for each in seen if each.is_reported]
    errors = sorted(each.error_pct for each in reports)
    medians = sorted(each.median_error_pct for each in reports)
    yield line(
        figure="fill_error_p99_pct",
        value=percentile(errors, 0.99),
        unit="% of depth",
        reference="median of nine pings",
        reference_value=percentile(medians, 0.99),
        goal=GOAL_PCT,
        digits=2,
    )
    yield line(
        figure="reports_within_2_pct",
        value=100 * within(errors),
        unit="%",
        reference="median of nine pings",
        reference_value=100 * within(medians),
        digits=2,
    )
    emptied = [each.error_pct for each in seen if each.is_emptied]
    yield line(figure="emptied_seen_at_once", value=100 * within(emptied), unit="%")
    yield line(figure="pings", value=fmean(each.pings for each in seen), unit="a wake")


def one_bin(seed: int, *, is_bursty: bool) -> Iterator[Seen]:
    """Let one bin live, as `wake.run` does."""
    journal = Journal(1)
    for scene in bin_scenes(seed, wakes=WAKES, is_bursty=is_bursty):
        pings = Pings(scene)
        record = take_record(pings, journal)
        is_due = is_report_due(journal, record, SETTINGS)
        journal.append(record)
        if is_due:
            journal.mark_reported(record)
            journal.failures = 0  # answered
        yield Seen(
            error_pct=percent_off(scene, record.distance_mm),
            median_error_pct=percent_off(scene, pings.median_mm),
            pings=pings.made,
            is_reported=is_due,
            is_emptied=scene.is_emptied,
        )


class Pings:
    """The sensor in a scene; keeps count, and the first nine."""

    def __init__(self, scene: Scene) -> None:
        self._pings_mm = scene.pings()
        self._first_mm = [next(self._pings_mm) for _ in range(PINGS)]
        self.made = 0

    def __call__(self) -> int:
        """Make a ping."""
        self.made += 1
        if self.made <= PINGS:
            return self._first_mm[self.made - 1]
        return next(self._pings_mm)

    @property
    def median_mm(self) -> int:
        """What the first nine say if the middle one is taken."""
        return median_low(self._first_mm)


def take_record(pings: Pings, journal: Journal) -> Record:
    """Measure the distance, and nothing else."""
    said = find_distance(
        pings,
        lambda: True,
        A02YYUW,
        known_mm=journal.reported_mm,
        is_fresh=is_fresh_look(journal.wakes, SETTINGS.report_every),
        is_between=journal.wakes % SETTINGS.report_every != 0,
    )
    return Record(0, said.distance_mm, 0, 0, 0, said.echo_count, said.flags)


def percent_off(scene: Scene, distance_mm: int) -> float:
    """Compare with the truth; no echo is 0 mm, and wrong."""
    return 100 * abs(distance_mm - scene.distance_mm) / scene.depth_mm


def percentile(ordered: list[float], share: float) -> float:
    """Find what a share of the errors stays within."""
    return ordered[min(len(ordered) - 1, int(share * len(ordered)))]


def within(errors: list[float]) -> float:
    """Tell the share of errors within the goal."""
    return sum(each <= GOAL_PCT for each in errors) / len(errors)

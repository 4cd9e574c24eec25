"""What a bin takes of its battery in a day, and how long its wakes are.

It lives whole days: the firmware on MicroPython, mutual TLS with a real broker, gateway
and database behind it, pings of `firmware/sim/scenes.py`. `firmware/sim/meter.py`
charges what it did. The first day, in which it finds its network, is not counted. How
many years that are, `hardware/budget` says: on an ESP32, in a mild climate.
"""

from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import partial
from itertools import islice
from pathlib import Path
from statistics import fmean, median

import psycopg
from host.server import WakeServer, serving_wakes
from host.world import World
from sim.meter import Metered, day, read_wake
from sim.scenes import QUIET_WILD, bin_scenes

from backend.store.founding import set_clock
from benchmarks.faults.installation import Installation, installed
from benchmarks.faults.run import scratch
from benchmarks.firmware.bins import (
    HEAP_KB,
    compile_firmware,
    count_stored,
    introduce,
)
from benchmarks.firmware.secure_broker import SecureBroker
from benchmarks.report import Figure
from hardware.budget import metered
from hardware.budget.lasting import Budget, Choice

BEGINS_AT = datetime(2027, 1, 1, tzinfo=UTC)
DAYS = 3
DAY_S = 86_400
PINGS = 33
SEED = 1
NEVER_MM = 20_000  # no change is reported before its time
MEASURE_GOAL_S, REPORT_GOAL_S = 0.9, 3.0


@dataclass(frozen=True, kw_only=True, slots=True)
class Case:
    """How a bin lives."""

    name: str
    figure: str = "mah_per_day"
    measure_every_s: int = 900
    report_every: int
    wild_share: float = QUIET_WILD
    goal_mah: float | None = None

    @property
    def wakes_a_day(self) -> int:
        """Tell how often it measures."""
        return DAY_S // self.measure_every_s


HOURLY = Case(
    name="hourly reports",
    figure="mah_per_day_hourly",
    report_every=4,
    goal_mah=3.0,
)
CASES = (
    HOURLY,
    Case(
        name="6 reports a day",
        figure="mah_per_day_6",
        report_every=16,
        goal_mah=1.9,
    ),
    Case(
        name="6 reports a day, every second ping wild", report_every=16, wild_share=0.5
    ),
    Case(
        name="6 reports a day, measured each half hour",
        measure_every_s=1800,
        report_every=8,
    ),
    Case(name="each measurement reported", report_every=1),
)


@dataclass(frozen=True, kw_only=True, slots=True)
class Place:
    """Where bins live."""

    folder: Path
    firmware: Path
    installation: Installation
    broker: SecureBroker
    server: WakeServer

    def live(self, case: Case) -> list[Metered]:
        """Live through all days; give the wakes of all but the first."""
        home = self.folder / f"bin-{CASES.index(case)}"
        home.mkdir()
        self.broker.provision(
            home,
            measure_every_s=case.measure_every_s,
            report_every=case.report_every,
            delta_mm=NEVER_MM,
        )
        with psycopg.connect(self.installation.dsn, autocommit=True) as conn:
            introduce(conn, [home.name])
            wakes = list(self._wakes(conn, home, case))
            stored = count_stored(conn, [home.name])[home.name]
        waiting = len(wakes) - stored[1]
        assert 0 <= waiting < case.report_every, f"{waiting} records did not arrive"
        return wakes[case.wakes_a_day :]

    def _wakes(
        self, conn: psycopg.Connection, home: Path, case: Case
    ) -> Iterator[Metered]:
        scenes = bin_scenes(
            SEED,
            wakes=DAYS * case.wakes_a_day,
            wild_share=case.wild_share,
            is_bursty=False,
        )
        for number, scene in enumerate(scenes):
            now = BEGINS_AT + number * timedelta(seconds=case.measure_every_s)
            set_clock(conn, shown_at=now, speed=1)
            pings_mm = tuple(max(0, mm) for mm in islice(scene.pings(), PINGS))
            done = self.server.run_wake(
                home,
                World(
                    now_s=int(now.timestamp()),
                    is_clock_right=True,
                    pings_mm=pings_mm,
                ),
                firmware_dir=self.firmware,
                heap_kb=HEAP_KB,
                is_metered=True,
            )
            assert (done.status, done.console) == (0, ""), done.console
            yield read_wake(home)


@contextmanager
def settled() -> Iterator[Place]:
    """Give a place with everything that bins need, for as long as it is wanted."""
    with scratch() as folder:
        broker = SecureBroker(folder / "broker")
        with installed(folder, broker) as installation, serving_wakes() as server:
            yield Place(
                folder=folder,
                firmware=compile_firmware(folder),
                installation=installation,
                broker=broker,
                server=server,
            )


def measure() -> Iterator[Figure]:
    """Let bins live, and say what that takes."""
    with settled() as place:
        for case in CASES:
            yield from _figures(case, place.live(case))


def mean_day(case: Case, wakes: Sequence[Metered]) -> metered.Day:
    """Sum up what was lived to a mean day, as a budget takes it."""
    phases = (
        metered.Phase(
            name=each.name, duration_s=each.duration_s, charge_mc=each.charge_mc
        )
        for each in day(wakes, days=DAYS - 1).phases
    )
    return metered.Day(name=case.name, phases=tuple(phases))


def _figures(case: Case, wakes: Sequence[Metered]) -> Iterator[Figure]:
    line = partial(Figure, bench="firmware", case=case.name, digits=2)
    lived = mean_day(case, wakes)
    yield line(figure=case.figure, value=lived.mah, unit="mAh/day", goal=case.goal_mah)
    budget = Budget()
    for name, battery in budget.typical.batteries.items():
        answer = budget.answer(lived, Choice(battery=name))
        yield line(
            figure="battery_years",
            value=answer.typical_years,
            unit=f"years on {battery.title}",
        )
    if case is HOURLY:
        yield from _phases(line, lived)
        yield from _lengths(line, wakes)


def _phases(line: "partial[Figure]", lived: metered.Day) -> Iterator[Figure]:
    for phase in sorted(lived.phases, key=lambda each: -each.charge_mc):
        yield line(
            case=f"hourly reports: {phase.name}",
            figure="charge_mc",
            value=phase.charge_mc,
            unit="mC/day",
            digits=0,
        )


def _lengths(line: "partial[Figure]", wakes: Sequence[Metered]) -> Iterator[Figure]:
    """Say how long the chip is awake; twice a day it looks for its network."""
    measuring_s = [each.awake_s for each in wakes if not each.has_reported]
    reporting_s = [each.awake_s for each in wakes if each.has_reported]
    for figure, awake_s, goal_s in (
        ("awake_measure_s", fmean(measuring_s), MEASURE_GOAL_S),
        ("awake_report_s", median(reporting_s), REPORT_GOAL_S),
        ("awake_longest_s", max(reporting_s), None),
    ):
        yield line(figure=figure, value=awake_s, unit="s", goal=goal_s)

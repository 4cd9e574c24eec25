"""Bins that live for days: firmware, broker, gateway and database, all real.

Only time is not: each wake is told when it is, and the database's clock is set to the
same, so that a day takes seconds. Every record that was made must be in the database
once, and none that was not.
"""

import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from pathlib import Path
from typing import Any

import psycopg

from backend.store.founding import set_clock
from benchmarks.faults.installation import Installation, installed
from benchmarks.faults.run import scratch
from benchmarks.firmware.bins import (
    HEAP_KB,
    compile_firmware,
    count_stored,
    introduce,
    provision,
)
from benchmarks.report import Figure

BEGINS_AT = datetime(2026, 1, 1, tzinfo=UTC)
STEP = timedelta(minutes=15)
DAY_STEPS = 96
LAST_STEPS = 2
DEPOT = {"depot": ("020000000001", -60)}
EMPTY_MM, FULL_MM = 1400, 300
WILD_PERMILLE = 100
COUNT_LOST = """
SELECT coalesce(sum(to_seq - from_seq), 0)
FROM reading_gap JOIN device USING (device_id) WHERE device = ANY(%s)"""


@dataclass(frozen=True, kw_only=True, slots=True)
class Lived:
    """Counts of records over all bins; `unwell` are wakes that did not end in sleep."""

    made: int
    missing: int
    doubled: int
    given_up: int
    unwell: int
    said: str


@dataclass(kw_only=True, slots=True)
class _Bin:
    """A device's folder, how full it is, and what it has made."""

    folder: Path
    chance: random.Random
    distance_mm: int = EMPTY_MM
    made: int = 0
    outage: range = range(0)

    def goes_on(self, step: int) -> dict[str, Any]:
        """Fill it a little more, or empty it; say what a wake meets."""
        self.distance_mm -= self.chance.choice((0, 0, 3, 8))
        if self.distance_mm < FULL_MM:
            self.distance_mm = EMPTY_MM
        return {
            "distance_mm": self.distance_mm,
            "noise_permille": WILD_PERMILLE,
            "temperature_dc": 50 + self.chance.randrange(40),
            "networks": {} if step in self.outage else DEPOT,
            "seed": self.chance.randrange(2**31),
        }


def measure() -> Iterator[Figure]:
    """Let one bin live a year with a long outage, and fifty a week with a short one."""
    for bins, days, outage_days in ((1, 365, 14), (50, 7, 2)):
        with scratch() as folder, installed(folder) as installation:
            lived = live(
                folder / "bins",
                installation,
                bins=bins,
                days=days,
                outage_days=outage_days,
            )
        yield from _figures(f"{bins} bins, {days} days", lived, days)


def _figures(case: str, lived: Lived, days: int) -> Iterator[Figure]:
    # What a long outage thins is told: then nobody misses it unawares.
    missing = lived.missing - lived.given_up
    for figure, value, goal in (
        ("days_simulated", days, None),
        ("records_made", lived.made, None),
        ("fleet_records_missing", missing, 0),
        ("records_doubled", lived.doubled, 0),
        ("records_thinned", lived.given_up, None),
        ("wakes_without_sleep", lived.unwell, 0),
    ):
        yield Figure(
            bench="firmware",
            case=case,
            figure=figure,
            value=value,
            unit="",
            goal=goal,
            digits=0,
        )


def live(
    folder: Path, installation: Installation, *, bins: int, days: int, outage_days: int
) -> Lived:
    """Wake every bin each quarter of an hour; all of them lose Wi-Fi once.

    Parameters
    ----------
    outage_days
        For how long, at the middle of the run, later for some than for others.
    """
    steps = days * DAY_STEPS
    outage_steps = outage_days * DAY_STEPS
    first = (steps - outage_steps) // 2
    every = [
        _Bin(
            folder=folder / f"bin-{number}",
            chance=random.Random(number),
            outage=range(first + number, first + number + outage_steps),
        )
        for number in range(bins)
    ]
    for each in every:
        each.folder.mkdir(parents=True)
        provision(each.folder, installation.broker.address, report_every=4)
    with psycopg.connect(installation.dsn, autocommit=True) as conn:
        introduce(conn, [each.folder.name for each in every])
        unwell = [said for said in _wake_all(conn, folder, every, steps) if said]
        return _judge(conn, every, unwell)


def _wake_all(
    conn: psycopg.Connection, folder: Path, bins: list[_Bin], steps: int
) -> Iterator[str]:
    """Wake each bin at each step; give what was said by those that did not sleep."""
    compiled = compile_firmware(folder)
    from host.server import serving_wakes
    from host.world import World

    with serving_wakes() as server:
        for step in range(steps + LAST_STEPS):
            now = BEGINS_AT + step * STEP
            set_clock(conn, shown_at=now, speed=1)
            for each in bins:
                met = each.goes_on(step)
                if step >= steps:  # so that it brings what it still has
                    met["tilt_deg"] = 45 * (step - steps)
                done = server.run_wake(
                    each.folder,
                    World(now_s=int(now.timestamp()), **met),
                    firmware_dir=compiled,
                    heap_kb=HEAP_KB,
                )
                each.made += 1
                if done.status or done.sleep_ms is None:
                    yield done.console or f"status {done.status}"


def _judge(conn: psycopg.Connection, bins: list[_Bin], unwell: list[str]) -> Lived:
    names = [each.folder.name for each in bins]
    stored = count_stored(conn, names).values()
    made = sum(each.made for each in bins)
    ((given_up,),) = conn.execute(COUNT_LOST, (names,)).fetchall()
    return Lived(
        made=made,
        missing=made - sum(records for _, records in stored),
        doubled=sum(rows - records for rows, records in stored),
        given_up=int(given_up),
        unwell=len(unwell),
        said="".join(unwell[:1]),
    )

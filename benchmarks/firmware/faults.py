"""One bin for each named fault: two wakes with it between healthy ones."""

import time
from collections.abc import Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor
from contextlib import contextmanager
from dataclasses import dataclass
from pathlib import Path
from typing import Any

import psycopg

from backend.demo.firmware_bins import load_firmware_host
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

AT_ONCE = 8  # nearly all of the time is spent waiting for who does not answer
WAKES, FAULTY = 5, (1, 2)
APART_S = 15
REPORTING = {"measure_every_s": APART_S, "report_every": 1}


@dataclass(frozen=True, kw_only=True, slots=True)
class Suffered:
    """What a bin made of it: records of all its wakes, and after how many it slept."""

    fault: str
    made: int
    slept: int
    lost: int
    doubled: int

    @property
    def has_recovered(self) -> bool:
        """Tell whether everything arrived, once, and no wake went on for ever."""
        return self.slept == self.made and not self.lost and not self.doubled


def measure() -> Iterator[Figure]:
    """Let bins meet all of them, before a gateway and a database of their own."""
    faults = name_faults()
    with scratch() as folder, installed(folder) as installation:
        suffered = suffer(folder / "bins", installation, faults)
    for figure, value, goal in (
        ("faults_recovered", sum(each.has_recovered for each in suffered), 25),
        ("records_lost", sum(each.lost for each in suffered), 0),
        ("records_doubled", sum(each.doubled for each in suffered), 0),
    ):
        yield Figure(
            bench="firmware",
            case=f"{len(faults)} named faults",
            figure=figure,
            value=value,
            unit="",
            goal=goal,
            is_floor=figure == "faults_recovered",
            digits=0,
        )


def name_faults() -> list[str]:
    """List all that is known to go wrong."""
    load_firmware_host()
    from sim.faults import BINS, WAYS

    return [*WAYS, *BINS]


def suffer(
    folder: Path, installation: Installation, faults: Sequence[str]
) -> list[Suffered]:
    """Let a bin meet each fault, several at once, and count what came of it."""
    compiled = compile_firmware(folder)
    names = [f"fault-{number}" for number in range(len(faults))]
    with psycopg.connect(installation.dsn) as conn:
        introduce(conn, names)
    homes = [folder / each for each in names]
    with ThreadPoolExecutor(AT_ONCE) as pool:
        tasks = [
            pool.submit(_meet, home, compiled, installation, fault)
            for home, fault in zip(homes, faults, strict=True)
        ]
        slept = [each.result() for each in tasks]
    with psycopg.connect(installation.dsn) as conn:
        counted = count_stored(conn, names).values()
    return [
        Suffered(
            fault=fault, made=WAKES, slept=count, lost=WAKES - once, doubled=all_ - once
        )
        for fault, count, (all_, once) in zip(faults, slept, counted, strict=True)
    ]


def _meet(home: Path, compiled: Path, installation: Installation, fault: str) -> int:
    """Wake a bin five times; count how often it went to sleep."""
    from host.server import serving_wakes
    from host.world import World

    now_s = int(time.time())
    home.mkdir()
    slept = 0
    with serving_wakes() as server:
        for number in range(WAKES):
            met: dict[str, Any] = {"distance_mm": 1200 - 200 * number}
            with _with_fault(
                home, installation, fault if number in FAULTY else None, met
            ):
                done = server.run_wake(
                    home,
                    World(now_s=now_s + APART_S * number, **met),
                    firmware_dir=compiled,
                    heap_kb=HEAP_KB,
                )
            slept += done.status == 0 and done.sleep_ms is not None
    return slept


@contextmanager
def _with_fault(
    home: Path, installation: Installation, fault: str | None, met: dict[str, Any]
) -> Iterator[None]:
    """Point the bin at its broker, or at a way there on which things go wrong."""
    from sim.faults import BINS, WAYS
    from sim.proxy import faulty_way

    address = installation.broker.address
    if fault in WAYS:
        with faulty_way(address.host, address.port, WAYS[fault]) as port:
            provision(home, address, port=port, **REPORTING)
            yield
        return
    provision(home, address, **REPORTING)
    if fault is not None:
        prepare, otherwise = BINS[fault]
        prepare(home)
        met |= otherwise
    yield

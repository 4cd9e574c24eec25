"""How many bytes a record is, and a regular report by mutual TLS, both ways."""

import time
from collections.abc import Iterator
from functools import partial
from pathlib import Path

import psycopg
from binnode.memory.journal import Journal
from binnode.payload import Record
from host.server import WakeServer, serving_wakes
from host.world import World
from sim.counting import Traffic, counting_way

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

RECORD_GOAL, REPORT_GOAL = 14, 2400
RECORDS = 4
# The first report begins everything; the third is like all after it.
WAKES = 1 + 2 * RECORDS
APART_S = 900


def measure() -> Iterator[Figure]:
    """Let a bin report for two hours, and count the last of it."""
    yield Figure(
        bench="firmware",
        case="on the wire",
        figure="record_bytes",
        value=count_record_bytes(),
        unit="B",
        goal=RECORD_GOAL,
        digits=0,
    )
    with scratch() as folder:
        broker = SecureBroker(folder / "broker")
        with installed(folder, broker) as installation, serving_wakes() as server:
            traffic = report(folder, installation, broker, server)
    line = partial(
        Figure,
        bench="firmware",
        case=f"mutual TLS, {RECORDS} records",
        unit="B",
        digits=0,
    )
    yield line(figure="report_up_bytes", value=traffic.up_bytes)
    yield line(figure="report_down_bytes", value=traffic.down_bytes)
    yield line(
        figure="report_bytes",
        value=traffic.up_bytes + traffic.down_bytes,
        goal=REPORT_GOAL,
    )


def count_record_bytes() -> int:
    """Tell by how much a message is longer with one record more."""
    journal = Journal(1)
    lengths = []
    for number in range(2):
        journal.append(Record(APART_S * number, 1000, 3700, 150, 0, 9, 0))
        message, _ = journal.next_message(40, sent_s=APART_S * number)
        lengths.append(len(message))
    return lengths[1] - lengths[0]


def report(
    folder: Path, installation: Installation, broker: SecureBroker, server: WakeServer
) -> Traffic:
    """Wake a bin until its third report; give the traffic of that wake."""
    home = folder / "bin-1"
    home.mkdir()
    firmware = compile_firmware(folder)
    now_s = int(time.time())
    with psycopg.connect(installation.dsn, autocommit=True) as conn:
        introduce(conn, [home.name])
        for number in range(WAKES):
            with counting_way(broker.address.host, broker.secure_port) as traffic:
                broker.provision(home, port=traffic.port, report_every=RECORDS)
                done = server.run_wake(
                    home,
                    World(now_s=now_s + APART_S * number, is_clock_right=True),
                    firmware_dir=firmware,
                    heap_kb=HEAP_KB,
                )
            assert (done.status, done.console) == (0, ""), done.console
        assert count_stored(conn, [home.name])[home.name][1] == WAKES
    return traffic

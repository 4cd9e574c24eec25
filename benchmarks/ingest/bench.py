"""`scripts/bench ingest`: nothing lost, nothing doubled, at what share of the speed.

Every figure stands beside its reference of the same run, the median of `--rounds`
rounds that alternate: the machine's own speed changes while it is measured.
"""

import argparse
import time
from collections.abc import Sequence
from pathlib import Path
from statistics import median

import psycopg

from benchmarks.ingest.at_rest import measure_bytes
from benchmarks.ingest.database import durable_database, empty, level_of
from benchmarks.ingest.latency import measure_waits, slowest_s
from benchmarks.ingest.mosquitto import Address, broker
from benchmarks.ingest.reads import measure_year_ms
from benchmarks.ingest.receiving import measure_raw, measure_receiver
from benchmarks.ingest.store_path import measure_store
from benchmarks.ingest.storm import raise_storm
from benchmarks.ingest.traffic import READINGS, add_fleet
from benchmarks.ingest.whole_path import gateway, measure_path
from benchmarks.report import Figure

BENCH = "ingest"
DEVICES = 1000
WRITERS = 2
PLAIN_PATH, HYPERTABLE_PATH = 0.80, 0.75
STORE, MQTT = 0.90, 0.90
ACK_MS, YEAR_MS, BYTES = 100.0, 5.0, 8.0
LATENCY_S = 10
RAW = "COPY of the same rows, same key, one connection"
PARTS = ("store", "path", "mqtt", "ack", "reads", "rest", "storm")


def main() -> None:
    """Measure what was asked for, everything unless told."""
    options = _read_options()
    with durable_database(options.dsn) as dsn:
        case = level_of(dsn)
        if "store" in options.parts:
            _bench_store(case, dsn, options)
        if options.parts & {"path", "mqtt", "ack", "storm"}:
            with broker(options.broker) as address:
                _bench_with_broker(case, dsn, address, options)
        if "reads" in options.parts:
            _bench_reads(case, dsn)
    if "rest" in options.parts:
        _bench_rest(options)


def _bench_with_broker(
    case: str,
    dsn: str,
    address: Address,
    options: argparse.Namespace,
) -> None:
    if options.parts & {"path", "ack"}:
        path_per_s = _bench_path(case, dsn, address, options)
        if "ack" in options.parts:
            _bench_ack(case, dsn, address, path_per_s / READINGS / 2)
    if "mqtt" in options.parts:
        _bench_mqtt(address, options)
    if "storm" in options.parts:
        _bench_storm(case, dsn, address, options.devices)


def _read_options() -> argparse.Namespace:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--dsn", help="a server to make a scratch database on")
    parser.add_argument("--broker", help="mqtt://host:port; default: mosquitto")
    parser.add_argument("--messages", type=int, default=12_000)
    parser.add_argument("--rounds", type=int, default=5)
    parser.add_argument("--devices", type=int, default=130_000, help="of the storm")
    parser.add_argument("--data", type=Path, help="folder with Frankfurt's readings")
    parser.add_argument("--only", choices=PARTS, action="append")
    options = parser.parse_args()
    options.parts = set(options.only or PARTS)
    return options


def _bench_store(case: str, dsn: str, options: argparse.Namespace) -> None:
    rounds = [
        (
            measure_store(dsn, options.messages, WRITERS),
            measure_store(dsn, options.messages, 1),
        )
        for _ in range(options.rounds)
    ]
    raw_per_s = median([alone[1] for _, alone in rounds])
    ratios = [ours / raw_one for (ours, _), (_, raw_one) in rounds]
    _ratio(case, "store_ratio", ratios, RAW, STORE)
    for figure, pairs in (
        ("store_ratio_one_connection", [alone for _, alone in rounds]),
        ("store_ratio_both_on_two", [both for both, _ in rounds]),
    ):
        ratios = [ours / raw for ours, raw in pairs]
        _ratio(case, figure, ratios, "COPY by as many connections", None)
    _figure(case, "copy_readings_per_s", raw_per_s, "1/s", digits=0)


def _bench_path(
    case: str,
    dsn: str,
    address: Address,
    options: argparse.Namespace,
) -> float:
    speeds: list[float] = []
    ratios: list[float] = []
    for _ in range(options.rounds):
        speed = measure_path(dsn, address, devices=DEVICES, messages=options.messages)
        _, raw = measure_store(dsn, options.messages, 1)
        speeds.append(speed)
        ratios.append(speed / raw)
    goal = PLAIN_PATH if case.startswith("plain") else HYPERTABLE_PATH
    _ratio(case, "path_ratio", ratios, RAW, goal)
    _figure(case, "path_readings_per_s", median(speeds), "1/s", digits=0)
    return median(speeds)


def _bench_mqtt(address: Address, options: argparse.Namespace) -> None:
    names = [f"bench-{number}" for number in range(DEVICES)]
    wanted = {"messages": 3 * options.messages, "end_s": int(time.time())}
    rounds = [
        (
            measure_receiver(address, names, **wanted),
            measure_raw(address, names, **wanted),
        )
        for _ in range(options.rounds)
    ]
    ratios = [ours / raw for ours, raw in rounds]
    _ratio("mqtt", "mqtt_ratio", ratios, "messages/s of a bare socket", MQTT)


def _bench_ack(case: str, dsn: str, address: Address, per_s: float) -> None:
    with psycopg.connect(dsn, autocommit=True) as conn:
        names = [each.name for each in add_fleet(conn, DEVICES)]
    empty(dsn)
    with gateway(dsn, address):
        waits_s = measure_waits(
            address,
            names,
            messages=int(per_s * LATENCY_S),
            per_s=per_s,
            end_s=int(time.time()),
        )
    _figure(case, "ack_p99_ms", 1e3 * slowest_s(waits_s), "ms", goal=ACK_MS, digits=1)
    _figure(case, "ack_median_ms", 1e3 * median(waits_s), "ms", digits=1)


def _bench_storm(case: str, dsn: str, address: Address, devices: int) -> None:
    storm = raise_storm(dsn, address, devices)
    name = f"{case}-{devices}"
    _figure(name, "storm_lost", storm.lost, "readings", goal=0, digits=0)
    _figure(name, "storm_doubled", storm.doubled, "readings", goal=0, digits=0)
    _figure(name, "storm_peak_mb", storm.peak_mb, "MB", digits=0)
    resent_pct = 100 * storm.resent / storm.devices
    _figure(name, "storm_resent_pct", resent_pct, "%", digits=2)
    _figure(name, "storm_s", storm.elapsed_s, "s", digits=0)


def _bench_reads(case: str, dsn: str) -> None:
    _figure(case, "year_hourly_ms", measure_year_ms(dsn), "ms", goal=YEAR_MS, digits=2)


def _bench_rest(options: argparse.Namespace) -> None:
    if options.data is None:
        print("at rest: give --data, the folder with Frankfurt's readings")
        return
    with durable_database(options.dsn) as dsn:
        case = level_of(dsn)
        sizes = measure_bytes(dsn, options.data)
    if "columns" in sizes:
        _figure(case, "bytes_per_reading", sizes["columns"], "B", goal=BYTES, digits=1)
    _figure(case, "bytes_per_reading_rows", sizes["rows"], "B", digits=1)


def _ratio(
    case: str,
    figure: str,
    ratios: Sequence[float],
    reference: str,
    goal: float | None,
) -> None:
    Figure(
        bench=BENCH,
        case=case,
        figure=figure,
        value=median(ratios),
        unit="of the reference",
        reference=reference,
        reference_value=1.0,
        goal=goal,
        is_floor=True,
    ).print()


def _figure(
    case: str,
    figure: str,
    value: float,
    unit: str,
    *,
    goal: float | None = None,
    digits: int,
) -> None:
    Figure(
        bench=BENCH,
        case=case,
        figure=figure,
        value=value,
        unit=unit,
        goal=goal,
        digits=digits,
    ).print()

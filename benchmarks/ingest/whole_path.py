"""Publishers, a broker, `python -m gateway`, the database: readings a second."""

import os
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path
from tempfile import TemporaryDirectory

import psycopg

from benchmarks.ingest.database import empty
from benchmarks.ingest.mosquitto import Address
from benchmarks.ingest.publishers import publishing
from benchmarks.ingest.traffic import READINGS, add_fleet

ROOT = Path(__file__).parents[2]
PATIENCE_S = 120
COUNT = """
SELECT count(*), count(DISTINCT (device_id, epoch, seq)) FROM reading"""
PROGRESS = "SELECT coalesce(sum(next_seq), 0) FROM device_journal"


@contextmanager
def gateway(dsn: str, address: Address) -> Iterator[subprocess.Popen[bytes]]:
    """Run the product's gateway, subscribed."""
    with TemporaryDirectory() as folder:
        log_path = Path(folder) / "gateway.log"
        with log_path.open("wb") as log:
            child = subprocess.Popen(
                [sys.executable, "-m", "gateway"],
                env=os.environ
                | {
                    "PYTHONPATH": str(ROOT),
                    "ULLAGE_DATABASE": dsn,
                    "ULLAGE_MQTT_HOST": address.host,
                    "ULLAGE_MQTT_PORT": str(address.port),
                },
                stderr=log,
            )
        try:
            give_up_s = time.monotonic() + PATIENCE_S
            while b"subscribed" not in log_path.read_bytes():
                if child.poll() is not None or time.monotonic() > give_up_s:
                    raise RuntimeError(log_path.read_text()[-2000:])
                time.sleep(0.02)
            yield child
        finally:
            child.terminate()
            child.wait(30)


def measure_path(dsn: str, address: Address, *, devices: int, messages: int) -> float:
    """Return readings a second from the first publish to the last commit.

    Raises
    ------
    RuntimeError
        If a reading is missing or there twice: then no speed counts.
    """
    with psycopg.connect(dsn, autocommit=True) as conn:
        names = [each.name for each in add_fleet(conn, devices)]
        end_s = int(time.time())
    empty(dsn)
    wanted = messages * READINGS
    with (
        gateway(dsn, address),
        publishing(address, names, messages=messages, end_s=end_s) as ready,
        psycopg.connect(dsn, autocommit=True) as conn,
    ):
        ready.wait()
        begin_s = time.perf_counter()
        while _one(conn, PROGRESS) < wanted:
            if time.perf_counter() - begin_s > PATIENCE_S:
                raise RuntimeError(f"{_one(conn, PROGRESS)} of {wanted} readings came")
            time.sleep(0.03)
        elapsed_s = time.perf_counter() - begin_s
        counts = conn.execute(COUNT).fetchone()
    if counts != (wanted, wanted):
        raise RuntimeError(f"{counts} readings are stored of {wanted}")
    return wanted / elapsed_s


def _one(conn: psycopg.Connection, query: str) -> int:
    row = conn.execute(query).fetchone()
    return int(row[0]) if row else 0

"""What pages ask of the database: all bins now, and one bin's year."""

import asyncio
import json
import threading
import time
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from datetime import UTC, datetime, timedelta
from statistics import median

import psycopg
from psycopg_pool import ConnectionPool

from backend.store.hours import load_hours
from backend.web.board import Board
from backend.web.events import EventHub

ROUNDS = 25
BINS = 10_000
SENSORS = 300
REPORTING, BETWEEN_S = 10, 0.5  # of 10,000 hourly devices, 3 report in a second
SOME_DEVICES = "SELECT device_id FROM device ORDER BY device_id LIMIT %s"
REPORT = """
UPDATE device_journal SET measured_at = clock_now(), distance_mm = distance_mm - 1
WHERE device_id = ANY (%s)"""
YEAR = timedelta(days=365)
END_AT = datetime(2026, 1, 1, tzinfo=UTC)
MAKE_SLOT = """
WITH organisation AS (
    INSERT INTO organisation (name, time_zone) VALUES ('Bench', 'UTC')
    RETURNING organisation_id),
site AS (
    INSERT INTO site (organisation_id, name, lat_deg, lon_deg)
    SELECT organisation_id, 'Bench', 60, 25 FROM organisation RETURNING site_id),
slot AS (
    INSERT INTO slot (site_id, code, stream) SELECT site_id, 'B', 'glass' FROM site
    RETURNING slot_id),
calibration AS (
    INSERT INTO calibration (slot_id, valid_from, empty_mm, full_mm)
    SELECT slot_id, '2020-01-01', 1800, 100 FROM slot)
INSERT INTO device_slot (device_id, slot_id, from_at)
SELECT (SELECT device_id FROM device ORDER BY device_id LIMIT 1), slot_id, '2020-01-01'
FROM slot RETURNING slot_id"""
MAKE_CITY = (
    "TRUNCATE device, organisation CASCADE",
    "INSERT INTO organisation (name, time_zone) VALUES ('Bench', 'UTC')",
    """INSERT INTO site (organisation_id, name, lat_deg, lon_deg)
    SELECT organisation_id, 'site ' || n, 60 + n * 1e-5, 25
    FROM organisation, generate_series(1, %(bins)s) AS n""",
    """INSERT INTO slot (site_id, code, stream)
    SELECT site_id, 'B' || site_id, 'glass' FROM site""",
    """INSERT INTO container (slot_id, volume_l, from_at)
    SELECT slot_id, 1100, '2020-01-01' FROM slot""",
    """INSERT INTO calibration (slot_id, valid_from, empty_mm, full_mm)
    SELECT slot_id, '2020-01-01', 1800, 100 FROM slot""",
    """INSERT INTO device (device, kind)
    SELECT 'latest-' || n, 'bench' FROM generate_series(1, %(bins)s) AS n""",
    """INSERT INTO device_slot (device_id, slot_id, from_at)
    SELECT device_id, slot_id, '2020-01-01'
    FROM (SELECT device_id, row_number() OVER () AS n FROM device) AS numbered
    JOIN (SELECT slot_id, row_number() OVER () AS n FROM slot) AS place USING (n)""",
    """INSERT INTO device_journal (device_id, epoch, next_seq, heard_at, measured_at,
        received_at, distance_mm, battery_mv, temperature_dc, tilt_deg, flags)
    SELECT device_id, 1, 5, clock_now(), clock_now(), clock_now(), 700, 3600, 45, 2, 0
    FROM device""",
)
ADD_DEVICES = """
INSERT INTO device (device, kind)
SELECT 'year-' || n, 'bench' FROM generate_series(1, %s) AS n"""
# The summaries of a fleet, written hour by hour as they come: a bin's are far apart.
ADD_HOURS = """
INSERT INTO reading_hour (device_id, hour_at, reading_count, echo_count, distance_mm,
    nearest_mm, farthest_mm, last_mm, battery_mv, temperature_dc, flags)
SELECT device_id, hour_at, 4, 4, 200 + random() * 1500, 180, 1800, 600, 3600, 45, 0
FROM generate_series(%s::timestamptz, %s, interval '1 hour') AS hour_at, device
WHERE device LIKE 'year-%%'"""


def measure_latest_ms(dsn: str) -> float:
    """Return how long all bins with their fill now take, as JSON, ms.

    As the application answers a page: each time after some devices have reported.
    """
    with psycopg.connect(dsn, autocommit=True) as conn:
        for statement in MAKE_CITY:
            conn.execute(statement, {"bins": BINS})
        conn.execute("VACUUM ANALYZE")
        with psycopg.connect(dsn) as asked, heard_board(dsn) as board:
            board.read(asked)
            latest_ms = _time_ms(lambda: board.read(asked), between=_report(conn))
        conn.execute("TRUNCATE device, organisation CASCADE")
    return latest_ms


@contextmanager
def heard_board(dsn: str) -> Iterator[Board]:
    """Run what keeps the application's bins ready, with one page open."""
    with ConnectionPool(dsn, min_size=1, max_size=2, open=True) as pool:
        hub, stop = EventHub(dsn, pool), threading.Event()
        thread = threading.Thread(target=lambda: asyncio.run(_listen(hub, stop)))
        thread.start()
        while not hub.board.is_listening:
            time.sleep(0.01)
        try:
            yield hub.board
        finally:
            stop.set()
            thread.join()


async def _listen(hub: EventHub, stop: threading.Event) -> None:
    async def look() -> None:
        async for _ in hub.subscribe():
            pass

    tasks = [asyncio.create_task(each) for each in (hub.run(), look())]
    await asyncio.to_thread(stop.wait)
    for each in tasks:
        each.cancel()
    await asyncio.gather(*tasks, return_exceptions=True)


def _report(conn: psycopg.Connection) -> Callable[[], None]:
    """Let some devices report, as a gateway tells it."""
    devices = [row[0] for row in conn.execute(SOME_DEVICES, (REPORTING,))]
    news = json.dumps({"kind": "readings", "devices": devices})

    def report() -> None:
        conn.execute(REPORT, (devices,))
        conn.execute("SELECT pg_notify('ullage', %s)", (news,))
        time.sleep(BETWEEN_S)

    return report


def measure_year_ms(dsn: str) -> float:
    """Return how long one bin's year by the hour takes, as JSON, ms."""
    with psycopg.connect(dsn, autocommit=True) as conn:
        conn.execute("TRUNCATE device, organisation CASCADE")
        conn.execute(ADD_DEVICES, (SENSORS,))
        last_at = END_AT - timedelta(hours=1)
        conn.execute(ADD_HOURS, (END_AT - YEAR, last_at))
        conn.execute("VACUUM ANALYZE reading_hour")
        ((slot_id,),) = conn.execute(MAKE_SLOT).fetchall()
        return _time_ms(
            lambda: load_hours(conn, slot_id, from_at=END_AT - YEAR, to_at=END_AT)
        )


def _time_ms(
    read: Callable[[], object], between: Callable[[], None] = lambda: None
) -> float:
    times_s = []
    for _ in range(ROUNDS):
        between()
        begin_s = time.perf_counter()
        read()
        times_s.append(time.perf_counter() - begin_s)
    return 1e3 * median(times_s)

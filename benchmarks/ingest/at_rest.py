"""What a reading takes on disk: real signals, stored as the gateway stores them."""

import csv
import gzip
import random
from collections import defaultdict
from collections.abc import Iterator
from pathlib import Path

import psycopg

from backend.store.columnstore import enable_columnstore
from backend.store.migrate import detect_level
from benchmarks.ingest.traffic import EPOCH, topic_of
from gateway.storing.store import Arrival, Memory, store_batch
from gateway.wire.binary import HEADER, RECORD

FILE = "frankfurt_glass_readings.csv.gz"
NO_ECHO_CM = 254
ECHOES = 15  # the files do not say
# A fleet: pages that are not full would else be most of what so few sensors take.
COPIES = 10
REPORT = 6  # readings a message, as a bin that saves its battery sends them
BATCH = 400
SEED = 3
ADD_DEVICE = "INSERT INTO device (device, kind) VALUES (%s, 'bench')"
READ_CLOCK = "SELECT extract(epoch FROM clock_now())::float"
COMPRESS = "SELECT compress_chunk(chunk) FROM show_chunks('reading') AS chunk"
COUNT = "SELECT count(*) FROM reading"
SIZE_PLAIN = """
SELECT sum(pg_total_relation_size(inhrelid)) FROM pg_inherits
WHERE inhparent = 'reading'::regclass"""
SIZE_HYPERTABLE = "SELECT hypertable_size('reading')"


def measure_bytes(dsn: str, folder: Path) -> dict[str, float]:
    """Store a year of sensors; return bytes a reading, as rows and by column.

    Raises
    ------
    FileNotFoundError
        If the folder has no readings.
    """
    sensors = _read(folder / FILE)
    with psycopg.connect(dsn, autocommit=True) as conn:
        for name in sensors:
            conn.execute(ADD_DEVICE, (name,))
        _store(conn, sensors)
        level = detect_level(conn)
        figures = {"rows": _per_reading(conn, level)}
        if level == "timescale":
            enable_columnstore(conn)
            conn.execute(COMPRESS)
            figures["columns"] = _per_reading(conn, level)
    return figures


def _read(path: Path) -> dict[str, list[bytes]]:
    sensors: dict[str, dict[int, bytes]] = defaultdict(dict)
    with gzip.open(path, "rt") as lines:
        for row in csv.DictReader(lines):
            distance_cm = int(row["distance_cm"])
            is_silent = distance_cm == NO_ECHO_CM
            at_s = int(row["unix_s"])
            sensors[f"ffm-{row['sensor'].lower()}"][at_s] = RECORD.pack(
                at_s,
                0 if is_silent else distance_cm * 10,
                int(row["battery_mv"]),
                int(row["temp_c"]) * 10,
                min(180, abs(int(row["tilt_deg"]))),
                0 if is_silent else ECHOES,
                2 if is_silent else 0,
            )
    return {
        f"{name}-{copy}": [records[at] for at in sorted(records)]
        for name, records in sorted(sensors.items())
        for copy in range(COPIES)
    }


def _messages(sensors: dict[str, list[bytes]]) -> Iterator[tuple[int, str, bytes]]:
    """Yield when it was received, the topic, the payload; in order of receipt."""
    chance = random.Random(SEED)
    said = []
    for name, records in sensors.items():
        for first in range(0, len(records), REPORT):
            part = records[first : first + REPORT]
            sent_s = RECORD.unpack(part[-1])[0] + chance.randrange(2, 12)
            header = HEADER.pack(1, 0, EPOCH, first, sent_s)
            said.append((sent_s, topic_of(name), header + b"".join(part)))
    yield from sorted(said)


def _store(conn: psycopg.Connection, sensors: dict[str, list[bytes]]) -> None:
    ((now_s,),) = conn.execute(READ_CLOCK).fetchall()
    memory = Memory()
    batch: list[Arrival] = []
    for received_s, topic, payload in _messages(sensors):
        batch.append(Arrival(topic, payload, now_s - received_s))
        if len(batch) == BATCH:
            store_batch(conn, batch, memory)
            batch = []
    store_batch(conn, batch, memory)


def _per_reading(conn: psycopg.Connection, level: str) -> float:
    size = SIZE_PLAIN if level == "plain" else SIZE_HYPERTABLE
    ((stored,),) = conn.execute(size).fetchall()
    ((count,),) = conn.execute(COUNT).fetchall()
    return float(stored) / int(count)

"""Weeks of readings, made while several gateways write."""

import threading
from concurrent.futures import ThreadPoolExecutor
from datetime import UTC, datetime

import psycopg

from backend.store.migrate import detect_level
from gateway.storing.store import Arrival, Memory, store_batch
from tests.services.devices import add_device
from tests.services.wire import NOON, NOON_S, message, record, topic

WEEK_S = 7 * 86_400


def a_message_over_weeks(first_seq: int, weeks: int) -> bytes:
    records = (record(measured_s=NOON_S - week * WEEK_S) for week in range(weeks))
    return message(*records, first_seq=first_seq)


def test_gateways_that_need_the_same_new_weeks_wait_for_each_other(
    database, connection
):
    names = [add_device(connection)[0] for _ in range(4)]
    start = threading.Barrier(len(names))

    def store(name: str) -> int:
        arrival = Arrival(topic=topic(name), payload=a_message_over_weeks(0, 30))
        with psycopg.connect(database, autocommit=True) as conn:
            start.wait(20)
            return store_batch(conn, [arrival], Memory()).rows

    with ThreadPoolExecutor(len(names)) as pool:
        assert list(pool.map(store, names)) == [30] * len(names)

    assert connection.execute("SELECT count(*) FROM reading").fetchone() == (120,)


def test_a_week_that_others_filled_without_a_partition_takes_more(connection):
    name, device_id = add_device(connection)
    connection.execute(
        "INSERT INTO reading (device_id, measured_at, epoch, seq, received_at)"
        " VALUES (%s, %s, 1, 0, %s)",
        (device_id, NOON, NOON),
    )

    stored = store_batch(
        connection,
        [Arrival(topic=topic(name), payload=a_message_over_weeks(0, 1))],
        Memory(),
    )

    assert stored.rows == 1
    assert connection.execute("SELECT count(*) FROM reading").fetchone() == (2,)


def test_a_reading_lies_in_the_partition_of_its_week(connection):
    if detect_level(connection) != "plain":
        return  # it has chunks of its own
    name, _ = add_device(connection)
    at = datetime(2026, 1, 1, tzinfo=UTC)  # a Thursday: ISO week 1 of 2026

    store_batch(
        connection,
        [
            Arrival(
                topic=topic(name),
                payload=message(record(measured_s=int(at.timestamp()))),
            )
        ],
        Memory(),
    )

    partitions = connection.execute("SELECT tableoid::regclass::text FROM reading")
    assert partitions.fetchall() == [("reading_2026w01",)]

"""Hours and days of readings, and what is left when the readings have gone."""

from datetime import datetime, timedelta

import psycopg
import pytest

from backend.store.retention import Retention, keep
from backend.store.summaries import summarise_due
from gateway.storing.store import Arrival, Memory, store_batch
from tests.services.devices import add_device
from tests.services.wire import NOON, message, record, topic

SET_CLOCK = """
INSERT INTO clock (real_origin_at, shown_origin_at, speed)
VALUES (clock_timestamp(), %s, 1e-9)"""
HOURS = """
SELECT hour_at, reading_count, echo_count, distance_mm, nearest_mm, farthest_mm, last_mm
FROM reading_hour ORDER BY hour_at"""
DAYS = "SELECT day_at, reading_count FROM reading_day ORDER BY day_at"
COUNT = "SELECT count(*) FROM reading"
HOUR = timedelta(hours=1)


@pytest.fixture
def bin_1(connection: psycopg.Connection) -> str:
    connection.execute(SET_CLOCK, (NOON,))
    name, _ = add_device(connection)
    return name


def store(
    conn: psycopg.Connection, name: str, first_seq: int, *readings: tuple[datetime, int]
) -> None:
    records = [
        record(measured_s=int(at.timestamp()), distance_mm=distance_mm)
        for at, distance_mm in readings
    ]
    payload = message(*records, first_seq=first_seq)
    store_batch(conn, [Arrival(topic(name), payload)], Memory())


def test_an_hour_says_how_many_how_near_how_far_and_how_at_its_end(connection, bin_1):
    ten = NOON - 2 * HOUR
    readings = [(ten, 900), (ten + HOUR / 4, 0), (ten + HOUR / 2, 800), (NOON, 700)]
    store(connection, bin_1, 0, *readings)

    assert summarise_due(connection, limit=10) == 1

    assert connection.execute(HOURS).fetchall() == [
        (ten, 3, 2, 850, 800, 900, 800),
        (NOON, 1, 1, 700, 700, 700, 700),
    ]
    assert connection.execute(DAYS).fetchall() == [(NOON.replace(hour=0), 4)]


def test_nothing_new_is_nothing_to_do(connection, bin_1):
    store(connection, bin_1, 0, (NOON, 700))
    summarise_due(connection, limit=10)

    assert summarise_due(connection, limit=10) == 0


def test_a_reading_that_comes_late_changes_its_own_hour(connection, bin_1):
    store(connection, bin_1, 0, (NOON, 700))
    summarise_due(connection, limit=10)
    store(connection, bin_1, 1, (NOON - 30 * HOUR, 900))

    summarise_due(connection, limit=10)

    hours = [(at, count) for at, count, *_ in connection.execute(HOURS)]
    assert hours == [(NOON - 30 * HOUR, 1), (NOON, 1)]


def test_what_comes_while_a_device_is_summarised_keeps_it_due(
    connection, database, bin_1
):
    store(connection, bin_1, 0, (NOON, 700))
    connection.execute("UPDATE clock SET speed = 1")
    with psycopg.connect(database) as other, other.transaction():
        # It has seen what is due and counted; it has not said so yet.
        connection.execute("BEGIN")
        due = connection.execute("SELECT max(heard_at) FROM device_journal").fetchone()
        store(other, bin_1, 1, (NOON, 500))
    connection.execute(
        "UPDATE device_journal SET summarise_from_at = NULL WHERE heard_at <= %s", due
    )
    connection.execute("COMMIT")

    assert summarise_due(connection, limit=10) == 1


def test_what_is_past_its_time_goes_when_it_is_summarised_and_not_before(
    connection, bin_1
):
    old = NOON - timedelta(days=120)
    store(connection, bin_1, 0, (old, 900), (NOON, 700))
    retention = Retention(raw_days=90, hourly_days=100, daily_days=0)

    keep(connection, retention)
    assert connection.execute(COUNT).fetchone() == (2,)

    summarise_due(connection, limit=10)
    keep(connection, retention)
    assert connection.execute(COUNT).fetchone() == (1,)
    days = [day_at.date() for day_at, _ in connection.execute(DAYS)]
    assert days == [old.date(), NOON.date()]


def test_a_straggler_does_not_make_less_of_a_day_that_has_gone(connection, bin_1):
    old = NOON - timedelta(days=120)
    store(connection, bin_1, 0, (old, 900), (old + HOUR, 880), (NOON, 700))
    summarise_due(connection, limit=10)
    keep(connection, Retention(raw_days=90, hourly_days=730, daily_days=0))

    store(connection, bin_1, 3, (old + 2 * HOUR, 870))
    summarise_due(connection, limit=10)

    assert connection.execute(DAYS).fetchall()[0] == (old.replace(hour=0), 2)


def test_for_ever_is_for_ever(connection, bin_1):
    store(connection, bin_1, 0, (NOON - timedelta(days=2000), 900), (NOON, 700))
    summarise_due(connection, limit=10)

    keep(connection, Retention(raw_days=0, hourly_days=0, daily_days=0))

    assert connection.execute(COUNT).fetchone() == (2,)


def test_partitions_are_made_ahead(connection, bin_1):
    keep(connection, Retention(raw_days=90, hourly_days=730, daily_days=0))

    store(connection, bin_1, 0, (NOON, 700))
    strays = connection.execute(
        "SELECT count(*) FROM reading WHERE tableoid = to_regclass('reading_default')"
    )
    assert strays.fetchone() == (0,)

"""What the gateway tells those who listen to the database."""

import json
from collections.abc import Iterator

import psycopg
import pytest

from gateway.news import announce
from gateway.storing.store import Arrival, Memory, store_batch
from tests.services.devices import add_device
from tests.services.wire import numbered, topic


@pytest.fixture
def listener(database: str) -> Iterator[psycopg.Connection]:
    with psycopg.connect(database, autocommit=True) as conn:
        conn.execute("LISTEN ullage")
        yield conn


def announce_batch(conn: psycopg.Connection, arrivals: list[Arrival]) -> None:
    stored = store_batch(conn, arrivals, Memory())
    announce(conn, sorted(stored.device_ids))


def notified(listener: psycopg.Connection) -> list[dict[str, object]]:
    return [
        json.loads(each.payload) for each in listener.notifies(timeout=20, stop_after=1)
    ]


def test_news_of_new_readings_names_the_devices(at_noon, bin_1, listener):
    name, device_id = bin_1
    other_name, other_id = add_device(at_noon)
    arrivals = [
        Arrival(topic=topic(each), payload=numbered(0, 2))
        for each in (other_name, name, name)
    ]

    announce_batch(at_noon, arrivals)

    assert notified(listener) == [
        {"kind": "readings", "devices": [device_id, other_id]}
    ]


def test_news_of_a_large_fleet_fits_into_notifications(at_noon, listener):
    at_noon.execute(
        "INSERT INTO device (device, kind)"
        " SELECT 'fleet-' || n, 'test' FROM generate_series(1, 700) AS n"
    )
    arrivals = [
        Arrival(topic=topic(f"fleet-{n}"), payload=numbered(0, 1))
        for n in range(1, 701)
    ]

    announce_batch(at_noon, arrivals)

    news = [
        json.loads(each.payload) for each in listener.notifies(timeout=20, stop_after=2)
    ]
    assert [len(each["devices"]) for each in news] == [500, 200]


def test_nothing_new_is_no_news(at_noon, bin_1, listener):
    name, _ = bin_1
    arrival = Arrival(topic=topic(name), payload=numbered(0, 1))
    announce_batch(at_noon, [arrival])
    assert notified(listener)

    announce_batch(at_noon, [arrival])
    at_noon.execute("SELECT pg_notify('ullage', '{\"kind\": \"end\"}')")

    assert notified(listener) == [{"kind": "end"}]

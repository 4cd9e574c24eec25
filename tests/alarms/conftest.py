"""A small operator whose clock stands still; its database is swept, not made anew."""

from collections.abc import Iterator
from datetime import time

import psycopg
import pytest

from backend.store.founding import found_organisation
from tests.services.alarms import stand_at
from tests.services.city import MORNING, SITES, found_bins

SWEEP = """
TRUNCATE reading, device_journal, gateway_service, sensor_trust, battery_outlook,
         battery_kind, alarm, alarm_rule, alarm_channel, notification, delivery,
         observation, emptying CASCADE"""


@pytest.fixture(scope="module")
def city(module_database: str) -> Iterator[tuple[psycopg.Connection, list[int]]]:
    """A connection, and the slots of three bins whose sensors report every hour."""
    with psycopg.connect(module_database, autocommit=True) as conn:
        found_organisation(
            conn,
            "Test city",
            time_zone="Europe/Helsinki",
            city="helsinki",
            plan_at=time(4, 30),
        )
        yield conn, list(found_bins(conn, SITES, first=1).values())


@pytest.fixture
def connection(city: tuple[psycopg.Connection, list[int]]) -> psycopg.Connection:
    """The connection, with nothing measured and nothing told yet."""
    conn, _ = city
    conn.execute(SWEEP)
    conn.execute(
        "UPDATE device_slot SET to_at = NULL, from_at = %s - interval '30 days'",
        (MORNING,),
    )
    stand_at(conn, MORNING)
    return conn


@pytest.fixture
def bins(
    connection: psycopg.Connection, city: tuple[psycopg.Connection, list[int]]
) -> list[int]:
    """The slots of the bins."""
    return city[1]

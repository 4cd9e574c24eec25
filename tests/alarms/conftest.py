"""A small operator whose clock stands still; its database is swept, not made anew."""

from collections.abc import Iterator
from datetime import time

import psycopg
import pytest

from backend.alarms.channels import open_channel
from backend.alarms.delivering import deliver
from backend.alarms.looking import look_at_slots
from backend.settings import Settings
from backend.store.founding import found_organisation
from backend.store.notifications import NewChannel
from tests.services.alarms import Said, hours, report, stand_at
from tests.services.city import MORNING, SITES, found_bins
from tests.services.inbox import mail_server, webhook_receiver

SWEEP = """
TRUNCATE reading, device_journal, gateway_service, sensor_trust, battery_outlook,
         battery_kind, alarm, alarm_rule, alarm_channel, notification, delivery,
         observation, emptying CASCADE"""
DUE = """
UPDATE notification SET next_try_at = clock_timestamp()
WHERE next_try_at IS NOT NULL"""


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


@pytest.fixture
def inbox():
    """A mail server: the settings to reach it, and the mails it took."""
    with mail_server() as (port, mails):
        settings = Settings(
            database="not asked",
            smtp_host="127.0.0.1",
            smtp_port=port,
            smtp_tls="off",
            smtp_from="ullage@example.org",
            public_url="https://bins.example.org",
        )
        yield settings, mails


@pytest.fixture
def receiver():
    """A server that takes webhooks."""
    with webhook_receiver() as one:
        yield one


def add(connection, medium, address, *, kinds=(), least="minor"):
    new = NewChannel(
        medium=medium, address=address, kinds=list(kinds), least_severity=least
    )
    return open_channel(connection, 1, new)


def burn(connection, slot_id, *, at=MORNING):
    """Let a bin report that it is hot, and look at it."""
    report(connection, slot_id, [Said(at=at - hours(1), temperature_c=70.0)])
    look_at_slots(connection, [slot_id])


def send(connection, settings, *, now=True):
    """Send what waits; unless `now`, only what is due by itself."""
    if now:
        connection.execute(DUE)
    deliver(connection, settings)

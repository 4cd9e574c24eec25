"""A database at noon, and a device in it."""

import psycopg
import pytest

from tests.services.devices import add_device
from tests.services.wire import NOON

# A clock that stands at noon, as nearly as a clock can.
SET_CLOCK = """
INSERT INTO clock (real_origin_at, shown_origin_at, speed)
VALUES (clock_timestamp(), %s, 1e-9)"""


@pytest.fixture
def at_noon(connection: psycopg.Connection) -> psycopg.Connection:
    connection.execute(SET_CLOCK, (NOON,))
    return connection


@pytest.fixture
def bin_1(at_noon: psycopg.Connection) -> tuple[str, int]:
    return add_device(at_noon)

"""A busy day: planned in the morning, driven on time until eight."""

import pytest

from backend.planning.day import plan_next_day
from tests.planning.driving import EIGHT, MONDAY, drive_until, lists


@pytest.fixture
def planned(connection, busy_city, city_settings):
    """Both trucks have a run; the lists as they were in the morning."""
    plan_next_day(connection, city_settings, service_day=MONDAY)
    return lists(connection)


@pytest.fixture
def at_eight(connection, planned):
    """Two hours later; the lists with what was done on time."""
    drive_until(connection, EIGHT)
    return lists(connection)

"""The forecasts learn from the bins' past, and plans are made with it."""

from datetime import date, timedelta

import pytest

from backend.planning.day import plan_next_day
from backend.planning.learning import is_due, learn_demand, load_learned
from backend.store.founding import set_clock
from backend.store.history import load_forecast
from backend.store.overview import load_organisation
from tests.services.city import MORNING

MONDAY = date(2026, 11, 23)
# Seven weeks, an hour apart: from empty to nearly full, faster by day.
RISE = """
INSERT INTO reading (device_id, measured_at, epoch, seq, received_at, distance_mm)
SELECT device_id, at, 1, hour, at,
       1200 - 850 * hour / 1176 - 10 * sin(hour * pi() / 12) - device_id %% 3
FROM device_slot CROSS JOIN generate_series(0, 1176) AS hour
CROSS JOIN LATERAL (SELECT %s - (1176 - hour) * interval '1 hour' AS at) AS moment
WHERE to_at IS NULL"""
JOURNAL = """
INSERT INTO device_journal (device_id, epoch, next_seq, heard_at, measured_at,
                            received_at, distance_mm, flags)
SELECT device_id, 1, 1177, %(at)s, %(at)s, %(at)s, 350, 0
FROM device_slot WHERE to_at IS NULL
ON CONFLICT (device_id, epoch) DO UPDATE
SET measured_at = EXCLUDED.measured_at, distance_mm = EXCLUDED.distance_mm"""


@pytest.fixture
def watched_city(connection, busy_city):
    """Eight bins that were watched for seven weeks."""
    connection.execute("DELETE FROM reading")
    connection.execute("UPDATE device_slot SET from_at = '2026-01-01'")
    connection.execute("UPDATE calibration SET valid_from = '2026-01-01'")
    connection.execute(RISE, (MORNING,))
    connection.execute(JOURNAL, {"at": MORNING})
    return busy_city


def organisation(connection):
    found = load_organisation(connection)
    assert found is not None
    return found


def test_a_day_is_planned_with_what_was_learned(
    connection, watched_city, city_settings
):
    learned = learn_demand(connection, organisation(connection))

    assert learned is not None
    assert learned.slots == len(watched_city)
    assert load_learned(connection, 1) is not None
    assert not is_due(connection, organisation(connection))

    plan_next_day(connection, city_settings, service_day=MONDAY)

    forecasts = [load_forecast(connection, slot) for slot in watched_city.values()]
    assert {each.basis for each in forecasts if each} == {"learned"}


def test_with_too_little_to_learn_from_it_is_tried_again_a_day_later(
    connection, busy_city, city_settings
):
    assert is_due(connection, organisation(connection))
    assert learn_demand(connection, organisation(connection)) is None
    assert not is_due(connection, organisation(connection))

    set_clock(connection, shown_at=MORNING + timedelta(hours=25), speed=1.0)

    assert is_due(connection, organisation(connection))
    plan_next_day(connection, city_settings, service_day=None)
    forecasts = [load_forecast(connection, slot) for slot in busy_city.values()]
    assert "learned" not in {each.basis for each in forecasts if each}


def test_a_model_of_another_version_is_left_aside(connection, busy_city):
    learn_demand(connection, organisation(connection))
    connection.execute(
        "UPDATE learned_forecast SET model = %s, learned_at = tried_at", (b"old",)
    )

    assert load_learned(connection, 1) is None

"""A bin's fill by the hour, for charts of a long time."""

from datetime import timedelta

import pytest

from backend.store.summaries import summarise_due
from tests.services.city import MORNING
from tests.services.readings import report_rise

MARK = "UPDATE device_journal SET summarise_from_at = %s"
NEW_CALIBRATION = """
INSERT INTO calibration (slot_id, valid_from, empty_mm, full_mm)
VALUES (%s, %s, 2200, 200)"""


@pytest.fixture
def slot_id(connection, small_city) -> int:
    slot_id = small_city["T-1"]
    report_rise(
        connection, slot_id, until=MORNING, hours=12, from_fill=0.2, to_fill=0.8
    )
    connection.execute(MARK, (MORNING - timedelta(days=1),))
    summarise_due(connection, limit=10)
    return int(slot_id)


def ask(client, slot_id, **span):
    return client.get(f"/api/v1/bins/{slot_id}/hours", params=span).json()


def test_hours_count_from_the_time_that_was_asked_for(client, slot_id):
    from_at = (MORNING - timedelta(hours=12)).replace(minute=0)

    told = ask(client, slot_id, from_at=from_at.isoformat())

    assert told["from_s"] == from_at.timestamp()
    assert told["hours"] == list(range(13))
    assert told["fill_permille"] == list(range(200, 801, 50))


def test_each_hour_means_what_the_calibration_of_its_time_makes_of_it(
    client, connection, slot_id
):
    before = ask(client, slot_id)["fill_permille"]
    connection.execute(NEW_CALIBRATION, (slot_id, MORNING - timedelta(hours=3)))

    after = ask(client, slot_id)["fill_permille"]

    assert after[:-4] == before[:-4]
    # 1200 - 1000 fill is the distance; seen from 2200 down to 200.
    assert after[-1] == 1000 * (2200 - 400) / 2000


def test_a_time_without_readings_is_an_empty_answer(client, slot_id):
    span = {"from_at": "2020-01-01T00:00:00Z", "to_at": "2020-01-02T00:00:00Z"}

    assert ask(client, slot_id, **span)["hours"] == []


def test_a_bin_that_is_not_there_is_said_in_words(client, slot_id):
    assert client.get("/api/v1/bins/999999/hours").status_code == 404

"""A bin that is weighed, from its masses to what is shown of it."""

import json
from datetime import timedelta

import numpy as np
import pytest

from backend.quality import judge_pending
from backend.store.alarm_facts import load_records
from backend.store.bins import load_bins
from backend.store.history import load_history
from backend.store.hours import load_hours
from backend.store.summaries import summarise_due
from tests.quality.receiving import WAIT, at, weeks
from tests.services.city import MORNING

CALIBRATE = """
UPDATE calibration SET empty_mm = NULL, full_mm = NULL, empty_kg = 40, full_kg = 140
WHERE slot_id = %s"""
BOTH = "UPDATE calibration SET empty_mm = 1200, full_mm = 200 WHERE slot_id = %s"
WRITE = """
INSERT INTO reading (device_id, measured_at, epoch, seq, received_at, distance_mm,
                     mass_hg)
SELECT device_id, %(at)s, 1, %(seq)s, %(at)s, %(distance_mm)s, %(mass_hg)s
FROM device_slot WHERE slot_id = %(slot_id)s"""
LATEST = """
INSERT INTO device_journal (device_id, epoch, next_seq, heard_at, measured_at,
                            received_at, distance_mm, mass_hg, flags, summarise_from_at)
SELECT device_id, 1, 0, %(at)s, %(at)s, %(at)s, %(distance_mm)s, %(mass_hg)s, 0,
       %(first_at)s
FROM device_slot WHERE slot_id = %(slot_id)s"""


@pytest.fixture
def slot_id(connection, small_city) -> int:
    connection.execute(CALIBRATE, (small_city["T-1"],))
    return int(small_city["T-1"])


def receive(conn, slot_id: int, masses_hg, distance_mm: int | None = None) -> None:
    """Store a mass an hour, the last one at MORNING."""
    rows = [
        {
            "slot_id": slot_id,
            "at": at(len(weeks()) - len(masses_hg) + place),
            "seq": place,
            "mass_hg": None if mass_hg is None else int(mass_hg),
            "distance_mm": distance_mm,
        }
        for place, mass_hg in enumerate(masses_hg)
    ]
    conn.cursor().executemany(WRITE, rows)
    conn.execute(LATEST, rows[-1] | {"first_at": rows[0]["at"]})
    conn.execute(WAIT, (rows[0]["at"], slot_id))


def shown(conn, slot_id: int):
    (one,) = load_bins(conn, [slot_id])
    return one


def test_its_fill_is_what_is_in_it_of_what_it_can_take(connection, slot_id):
    receive(connection, slot_id, [650, 900])

    assert shown(connection, slot_id).fill_fraction == pytest.approx(0.5)
    (one,) = load_records(connection, [slot_id], depth=1)[slot_id]
    assert one.fill_fraction == pytest.approx(0.5)


def test_an_emptying_is_seen_by_its_mass_and_the_same_mass_for_days_is_believed(
    connection, slot_id
):
    # 40 kg empty; 100 g an hour until it is emptied; then nobody uses it.
    grown = [450 + 2 * hour for hour in range(288)]
    receive(connection, slot_id, [*grown, *([410] * (len(weeks()) - 288))])

    while judge_pending(connection):
        pass

    one = shown(connection, slot_id)
    assert (one.sensor_trust, one.sensor_reasons) == ("trusted", [])
    assert one.emptied_at is not None
    assert abs(one.emptied_at - at(288)) <= timedelta(hours=1)
    assert one.fill_fraction == pytest.approx(0.01)
    assert connection.execute("SELECT fault FROM reading_fault").fetchall() == []


def test_a_mass_that_is_far_off_for_an_hour_is_not_believed(connection, slot_id):
    masses_hg = np.full(480, 640)
    masses_hg[478:] = 1300  # somebody leans on it
    receive(connection, slot_id, masses_hg)

    while judge_pending(connection):
        pass

    assert shown(connection, slot_id).fill_fraction == pytest.approx(0.24)


def test_its_hours_are_drawn_by_mass(connection, slot_id):
    receive(connection, slot_id, [500, 600, None, 700])
    summarise_due(connection, limit=10)

    told = load_hours(
        connection, slot_id, from_at=at(0), to_at=MORNING + timedelta(hours=1)
    )

    assert json.loads(told)["fill_permille"] == [100, 200, None, 300]


def test_a_bin_that_is_both_weighed_and_ranged_goes_by_its_mass_if_there_is_one(
    connection, slot_id
):
    connection.execute(BOTH, (slot_id,))
    receive(connection, slot_id, [650, None], distance_mm=400)

    history = load_history(
        connection, slot_id, from_at=at(0), to_at=MORNING + timedelta(hours=1)
    )

    assert history is not None
    assert [each.fill_fraction for each in history.readings] == pytest.approx(
        [0.25, 0.8]
    )


def test_a_distance_says_nothing_of_a_bin_that_is_only_calibrated_by_mass(
    connection, slot_id
):
    receive(connection, slot_id, [None], distance_mm=400)

    assert shown(connection, slot_id).fill_source != "sensor"

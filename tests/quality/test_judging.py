"""Readings in the database, and what is made of them there."""

import asyncio
from datetime import timedelta

import psycopg
import pytest

from backend.planning.day import plan_next_day
from backend.quality import judge_pending, keep_judging
from backend.store.bins import load_bins
from backend.store.history import load_history
from backend.store.planning import load_slots
from backend.store.quality import load_waiting, mark_judged
from tests.quality.receiving import at, receive, weeks
from tests.services.city import MORNING
from tests.services.loops import run

STANDING = """
SELECT emptied_at, source FROM standing_emptying WHERE slot_id = %s ORDER BY 1"""
SAID = """
INSERT INTO emptying (slot_id, emptied_at, source) VALUES (%s, %s, 'driver')"""


def judge_all(conn) -> int:
    judged = 0
    while count := judge_pending(conn):
        judged += count
    return judged


def shown(conn, slot_id: int):
    (one,) = load_bins(conn, [slot_id])
    return one


@pytest.fixture
def slot_id(small_city):
    return small_city["T-1"]


def kept(conn):
    """Everything that was made of the readings."""
    faults = conn.execute(
        "SELECT measured_at, fault FROM reading_fault ORDER BY 1"
    ).fetchall()
    emptyings = conn.execute(
        "SELECT emptied_at, kind, after_at, seen_at FROM emptying ORDER BY 1"
    ).fetchall()
    return faults, emptyings


def test_an_emptying_is_written_once_and_the_sensor_is_trusted(connection, slot_id):
    receive(connection, slot_id, weeks())

    assert judge_all(connection) == 1
    assert judge_all(connection) == 0
    ((emptied_at, source),) = connection.execute(STANDING, (slot_id,)).fetchall()
    assert source == "device"
    assert abs(emptied_at - at(12 * 24 + 10)) <= timedelta(hours=1)
    one = shown(connection, slot_id)
    assert one.emptied_at == emptied_at
    assert one.sensor_trust == "trusted"
    assert one.sensor_reasons == []


def test_the_worker_judges_what_comes_by_itself(connection, slot_id, city_settings):
    receive(connection, slot_id, weeks())
    connection.commit()

    async def work_for_a_moment():
        await asyncio.wait_for(keep_judging(city_settings), timeout=2)

    with pytest.raises(TimeoutError):
        run(work_for_a_moment())

    assert shown(connection, slot_id).sensor_trust == "trusted"


def test_judged_in_pieces_and_late_it_is_the_same(connection, small_city):
    whole, pieces = small_city["T-1"], small_city["T-2"]
    distances = weeks()
    distances[50::9] = 620
    receive(connection, whole, distances)
    judge_all(connection)
    expected = kept(connection)
    connection.execute("DELETE FROM reading_fault")
    connection.execute("DELETE FROM emptying")

    for hours in ((0, 200), (300, 340), (200, 300), (340, 470), (470, 480)):
        receive(connection, pieces, distances, range(*hours))
        judge_all(connection)

    assert kept(connection) == expected
    assert len(expected[0]) > 30


def test_a_reading_that_came_while_others_were_judged_still_waits(
    database, connection, slot_id
):
    connection.commit()
    with psycopg.connect(database) as judging, psycopg.connect(database) as gateway:
        receive(gateway, slot_id, weeks(), range(300))
        gateway.commit()
        waiting = load_waiting(judging, devices=10)
        # An earlier time is already waited for: only the row's version changes.
        receive(gateway, slot_id, weeks(), range(300, 302))
        gateway.commit()
        mark_judged(judging, waiting)
        judging.commit()

        assert len(load_waiting(judging, devices=10)) == 1


def test_a_false_echo_is_not_shown_as_the_fill_but_its_value_is_kept(
    connection, slot_id
):
    distances = weeks()
    receive(connection, slot_id, distances, range(479))
    judge_all(connection)
    before = shown(connection, slot_id).fill_fraction

    distances[479] = 250
    receive(connection, slot_id, distances, [479])
    assert shown(connection, slot_id).fill_fraction == pytest.approx(before, abs=0.02)
    judge_all(connection)

    one = shown(connection, slot_id)
    assert one.fill_fraction == pytest.approx(before, abs=0.02)
    assert one.fill_source == "sensor"
    history = load_history(
        connection,
        slot_id,
        from_at=MORNING - timedelta(days=1),
        to_at=MORNING + timedelta(hours=1),
    )
    assert history.readings[-1].fault == "impossible jump"
    assert history.readings[-1].fill_fraction == pytest.approx(0.95)
    assert all(each.fault is None for each in history.readings[:-1])
    (slot, *_others) = load_slots(connection, 1, since=MORNING - timedelta(days=56))
    assert max(slot.fill_fraction[-48:]) < 0.6, "planning does not see it"


def test_a_driver_s_word_and_the_sensor_s_are_one_emptying(connection, slot_id):
    connection.execute(SAID, (slot_id, at(12 * 24 + 9)))
    receive(connection, slot_id, weeks())
    judge_all(connection)

    assert connection.execute(STANDING, (slot_id,)).fetchall() == [
        (at(12 * 24 + 9), "driver")
    ]


def test_an_emptying_that_a_late_reading_disproves_is_taken_back(connection, slot_id):
    distances = weeks(emptied_h=10_000)
    wrong = distances.copy()
    wrong[300:304] = 1200
    receive(connection, slot_id, weeks(emptied_h=300), [*range(300), *range(300, 330)])
    judge_all(connection)
    assert len(connection.execute(STANDING, (slot_id,)).fetchall()) == 1

    connection.execute("DELETE FROM reading WHERE measured_at >= %s", (at(300),))
    receive(connection, slot_id, distances, range(300, 480))
    judge_all(connection)
    assert connection.execute(STANDING, (slot_id,)).fetchall() == []


def test_a_sensor_without_echoes_is_not_a_source_and_is_planned_otherwise(
    connection, slot_id, city_settings
):
    distances = [None if hour > 240 else mm for hour, mm in enumerate(weeks())]
    for hour in range(250, 480, 10):
        distances[hour] = 300
    receive(connection, slot_id, distances)
    judge_all(connection)
    plan_next_day(connection, city_settings, service_day=MORNING.date())

    one = shown(connection, slot_id)
    assert one.sensor_trust == "not_trusted"
    assert "no_echo" in one.sensor_reasons
    assert one.fill_source == "forecast"
    (slot, *_others) = load_slots(connection, 1, since=MORNING - timedelta(days=56))
    trust_since = connection.execute("SELECT since FROM sensor_trust").fetchone()
    assert trust_since is not None
    since_h = (trust_since[0] - timedelta(days=10)).timestamp() / 3600
    assert all(hour < since_h for hour in slot.measured_h)

"""Silence is a device's fault; where a gateway was away it is the gateway's."""

from backend.alarms.looking import look_at_slots, sweep
from gateway.topic import partition_of
from tests.services.alarms import (
    Said,
    count_raised,
    find_open,
    hours,
    report,
    serve,
    stand_at,
)
from tests.services.city import MORNING

DEVICES = "SELECT device, partition FROM device ORDER BY device_id"


def heard_at(connection, slot_id, at):
    stand_at(connection, at)
    report(connection, slot_id, [Said(at=at)])


def swept_at(connection, at, slot_id):
    stand_at(connection, at)
    sweep(connection)
    return find_open(connection, slot_id)


def test_a_device_is_silent_after_three_promised_reports_and_some_grace(
    connection, bins
):
    heard_at(connection, bins[0], MORNING)
    serve(connection, MORNING - hours(9), MORNING + hours(9))

    assert swept_at(connection, MORNING + hours(3.15), bins[0]) == []
    assert swept_at(connection, MORNING + hours(3.18), bins[0]) == ["silent"]


def test_the_first_record_ends_it_even_one_of_long_ago(connection, bins):
    heard_at(connection, bins[0], MORNING)
    serve(connection, MORNING, MORNING + hours(9))
    assert swept_at(connection, MORNING + hours(8), bins[0]) == ["silent"]

    report(connection, bins[0], [Said(at=MORNING + hours(1))])

    assert swept_at(connection, MORNING + hours(8), bins[0]) == []


def test_a_device_that_was_never_heard_is_counted_from_when_it_came(connection, bins):
    connection.execute("UPDATE device_slot SET from_at = %s", (MORNING,))
    serve(connection, MORNING - hours(99), MORNING + hours(9))

    assert swept_at(connection, MORNING + hours(3), bins[0]) == []
    assert swept_at(connection, MORNING + hours(4), bins[0]) == ["silent"]
    ((facts,),) = connection.execute(
        "SELECT facts FROM alarm WHERE slot_id = %s", (bins[0],)
    ).fetchall()
    assert facts == {"was_heard": False, "report_every_s": 3600}


def test_an_outage_makes_nobody_silent_but_one_gateway_away(connection, bins):
    for slot_id in bins:
        heard_at(connection, slot_id, MORNING)
    serve(connection, MORNING - hours(9), MORNING + hours(0.1))

    for hour in (0.3, 12, 300):
        assert swept_at(connection, MORNING + hours(hour), bins[0]) == []
        assert find_open(connection, None) == ["gateway"]
    # It is back, and has seen nobody yet: who is well has an hour to say so.
    back_at = MORNING + hours(300)
    serve(connection, back_at, back_at + hours(4))
    assert swept_at(connection, back_at + hours(1), bins[0]) == []
    assert find_open(connection, None) == []
    assert swept_at(connection, back_at + hours(3.2), bins[0]) == ["silent"]


def test_a_gateway_of_another_share_hears_nobody_of_this_one(connection, bins):
    ((_, partition), *_) = connection.execute(DEVICES).fetchall()
    others = [each for each in range(64) if each != partition]
    serve(connection, MORNING, MORNING + hours(9), gateway="b", partitions=others)
    serve(connection, MORNING, MORNING + hours(1), gateway="a", partitions=[partition])
    for slot_id in bins:
        heard_at(connection, slot_id, MORNING)

    assert swept_at(connection, MORNING + hours(9), bins[0]) == []
    assert find_open(connection, bins[1]) == ["silent"]
    assert find_open(connection, None) == ["gateway"]
    ((facts,),) = connection.execute(
        "SELECT facts FROM alarm WHERE kind = 'gateway'"
    ).fetchall()
    assert facts == {"partitions": 1, "devices": 1}


def test_gateways_that_share_a_partition_serve_its_time_once(connection, bins):
    heard_at(connection, bins[0], MORNING)
    for number in range(4):
        serve(connection, MORNING, MORNING + hours(2), gateway=str(number))

    assert swept_at(connection, MORNING + hours(2), bins[0]) == []


def test_a_gateway_is_away_by_real_minutes_however_fast_the_shown_clock_is(
    connection, bins
):
    serve(connection, MORNING - hours(9), MORNING)
    minutes_later = MORNING + hours(0.5)
    connection.execute(
        """UPDATE clock SET real_origin_at = clock_timestamp(), shown_origin_at = %s,
                            speed = 60""",
        (minutes_later,),
    )

    sweep(connection)

    assert find_open(connection, None) == []


def test_the_database_finds_the_partitions_that_gateways_find(connection, bins):
    devices = connection.execute(DEVICES).fetchall()
    assert devices
    assert [partition for _, partition in devices] == [
        partition_of(device) for device, _ in devices
    ]
    names = ["a", "bin-0001", "x" * 32, "4f-7_9"]
    asked = connection.execute(
        "SELECT partition_of(name) FROM unnest(%s::text[]) AS name", (names,)
    )
    assert [each for (each,) in asked] == [partition_of(each) for each in names]


def test_a_device_that_comes_and_goes_is_raised_once_each_time(connection, bins):
    serve(connection, MORNING, MORNING + hours(99))
    for start in (0, 10, 20):
        heard_at(connection, bins[0], MORNING + hours(start))
        look_at_slots(connection, bins)
        for hour in (1, 3, 5, 7, 9):
            swept_at(connection, MORNING + hours(start + hour), bins[0])

    assert count_raised(connection, bins[0], "silent") == 3

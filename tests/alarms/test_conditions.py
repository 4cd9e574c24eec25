"""What records raise and clear at a bin, on a real database."""

import pytest
from psycopg.types.json import Jsonb

from backend.alarms.looking import look_at_slots, sweep
from tests.services.alarms import Said, count_raised, find_open, hours, report, stand_at
from tests.services.city import MORNING

NOISY, TILTED, HOT, BATTERY_LOW, KNOCKED = 4, 8, 16, 32, 64


@pytest.fixture
def tell(connection, bins):
    """Let the first bin report, an hour apart, and look after each record."""
    times = iter(MORNING - hours(48 - number) for number in range(48))

    def report_each(*said):
        for fields in said:
            report(connection, bins[0], [Said(at=next(times), **fields)])
            look_at_slots(connection, [bins[0]])
        return find_open(connection, bins[0])

    return report_each


def test_a_bin_that_is_full_twice_overflows_until_it_is_clearly_not(tell):
    assert tell({"fill": 0.96}) == []
    assert tell({"fill": 0.97}) == ["overflow"]
    assert tell({"fill": 0.9}, {"fill": 0.86}, {"fill": 0.9}) == ["overflow"]
    assert tell({"fill": 0.8}, {"fill": 0.8}) == []


def test_a_fill_that_swings_around_the_limit_raises_one_alarm(tell, connection, bins):
    tell(*[{"fill": 0.95 + (-1) ** number * 0.04} for number in range(20)])
    tell({"fill": 0.97}, {"fill": 0.96})
    tell(*[{"fill": 0.95 + (-1) ** number * 0.04} for number in range(20)])

    assert find_open(connection, bins[0]) == ["overflow"]
    assert count_raised(connection, bins[0], "overflow") == 1


def test_echoes_that_are_noisy_fill_no_bin(tell):
    assert tell({"fill": 1.0, "flags": NOISY}, {"fill": 1.0, "flags": NOISY}) == []


def test_a_drivers_word_that_it_is_empty_ends_an_overflow(tell, connection, bins):
    tell({"fill": 1.0}, {"fill": 1.0})
    connection.execute(
        "INSERT INTO emptying (slot_id, emptied_at, source) VALUES (%s, %s, 'driver')",
        (bins[0], MORNING - hours(1)),
    )

    sweep(connection)

    assert find_open(connection, bins[0]) == []


def test_a_sensor_that_is_not_trusted_is_an_alarm_and_fills_no_bin(
    tell, connection, bins
):
    tell({"fill": 1.0}, {"fill": 1.0})
    judge = """
        INSERT INTO sensor_trust (
            device_id, state, reasons, since, judged_at, measured_at, level_mm,
            deviation_mm, readings, echo_share, no_echo_share, stuck_share,
            clock_share, moved_share, gap_share, echo_heights_mm)
        SELECT device_id, %(state)s, '{"stuck at one distance"}', %(at)s, %(at)s,
               %(at)s, 700, 5, 240, 0, 0, 1, 0, 0, 0, '{}'
        FROM device_slot WHERE slot_id = %(slot_id)s
        ON CONFLICT (device_id) DO UPDATE SET state = excluded.state"""
    found = []
    for state in ("doubtful", "not_trusted", "doubtful", "trusted"):
        asked = {"state": state, "at": MORNING, "slot_id": bins[0]}
        connection.execute(judge, asked)
        sweep(connection)
        found.append(find_open(connection, bins[0]))

    look_at_slots(connection, bins)
    assert found == [["overflow"], ["not_trusted"], ["not_trusted"], []]
    assert find_open(connection, bins[0]) == ["overflow"]


def test_a_fire_is_raised_by_one_hot_record_and_over_when_it_was_cool_for_an_hour(tell):
    assert tell({"temperature_c": 64.0}) == ["fire"]
    assert tell({"temperature_c": 55.0}, {"temperature_c": 45.0}) == ["fire"]
    assert tell({"temperature_c": 20.0}) == []


def test_a_fire_is_raised_by_the_devices_own_word(tell):
    assert tell({"temperature_c": None, "flags": HOT}) == ["fire"]


@pytest.mark.parametrize(
    ("minutes", "rise_c", "raised"),
    [(10, 12.0, ["fire"]), (15, 10.0, ["fire"]), (60, 39.0, []), (60, 40.0, ["fire"])],
)
def test_a_fire_is_raised_by_a_rise_that_is_too_fast(
    connection, bins, minutes, rise_c, raised
):
    before = Said(at=MORNING - hours(2), temperature_c=5.0)
    after = Said(at=before.at + hours(minutes / 60), temperature_c=5.0 + rise_c)
    report(connection, bins[0], [before, after])

    look_at_slots(connection, bins)

    assert find_open(connection, bins[0]) == raised


def test_a_bin_that_fell_over_stays_so_until_it_stands_upright(tell):
    assert tell({"tilt_deg": 85}) == []
    assert tell({"tilt_deg": 85}) == ["tilt"]
    assert tell({"tilt_deg": 18}, {"tilt_deg": 18}) == ["tilt"]
    assert tell({"tilt_deg": 2}, {"tilt_deg": 1}) == []
    assert tell({"tilt_deg": None, "flags": TILTED}, {"flags": TILTED}) == ["tilt"]


def test_a_knock_is_raised_by_one_record_and_over_when_it_was_calm_for_an_hour(
    connection, bins
):
    found = []
    for minutes, flags in ((0, KNOCKED), (15, 0), (60, KNOCKED), (75, 0), (135, 0)):
        at = MORNING - hours(3) + hours(minutes / 60)
        report(connection, bins[0], [Said(at=at, flags=flags)])
        look_at_slots(connection, [bins[0]])
        found.append(find_open(connection, bins[0]))

    assert found == [["knock"]] * 4 + [[]]
    assert count_raised(connection, bins[0], "knock") == 1


def test_a_knock_is_over_in_a_day_though_nothing_calm_is_heard(connection, bins):
    report(connection, bins[0], [Said(at=MORNING - hours(1), flags=KNOCKED)])
    look_at_slots(connection, [bins[0]])

    found = []
    for after in (22.9, 23.0):
        stand_at(connection, MORNING + hours(after))
        sweep(connection)
        found.append(find_open(connection, bins[0]))

    assert found == [["knock"], []]
    look_at_slots(connection, [bins[0]])
    assert find_open(connection, bins[0]) == []


def test_a_knock_is_none_when_the_bin_was_being_emptied(connection, bins):
    report(connection, bins[0], [Said(at=MORNING - hours(1), flags=KNOCKED)])
    look_at_slots(connection, [bins[0]])
    assert find_open(connection, bins[0]) == ["knock"]
    connection.execute(
        "INSERT INTO emptying (slot_id, emptied_at, source) VALUES (%s, %s, 'driver')",
        (bins[0], MORNING - hours(0.6)),
    )

    sweep(connection)

    assert find_open(connection, bins[0]) == []


def test_a_battery_is_low_by_the_devices_word(tell):
    assert tell({"flags": BATTERY_LOW}, {"flags": BATTERY_LOW}) == ["battery"]
    assert tell(*[{}] * 7) == ["battery"]
    assert tell({}) == []


def test_a_battery_is_low_when_its_weeks_of_voltages_leave_it_few_days(
    connection, bins
):
    said = [
        Said(at=MORNING - hours(24 * ago), battery_mv=3080 + 4 * ago)
        for ago in range(40, -1, -1)
    ]
    report(connection, bins[0], said)

    sweep(connection)

    assert find_open(connection, bins[0]) == ["battery"]
    ((facts,),) = connection.execute(
        "SELECT facts FROM alarm WHERE kind = 'battery'"
    ).fetchall()
    assert facts["days_left"] == pytest.approx(20, abs=0.5)


def test_a_device_that_is_taken_away_takes_its_alarms_along(tell, connection, bins):
    tell({"temperature_c": 70.0, "tilt_deg": 80}, {"tilt_deg": 80})
    connection.execute("UPDATE device_slot SET to_at = %s", (MORNING,))

    sweep(connection)

    assert find_open(connection, bins[0]) == []


def test_limits_are_set_for_all_bins_and_otherwise_for_a_stream(tell, connection, bins):
    set_rule = "INSERT INTO alarm_rule VALUES (1, 'fire', %s, NULL, NULL, NULL, %s)"
    connection.execute(set_rule, (None, Jsonb({"hot_c": 30, "cool_c": 25})))
    connection.execute(set_rule, ("residual", Jsonb({"hot_c": 90})))

    assert tell({"temperature_c": 70.0}) == []
    connection.execute("DELETE FROM alarm_rule WHERE stream IS NOT NULL")
    assert tell({"temperature_c": 35.0}) == ["fire"]


def test_what_is_switched_off_is_not_raised_and_ends(tell, connection, bins):
    assert tell({"temperature_c": 70.0}) == ["fire"]
    connection.execute("INSERT INTO alarm_rule VALUES (1, 'fire', NULL, false)")

    sweep(connection)

    assert find_open(connection, bins[0]) == []
    assert tell({"temperature_c": 75.0}) == []


def test_what_raised_an_alarm_may_be_many_records_ago_when_all_come_at_once(
    connection, bins
):
    fills = [0.97, 0.97, *[0.9] * 70]
    said = [
        Said(at=MORNING - hours(100 - number), fill=fill)
        for number, fill in enumerate(fills)
    ]
    report(connection, bins[0], said)

    look_at_slots(connection, bins)

    assert find_open(connection, bins[0]) == ["overflow"]

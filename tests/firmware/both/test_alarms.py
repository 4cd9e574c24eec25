from binnode.alarms import find_flags, is_report_due
from binnode.config import parse
from binnode.memory.journal import Journal
from binnode.payload import BATTERY_LOW, HOT, KNOCKED, NO_ECHO, NOISY, TILTED, Record

GOOD: dict[str, object] = {
    "device": "a",
    "networks": {"b": ""},
    "broker_host": "c",
}
SETTINGS = parse(GOOD)
UNMEASURED = -32768
WEIGHED = 128


def settings(**fields):
    return parse(dict(GOOD, **fields))


def flags(
    battery_mv=3700,
    temperature_dc=150,
    tilt_deg=0,
    previous_dc=150,
    is_knocked=False,
    limits=SETTINGS,
):
    return find_flags(
        limits,
        battery_mv=battery_mv,
        temperature_dc=temperature_dc,
        tilt_deg=tilt_deg,
        previous_dc=previous_dc,
        is_knocked=is_knocked,
    )


def record(distance_mm=1000, flags=0):
    return Record(0, distance_mm, 3700, 150, 0, 9, flags)


def journal_after_a_report(flags=0):
    kept = Journal(7)
    kept.append(record())
    kept.mark_reported(record(flags=flags))
    return kept


def is_due(kept, new, limits=SETTINGS):
    return is_report_due(kept, new, limits)


def test_all_is_well():
    assert flags() == 0


def test_tilt_is_flagged_above_20_degrees_and_not_when_unmeasured():
    assert flags(tilt_deg=20) == 0
    assert flags(tilt_deg=21) == TILTED
    assert flags(tilt_deg=255) == 0


def test_heat_is_flagged_above_60_degrees():
    assert flags(temperature_dc=600, previous_dc=600) == 0
    assert flags(temperature_dc=601, previous_dc=601) == HOT


def test_a_rise_of_more_than_5_degrees_is_flagged():
    assert flags(temperature_dc=200) == 0
    assert flags(temperature_dc=201) == HOT
    assert flags(temperature_dc=201, previous_dc=UNMEASURED) == 0
    assert flags(temperature_dc=UNMEASURED) == 0


def test_a_low_battery_is_flagged_and_an_unmeasured_one_is_not():
    assert flags(battery_mv=3300) == 0
    assert flags(battery_mv=3299) == BATTERY_LOW
    assert flags(battery_mv=0) == 0


def test_every_fourth_wake_reports():
    kept = Journal(7)
    due = []
    for _ in range(9):
        due.append(is_due(kept, record()))
        kept.append(record())
        kept.mark_reported(record())
        kept.failures = 0  # answered
    assert due == [True, False, False, False, True, False, False, False, True]


def test_after_three_tries_in_vain_every_sixteenth_wake_reports():
    kept = Journal(7)
    kept.failures = 3
    due = []
    for _ in range(33):
        due.append(is_due(kept, record()))
        kept.append(record())
    assert [wake for wake in range(33) if due[wake]] == [0, 16, 32]


def test_a_new_alarm_and_one_that_lasts_do_not_wait_so_long():
    kept = journal_after_a_report()
    kept.failures = 9
    assert is_due(kept, record(flags=TILTED))
    kept.mark_reported(record(flags=TILTED))
    assert not is_due(kept, record(flags=TILTED))
    for _ in range(3):
        kept.append(record(flags=TILTED))
    assert is_due(kept, record(flags=TILTED))


def test_the_radio_stays_off_where_it_would_pull_the_cell_down():
    kept = journal_after_a_report()
    weak = Record(0, 100, 3199, 150, 0, 9, BATTERY_LOW)
    strong = Record(0, 100, 3200, 150, 0, 9, BATTERY_LOW)
    unmeasured = Record(0, 100, 0, 150, 0, 9, 0)
    assert not is_due(kept, weak)
    assert is_due(kept, strong)
    assert is_due(kept, unmeasured)
    assert is_due(kept, weak, settings(radio_min_mv=0))


def test_a_bin_that_begins_with_a_low_cell_waits_before_its_first_report():
    kept = Journal(7)
    low = Record(0, 1000, 3200, 150, 0, 9, BATTERY_LOW)
    assert not is_due(kept, low)
    kept.append(low)
    assert is_due(kept, low)


def test_a_move_of_100_mm_reports_and_one_less_does_not():
    kept = journal_after_a_report()
    assert not is_due(kept, record(901))
    assert is_due(kept, record(900))
    assert is_due(kept, record(1100))


def test_a_distance_nobody_can_trust_does_not_report():
    kept = journal_after_a_report()
    assert not is_due(kept, record(0, flags=NO_ECHO))
    assert not is_due(kept, record(400, flags=NOISY))


def test_a_new_alarm_reports_and_a_known_one_does_not():
    assert is_due(journal_after_a_report(), record(flags=TILTED))
    assert not is_due(journal_after_a_report(flags=TILTED), record(flags=TILTED))
    assert is_due(journal_after_a_report(flags=TILTED), record(flags=TILTED | HOT))


def test_a_knock_is_flagged_and_reported_once():
    assert flags(is_knocked=True) == KNOCKED
    assert is_due(journal_after_a_report(), record(flags=KNOCKED))
    assert not is_due(journal_after_a_report(flags=KNOCKED), record(flags=KNOCKED))


def test_the_limits_are_the_settings():
    limits = settings(
        tilt_limit_deg=30, hot_limit_dc=450, hot_jump_dc=100, battery_low_mv=3500
    )
    assert flags(tilt_deg=30, limits=limits) == 0
    assert flags(tilt_deg=31, limits=limits) == TILTED
    assert flags(temperature_dc=451, previous_dc=450, limits=limits) == HOT
    assert flags(temperature_dc=250, limits=limits) == 0
    assert flags(temperature_dc=251, limits=limits) == HOT
    assert flags(battery_mv=3499, limits=limits) == BATTERY_LOW


def test_getting_too_full_is_reported_at_once_and_room_only_beyond_a_margin():
    limits = settings(threshold_mm=950, hysteresis_mm=20)
    kept = journal_after_a_report()  # at 1,000 mm
    assert not is_due(kept, record(951), limits)
    assert is_due(kept, record(950), limits)
    kept.mark_reported(record(950))
    assert not is_due(kept, record(940), limits)
    assert not is_due(kept, record(969), limits)
    assert is_due(kept, record(970), limits)


def test_of_a_weighed_bin_the_limits_are_masses_and_heavy_is_full():
    limits = settings(delta_mm=500, threshold_mm=1050, hysteresis_mm=20)
    kept = journal_after_a_report()  # at 100.0 kg
    assert not is_due(kept, record(1049, flags=WEIGHED), limits)
    assert is_due(kept, record(1050, flags=WEIGHED), limits)
    assert is_due(kept, record(500, flags=WEIGHED), limits)
    kept.mark_reported(record(1050, flags=WEIGHED))
    assert not is_due(kept, record(1031, flags=WEIGHED), limits)
    assert is_due(kept, record(1030, flags=WEIGHED), limits)


def test_a_doubtful_distance_crosses_nothing():
    limits = settings(threshold_mm=950)
    kept = journal_after_a_report()
    assert not is_due(kept, record(940, flags=NOISY), limits)
    assert not is_due(kept, record(0, flags=NO_ECHO), limits)

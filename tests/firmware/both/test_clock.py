from binnode import clock
from binnode.memory.journal import Journal
from binnode.payload import CLOCK_UNSET, Record

NOON_S = 1_795_348_800


def test_time_counts_on_from_the_own_clock_until_it_is_set():
    kept = Journal(7)
    clock.resume(kept, 100, 900)
    assert clock.now_s(kept, 160) == 160
    assert not kept.is_clock_set


def test_the_time_of_a_live_ack_holds_over_sleep():
    kept = Journal(7)
    clock.resume(kept, 100, 900)
    clock.set_time(kept, 105, NOON_S)
    clock.resume(kept, 1005, 900)
    assert kept.is_clock_set
    assert clock.now_s(kept, 1005) == NOON_S + 900


def test_an_own_clock_that_started_anew_is_noticed_and_time_does_not_go_back():
    kept = Journal(7)
    clock.resume(kept, 100, 900)
    clock.set_time(kept, 100, NOON_S)
    clock.resume(kept, 0, 900)
    assert not kept.is_clock_set
    assert clock.now_s(kept, 5) == NOON_S + 900 + 5


def test_records_that_waited_for_the_time_get_it():
    kept = Journal(7)
    clock.resume(kept, 100, 900)
    kept.append(Record(100, 1000, 3700, 150, 0, 9, CLOCK_UNSET))
    clock.set_time(kept, 400, NOON_S)
    raw, _ = kept.next_message(1, sent_s=0)
    assert raw[14:18] == (NOON_S - 300).to_bytes(4, "little")
    assert raw[26] == 0


def test_a_drift_is_learned_from_two_live_acks_and_used_until_the_next():
    kept = Journal(7)
    clock.set_time(kept, 1000, NOON_S)
    # The own clock counts 3,430 s in an hour.
    clock.set_time(kept, 4430, NOON_S + 3600)
    assert abs(kept.drift_ppm - 49_562) < 10
    assert abs(clock.now_s(kept, 4430 + 3430) - (NOON_S + 7200)) <= 1
    # A night of 12 hours without an ack.
    assert abs(clock.now_s(kept, 4430 + 12 * 3430) - (NOON_S + 13 * 3600)) <= 1


def test_later_comparisons_of_the_clocks_count_for_a_quarter():
    kept = Journal(7)
    clock.set_time(kept, 0, NOON_S)
    clock.set_time(kept, 10_000, NOON_S + 10_400)
    clock.set_time(kept, 20_000, NOON_S + 20_400)
    assert kept.drift_ppm == 30_000


def test_a_clock_that_was_set_is_no_drift_and_two_acks_at_once_tell_nothing():
    kept = Journal(7)
    clock.set_time(kept, 0, NOON_S)
    clock.set_time(kept, 5, NOON_S + 6)
    clock.set_time(kept, 10_005, NOON_S + 200_000)
    assert kept.drift_ppm == 0


def test_the_drift_is_kept_when_the_own_clock_starts_anew():
    kept = Journal(7)
    clock.set_time(kept, 0, NOON_S)
    clock.set_time(kept, 10_000, NOON_S + 10_400)
    clock.resume(kept, 10_900, 900)
    clock.resume(kept, 3, 900)
    assert kept.drift_ppm == 40_000
    assert clock.now_s(kept, 3) == NOON_S + 10_400 + 936 + 900


def test_time_fits_the_wire_whatever_the_clock_says():
    kept = Journal(7)
    kept.clock_offset_s = -50
    assert clock.now_s(kept, 10) == 0
    kept.clock_offset_s = 1 << 40
    assert clock.now_s(kept, 10) == 0xFFFFFFFF

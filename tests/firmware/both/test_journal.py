from binnode.memory.journal import draw_epoch
from binnode.payload import Record

from tests.firmware.both.journals import (
    STATE,
    acknowledge,
    changed,
    drained,
    is_oldest,
    journal_of,
    numbers,
    read,
    reawakened,
    record,
)


def test_it_holds_48_hours_whole_in_2048_bytes():
    kept = journal_of(192)
    assert len(kept.seal()) == 2048
    assert numbers(kept) == list(range(192))


def test_of_two_weeks_it_holds_the_last_48_hours_whole_and_some_of_every_day():
    found = numbers(journal_of(14 * 96))
    assert found[-192:] == list(range(14 * 96 - 192, 14 * 96))
    days = [0] * 14
    for number in found:
        days[number // 96] += 1
    assert min(days) >= 3
    assert days[11] >= 20
    assert len(found) > 240


def test_what_is_thinned_travels_in_few_messages_that_say_so():
    kept = journal_of(14 * 96)
    count, strides = 0, []
    while kept.count:
        raw, end_seq = kept.next_message(60, sent_s=0)
        flags, found = read(raw)
        assert raw[0] == (2 if flags >> 4 else 1)
        # Each message ends where the next begins: nothing is left to be called a hole.
        assert min(found) == kept.first_seq
        strides.append(flags >> 4)
        acknowledge(kept, end_seq)
        assert kept.first_seq == end_seq
        count += 1
    assert strides[:2] == [5, 2]
    assert strides[2:] == [0] * (count - 2)
    assert count <= 7


def test_an_old_gateway_gets_thinned_records_one_by_one_each_the_oldest():
    kept = journal_of(400)
    kept.is_gateway_modern = False
    acked, found = 0, []
    while kept.count:
        raw, _ = kept.next_message(60, sent_s=0)
        flags, records = read(raw)
        assert (raw[0], flags >> 4) == (1, 0)
        assert bool(flags) is (min(records) > acked)
        found += sorted(records)
        acked = max(records) + 1
        acknowledge(kept, acked, version=1)
        kept.sent_seq = kept.first_seq
    assert found[-192:] == list(range(208, 400))


def test_the_newest_can_be_sent_ahead_and_are_still_there():
    kept = journal_of(100)
    flags, found = read(kept.newest_message(4, sent_s=0))
    assert (flags, sorted(found)) == (2, [96, 97, 98, 99])
    assert numbers(kept) == list(range(100))


def test_what_it_knew_it_knows_after_sleep():
    slept = journal_of(3)
    acknowledge(slept, 1)
    slept.clock_offset_s = 1_795_000_000
    slept.clock_raw_s = 12345
    slept.clock_live_s = 12000
    slept.drift_ppm = -40_000
    slept.is_clock_set = True
    slept.reserved_seq = 259
    slept.is_told = True
    slept.mark_reported(record(2, flags=8))
    slept.sent_seq = 2
    woken = reawakened(slept)
    for name in STATE:
        assert getattr(woken, name) == getattr(slept, name), name
    assert numbers(woken) == [1, 2]


def test_records_come_out_as_they_went_in_however_often_memory_was_full():
    kept = journal_of(0)
    for number in range(900):
        kept.append(record(number))
        kept = reawakened(kept)
    assert kept.next_seq == 900
    assert numbers(kept)[-192:] == list(range(900 - 192, 900))


def test_strange_records_take_more_room_and_are_lost_no_less():
    kept = journal_of(0)
    made = []
    for number in range(700):
        strange = Record(
            number * 70_000, number * 211 % 60_000, number * 977, 0, 0, 0, 0
        )
        made.append(changed(strange, battery_mv=number * 977 % 20_000))
        kept.append(made[-1])
        kept = reawakened(kept)
    found = drained(kept)
    for number, each in found.items():
        assert each == made[number]
    assert sorted(found)[-90:] == list(range(610, 700))


def test_a_lost_record_sets_oldest_until_an_ack_is_past_the_hole():
    kept = journal_of(3000)
    assert kept.first_seq > 0
    assert is_oldest(kept)
    acknowledge(kept, 0)
    assert is_oldest(kept)
    acknowledge(kept, kept.first_seq)
    assert not is_oldest(kept)


def test_an_ack_lets_it_forget_and_never_gives_a_number_out_again():
    kept = journal_of(5)
    acknowledge(kept, 5)
    assert (kept.count, kept.next_seq) == (0, 5)
    kept.append(record(5))
    assert (kept.first_seq, kept.next_seq) == (5, 6)


def test_an_ack_in_the_middle_of_what_was_thinned_leaves_a_hole_to_be_told():
    kept = journal_of(500)
    while kept.next_message(1, sent_s=0)[0][1] >> 4 != 2:
        acknowledge(kept, kept.next_message(1, sent_s=0)[1])
    first_seq = kept.first_seq
    acknowledge(kept, first_seq + 1)
    assert kept.first_seq == first_seq + 4
    assert is_oldest(kept)


def test_an_ack_behind_makes_it_say_that_it_has_nothing_older():
    kept = journal_of(5)
    acknowledge(kept, 4)
    acknowledge(kept, 2)
    assert (kept.first_seq, kept.count) == (4, 1)
    assert is_oldest(kept)


def test_an_ack_of_numbers_never_given_out_moves_the_records_to_a_new_epoch():
    kept = journal_of(3)
    acknowledge(kept, 4)
    assert (kept.epoch, kept.first_seq, kept.count) == (9, 0, 3)
    assert kept.reserved_seq == 0
    assert numbers(kept) == [0, 1, 2]


def test_what_is_in_flight_is_not_sent_again_until_it_is_called_back():
    kept = journal_of(5)
    kept.sent_seq = 3
    assert read(kept.next_message(1, sent_s=0)[0])[1] == {3: record(3)}
    acknowledge(kept, 2)
    assert kept.is_in_flight
    kept.sent_seq = kept.first_seq
    assert read(kept.next_message(1, sent_s=0)[0])[1] == {2: record(2)}


def test_what_is_in_flight_may_be_thinned_away():
    kept = journal_of(190)
    kept.sent_seq = 61
    for number in range(190, 400):
        kept.append(record(number))
    flags, found = read(kept.next_message(60, sent_s=0)[0])
    assert min(found) == 64
    assert not flags & 1
    for number in range(400, 3000):
        kept.append(record(number))
    assert not kept.is_in_flight
    assert is_oldest(kept)


def test_an_epoch_is_never_0():
    assert draw_epoch(b"\x00\x00\x00\x00") == 1
    assert draw_epoch(b"\x01\x02\x03\x04") == 0x04030201

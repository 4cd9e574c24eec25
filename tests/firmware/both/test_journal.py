from binnode import journal
from binnode.journal import CAPACITY, Journal, draw_epoch
from binnode.payload import CLOCK_UNSET, Ack, Record

HEADER_BYTES = 14
RECORD_BYTES = 13
STATE = (
    "epoch",
    "acked_seq",
    "first_seq",
    "count",
    "in_flight",
    "wakes",
    "clock_offset_s",
    "clock_raw_s",
    "is_clock_set",
    "reported_mm",
    "reported_flags",
    "temperature_dc",
)


def record(number, flags=0):
    return Record(number, 1000 + number, 3700, 150, 0, 9, flags)


def journal_of(count, flags=0):
    made = Journal(7)
    for number in range(count):
        made.append(record(number, flags))
    return made


def reawakened(slept):
    return unsealed(bytes(slept.seal()))


def unsealed(memory):
    woken = Journal(1)
    assert woken.unseal(memory)
    return woken


def numbers(kept):
    """Say which records the messages of a journal carry, until it is empty."""
    found = []
    while kept.count:
        count = kept.count_next(60)
        raw = kept.message(count, sent_s=0)
        found += [raw[HEADER_BYTES + RECORD_BYTES * n] for n in range(count)]
        kept.acknowledge(Ack(kept.epoch, kept.first_seq + count, 0), new_epoch=9)
    return found


def is_oldest(kept):
    return bool(kept.message(1, sent_s=0)[1] & 1)


def test_it_holds_149_records_in_2048_bytes():
    assert CAPACITY == 149
    assert len(journal_of(200).seal()) == 2048


def test_what_it_knew_it_knows_after_sleep():
    slept = journal_of(3)
    slept.acknowledge(Ack(7, 1, 0), new_epoch=9)
    slept.clock_offset_s = 1_795_000_000
    slept.clock_raw_s = 12345
    slept.is_clock_set = True
    slept.mark_reported(record(2, flags=8))
    slept.in_flight = 1
    woken = reawakened(slept)
    for name in STATE:
        assert getattr(woken, name) == getattr(slept, name), name
    woken.in_flight = 0
    assert numbers(woken) == [1, 2]


def test_records_come_out_as_they_went_in_however_often_memory_was_full():
    kept = journal_of(0)
    for number in range(250):
        kept.append(record(number))
        kept = reawakened(kept)
    assert kept.first_seq == 250 - CAPACITY
    assert numbers(kept) == list(range(250 - CAPACITY, 250))


def test_a_lost_record_sets_oldest_until_an_ack_is_past_the_hole():
    kept = journal_of(CAPACITY)
    assert not is_oldest(kept)
    kept.append(record(0))
    assert is_oldest(kept)
    kept.acknowledge(Ack(7, 0, 0), new_epoch=9)
    assert is_oldest(kept)
    kept.acknowledge(Ack(7, 60, 0), new_epoch=9)
    assert not is_oldest(kept)


def test_an_ack_lets_it_forget_and_never_gives_a_number_out_again():
    kept = journal_of(5)
    kept.acknowledge(Ack(7, 5, 0), new_epoch=9)
    assert (kept.count, kept.next_seq) == (0, 5)
    kept.append(record(5))
    assert (kept.first_seq, kept.next_seq) == (5, 6)


def test_an_ack_behind_makes_it_say_that_it_has_nothing_older():
    kept = journal_of(5)
    kept.acknowledge(Ack(7, 4, 0), new_epoch=9)
    kept.acknowledge(Ack(7, 2, 0), new_epoch=9)
    assert (kept.first_seq, kept.count) == (4, 1)
    assert is_oldest(kept)


def test_an_ack_of_numbers_never_given_out_moves_the_records_to_a_new_epoch():
    kept = journal_of(3)
    kept.acknowledge(Ack(7, 4, 0), new_epoch=9)
    assert (kept.epoch, kept.first_seq, kept.count) == (9, 0, 3)
    assert numbers(kept) == [0, 1, 2]


def test_a_write_that_is_cut_off_anywhere_changes_nothing_or_everything():
    slept = journal_of(0)
    for number in range(CAPACITY + 3):
        before = bytes(slept.seal())
        if number > CAPACITY - 3:
            slept.acknowledge(Ack(7, slept.first_seq + 1, 0), new_epoch=9)
        slept.append(record(number))
        after = bytes(slept.seal())
        for cut in range(0, 2048, 97):
            woken = unsealed(after[:cut] + before[cut:])
            was_written = woken.next_seq == number + 1
            assert woken.next_seq == number + was_written
            assert numbers(woken)[-2:] == list(range(number + was_written))[-2:]


def test_a_full_journal_too_keeps_what_a_cut_off_write_would_have_dropped():
    slept = journal_of(CAPACITY)
    before = bytes(slept.seal())
    slept.append(record(CAPACITY))
    after = bytes(slept.seal())
    for cut in range(0, 2048, 13):
        found = numbers(unsealed(after[:cut] + before[cut:]))
        assert found in (list(range(CAPACITY)), list(range(1, CAPACITY + 1)))


def test_what_is_damaged_in_both_its_states_is_not_whole():
    kept = journal_of(3)
    kept.seal()
    memory = bytes(kept.seal())
    for at in list(range(12)) + list(range(90, 90 + 3 * RECORD_BYTES)):
        damaged = bytearray(memory)
        damaged[at] ^= 0x10
        damaged[at + 45] ^= 0x10
        assert Journal(1).unseal(bytes(damaged)) is (at >= 90 + 3 * RECORD_BYTES)


def test_lost_or_short_memory_is_not_whole():
    memory = bytes(journal_of(3).seal())
    for lost in (b"", bytes(2048), b"\xff" * 2048, memory[:-1], memory + b"\x00"):
        assert not Journal(1).unseal(lost)


def test_what_is_in_flight_is_not_sent_again_until_it_is_called_back():
    kept = journal_of(5)
    kept.in_flight = kept.count_next(3)
    assert kept.message(1, sent_s=0)[6] == 3
    kept.acknowledge(Ack(7, 2, 0), new_epoch=9)
    assert kept.in_flight == 1
    kept.in_flight = 0
    assert kept.message(1, sent_s=0)[6] == 2


def test_oldest_is_not_said_while_older_records_may_still_arrive():
    kept = journal_of(CAPACITY + 1)
    kept.in_flight = 1
    assert not is_oldest(kept)


def test_an_epoch_is_never_0():
    assert draw_epoch(b"\x00\x00\x00\x00") == 1
    assert draw_epoch(b"\x01\x02\x03\x04") == 0x04030201


def test_stamping_reaches_every_record_of_the_ring():
    kept = journal_of(200, flags=CLOCK_UNSET)
    kept.stamp(1000)
    raw = kept.message(1, sent_s=0)
    assert raw[HEADER_BYTES] | raw[HEADER_BYTES + 1] << 8 == 1000 + 200 - CAPACITY
    flags_at = HEADER_BYTES + 12
    while kept.count:
        count = kept.count_next(60)
        raw = kept.message(count, sent_s=0)
        assert not any(raw[flags_at + RECORD_BYTES * n] for n in range(count))
        kept.acknowledge(Ack(7, kept.first_seq + count, 0), new_epoch=9)


def test_the_states_do_not_reach_into_the_records():
    assert journal.MEMORY_BYTES - (CAPACITY + 1) * RECORD_BYTES >= 90

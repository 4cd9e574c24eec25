from binnode.memory.journal import Journal
from binnode.payload import CLOCK_UNSET

from tests.firmware.both.journals import (
    SLOT_BYTES,
    acknowledge,
    changed,
    drained,
    journal_of,
    numbers,
    read,
    reawakened,
    record,
    unsealed,
)


def test_a_write_that_is_cut_off_anywhere_changes_nothing_or_everything():
    slept = journal_of(0)
    for number in range(260):
        before = bytes(slept.seal())
        if number % 3 == 0 and 20 < number < 60:
            acknowledge(slept, slept.first_seq + 1)
            before = bytes(slept.seal())
        slept.append(record(number))
        after = bytes(slept.seal())
        step = 397 if number < 225 else 97
        for cut in range(number % step, 2048, step):
            woken = unsealed(after[:cut] + before[cut:])
            assert woken.next_seq in (number, number + 1)
    for number in range(260, 262):
        before = bytes(slept.seal())
        slept.append(record(number))
        after = bytes(slept.seal())
        wanted = (numbers(unsealed(before)), numbers(unsealed(after)))
        assert wanted[0] != wanted[1]
        for cut in list(range(0, 280, 11)) + list(range(280, 2049, 131)):
            assert numbers(unsealed(after[:cut] + before[cut:])) in wanted


def test_stamping_that_is_cut_off_changes_nothing_or_everything():
    slept = journal_of(9, flags=CLOCK_UNSET)
    before = bytes(slept.seal())
    slept.stamp(1000)
    after = bytes(slept.seal())
    for cut in range(0, 2049, 5):
        flags = set()
        woken = unsealed(after[:cut] + before[cut:])
        for each in read(woken.next_message(60, sent_s=0)[0])[1].values():
            flags.add(each.flags)
        assert len(flags) == 1


def test_what_is_damaged_in_both_its_states_is_not_whole():
    kept = journal_of(3)
    kept.seal()
    memory = bytes(kept.seal())
    begin = 2 * SLOT_BYTES
    for at in list(range(0, SLOT_BYTES, 3)) + list(range(begin, begin + 14)):
        damaged = bytearray(memory)
        damaged[at] ^= 0x10
        if at < SLOT_BYTES:
            damaged[at + SLOT_BYTES] ^= 0x10
        assert not Journal(1).unseal(bytes(damaged))
    damaged = bytearray(memory)
    damaged[-1] ^= 0x10
    assert Journal(1).unseal(bytes(damaged))


def test_lost_or_short_memory_is_not_whole():
    memory = bytes(journal_of(3).seal())
    for lost in (b"", bytes(2048), b"\xff" * 2048, memory[:-1], memory + b"\x00"):
        assert not Journal(1).unseal(lost)


def test_stamping_reaches_every_record_taken_without_the_time_and_no_other():
    kept = journal_of(250, flags=CLOCK_UNSET)
    kept.stamp(1000)
    kept.append(record(250))
    kept.append(record(251, flags=CLOCK_UNSET))
    found = drained(reawakened(kept))
    assert len(found) > 200
    for number, each in found.items():
        made = record(number)
        if number < 250:
            assert each == changed(made, measured_s=made.measured_s + 1000)
    assert found[250] == record(250)
    assert found[251].flags == CLOCK_UNSET

"""Journals to look at, on both interpreters."""

import struct

from binnode.memory.journal import Journal
from binnode.payload import Ack, Record

HEADER_BYTES = 14
RECORD_BYTES = 13
SLOT_BYTES = 134
FIELDS = (
    "measured_s",
    "distance_mm",
    "battery_mv",
    "temperature_dc",
    "tilt_deg",
    "echo_count",
    "flags",
)
NOON_S = 1_795_348_800
STATE = (
    "epoch",
    "acked_seq",
    "first_seq",
    "next_seq",
    "sent_seq",
    "reserved_seq",
    "count",
    "wakes",
    "is_gateway_modern",
    "clock_offset_s",
    "clock_raw_s",
    "clock_live_s",
    "drift_ppm",
    "is_clock_set",
    "reported_mm",
    "reported_flags",
    "temperature_dc",
    "is_told",
    "failures",
)


def changed(record, **values):
    """Make the same record but for some values; MicroPython has no `_replace`."""
    return Record(*[values.get(name, getattr(record, name)) for name in FIELDS])


def record(number, flags=0):
    """Make an ordinary record that tells its number; the values scatter."""
    scatter = number * 7919 % 13 - 6
    return Record(
        NOON_S + 900 * number + scatter % 3,
        number,
        3700 + scatter,
        150 + 4 * scatter,
        scatter & 1,
        9 - (number & 1),
        flags,
    )


def journal_of(count, flags=0):
    made = Journal(7)
    made.is_gateway_modern = True
    for number in range(count):
        made.append(record(number, flags))
    return made


def acknowledge(kept, next_seq, version=2):
    kept.acknowledge(Ack(version, kept.epoch, next_seq, 0), new_epoch=9)


def reawakened(slept):
    return unsealed(bytes(slept.seal()))


def unsealed(memory):
    woken = Journal(1)
    assert woken.unseal(memory)
    return woken


def read(raw):
    """Read a message: flags, and the records by their number."""
    _, flags, _, first_seq, _ = struct.unpack_from("<BBIII", raw, 0)
    found = {}
    for index in range((len(raw) - HEADER_BYTES) // RECORD_BYTES):
        values = struct.unpack_from("<IHHhBBB", raw, HEADER_BYTES + 13 * index)
        found[first_seq + (index << (flags >> 4))] = Record(*values)
    return flags, found


def drained(kept):
    """Take the records of a journal as a gateway does, until it is empty."""
    found = {}
    kept.sent_seq = kept.first_seq
    while kept.count:
        raw, end_seq = kept.next_message(60, sent_s=0)
        found.update(read(raw)[1])
        acknowledge(kept, end_seq)
    return found


def numbers(kept):
    found = drained(kept)
    for number, each in found.items():
        assert each == record(number), number
    return sorted(found)


def is_oldest(kept):
    return bool(kept.next_message(1, sent_s=0)[0][1] & 1)

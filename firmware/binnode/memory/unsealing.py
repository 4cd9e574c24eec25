"""Going on with a journal that slept; only the beginning of a wake needs it."""

import struct

from micropython import const

from binnode.memory.journal import MEMORY_BYTES, Journal, checksum

# As `journal` writes them: a constant that two modules share takes room on the chip.
_SEAL_BYTES = const(4)
_STATE = const("<IIIIIIIBqIiIIqHBhB")
_RING = const("<HHHIHHHhBBB")
_RINGS_AT = const(67)
_RING_BYTES = const(21)
_SLOT_BYTES = const(134)
_CLOCK_SET = const(1)
_MODERN = const(2)
_TOLD = const(4)


def unseal(journal: Journal, memory: bytes) -> bool:
    """Go on from memory; False, and nothing is changed, when it is not whole."""
    slots = [at for at in (0, _SLOT_BYTES) if _is_whole(memory, at)]
    if not slots:
        return False
    newest = max(slots, key=lambda at: _count_saves(memory, at))
    state = struct.unpack_from(_STATE, memory, newest + _SEAL_BYTES)
    journal.memory[:] = memory
    journal.saves, journal.epoch, journal.acked_seq, journal.first_seq = state[:4]
    journal.sent_seq, journal.reserved_seq, journal.wakes, flags = state[4:8]
    journal.is_clock_set = bool(flags & _CLOCK_SET)
    journal.is_gateway_modern = bool(flags & _MODERN)
    journal.is_told = bool(flags & _TOLD)
    journal.clock_offset_s, journal.clock_raw_s = state[8:10]
    journal.drift_ppm, journal.clock_live_s = state[10:12]
    journal.stamped_seq, journal.stamp_s, journal.reported_mm = state[12:15]
    journal.reported_flags, journal.temperature_dc, journal.failures = state[15:]
    ring_at = newest + _SEAL_BYTES + _RINGS_AT
    for ring in journal.rings:
        place = struct.unpack_from(_RING, memory, ring_at)
        ring.start, ring.used, ring.count = place[:3]
        ring.base = list(place[3:])
        ring_at += _RING_BYTES
    return True


def _count_saves(memory: bytes, at: int) -> int:
    """Tell which of two states is the newer one."""
    saves: int = struct.unpack_from("<I", memory, at + _SEAL_BYTES)[0]
    return saves


def _is_whole(memory: bytes, at: int) -> bool:
    """Tell whether a slot, and the records that it counts, are as they were written."""
    if len(memory) != MEMORY_BYTES:
        return False
    (kept,) = struct.unpack_from("<I", memory, at)
    return bool(kept == checksum(memory, at))

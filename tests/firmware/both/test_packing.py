from binnode.memory.appending import pack
from binnode.memory.packing import LONGEST, NOTHING, SHORTEST, unpack
from binnode.memory.ring import Ring
from binnode.payload import Record

from tests.firmware.both.journals import NOON_S, changed

USUAL = Record(NOON_S, 812, 3610, 45, 2, 9, 0)
# A neighbour for each way to write a value, and for what fits no difference.
NEIGHBOURS = (
    changed(USUAL, measured_s=NOON_S + 900),
    changed(USUAL, measured_s=NOON_S + 900, distance_mm=940),
    changed(USUAL, measured_s=NOON_S + 65_535, distance_mm=65_535),
    changed(USUAL, measured_s=NOON_S + 65_536),
    changed(USUAL, measured_s=NOON_S - 1),
    changed(USUAL, measured_s=0),
    changed(USUAL, measured_s=0xFFFFFFFF),
    changed(USUAL, distance_mm=684),
    changed(USUAL, distance_mm=683),
    changed(USUAL, battery_mv=3482),
    changed(USUAL, battery_mv=3481),
    changed(USUAL, battery_mv=0),
    changed(USUAL, temperature_dc=-83),
    changed(USUAL, temperature_dc=-84),
    changed(USUAL, temperature_dc=-32768),
    changed(USUAL, tilt_deg=255, echo_count=0, flags=255),
    Record(NOON_S + 40_000, 65_535, 3737, 172, 181, 8, 63),
)


def test_no_value_of_a_record_is_lost():
    for first in NEIGHBOURS:
        for second in NEIGHBOURS:
            values = list(NOTHING)
            raw = pack(values, first)
            assert unpack(raw, 0, values) == len(raw)
            more = pack(values, second)
            assert unpack(more, 0, values) == len(more)
            assert Record(values[0], *values[2:]) == second
            assert SHORTEST <= len(more) <= LONGEST


def test_a_record_like_the_one_before_takes_four_bytes_and_a_usual_one_five():
    values = list(NOTHING)
    for number, late_s, warmer in ((0, 0, 0), (1, 0, 0), (2, 1, 0), (3, -1, 3)):
        record = changed(
            USUAL,
            measured_s=NOON_S + 900 * number + late_s,
            temperature_dc=45 + warmer,
            distance_mm=812 + 7 * number,
        )
        raw = pack(values, record)
        unpack(raw, 0, values)
        if number > 1:
            assert len(raw) == 4 + (warmer > 0)


def test_a_ring_gives_back_what_was_put_in_wherever_its_end_lies():
    for size in range(60, 75):
        memory = bytearray(b"\xaa" * 90)
        ring = Ring(memory, 10, size)
        kept = []
        for number in range(60):
            record = NEIGHBOURS[number % len(NEIGHBOURS)]
            values = list(ring.base)
            ring.read(0, values, ring.count)
            ring.append(pack(values, record))
            kept.append(record)
            while ring.is_full:
                ring.drop(1)
                kept.pop(0)
            values, offset = list(ring.base), 0
            for each in kept:
                offset = ring.read(offset, values)
                assert Record(values[0], *values[2:]) == each
            assert (offset, len(kept)) == (ring.used, ring.count)
        assert memory[:10] == b"\xaa" * 10
        assert memory[10 + size :] == b"\xaa" * (80 - size)

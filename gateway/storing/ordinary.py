"""Which binary records are surely within the limits: whole columns of bytes at a time.

Nothing may be left of a column when those bytes that it may have are taken out.
"""

from collections.abc import Sequence
from typing import NamedTuple

from gateway.wire.binary import (
    RECORD,
    TEMPERATURE_NOT_MEASURED_DC,
    TILT_NOT_MEASURED_DEG,
)
from gateway.wire.message import (
    EARLIEST_AT,
    FLAG_CLOCK_UNSET,
    FLAG_NO_ECHO,
    FLAG_WEIGHED,
    LATEST_AHEAD,
    LIMITS,
)

EARLIEST_S = int(EARLIEST_AT.timestamp())
LATEST_AHEAD_S = int(LATEST_AHEAD.total_seconds())
# Where values stand in a record of the wire, little endian.
WIRE_LEVEL, WIRE_MV, WIRE_DC, WIRE_DEG, WIRE_ECHOES, WIRE_FLAGS = 4, 6, 8, 10, 11, 12
# The bytes that values have which are surely within the limits: high ones of distance
# and battery (up to 19,967), of temperature (-51.2 to 127.9 degrees), and whole ones.
NEAR = bytes(range((LIMITS["distance_mm"][1] + 1) >> 8))
LIGHT = bytes(range((LIMITS["mass_hg"][1] + 1) >> 8))
LOW = bytes(range((LIMITS["battery_mv"][1] + 1) >> 8))
MILD = bytes([0xFE, 0xFF, *range(5)])
UPRIGHT = bytes(range(LIMITS["tilt_deg"][1] + 1))
ORDINARY = bytes(
    each for each in range(256) if not each & (FLAG_CLOCK_UNSET | FLAG_NO_ECHO)
)
ORDINARY_WEIGHED = bytes(each for each in ORDINARY if each & FLAG_WEIGHED)
# And those that say that nothing was measured.
NO_BATTERY = b"\0"
NO_WARMTH_LOW, NO_WARMTH_HIGH = TEMPERATURE_NOT_MEASURED_DC.to_bytes(
    2, "little", signed=True
)
NO_TILT = bytes([TILT_NOT_MEASURED_DEG])


class Has(NamedTuple):
    """Which of the values that a device may lack its records have.

    `mass`: of each a mass in place of a distance.
    """

    mass: bool
    battery: bool
    temperature: bool
    tilt: bool


def is_ordinary(
    records: bytes, times_s: Sequence[int], has: Has, *, received_s: int
) -> bool:
    """Tell whether all records are surely within the limits."""
    return (
        min(times_s) >= EARLIEST_S
        and max(times_s) <= received_s + LATEST_AHEAD_S
        and _has_usual_level(records, has)
        and _has_usual_rest(records, has)
    )


def _has_usual_level(records: bytes, has: Has) -> bool:
    """Tell the same of distances, or masses; a mass may be zero."""
    if has.mass:
        return _has_only(ORDINARY_WEIGHED, records, WIRE_FLAGS) and _has_only(
            LIGHT, records, WIRE_LEVEL + 1
        )
    return (
        _has_only(ORDINARY, records, WIRE_FLAGS)
        and _has_only(NEAR, records, WIRE_LEVEL + 1)
        and not _has_zero(records, WIRE_LEVEL)
    )


def _has_usual_rest(records: bytes, has: Has) -> bool:
    """Tell the same of what not every device measures."""
    battery = (
        _has_only(LOW, records, WIRE_MV + 1) and not _has_zero(records, WIRE_MV)
        if has.battery
        else _has_only(NO_BATTERY, records, WIRE_MV)
        and _has_only(NO_BATTERY, records, WIRE_MV + 1)
    )
    temperature = (
        _has_only(MILD, records, WIRE_DC + 1)
        if has.temperature
        else _has_only(bytes([NO_WARMTH_LOW]), records, WIRE_DC)
        and _has_only(bytes([NO_WARMTH_HIGH]), records, WIRE_DC + 1)
    )
    return (
        battery
        and temperature
        and _has_only(UPRIGHT if has.tilt else NO_TILT, records, WIRE_DEG)
    )


def _has_only(allowed: bytes, records: bytes, offset: int) -> bool:
    return not records[offset :: RECORD.size].translate(None, allowed)


def _has_zero(records: bytes, offset: int) -> bool:
    """Tell whether a value of two bytes is zero in some record."""
    low = int.from_bytes(records[offset :: RECORD.size], "big")
    high = int.from_bytes(records[offset + 1 :: RECORD.size], "big")
    return 0 in (low | high).to_bytes(len(records) // RECORD.size, "big")

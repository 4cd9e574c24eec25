"""Milesight EM400-MUD, -TLD and -UDL: distance, temperature, battery, position.

Source: Milesight-IoT/SensorDecoders, em-series/em400-mud/README.md (likewise em400-tld,
em400-udl): channel (1 byte), type (1 byte), little-endian data, one after the other.
The lengths of what answers a downlink are those of the decoders beside it.
"""

import struct
from collections.abc import Iterator
from dataclasses import replace

from gateway.errors import PayloadError
from gateway.foreign.uplink import Measured, Uplink
from gateway.wire.message import FLAG_BATTERY_LOW, FLAG_HOT, FLAG_TILTED

KINDS = ("milesight-em400-mud", "milesight-em400-tld", "milesight-em400-udl")

# The device states its battery in percent, which is no voltage; below this it is low.
LOW_BATTERY_PERCENT = 10
DISTANCE, ALARMED_DISTANCE = (0x04, 0x82), (0x84, 0x82)
TEMPERATURE, ALARMED_TEMPERATURE = (0x03, 0x67), (0x83, 0x67)
BATTERY, POSITION = (0x01, 0x75), (0x05, 0x00)
MEASUREMENTS = {
    BATTERY: struct.Struct("<B"),
    TEMPERATURE: struct.Struct("<h"),
    DISTANCE: struct.Struct("<H"),
    POSITION: struct.Struct("<B"),
    ALARMED_TEMPERATURE: struct.Struct("<hB"),
    ALARMED_DISTANCE: struct.Struct("<HB"),
}
LOCATION = (0x06, 0x88)
SHOWN = 8  # bytes of what is not understood
# About the device itself, and what it answers to a downlink: bytes to step over.
ABOUT = {0x01: 1, 0x09: 2, 0x0A: 2, 0x0B: 1, 0x0F: 1, 0x16: 8, 0xFE: 1, 0xFF: 2}
ANSWERS = {
    0x02: 2,
    0x03: 2,
    0x06: 9,
    0x10: 1,
    0x13: 1,
    0x1C: 2,
    0x28: 1,
    0x3E: 1,
    0x4A: 1,
    0x56: 1,
    0x70: 2,
    0x71: 1,
    0x77: 2,
}
SKIPPED = (
    {LOCATION: 9}
    | {(channel, kind): n for channel in (0xFE, 0xFF) for kind, n in ANSWERS.items()}
    | {(0xFF, kind): n for kind, n in ABOUT.items()}
)


def decode(uplink: Uplink) -> Iterator[Measured]:
    """Read channel after channel; one that is not known ends the reading."""
    measured, fault = None, ""
    rest = uplink.payload
    while rest and not fault:
        channel, data = (rest[0], rest[1] if len(rest) > 1 else -1), rest[2:]
        layout = MEASUREMENTS.get(channel)
        size = SKIPPED.get(channel, -1) if layout is None else layout.size
        if not 0 <= size <= len(data):
            fault = f"{rest[:SHOWN].hex()} is no channel, type and data of an EM400"
        elif layout is not None:
            values = layout.unpack_from(data)
            measured = _note(measured or Measured(), channel, values)
        rest = data[max(0, size) :]
    if measured is not None:
        yield measured
    if fault:
        raise PayloadError(fault)


def _note(
    measured: Measured, channel: tuple[int, int], values: tuple[int, ...]
) -> Measured:
    value, is_alarm = values[0], values[1:] == (1,)
    flags = measured.flags
    if channel in (DISTANCE, ALARMED_DISTANCE):
        return replace(measured, distance_mm=value)
    if channel in (TEMPERATURE, ALARMED_TEMPERATURE):
        flags |= FLAG_HOT if is_alarm else 0
        return replace(measured, temperature_c=value / 10, flags=flags)
    if channel == POSITION:
        flags |= FLAG_TILTED if value else 0
    else:
        flags |= FLAG_BATTERY_LOW if value < LOW_BATTERY_PERCENT else 0
    return replace(measured, flags=flags)

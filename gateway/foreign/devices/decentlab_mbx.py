"""Decentlab DL-MBX: an ultrasonic sensor of MaxBotix, and the battery.

Source: decentlab/decentlab-decoders, DL-MBX/DL-MBX.py. Big endian: protocol version,
2 · device number, u16 · which sensors follow, u16, the first in its lowest bit ·
distance, mm, u16, and the number of valid samples, u16 · battery, mV, u16.
"""

import struct
from collections.abc import Iterator

from gateway.errors import PayloadError
from gateway.foreign.uplink import Measured, Uplink
from gateway.wire.message import FLAG_NO_ECHO

KINDS = ("decentlab-dl-mbx",)

HEADER = struct.Struct(">BHH")
VERSION = 2
HAS_DISTANCE, HAS_BATTERY = 1, 2
MAX_ECHO_COUNT = 255


def decode(uplink: Uplink) -> Iterator[Measured]:
    """Read one measurement."""
    payload = uplink.payload
    if len(payload) < HEADER.size or payload[0] != VERSION:
        raise PayloadError(f"{payload[:1].hex() or 'nothing'} is not version 02")
    _, _, sensors = HEADER.unpack_from(payload)
    layout = struct.Struct(
        ">"
        + ("HH" if sensors & HAS_DISTANCE else "")
        + ("H" if sensors & HAS_BATTERY else "")
    )
    if len(payload) < HEADER.size + layout.size:
        raise PayloadError(f"{len(payload)} bytes do not hold sensors {sensors:b}")
    values = list(layout.unpack_from(payload, HEADER.size))
    if not values:
        return
    battery_mv = values.pop() if sensors & HAS_BATTERY else None
    distance_mm, sample_count = values or (None, 0)
    yield Measured(
        distance_mm=distance_mm,
        battery_mv=battery_mv,
        echo_count=min(MAX_ECHO_COUNT, sample_count) if values else None,
        flags=0 if sample_count else FLAG_NO_ECHO,
    )

"""Dragino LDDS75 and DDS75-LB: distance, battery, an optional thermometer.

Source: dragino/dragino-end-node-decoder, LDDS75/LDDS75_Decoder_V1.1.4.js and "LDDS75
decoder--TTN.txt" (before version 1.1.4), DDS75-LB/DDS75-LB_ChirpstackV4_Decoder.txt.
Big endian: battery, mV (14 bits) · distance, mm · interrupt · since 1.1.4 also
temperature, tenths of a degree · whether the ultrasonic sensor is there.
"""

import struct
from collections.abc import Iterator

from gateway.errors import PayloadError
from gateway.foreign.uplink import Measured, Uplink
from gateway.wire.message import FLAG_NO_ECHO

KINDS = ("dragino-ldds75", "dragino-dds75")

PORT = 2
SINCE_1_1_4 = struct.Struct(">HHBhB")
BEFORE = struct.Struct(">HHB")
WITHOUT_SENSOR = (3, 4)  # bytes
BATTERY_MASK = 0x3FFF
SEVERAL_DISTANCES = 0x1000
# Nearer than 280 mm it is blind, and says 0 or 20.
NEAREST_MM = 280


def decode(uplink: Uplink) -> Iterator[Measured]:
    """Read one measurement."""
    if uplink.f_port not in (None, PORT):
        raise PayloadError(f"port {uplink.f_port} carries no measurement, {PORT} does")
    payload, size = uplink.payload, len(uplink.payload)
    is_known = size in (SINCE_1_1_4.size, BEFORE.size, *WITHOUT_SENSOR)
    battery = int.from_bytes(payload[:2], "big")
    if battery & SEVERAL_DISTANCES:
        raise PayloadError("several distances in one frame have no times")
    if not is_known:
        raise PayloadError(f"{size} bytes are not the 8, 5, 4 or 3 of a DDS75")
    if size in WITHOUT_SENSOR:
        yield _measured(battery, distance_mm=0, temperature_dc=0)
    elif size == BEFORE.size:
        _, distance_mm, _ = BEFORE.unpack(payload)
        yield _measured(battery, distance_mm=distance_mm, temperature_dc=0)
    else:
        _, distance_mm, _, temperature_dc, has_sensor = SINCE_1_1_4.unpack(payload)
        yield _measured(
            battery,
            distance_mm=distance_mm if has_sensor else 0,
            temperature_dc=temperature_dc,
        )


def _measured(battery: int, *, distance_mm: int, temperature_dc: int) -> Measured:
    return Measured(
        distance_mm=distance_mm,
        battery_mv=battery & BATTERY_MASK,
        # 0 is also what it says without a thermometer.
        temperature_c=temperature_dc / 10 if temperature_dc else None,
        flags=FLAG_NO_ECHO if distance_mm < NEAREST_MM else 0,
    )

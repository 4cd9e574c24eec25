"""Tilt and temperature from the two chips on the I2C bus (ESP32).

A chip that does not answer is "not measured", never a reason to lose a record.
"""

import struct
from time import sleep_ms  # type: ignore[attr-defined]

from machine import I2C, Pin  # type: ignore[import-not-found]
from micropython import const

from binnode import pins
from binnode.angle import tilt_from_gravity
from binnode.payload import TEMPERATURE_UNMEASURED, TILT_UNMEASURED

# LIS3DH datasheet (ST, DocID17530): section 8, registers; SA0 high.
_LIS3DH = const(0x19)
_LIS3DH_CONTROL_1 = const(0x20)
_LIS3DH_CONTROL_4 = const(0x23)
_LIS3DH_100_HZ = const(b"\x57")
_LIS3DH_OFF = const(b"\x00")
_LIS3DH_FINE_2_G = const(b"\x88")
_LIS3DH_AXES = 0x28 | 0x80
_LIS3DH_SETTLE_MS = const(80)

# TMP102 datasheet (TI, SBOS397): one-shot conversion takes 35 ms at most.
_TMP102 = const(0x48)
_TMP102_TEMPERATURE = const(0x00)
_TMP102_CONFIG = const(0x01)
_TMP102_ONE_SHOT = const(b"\xe1\xa0")
_TMP102_SETTLE_MS = const(35)


def open_bus() -> I2C:
    """Open the bus both chips sit on."""
    return I2C(0, scl=Pin(pins.I2C_SCL), sda=Pin(pins.I2C_SDA), freq=100_000)


def read_tilt_deg(bus: I2C) -> int:
    """Measure degrees from upright; `TILT_UNMEASURED` when the chip is silent."""
    try:
        bus.writeto_mem(_LIS3DH, _LIS3DH_CONTROL_4, _LIS3DH_FINE_2_G)
        bus.writeto_mem(_LIS3DH, _LIS3DH_CONTROL_1, _LIS3DH_100_HZ)
        sleep_ms(_LIS3DH_SETTLE_MS)
        axes = struct.unpack("<hhh", bus.readfrom_mem(_LIS3DH, _LIS3DH_AXES, 6))
        bus.writeto_mem(_LIS3DH, _LIS3DH_CONTROL_1, _LIS3DH_OFF)
    except OSError:
        return TILT_UNMEASURED
    return tilt_from_gravity(*axes)


def read_temperature_dc(bus: I2C) -> int:
    """Measure tenths of a degree; `TEMPERATURE_UNMEASURED` when silent."""
    try:
        bus.writeto_mem(_TMP102, _TMP102_CONFIG, _TMP102_ONE_SHOT)
        sleep_ms(_TMP102_SETTLE_MS)
        raw = bus.readfrom_mem(_TMP102, _TMP102_TEMPERATURE, 2)
    except OSError:
        return TEMPERATURE_UNMEASURED
    # Twelve bits, left-justified, a sixteenth of a degree each.
    (left_justified,) = struct.unpack(">h", raw)
    sixteenths: int = left_justified >> 4
    return (sixteenths * 10 + 8) // 16

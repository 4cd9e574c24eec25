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

# LIS3DH datasheet (ST, DocID17530), section 8; SA0 high. Valid 7 samples after
# it was switched on, 18 ms at 400 Hz.
_LIS3DH = const(0x19)
_LIS3DH_CONTROL_1 = const(0x20)
_LIS3DH_CONTROL_4 = const(0x23)
_LIS3DH_400_HZ = const(b"\x77")
_LIS3DH_OFF = const(b"\x00")
_LIS3DH_FINE_2_G = const(b"\x88")
_LIS3DH_AXES = const(0xA8)  # 0x28, and 0x80 to read on

# TMP102 datasheet (TI, SBOS397): one-shot conversion takes 35 ms at most.
_TMP102 = const(0x48)
_TMP102_TEMPERATURE = const(0x00)
_TMP102_CONFIG = const(0x01)
_TMP102_ONE_SHOT = const(b"\xe1\xa0")

_SETTLE_MS = const(36)


def measure() -> tuple[int, int]:
    """Measure temperature (tenths of a degree) and tilt (degrees from upright)."""
    bus = I2C(0, scl=Pin(pins.I2C_SCL), sda=Pin(pins.I2C_SDA), freq=100_000)
    _write(bus, _TMP102, _TMP102_CONFIG, _TMP102_ONE_SHOT)
    _write(bus, _LIS3DH, _LIS3DH_CONTROL_4, _LIS3DH_FINE_2_G)
    _write(bus, _LIS3DH, _LIS3DH_CONTROL_1, _LIS3DH_400_HZ)
    sleep_ms(_SETTLE_MS)
    temperature_dc, tilt_deg = _read_temperature_dc(bus), _read_tilt_deg(bus)
    _write(bus, _LIS3DH, _LIS3DH_CONTROL_1, _LIS3DH_OFF)
    return temperature_dc, tilt_deg


def _write(bus: I2C, chip: int, register: int, value: bytes) -> None:
    try:
        bus.writeto_mem(chip, register, value)
    except OSError:
        # Reading the chip will find it silent too, and say "not measured".
        return


def _read_temperature_dc(bus: I2C) -> int:
    try:
        raw = bus.readfrom_mem(_TMP102, _TMP102_TEMPERATURE, 2)
    except OSError:
        return TEMPERATURE_UNMEASURED
    # Twelve bits, left-justified, a sixteenth of a degree each.
    (left_justified,) = struct.unpack(">h", raw)
    sixteenths: int = left_justified >> 4
    return (sixteenths * 10 + 8) // 16


def _read_tilt_deg(bus: I2C) -> int:
    try:
        axes = bus.readfrom_mem(_LIS3DH, _LIS3DH_AXES, 6)
    except OSError:
        return TILT_UNMEASURED
    return tilt_from_gravity(*struct.unpack("<hhh", axes))

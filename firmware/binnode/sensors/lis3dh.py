"""ST LIS3DH accelerometer, I2C (datasheet DocID17530 rev. 2, section 8).

The LIS2DH12 has the same registers. SA0 high. Valid 7 samples after it was switched on
(table 11), 18 ms at 400 Hz.
"""

import struct

from micropython import const

from binnode.sensors import wiring
from binnode.sensors.angle import tilt_from_gravity

SETTLE_MS = const(18)

_CHIP = const(0x19)
_CONTROL_1 = const(0x20)
_REFERENCE = const(0x26)
_AXES = const(0xA8)  # 0x28, and 0x80 to read on
_KNOCK = const(0x30)  # INT1_CFG; its source and threshold follow
_SOURCE = const(0x31)
_THRESHOLD = const(0x32)

_OFF = const(b"\x00")
# CONTROL_1 to 4: 400 Hz, three axes; no filter, no interrupt; 12 bits, 2 g.
_FINE = const(b"\x77\x00\x00\x88")
# 50 Hz, low power: 6 uA (table 12); the high-pass filter takes gravity out of interrupt
# 1 only; that on its pin; 2 g; and it stays until its source is read.
_WATCHING = const(b"\x4f\x01\x40\x00\x08")
_ANY_AXIS = const(b"\x2a")
_READ_ON = const(0x80)
_MG_A_STEP = const(16)


class Accelerometer:
    """One measurement; OSError when the chip does not answer."""

    def __init__(self) -> None:
        self._bus = wiring.open_bus()
        self._bus.writeto_mem(_CHIP, _CONTROL_1 | _READ_ON, _FINE)

    def read_tilt_deg(self) -> int:
        """Read degrees from upright, and switch off."""
        axes = self._bus.readfrom_mem(_CHIP, _AXES, 6)
        self._bus.writeto_mem(_CHIP, _CONTROL_1, _OFF)
        return tilt_from_gravity(*struct.unpack("<hhh", axes))


def watch(knock_mg: int) -> None:
    """Have a knock raise the chip's pin from now on."""
    bus = wiring.open_bus()
    bus.writeto_mem(_CHIP, _CONTROL_1 | _READ_ON, _WATCHING)
    bus.writeto_mem(_CHIP, _THRESHOLD, bytes([knock_mg // _MG_A_STEP]))
    bus.writeto_mem(_CHIP, _KNOCK, _ANY_AXIS)
    # Reading them takes the present as the rest position, and forgets old knocks.
    bus.readfrom_mem(_CHIP, _REFERENCE, 1)
    bus.readfrom_mem(_CHIP, _SOURCE, 1)

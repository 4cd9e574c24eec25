"""TI TMP102 thermometer, I2C (datasheet SBOS397): it takes 35 ms at most."""

import struct

from micropython import const

from binnode.sensors import wiring

CONVERSION_MS = const(36)

_CHIP = const(0x48)
_TEMPERATURE = const(0x00)
_CONFIG = const(0x01)
_ONE_SHOT = const(b"\xe1\xa0")


class Thermometer:
    """One measurement; OSError when the chip does not answer."""

    def __init__(self) -> None:
        self._bus = wiring.open_bus()
        self._bus.writeto_mem(_CHIP, _CONFIG, _ONE_SHOT)

    def read_dc(self) -> int:
        """Read tenths of a degree."""
        raw = self._bus.readfrom_mem(_CHIP, _TEMPERATURE, 2)
        # Twelve bits, left-justified, a sixteenth of a degree each.
        (left_justified,) = struct.unpack(">h", raw)
        sixteenths: int = left_justified >> 4
        return (sixteenths * 10 + 8) // 16

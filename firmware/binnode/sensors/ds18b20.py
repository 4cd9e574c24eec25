"""Maxim DS18B20 thermometer, 1-Wire (datasheet 19-7487).

At 10 bits, a quarter of a degree, a conversion takes 187.5 ms (table 2). Only with a
supply of its own: the chip's pin cannot feed it through light sleep.
"""

import struct

from micropython import const

from binnode.sensors import wiring

CONVERSION_MS = const(190)

_RESET_DC = const(850)
_TEN_BITS = const(b"\x00\x00\x3f")  # alarm registers, not used, and configuration
# The board's TMP102, which nobody asks here, else measures four times a second.
_TMP102 = const(0x48)
_SHUT_DOWN = const(b"\x61\xa0")


class Thermometer:
    """One measurement; OSError when no sensor answers, or what it says is torn."""

    def __init__(self) -> None:
        try:  # noqa: SIM105 - MicroPython has no contextlib
            wiring.open_bus().writeto_mem(_TMP102, 1, _SHUT_DOWN)
        except OSError:
            pass
        self._sensors = wiring.open_one_wire()
        found = self._sensors.scan()
        if not found:
            raise OSError("no DS18B20")
        self._which = found[0]
        self._sensors.write_scratch(self._which, _TEN_BITS)
        self._sensors.convert_temp()

    def read_dc(self) -> int:
        """Read tenths of a degree."""
        try:
            scratch = self._sensors.read_scratch(self._which)
        except Exception as error:  # noqa: BLE001 - a wrong sum is one without a name
            raise OSError(error) from None
        (sixteenths,) = struct.unpack_from("<h", scratch)
        temperature_dc: int = (sixteenths * 10 + 8) // 16
        # What it says after power-on, before any conversion (p. 6).
        if temperature_dc == _RESET_DC:
            raise OSError("DS18B20 did not measure")
        return temperature_dc

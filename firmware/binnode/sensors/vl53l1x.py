"""ST VL53L1X, laser time of flight, I2C.

40 to 4,000 mm in the dark, 20 mm (datasheet DS12385, section 3); boots in 1.2 ms
(section 2.9). Registers and their settings are those of ST's ultra lite driver
STSW-IMG009 (BSD-3-Clause, UM2510):
long distance mode, 100 ms a ping. Sunlight and dust shorten what it sees.
"""

from micropython import const

from binnode.sensors import wiring
from binnode.sensors.ranging import Limits

LIMITS = Limits(40, 4000, 20, 0, 2, 200)

_CHIP = const(0x29)
_VHV_TIMEOUT = const(0x0008)
_VHV_INIT = const(0x000B)
_SETTINGS = const(0x002D)
_READY = const(0x0031)
_CLEAR = const(0x0086)
_START = const(0x0087)
_STATUS = const(0x0089)
_RANGE_MM = const(0x0096)
_BOOTED = const(0x00E5)

_RANGE_VALID = const(9)
_POLL_MS = const(5)

# 0x2D to 0x87; ST names most of them "not user-modifiable".
_VALUES = (
    b"\x00\x00\x00\x01\x02\x00\x02\x08\x00\x08\x10\x01\x01\x00\x00\x00"
    b"\x00\xff\x00\x0f\x00\x00\x00\x00\x00\x20\x0b\x00\x00\x02\x0a\x21"
    b"\x00\x00\x05\x00\x00\x00\x00\xc8\x00\x00\x38\xff\x01\x00\x08\x00"
    b"\x00\x01\xcc\x0f\x01\xf1\x0d\x01\x68\x00\x80\x08\xb8\x00\x00\x00"
    b"\x00\x0f\x89\x00\x00\x00\x00\x00\x00\x00\x01\x0f\x0d\x0e\x0e\x00"
    b"\x00\x02\xc7\xff\x9b\x00\x00\x00\x01\x00\x00"
)


class Sensor:
    """The sensor, ranging until it is closed; OSError when it does not answer."""

    def __init__(self, temperature_dc: int) -> None:
        self._bus = wiring.open_bus()
        self._wait_for(_BOOTED)
        self._write(_SETTINGS, _VALUES)
        # The first ranging after power-on calibrates, and is none.
        self._write(_START, b"\x40")
        self._wait_for(_READY)
        self._write(_CLEAR, b"\x01")
        self._write(_START, b"\x00")
        self._write(_VHV_TIMEOUT, b"\x09")
        self._write(_VHV_INIT, b"\x00")
        self._write(_START, b"\x40")

    def ping_mm(self) -> int:
        """Wait for the next range; 0 if none comes that is valid."""
        if not self._wait_for(_READY):
            return 0
        is_valid = self._read(_STATUS, 1)[0] & 0x1F == _RANGE_VALID
        high, low = self._read(_RANGE_MM, 2)
        self._write(_CLEAR, b"\x01")
        return high << 8 | low if is_valid else 0

    def close(self) -> None:
        """Stop ranging; back in standby."""
        self._write(_START, b"\x00")

    def _wait_for(self, register: int) -> bool:
        for _ in range(LIMITS.ping_ms // _POLL_MS):
            if self._read(register, 1)[0] & 1:
                return True
            wiring.pause(_POLL_MS)
        return False

    def _read(self, register: int, count: int) -> bytes:
        raw: bytes = self._bus.readfrom_mem(_CHIP, register, count, addrsize=16)
        return raw

    def _write(self, register: int, values: bytes) -> None:
        self._bus.writeto_mem(_CHIP, register, values, addrsize=16)

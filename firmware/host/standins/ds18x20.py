"""The ESP32's frozen `ds18x20` on the host: one sensor, or none."""

import os


class DS18X20:
    """The sensor whose scratchpad is in `BIN_DS18B20`; it has measured in no time."""

    def __init__(self, onewire: object) -> None:
        self._scratch = bytes.fromhex(os.getenv("BIN_DS18B20", ""))

    def scan(self) -> list[bytearray]:
        """Name the sensors on the wire."""
        return [bytearray(b"\x28\x00\x00\x00\x00\x00\x00\x00")] if self._scratch else []

    def convert_temp(self) -> None:
        """Begin to measure."""

    def read_scratch(self, rom: bytearray) -> bytes:
        """Read the scratchpad; a wrong sum is an exception without a name."""
        if _crc8(self._scratch):
            raise Exception("CRC error")
        return self._scratch

    def write_scratch(self, rom: bytearray, buf: bytes) -> None:
        """Set alarms and resolution."""


def _crc8(raw: bytes) -> int:
    crc = 0
    for byte in raw:
        crc ^= byte
        for _ in range(8):
            crc = crc >> 1 ^ (0x8C if crc & 1 else 0)
    return crc

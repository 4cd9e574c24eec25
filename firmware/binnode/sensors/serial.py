"""A range sensor that talks by itself on the UART."""

from micropython import const

from binnode.sensors import wiring

_POLL_MS = const(20)


class Serial:
    """Hears one distance after the other; `parse` knows the frames."""

    def __init__(self, parse, ping_ms):
        self._parse = parse
        self._polls = ping_ms // _POLL_MS
        self._uart = wiring.open_uart()
        self._found_mm = []
        self._rest = b""

    def ping_mm(self) -> int:
        """Wait for the next distance; 0 if none comes."""
        for _ in range(self._polls):
            found_mm, self._rest = self._parse(self._rest + (self._uart.read() or b""))
            self._found_mm += found_mm
            if self._found_mm:
                return int(self._found_mm.pop(0))
            wiring.pause(_POLL_MS)
        return 0

    def close(self) -> None:
        """Close the port."""
        self._uart.deinit()

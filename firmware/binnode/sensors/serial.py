"""A range sensor that talks by itself on the UART.

The chip hears nothing while it sleeps lightly, but takes a fortieth of the current. So
it sleeps from the end of one frame until shortly before the next. A frame that comes
before that is lost, and the one after it is heard.
"""

from micropython import const

from binnode.sensors import wiring

_POLL_MS = const(4)
# Of the longest that a ping may take, which is twice the time between two frames and
# some more: 84 of 100 ms for the A02YYUW, 105 of 148 for the MB7389.
_QUIET_PERCENT = const(35)


class Serial:
    """Hears one distance after the other; `parse` knows the frames."""

    def __init__(self, parse, ping_ms):
        self._parse = parse
        self._polls = ping_ms // _POLL_MS
        self._uart = wiring.open_uart()
        # None: nobody knows when the next frame comes.
        self._found_mm = None
        self._rest = b""

    def ping_mm(self) -> int:
        """Wait for the next distance; 0 if none comes."""
        if self._found_mm == []:
            wiring.nap(self._polls * _POLL_MS * _QUIET_PERCENT // 100)
        for _ in range(self._polls):
            if not self._found_mm:
                raw = self._rest + (self._uart.read() or b"")
                self._found_mm, self._rest = self._parse(raw)
            if self._found_mm:
                return int(self._found_mm.pop(0))
            wiring.pause(_POLL_MS)
        self._found_mm = None
        return 0

    def close(self) -> None:
        """Close the port."""
        self._uart.deinit()

"""A TCP connection on which no read and no write can hang."""

import select
import socket

from micropython import const

from binnode.deadline import Deadline

_ETIMEDOUT = const(110)
_ECONNRESET = const(104)


class Stream:
    """An open connection; every operation takes its deadline."""

    def __init__(self, host: str, port: int, deadline: Deadline) -> None:
        # Name look-up has no timeout on the ESP32: the watchdog covers it.
        address = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)[0]
        self._socket = socket.socket(address[0], address[1], address[2])
        try:
            self._socket.settimeout(deadline.left_ms() / 1000)
            self._socket.connect(address[-1])
            self._poll = select.poll()
        except OSError:
            self._socket.close()
            raise

    def read(self, size: int, deadline: Deadline) -> bytes:
        """Read exactly `size` bytes.

        Waits by poll and takes what is there, so that a peer that sends a byte
        now and then cannot stretch the deadline.
        """
        received = b""
        while len(received) < size:
            self._wait(select.POLLIN, deadline)
            part = self._socket.recv(size - len(received))
            if not part:
                raise OSError(_ECONNRESET)
            received += part
        return received

    def write(self, data: bytes, deadline: Deadline) -> None:
        """Write all of `data`."""
        rest = memoryview(data)
        while len(rest):
            self._wait(select.POLLOUT, deadline)
            rest = rest[self._socket.send(rest) :]

    def _wait(self, event: int, deadline: Deadline) -> None:
        self._poll.register(self._socket, event)
        if not self._poll.poll(deadline.left_ms()):
            raise OSError(_ETIMEDOUT)

    def close(self) -> None:
        """Let go of the connection."""
        self._socket.close()

"""A TCP connection on which no read and no write can hang."""

import select
import socket
from errno import ECONNRESET, ETIMEDOUT

from binnode.deadline import Deadline


class Stream:
    """An open connection; every operation takes its deadline.

    Waits by poll and takes what is there, so that a peer that sends a byte now and
    then cannot stretch a deadline, in a TLS handshake neither.
    """

    def __init__(
        self, host: str, port: int, deadline: Deadline, *, is_secure: bool = False
    ) -> None:
        # Name look-up has no timeout on the ESP32: the watchdog covers it.
        address = socket.getaddrinfo(host, port, 0, socket.SOCK_STREAM)[0]
        self._plain = socket.socket(address[0], address[1], address[2])
        try:
            self._plain.settimeout(deadline.left_ms() / 1000)
            self._plain.connect(address[-1])
            self._plain.setblocking(False)
            self._way = self._plain
            if is_secure:
                from binnode import secure

                self._way = secure.wrap(self._plain, host)  # type: ignore[assignment]
            self._poll = select.poll()
            self._poll.register(self._way)
        except OSError:
            self._plain.close()
            raise

    def read(self, size: int, deadline: Deadline) -> bytes:
        """Read exactly `size` bytes."""
        received = b""
        while len(received) < size:
            part = self._way.read(size - len(received))  # type: ignore[attr-defined]
            if part is None:
                self._wait(select.POLLIN, deadline)
            elif part:
                received += part
            else:
                raise OSError(ECONNRESET)
        return received

    def write(self, data: bytes, deadline: Deadline) -> None:
        """Write all of `data`."""
        rest = memoryview(data)
        while len(rest):
            written = self._way.write(rest)  # type: ignore[attr-defined]
            if written is None:
                self._wait(select.POLLOUT, deadline)
            else:
                rest = rest[written:]

    def _wait(self, event: int, deadline: Deadline) -> None:
        self._poll.modify(self._way, event)
        if not self._poll.poll(deadline.left_ms()):
            raise OSError(ETIMEDOUT)

    def close(self) -> None:
        """Let go of the connection."""
        self._way.close()

"""A connection to the broker in use: its bytes in and out."""

import ssl
import time

from gateway.errors import BrokerError
from gateway.packets import PINGREQ, Packets, Publish
from gateway.subscriber import KEEPALIVE_S, Link

READ_BYTES = 256 * 1024


class Session:
    """A link in use: its bytes in and out."""

    def __init__(self, link: Link, number: int) -> None:
        self.number = number
        self.socket = link.socket
        self.socket.setblocking(False)
        self.is_version_5 = link.version == "5"
        self.out = bytearray()
        self._packets = Packets(is_version_5=self.is_version_5)
        self._heard_s = self._said_s = time.monotonic()

    def has_more(self) -> bool:
        """Tell whether decrypted bytes wait that no selector knows of."""
        return isinstance(self.socket, ssl.SSLSocket) and self.socket.pending() > 0

    def read(self) -> list[Publish]:
        """Read what is there."""
        try:
            data = self.socket.recv(READ_BYTES)
        except (BlockingIOError, ssl.SSLWantReadError):
            return []
        if not data:
            raise BrokerError(
                "it closed the connection: it ends, or a second gateway has our share"
            )
        self._heard_s = time.monotonic()
        return self._packets.feed(data)

    def send(self) -> None:
        """Send what the socket takes."""
        while self.out:
            try:
                sent = self.socket.send(self.out)
            except (BlockingIOError, ssl.SSLWantWriteError):
                return
            del self.out[:sent]
            self._said_s = time.monotonic()

    def keep_alive(self, *, is_reading: bool) -> None:
        """Show that we live; give up on a broker that does not."""
        now_s = time.monotonic()
        if not is_reading:
            self._heard_s = now_s
        if now_s - self._said_s > KEEPALIVE_S / 2:
            self.out += PINGREQ
            self._said_s = now_s
        if now_s - self._heard_s > 2 * KEEPALIVE_S:
            raise BrokerError(f"it said nothing for {2 * KEEPALIVE_S} s")

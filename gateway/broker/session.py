"""A connection to the broker in use: its bytes in and out."""

import ssl
import time
from collections import deque
from collections.abc import Iterable
from contextlib import suppress
from socket import SHUT_WR

from gateway.broker.packets import (
    FAREWELL,
    PINGREQ,
    Packets,
    Publish,
    encode_pubacks,
)
from gateway.broker.subscriber import KEEPALIVE_S, Link
from gateway.errors import BrokerError

READ_BYTES = 256 * 1024
LINGER_S = 1.0  # for a broker that does not hang up by itself


class Session:
    """A link in use: its bytes in and out."""

    def __init__(self, link: Link, number: int) -> None:
        self.number = number
        self.socket = link.socket
        self.socket.setblocking(False)
        self.is_version_5 = link.version == "5"
        self.out = bytearray()
        self._packets = Packets(is_version_5=self.is_version_5)
        self._unanswered = deque[bytes]()
        self._settled: set[bytes] = set()
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

    def expect(self, messages: Iterable[Publish]) -> None:
        """Note what the broker waits to have acknowledged."""
        self._unanswered.extend([each.packet_id for each in messages if each.packet_id])

    def settle(self, packet_ids: Iterable[bytes]) -> None:
        """Acknowledge messages, each when all that came before it are settled.

        In the order in which they came: MQTT 3.1.1, [MQTT-4.6.0-2]; rumqttd ends the
        session of whoever does otherwise.
        """
        self._settled.update(packet_ids)
        ready = []
        while self._unanswered and self._unanswered[0] in self._settled:
            ready.append(self._unanswered.popleft())
        self._settled.difference_update(ready)
        self.out += encode_pubacks(ready)

    def send(self) -> None:
        """Send what the socket takes."""
        while self.out:
            try:
                sent = self.socket.send(self.out)
            except (BlockingIOError, ssl.SSLWantWriteError):
                return
            del self.out[:sent]
            self._said_s = time.monotonic()

    def leave(self) -> None:
        """Say farewell, and hang up when the broker has heard it.

        A socket that is closed while it holds bytes that nobody has read resets the
        connection, and the other side loses what it has not read either: our last
        acknowledgements (RFC 1122, 4.2.2.13; RFC 2525, 2.17).
        """
        self.out += FAREWELL
        self.send()
        give_up_s = time.monotonic() + LINGER_S
        with suppress(OSError):
            self.socket.shutdown(SHUT_WR)
            while (left_s := give_up_s - time.monotonic()) > 0:
                self.socket.settimeout(left_s)
                if not self.socket.recv(READ_BYTES):
                    return

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

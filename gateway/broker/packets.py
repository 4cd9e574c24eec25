"""The packets of MQTT that a subscriber needs once it is subscribed.

MQTT 3.1.1 and 5.0, OASIS standards, chapters 2 and 3. A client library makes an object,
takes a lock and writes to the socket for each message; here a thousand of them cost
little more than their bytes.
"""

from collections.abc import Iterable
from typing import NamedTuple

from gateway.errors import BrokerError

PUBLISH, DISCONNECT = 3, 14
RETAIN, QOS = 0x01, 0x06
PINGREQ = b"\xc0\x00"
FAREWELL = b"\xe0\x00"
PUBACK = b"\x40\x02"
NO_PROPERTIES = b"\x00"
MAX_LENGTH_BYTES = 4
CONTINUED = 0x80
TAKEN_OVER = 0x8E  # MQTT 5, table 2.6
# Larger than any message that can be stored, and small enough to hold many of them.
MAX_PAYLOAD_BYTES = 96 * 1024


class Publish(NamedTuple):
    """A message of the broker; without a packet id none is to be acknowledged."""

    packet_id: bytes
    topic: str
    payload: bytes


class Packets:
    """Cuts what a broker sends into packets.

    A message beyond `MAX_PAYLOAD_BYTES` is cut off there and still handed on, to be
    rejected and acknowledged: a broker would send it for ever.
    """

    def __init__(self, *, is_version_5: bool) -> None:
        self._is_version_5 = is_version_5
        self._rest = b""
        self._skipping = 0  # bytes still to come that nobody wants

    def feed(self, data: bytes) -> list[Publish]:
        """Take what came and return the messages that are complete now.

        Raises
        ------
        BrokerError
            If the broker says goodbye, or nonsense.
        """
        if self._skipping:
            skipped = min(self._skipping, len(data))
            self._skipping -= skipped
            data = data[skipped:]
        data = self._rest + data if self._rest else data
        found: list[Publish] = []
        at, end = 0, len(data)
        while end - at > 1:
            extent = _measure(data, at + 1)
            if extent is None:
                break
            start, stop = extent
            if stop > end:
                if end - start < MAX_PAYLOAD_BYTES:
                    break
                self._skipping, stop = stop - end, end
            if data[at] >> 4 == PUBLISH:
                found.append(self._read_publish(data, at, start, stop))
            elif data[at] >> 4 == DISCONNECT:
                raise BrokerError(_explain_end(data[start:stop]))
            at = stop
        self._rest = data[at:]
        return found

    def _read_publish(self, data: bytes, at: int, start: int, stop: int) -> Publish:
        topic_start = start + 2
        body = topic_end = topic_start + int.from_bytes(data[start:topic_start], "big")
        if data[at] & QOS:
            body += 2
        packet_id = data[topic_end:body]
        if self._is_version_5 and body < stop:
            properties = _measure(data, body)
            body = stop + 1 if properties is None else properties[1]
        if topic_start > stop or body > stop:
            raise BrokerError("a message whose parts do not fit into its length")
        topic = data[topic_start:topic_end].decode(errors="replace")
        return Publish(packet_id, topic, data[body:stop])


def _explain_end(body: bytes) -> str:
    code = body[0] if body else 0
    if code == TAKEN_OVER:
        return "another client took our session: does a second gateway have our share?"
    return f"the broker ended it, reason 0x{code:02x} (MQTT 5, table 2.6)"


def _measure(data: bytes, at: int) -> tuple[int, int] | None:
    """Read a length and return from where to where it reaches; None: it is not all."""
    if data[at] < CONTINUED:
        return at + 1, at + 1 + data[at]
    # Up to 16,383 bytes, as nearly all are.
    if at + 1 < len(data) and data[at + 1] < CONTINUED:
        return at + 2, at + 2 + data[at] % CONTINUED + (data[at + 1] << 7)
    length = 0
    for index, byte in enumerate(data[at : at + MAX_LENGTH_BYTES]):
        length |= (byte % CONTINUED) << 7 * index
        if byte < CONTINUED:
            start = at + index + 1
            return start, start + length
    if len(data) - at >= MAX_LENGTH_BYTES:
        raise BrokerError("a length of more than four bytes")
    return None


def encode_pubacks(packet_ids: Iterable[bytes]) -> bytes:
    """Acknowledge messages."""
    return b"".join([PUBACK + each for each in packet_ids])


def encode_publish(
    topic: str, payload: bytes, *, is_version_5: bool, is_retained: bool = True
) -> bytes:
    """Publish at QoS 0."""
    name = topic.encode()
    properties = NO_PROPERTIES if is_version_5 else b""
    body = len(name).to_bytes(2, "big") + name + properties + payload
    head = PUBLISH << 4 | (RETAIN if is_retained else 0)
    return bytes([head]) + _encode_length(len(body)) + body


def _encode_length(length: int) -> bytes:
    encoded = bytearray()
    while length >= CONTINUED:
        encoded.append(length % CONTINUED | CONTINUED)
        length >>= 7
    encoded.append(length)
    return bytes(encoded)

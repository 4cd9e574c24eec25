"""As much MQTT 3.1.1 as a bin needs: QoS 1 out, QoS 1 in, a deadline on each wait.

Known clients wait without an end for a lost reply (umqtt), retry without an end,
or do not fit. Section numbers are those of the OASIS standard, 2014-10-29.
"""

import struct
from collections import namedtuple

from micropython import const

from binnode.deadline import Deadline
from binnode.stream import Stream

_CONNECT = const(0x10)
_CONNACK = const(0x20)
_PUBLISH_QOS1 = const(0x32)
_PUBACK = const(0x40)
_SUBSCRIBE = const(0x82)
_SUBACK = const(0x90)
_DISCONNECT = const(0xE0)

_PUBLISH_TYPE = const(0x30)
_RETAIN_BIT = const(0x01)
_CLEAN_SESSION = const(0x02)
_HAS_PASSWORD = const(0x40)
_HAS_USER = const(0x80)
_PACKET_BYTES_MAX = const(1024)
_LENGTH_SHIFT_MAX = const(21)

Message = namedtuple("Message", ("topic", "payload", "is_retained"))


class MqttError(Exception):
    """The broker refused, or did not speak MQTT."""


class Client:
    """One session over one stream; `deadline` bounds all of it together."""

    def __init__(self, stream: Stream, *, reply_ms: int, deadline: Deadline) -> None:
        self._stream = stream
        self._reply_ms = reply_ms
        self._deadline = deadline
        self._packet_id = 0
        self._inbox: list[Message] = []

    def connect(
        self, client_id: str, *, user: str, password: str, keepalive_s: int
    ) -> None:
        """Open a clean session.

        Clean, so that a message is either live or flagged as retained: one that a
        broker had queued for us would come late and without the flag, and an old
        ack would then set the clock.
        """
        flags = _CLEAN_SESSION
        body = _text(client_id)
        if user:
            flags |= _HAS_USER | _HAS_PASSWORD
            body += _text(user) + _text(password)
        head = b"\x00\x04MQTT\x04" + struct.pack("!BH", flags, keepalive_s)
        self._send(_CONNECT, head, body)
        reply = self._await(_CONNACK)
        if len(reply) != 2 or reply[1]:
            raise MqttError(f"connection refused, code {reply[-1:]!r} (section 3.2.2)")

    def subscribe(self, *topics: str) -> None:
        """Ask for topics at QoS 1 and wait until they are granted, in one go."""
        wishes = b"".join([_text(topic) + b"\x01" for topic in topics])
        self._send(_SUBSCRIBE, self._next_id(), wishes)
        reply = self._await(_SUBACK)
        for index, topic in enumerate(topics):
            if reply[2 + index : 3 + index] not in (b"\x00", b"\x01"):
                raise MqttError(f"subscription to {topic} refused")

    def publish(self, topic: str, payload: bytes | bytearray) -> None:
        """Send a message at QoS 1.

        The broker's PUBACK is taken when it comes but not waited for: it does not
        say that the message is stored, the gateway's ack does.
        """
        self._send(_PUBLISH_QOS1, _text(topic), self._next_id(), payload)

    def receive(self, topic: str, wait_ms: int) -> Message | None:
        """Wait for the next message on a topic; None when none comes in time.

        What came on other topics is kept for whoever asks for it.
        """
        deadline = Deadline(wait_ms, self._deadline)
        looked_at = 0
        while True:
            while looked_at < len(self._inbox):
                if self._inbox[looked_at].topic == topic:
                    return self._inbox.pop(looked_at)
                looked_at += 1
            if not self._handle_next(deadline):
                return None

    def disconnect(self) -> None:
        """Say good-bye, so that the broker does not wait for us."""
        self._send(_DISCONNECT)

    def close(self) -> None:
        """Let go of the connection."""
        self._stream.close()

    def _await(self, kind: int) -> bytes:
        deadline = Deadline(self._reply_ms, self._deadline)
        while True:
            got, body = self._read_packet(deadline)
            if got == kind:
                return body
            self._take(got, body)

    def _handle_next(self, deadline: Deadline) -> bool:
        try:
            self._take(*self._read_packet(deadline))
        except OSError:
            return False
        return True

    def _take(self, head: int, body: bytes) -> None:
        if head & 0xF0 != _PUBLISH_TYPE:
            return
        (length,) = struct.unpack("!H", body[:2])
        topic, rest = body[2 : 2 + length], body[2 + length :]
        if head & 0x06:
            self._send(_PUBACK, rest[:2])
            rest = rest[2:]
        self._inbox.append(Message(topic.decode(), rest, bool(head & _RETAIN_BIT)))

    def _next_id(self) -> bytes:
        self._packet_id = self._packet_id % 0xFFFF + 1
        return struct.pack("!H", self._packet_id)

    def _send(self, head: int, *parts: bytes | bytearray) -> None:
        # One write a packet: one TCP segment, and one record under TLS.
        length = sum(len(part) for part in parts)
        start = (bytes([head]), _remaining_length(length))
        packet = b"".join(start + parts)
        self._stream.write(packet, Deadline(self._reply_ms, self._deadline))

    def _read_packet(self, deadline: Deadline) -> tuple[int, bytes]:
        head = self._stream.read(1, deadline)[0]
        length = self._read_length(deadline)
        if length > _PACKET_BYTES_MAX:
            raise MqttError(f"packet of {length} bytes, {_PACKET_BYTES_MAX} at most")
        return head, self._stream.read(length, deadline)

    def _read_length(self, deadline: Deadline) -> int:
        length = shift = 0
        while shift <= _LENGTH_SHIFT_MAX:
            byte = self._stream.read(1, deadline)[0]
            length |= (byte & 0x7F) << shift
            if not byte & 0x80:
                return length
            shift += 7
        raise MqttError("malformed packet length (section 2.2.3)")


def _remaining_length(length: int) -> bytes:
    encoded = bytearray()
    while True:
        byte, length = length & 0x7F, length >> 7
        encoded.append(byte | (0x80 if length else 0))
        if not length:
            return bytes(encoded)


def _text(text: str) -> bytes:
    raw = text.encode()
    return struct.pack("!H", len(raw)) + raw

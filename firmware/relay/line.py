"""The relay's connection to the broker: one session, until something fails."""

import errno
import time

from binnode.deadline import Deadline
from binnode.mqtt import Client, Message
from binnode.stream import Stream
from binnode.topics import topic
from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.config import Config

_CONNECT_MS = const(5_000)
_REPLY_MS = const(3_000)
_KEEPALIVE_S = const(60)
_PING_MS = const(30_000)
_SILENCE_MS = const(45_000)
_PINGREQ = const(0xC0)
# A wish has 800 bytes at most, a chunk of an update 522.
_PACKET_BYTES_MAX = const(1024)
_CHANNELS = ("ack", "desired", "update")


class _Ever(Deadline):
    """No end of the session as a whole; each wait in it has its own."""

    def left_ms(self) -> int:
        """Longer than any wait."""
        return 60_000


class Line(Client):
    """A session that is looked at now and then; OSError when it is over."""

    def __init__(self, settings: "Config", devices: "list[str]") -> None:
        self._open = Stream(
            settings.broker_host,
            settings.broker_port,
            Deadline(_CONNECT_MS),
            is_secure=settings.tls,
        )
        super().__init__(self._open, reply_ms=_REPLY_MS, deadline=_Ever(0))
        self._heard_at = self._asked_at = time.ticks_ms()  # type: ignore[attr-defined]
        try:
            self.connect(
                settings.device,
                user=settings.user,
                password=settings.password,
                keepalive_s=_KEEPALIVE_S,
            )
            self.subscribe(
                *[topic(device, each) for device in devices for each in _CHANNELS]
            )
        except Exception:
            self.close()
            raise

    def look(self) -> Message | None:
        """Tell the next message, if one is there; keep the session alive."""
        while not self._inbox:
            if not self._read_what_is_there():
                return None
        return self._inbox.pop(0)

    def close(self) -> None:
        """Let go of the connection."""
        self._open.close()

    def _read_what_is_there(self) -> bool:
        now = time.ticks_ms()  # type: ignore[attr-defined]
        try:
            head = self._open.read(1, Deadline(0))[0]
        except OSError as error:
            if error.errno != errno.ETIMEDOUT:
                raise
            self._ask_if_silent(now)
            return False
        # Once a packet has begun the rest of it is on its way.
        deadline = Deadline(_REPLY_MS)
        length = self._read_length(deadline)
        self._heard_at = now
        if length <= _PACKET_BYTES_MAX:
            self._take(head, self._open.read(length, deadline))
        else:
            self._pass_over(length, deadline)
        return True

    def _pass_over(self, length: int, deadline: Deadline) -> None:
        """Let go of what is too large; ending the session would only bring it again."""
        while length:
            length -= len(self._open.read(min(length, _PACKET_BYTES_MAX), deadline))

    def _ask_if_silent(self, now: int) -> None:
        silent_ms = time.ticks_diff(now, self._heard_at)  # type: ignore[attr-defined]
        asked_ms = time.ticks_diff(now, self._asked_at)  # type: ignore[attr-defined]
        if silent_ms > _SILENCE_MS:
            raise OSError(errno.ETIMEDOUT)
        if silent_ms > _PING_MS and asked_ms > _PING_MS:
            self._asked_at = now
            self._send(_PINGREQ)

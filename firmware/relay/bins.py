"""A bin as its relay knows it: one session, and the last that was said to it."""

import os

from binnode.transports import frames

TYPE_CHECKING = False
if TYPE_CHECKING:
    from binnode.transports.frames import Hearing, Saying

    from relay import provisioning

# What the broker keeps for a bin, in the order in which it is told.
_KEPT = (
    ("ack", frames.KEPT_ACK),
    ("update", frames.UPDATE),
    ("desired", frames.DESIRED),
)

_CHUNK = b"\x02"


class Bin:
    """Opens what a bin says, and seals what is said to it.

    Attributes
    ----------
    kept
        The last message of each channel that the broker has retained.
    """

    def __init__(self, known: "provisioning.Bin") -> None:
        self.device = known.device
        self.mac = known.mac
        self._key = known.key
        self.kept: dict[str, bytes] = {}
        self._session: tuple[Hearing, Saying] | None = None
        self._offered: tuple[Hearing, Saying] | None = None
        self._greeting = (b"", b"")

    def keep(self, channel: str, message: bytes) -> None:
        """Remember what the broker has; of an update its offer, no chunk."""
        if channel != "update" or message[1:2] != _CHUNK:
            self.kept[channel] = message

    def take(self, frame: bytes) -> "tuple[int, bytes] | None":
        """Take a frame of a session; kind and message once that is whole.

        A session begins with the first frame that is sealed for it: whoever replays a
        greeting ends none.
        """
        for session in (self._session, self._offered):
            heard = session and session[0].take(frame)
            if heard:
                if session is self._offered:
                    self._session, self._offered = session, None
                    self._greeting = (b"", b"")
                return heard
        return None

    def welcome(self, frame: bytes, *, is_connected: bool) -> "list[bytearray]":
        """Answer a greeting, and tell what there is; nothing if it is not sealed."""
        kind, bin_nonce = frames.peek(frame)
        is_greeting = kind == frames.HELLO and len(bin_nonce) == frames.NONCE_BYTES
        if not is_greeting or not frames.is_sealed(self._key, frame):
            return []
        # Said again it gets the same answer: the bin may have had the first by then.
        if self._greeting[0] != bin_nonce:
            self._greeting = (bin_nonce, os.urandom(frames.NONCE_BYTES))
        relay_nonce = self._greeting[1]
        bins, ours = frames.session_keys(self._key, bin_nonce, relay_nonce)
        self._offered = (frames.Hearing(bins), frames.Saying(ours))
        key = frames.welcome_key(self._key, bin_nonce)
        part = relay_nonce + bytes([is_connected])
        told = [frames.seal(key, frames.WELCOME, part)]
        for channel, kind in _KEPT:
            if self.kept.get(channel):
                told += list(self._offered[1].frames(kind, self.kept[channel]))
        return told

    def hear_ack(self, ack: bytes) -> "list[bytearray]":
        """Hand on an ack that came just now."""
        return list(self._session[1].frames(frames.ACK, ack)) if self._session else []

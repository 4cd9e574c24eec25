"""What a bin and its relay say by ESP-NOW (`docs/payload.md`, "Through a relay").

ESP-NOW's own encryption hides what is said, and proves nothing: a chip takes what comes
unencrypted from a peer that should encrypt (espressif/esp-idf issue 8577), and what is
replayed (issue 9544). So each frame ends with a seal of our own.
"""

import hashlib
import struct

from micropython import const

TYPE_CHECKING = False
if TYPE_CHECKING:
    from collections.abc import Iterator

    Bytes = bytes | bytearray | memoryview

VERSION = const(1)
HELLO = const(1)
WELCOME = const(2)
READINGS = const(3)
REPORTED = const(4)
ACK = const(5)
KEPT_ACK = const(6)
DESIRED = const(7)
UPDATE = const(8)

_HEAD = const("<BBBB")
_HEAD_BYTES = const(4)
_SEAL_BYTES = const(8)
# 250 bytes are a frame of ESP-NOW version 1; version 2 takes more, not on every chip.
PART_BYTES_MAX = const(238)
# 17 records of 13 bytes behind a header of 14.
RECORDS_MAX = const(17)
NONCE_BYTES = const(8)
_NUMBER_MAX = const(255)
# A part says which it is, and how many follow: so a message has 3.8 KB at most.
_INDEX_SHIFT = const(4)
_LEFT = const(15)

_BLOCK_BYTES = const(64)
_INNER = const(0x36)
_OUTER = const(0x5C)


def derive(key: bytes, label: "Bytes") -> bytes:
    """Make a key for one purpose of the shared one: HMAC-SHA256 (RFC 2104)."""
    inner = hashlib.sha256(_pad(key, _INNER))
    inner.update(label)
    outer = hashlib.sha256(_pad(key, _OUTER))
    outer.update(inner.digest())
    return outer.digest()


def _sign(key: bytes, frame: "Bytes") -> bytes:
    return derive(key, memoryview(frame)[:-_SEAL_BYTES])[:_SEAL_BYTES]


def _pad(key: bytes, mask: int) -> bytearray:
    padded = bytearray(_BLOCK_BYTES)
    for place in range(_BLOCK_BYTES):
        padded[place] = mask ^ (key[place] if place < len(key) else 0)
    return padded


def air_key(key: bytes) -> bytes:
    """Tell the key that ESP-NOW itself encrypts with."""
    return derive(key, b"air")[:16]


def welcome_key(key: bytes, bin_nonce: bytes) -> bytes:
    """Tell the key of the answer to one greeting."""
    return derive(key, b"welcome" + bin_nonce)


def session_keys(
    key: bytes, bin_nonce: bytes, relay_nonce: bytes
) -> "tuple[bytes, bytes]":
    """Tell the keys of one session, the bin's and the relay's.

    Nothing that was said in another session opens with them, nor what one said itself.
    """
    nonces = bin_nonce + relay_nonce
    return derive(key, b"bin" + nonces), derive(key, b"relay" + nonces)


def seal(
    key: bytes, kind: int, part: "Bytes", *, number: int = 0, place: int = 0
) -> bytearray:
    """Make a frame; `place` is which part of a message it is, and how many follow."""
    frame = bytearray(_HEAD_BYTES + len(part) + _SEAL_BYTES)
    struct.pack_into(_HEAD, frame, 0, VERSION, kind, number, place)
    frame[_HEAD_BYTES:-_SEAL_BYTES] = part
    frame[-_SEAL_BYTES:] = _sign(key, frame)
    return frame


def peek(frame: "bytes | bytearray") -> tuple[int, bytes]:
    """Tell kind and part of a frame of this version that nobody has checked yet.

    Kind 0 is none.
    """
    if len(frame) < _HEAD_BYTES + _SEAL_BYTES or frame[0] != VERSION:
        return 0, b""
    return frame[1], bytes(frame[_HEAD_BYTES:-_SEAL_BYTES])


def is_sealed(key: bytes, frame: "bytes | bytearray") -> bool:
    """Tell whether who made the frame had the key; in a time that tells nothing."""
    expected = _sign(key, frame)
    differing = 0
    for place in range(_SEAL_BYTES):
        differing |= expected[place] ^ frame[place - _SEAL_BYTES]
    return not differing


class Saying:
    """One direction of a session: numbers each frame, and cuts messages into parts."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._number = 0

    def frames(self, kind: int, message: "Bytes") -> "Iterator[bytearray]":
        """Make the frames of a message; none when the session has no numbers left."""
        cuts = range(0, len(message) or 1, PART_BYTES_MAX)
        left = len(cuts) - 1
        if self._number + left >= _NUMBER_MAX or left > _LEFT:
            return
        for index, begin in enumerate(cuts):
            self._number += 1
            part = memoryview(message)[begin : begin + PART_BYTES_MAX]
            place = index << _INDEX_SHIFT | left - index
            yield seal(self._key, kind, part, number=self._number, place=place)


class Hearing:
    """The other end: takes each frame once, and puts parts together."""

    def __init__(self, key: bytes) -> None:
        self._key = key
        self._number = 0
        self._begun = (0, 0)  # which part is the next, of a message of which kind
        self._parts = b""

    def take(self, frame: bytes) -> "tuple[int, bytes] | None":
        """Take a frame; kind and message once that is whole, else None.

        What is not sealed, not of this session, or was heard before is none.
        """
        kind, part = peek(frame)
        if not kind or frame[2] <= self._number or not is_sealed(self._key, frame):
            return None
        is_next = frame[2] == self._number + 1
        index, left = frame[3] >> _INDEX_SHIFT, frame[3] & _LEFT
        self._number = frame[2]
        if not index:
            self._parts = part
        elif is_next and self._begun == (index, kind):
            self._parts += part
        else:
            self._begun = (0, 0)  # a part before it is lost: so is the whole
            return None
        self._begun = (index + 1, kind)
        return None if left else (kind, self._parts)

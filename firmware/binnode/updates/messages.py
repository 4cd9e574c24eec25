"""What is said about updates (`docs/payload.md`)."""

import struct
from collections import namedtuple

from micropython import const

CONFIRMED = const(1)
REFUSED = const(2)
ROLLED_BACK = const(3)

_VERSION = const(1)
_OFFER = const("<BBIIH")
_OFFER_KIND = const(1)
_OFFER_BYTES = const(12)
_CHUNK = const("<BBII")
_CHUNK_KIND = const(2)
_CHUNK_HEAD_BYTES = const(10)
_REQUEST = const("<BBIIH")
_REQUEST_KIND = const(1)
_OUTCOME = const("<BBIB")
_OUTCOME_KIND = const(2)
_REASON_BYTES_MAX = const(200)

Offer = namedtuple("Offer", ("number", "version", "manifest_bytes"))
Outcome = namedtuple("Outcome", ("state", "reason"))


def decode_offer(raw: bytes) -> Offer | None:
    """Read an offer; None when it is not one of this version."""
    if len(raw) != _OFFER_BYTES or raw[0] != _VERSION or raw[1] != _OFFER_KIND:
        return None
    return Offer(*struct.unpack(_OFFER, raw)[2:])


def encode_request(offer: Offer, at: int, size: int) -> bytes:
    """Ask for a part of the image."""
    return struct.pack(_REQUEST, _VERSION, _REQUEST_KIND, offer.number, at, size)


def read_chunk(raw: bytes, offer: Offer, at: int) -> bytes:
    """Take the bytes that belong at a place of the image; none when these do not."""
    if len(raw) <= _CHUNK_HEAD_BYTES or raw[1] != _CHUNK_KIND:
        return b""
    version, _, number, begin = struct.unpack_from(_CHUNK, raw)
    if (version, number, begin) != (_VERSION, offer.number, at):
        return b""
    return raw[_CHUNK_HEAD_BYTES:]


def encode_outcome(offer: Offer, outcome: Outcome) -> bytes:
    """Say what became of an offer."""
    head = struct.pack(_OUTCOME, _VERSION, _OUTCOME_KIND, offer.number, outcome.state)
    return head + outcome.reason.encode()[:_REASON_BYTES_MAX]

"""What is said about updates of the firmware (docs/payload.md)."""

from struct import Struct, error
from typing import Literal, NamedTuple

from gateway.errors import PayloadError
from gateway.wire.message import VERSION

Ending = Literal["confirmed", "refused", "rolled_back"]

OFFER, CHUNK = Struct("<BBIIH"), Struct("<BBII")
REQUEST, OUTCOME = Struct("<BBIIH"), Struct("<BBIB")
OFFER_KIND, CHUNK_KIND, REQUEST_KIND, OUTCOME_KIND = 1, 2, 1, 2
ENDINGS: dict[int, Ending] = {1: "confirmed", 2: "refused", 3: "rolled_back"}
# A message that a bin's client still takes, with its topic.
CHUNK_BYTES = 512
# A bin asks for less; more than this is no bin's doing.
MAX_REQUEST_BYTES = 8192
MAX_REASON_BYTES = 200
MAX_IMAGE_BYTES = 1024 * 1024
NO_OFFER = b""


class Offer(NamedTuple):
    """A version that a device may take."""

    update_id: int
    version: int
    manifest_bytes: int


class Request(NamedTuple):
    """A device asks for a part of the image it was offered."""

    update_id: int
    at: int
    size: int


class Outcome(NamedTuple):
    """A device says what became of an offer."""

    update_id: int
    ending: Ending
    reason: str


def encode_offer(offer: Offer | None) -> bytes:
    """Offer a version; None takes back what was offered."""
    return NO_OFFER if offer is None else OFFER.pack(VERSION, OFFER_KIND, *offer)


def encode_chunks(request: Request, part: bytes) -> list[bytes]:
    """Answer a request with what there is of it."""
    return [
        CHUNK.pack(VERSION, CHUNK_KIND, request.update_id, request.at + start)
        + part[start : start + CHUNK_BYTES]
        for start in range(0, len(part), CHUNK_BYTES)
    ]


def decode_event(payload: bytes) -> Request | Outcome:
    """Read what a device says about an update.

    Raises
    ------
    PayloadError
        If it is nothing of this version.
    """
    try:
        if payload[:2] == bytes([VERSION, REQUEST_KIND]):
            return _decode_request(payload)
        if payload[:2] == bytes([VERSION, OUTCOME_KIND]):
            return _decode_outcome(payload)
    except error as short:
        raise PayloadError(f"an event that is cut off: {short}") from short
    raise PayloadError(f"an event of kind {payload[:2].hex()} is not known")


def _decode_request(payload: bytes) -> Request:
    _, _, update_id, at, size = REQUEST.unpack(payload)
    if not 0 < size <= MAX_REQUEST_BYTES:
        raise PayloadError(f"{size} bytes at once: 1 to {MAX_REQUEST_BYTES}")
    if at > MAX_IMAGE_BYTES:
        raise PayloadError(f"{at} is beyond every image")
    return Request(update_id, at, size)


def _decode_outcome(payload: bytes) -> Outcome:
    _, _, update_id, state = OUTCOME.unpack_from(payload)
    ending = ENDINGS.get(state)
    if ending is None:
        raise PayloadError(f"an outcome {state} is not known")
    text = payload[OUTCOME.size :][:MAX_REASON_BYTES].decode(errors="replace")
    return Outcome(update_id, ending, text.replace("\0", "\N{SYMBOL FOR NULL}"))

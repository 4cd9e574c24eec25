"""Bytes of the wire to values, and back to the device (docs/payload.md)."""

import json
import struct
from datetime import UTC, datetime

from gateway.errors import PayloadError
from gateway.wire.binary import decode_binary
from gateway.wire.json_text import decode_json
from gateway.wire.message import (
    LATEST_VERSION,
    MAX_PAYLOAD_BYTES,
    VERSION,
    Encoding,
    Message,
)

ACK = struct.Struct("<BBIII")


def decode(payload: bytes, received_at: datetime) -> Message:
    """Decode a message; its first byte says how.

    Raises
    ------
    PayloadError
        If nothing of the message can be used; the text is the reason to keep with it.
    """
    if len(payload) > MAX_PAYLOAD_BYTES:
        # How long it was is not known: the receiver cuts what is far too long.
        raise PayloadError(f"more than the limit, {MAX_PAYLOAD_BYTES} bytes")
    match payload[:1]:
        case b"\x01" | b"\x02":
            return decode_binary(payload, received_at)
        case b"{":
            return decode_json(payload, received_at)
        case b"":
            raise PayloadError("empty")
        case first:
            raise PayloadError(f"first byte {first.hex()} is not 01, 02 or 7b, {{")


def encode_ack(
    encoding: Encoding, *, epoch: int, next_seq: int, server_at: datetime
) -> bytes:
    """Say, as the device spoke, that every record before `next_seq` is safe."""
    if encoding == "binary":
        server_s = int(server_at.timestamp())
        return ACK.pack(VERSION, LATEST_VERSION, epoch, next_seq, server_s)
    server = server_at.astimezone(UTC).isoformat(timespec="seconds")
    ack = {
        "v": VERSION,
        "understands": LATEST_VERSION,
        "epoch": epoch,
        "next_seq": next_seq,
        "server_at": server.replace("+00:00", "Z"),
    }
    return json.dumps(ack).encode()

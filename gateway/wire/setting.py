"""Settings of a device: the wish, and the device's answer (docs/payload.md)."""

import json
from collections.abc import Mapping
from dataclasses import dataclass

from gateway.errors import MemberError, PayloadError
from gateway.wire.json_object import (
    JsonObject,
    as_object,
    parse_object,
    read_integer,
    read_text,
)
from gateway.wire.message import VERSION

# A device reads packets of 1,024 bytes, topic included.
MAX_REPORTED_BYTES = 4096
MAX_REVISION = 2**31 - 1
MAX_TEXT = 64


@dataclass(frozen=True, kw_only=True, slots=True)
class Reported:
    """What a device is and goes by, and what of the wish it refused and why."""

    revision: int
    firmware: int
    board: str
    settings: JsonObject
    refused: JsonObject


def encode_desired(revision: int, settings: Mapping[str, object]) -> bytes:
    """Ask a device to go by these settings."""
    wish = {"v": VERSION, "revision": revision, "settings": settings}
    return json.dumps(wish, separators=(",", ":")).encode()


def decode_reported(payload: bytes) -> Reported:
    """Read a device's answer.

    Raises
    ------
    PayloadError
        If it is none; the text is the reason.
    """
    if len(payload) > MAX_REPORTED_BYTES:
        raise PayloadError(f"more than the limit, {MAX_REPORTED_BYTES} bytes")
    try:
        return _read(parse_object(payload))
    except MemberError as error:
        raise PayloadError(str(error)) from None
    except RecursionError:
        raise PayloadError("not JSON that can be read: nested too deeply") from None


def _read(body: JsonObject) -> Reported:
    if read_integer(body, "v") != VERSION:
        raise MemberError("v", expected=str(VERSION), value=body.get("v"))
    return Reported(
        revision=_read_count(body, "revision"),
        firmware=_read_count(body, "firmware"),
        board=read_text(body, "board")[:MAX_TEXT],
        settings=as_object(body.get("settings"), "settings"),
        refused=as_object(body.get("refused"), "refused"),
    )


def _read_count(body: JsonObject, name: str) -> int:
    count = read_integer(body, name)
    if count is None or not 0 <= count <= MAX_REVISION:
        raise MemberError(name, expected=f"0 to {MAX_REVISION}", value=body.get(name))
    return count

"""Whose message it is: what says so, and which partition of the fleet that is.

Only to hand it to the right gateway; what the message means, the gateway decides. One
that names no device is for whoever has partition 0, who keeps it with the reason.
"""

import json
import re
from dataclasses import dataclass
from typing import Any
from zlib import crc32

PARTITIONS = 64
POSTED = "POST /api/v1/readings"  # the topic of what came without one
NAME = re.compile(r"[a-z0-9_-]{1,32}")
READINGS = re.compile(rf"ullage/1/\d{{1,2}}/({NAME.pattern})/readings")
MAX_MESSAGES = 1000


class NoMessagesError(Exception):
    """A body holds no messages; nothing of it was kept."""


@dataclass(frozen=True, kw_only=True, slots=True)
class Posted:
    """A message on its way to the gateway that has its partition."""

    topic: str
    payload: bytes
    partition: int
    device: str | None


def read_posted(body: bytes) -> list[Posted]:
    """Take a body apart: one object is one message, a list is several.

    Raises
    ------
    NoMessagesError
        If it is not JSON, is neither object nor list, or holds too many.
    """
    try:
        content = json.loads(body, parse_constant=_refuse_constant)
        payloads = [json.dumps(each).encode() for each in _as_list(content)]
    except (ValueError, RecursionError) as error:
        raise NoMessagesError(
            f"the body is not JSON that can be read: {error}"
        ) from error
    if isinstance(content, dict):
        return [_address(content, body)]
    return [
        _address(each, payload) for each, payload in zip(content, payloads, strict=True)
    ]


def _as_list(content: object) -> list[object]:
    if isinstance(content, dict):
        return []  # its own bytes are the message
    if not isinstance(content, list):
        raise NoMessagesError("the body is neither an object nor a list of objects")
    if len(content) > MAX_MESSAGES:
        raise NoMessagesError(
            f"{len(content)} messages are more than the limit, {MAX_MESSAGES}"
        )
    return content


def partition_of(topic: str, payload: bytes) -> int:
    """Say which partition a message belongs to that was kept with its topic."""
    ours = READINGS.fullmatch(topic)
    if ours is not None:
        return _partition(ours[1])
    try:
        return _partition(_find_device(json.loads(payload)))
    except (ValueError, RecursionError):
        return 0


def _refuse_constant(name: str) -> object:
    raise ValueError(f"{name} is not JSON")


def _address(content: object, payload: bytes) -> Posted:
    device = _find_device(content)
    topic, partition = POSTED, _partition(device)
    if device is not None and isinstance(content, dict) and "device" in content:
        topic = f"ullage/1/{partition}/{device}/readings"
    return Posted(topic=topic, payload=payload, partition=partition, device=device)


def _find_device(content: object) -> str | None:
    """Find the name: of ChirpStack, The Things Stack or, last, our own member."""
    if not isinstance(content, dict):
        return None
    names = (
        _member(content, "deviceInfo", "devEui"),
        _member(content, "end_device_ids", "dev_eui"),
    )
    for eui in names:
        if eui is not None:
            return eui.lower() if NAME.fullmatch(eui.lower()) else None
    name = content.get("device")
    return name if isinstance(name, str) and NAME.fullmatch(name) else None


def _member(content: dict[str, Any], outer: str, inner: str) -> str | None:
    part = content.get(outer)
    name = part.get(inner) if isinstance(part, dict) else None
    return name if isinstance(name, str) else None


def _partition(device: str | None) -> int:
    return 0 if device is None else crc32(device.encode()) % PARTITIONS

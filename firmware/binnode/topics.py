"""The names of a device's channels (`docs/payload.md`)."""

from binascii import crc32

from micropython import const

_PARTITIONS = const(64)


def topic(device: str, channel: str) -> str:
    """Name the topic of one of a device's channels."""
    partition = crc32(device.encode()) % _PARTITIONS
    return f"ullage/1/{partition}/{device}/{channel}"

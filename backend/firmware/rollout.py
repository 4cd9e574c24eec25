"""Who is offered a version first."""

from collections.abc import Iterable
from zlib import crc32

PARTITIONS = 64
WHOLE_PERCENT = 100


def choose_share(devices: Iterable[str], percent: int) -> list[str]:
    """Choose so many of a hundred: the same ones each time, and more of them later.

    By the name, mixed with something, or they would all be of the same partitions.
    """
    return [
        each
        for each in devices
        if crc32(b"rollout " + each.encode()) % WHOLE_PERCENT < percent
    ]


def partition_of(device: str) -> int:
    """Say which gateway speaks with a device (docs/payload.md, Topics)."""
    return crc32(device.encode()) % PARTITIONS

"""`ullage/1/<partition>/<device>/<channel>` (docs/payload.md)."""

import re
from binascii import crc32

from gateway.errors import PayloadError

PARTITIONS = 64
PREFIX = "ullage/"
WHOLE_FLEET = "ullage/1/+/+/readings"
PARTITION = "ullage/1/{}/+/readings"
NAME = re.compile(r"[a-z0-9_-]{1,32}")
READINGS = re.compile(rf"ullage/1/(\d{{1,2}})/({NAME.pattern})/readings")


def is_ours(topic: str) -> bool:
    """Tell our topics from those of network servers."""
    return topic.startswith(PREFIX)


def partition_of(device: str) -> int:
    """Say which partition of the fleet a device is in."""
    return crc32(device.encode()) % PARTITIONS


def device_of(topic: str) -> str:
    """Read the device's name from the topic of its readings."""
    match = READINGS.fullmatch(topic)
    if match is None:
        raise PayloadError("the topic is not ullage/1/<partition>/<device>/readings")
    device = match[2]
    if int(match[1]) != partition_of(device):
        raise PayloadError(
            f"{device} is in partition {partition_of(device)}, not {match[1]}"
        )
    return device


def ack_topic(device: str) -> str:
    """Name the topic of a device's acknowledgement."""
    return f"ullage/1/{partition_of(device)}/{device}/ack"


def reading_filters(partitions: frozenset[int]) -> list[str]:
    """List what to subscribe to for the readings of some partitions."""
    if len(partitions) == PARTITIONS:
        return [WHOLE_FLEET]
    return [PARTITION.format(each) for each in sorted(partitions)]


def other_filters(partitions: frozenset[int]) -> list[str]:
    """List what a gateway may have been subscribed to when it had another share."""
    every = {WHOLE_FLEET, *map(PARTITION.format, range(PARTITIONS))}
    return sorted(every.difference(reading_filters(partitions)))

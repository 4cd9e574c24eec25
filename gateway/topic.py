"""`ullage/1/<partition>/<device>/<channel>` (docs/payload.md)."""

import re
from binascii import crc32

from gateway.errors import PayloadError

PARTITIONS = 64
PREFIX = "ullage/"
CHANNELS = ("readings", "events", "reported")
WHOLE_FLEET = tuple(f"ullage/1/+/+/{each}" for each in CHANNELS)
PARTITION = tuple(f"ullage/1/{{}}/+/{each}" for each in CHANNELS)
NAME = re.compile(r"[a-z0-9_-]{1,32}")
OURS = re.compile(rf"ullage/1/(\d{{1,2}})/({NAME.pattern})/([a-z]+)")


def is_ours(topic: str) -> bool:
    """Tell our topics from those of network servers."""
    return topic.startswith(PREFIX)


def partition_of(device: str) -> int:
    """Say which partition of the fleet a device is in."""
    return crc32(device.encode()) % PARTITIONS


def device_of(topic: str) -> str:
    """Read the device's name from the topic of its readings."""
    return _device_of(topic, "readings")


def is_event(topic: str) -> bool:
    """Tell what a device says beside its readings."""
    return is_ours(topic) and topic.endswith(("/events", "/reported"))


def is_report(topic: str) -> bool:
    """Tell what a device says of its settings."""
    return topic.endswith("/reported")


def event_of(topic: str) -> str:
    """Read the device's name from the topic of its events."""
    return _device_of(topic, "events")


def report_of(topic: str) -> str:
    """Read the device's name from the topic of its settings."""
    return _device_of(topic, "reported")


def _device_of(topic: str, channel: str) -> str:
    match = OURS.fullmatch(topic)
    if match is None or match[3] != channel:
        raise PayloadError(f"the topic is not ullage/1/<partition>/<device>/{channel}")
    device = match[2]
    if int(match[1]) != partition_of(device):
        raise PayloadError(
            f"{device} is in partition {partition_of(device)}, not {match[1]}"
        )
    return device


def ack_topic(device: str) -> str:
    """Name the topic of a device's acknowledgement."""
    return f"ullage/1/{partition_of(device)}/{device}/ack"


def update_topic(device: str) -> str:
    """Name the topic of a device's offer, and of the parts of it."""
    return f"ullage/1/{partition_of(device)}/{device}/update"


def desired_topic(device: str) -> str:
    """Name the topic of the settings that are desired of a device."""
    return f"ullage/1/{partition_of(device)}/{device}/desired"


def our_filters(partitions: frozenset[int]) -> list[str]:
    """List what to subscribe to for what the devices of some partitions say."""
    if len(partitions) == PARTITIONS:
        return list(WHOLE_FLEET)
    return [each.format(share) for share in sorted(partitions) for each in PARTITION]


def other_filters(partitions: frozenset[int]) -> list[str]:
    """List what a gateway may have been subscribed to when it had another share."""
    every = {*WHOLE_FLEET}
    for share in range(PARTITIONS):
        every |= {each.format(share) for each in PARTITION}
    return sorted(every.difference(our_filters(partitions)))

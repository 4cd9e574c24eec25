"""Versions of the firmware: read what was built, offer it, put it onto a device."""

from backend.firmware.errors import FirmwareError
from backend.firmware.release import Release, read_release
from backend.firmware.rollout import choose_share, partition_of

__all__ = ["FirmwareError", "Release", "choose_share", "partition_of", "read_release"]

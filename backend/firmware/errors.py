"""What can be wrong with a version of the firmware, or with putting it on a device."""


class FirmwareError(Exception):
    """It cannot be used; the message says what is wrong with it."""

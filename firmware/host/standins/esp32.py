"""The ESP32's `esp32` on the host: flash that outlives power, and wake sources."""

import json

_NVS_FILE = "nvs.json"


WAKEUP_ALL_LOW = False
WAKEUP_ANY_HIGH = True


def wake_on_ext0(pin: object, level: bool) -> None:
    """Let a pin end deep sleep; what woke the bin is the world's to say."""
    _arm("ext0", level)


def wake_on_gpio(pins: object, level: bool) -> None:
    """Let pins end deep sleep, on chips that have no ext0."""
    _arm("gpio", level)


def _arm(source: str, level: bool) -> None:
    with open("wakes_on", "w") as file:
        file.write("%s %s" % (source, "high" if level else "low"))


def _read_all() -> dict[str, dict[str, object]]:
    try:
        with open(_NVS_FILE) as file:
            kept: dict[str, dict[str, object]] = json.load(file)
    except OSError:
        return {}
    return kept


class NVS:
    """Keys and values in flash; nothing is kept that was not committed."""

    def __init__(self, namespace: str) -> None:
        self._namespace = namespace
        self._values = _read_all().get(namespace, {})

    def get_i32(self, key: str) -> int:
        """Read a number; OSError when there is none."""
        value = self._values.get(key)
        if not isinstance(value, int):
            raise OSError(-4354)
        return value

    def set_i32(self, key: str, value: int) -> None:
        """Set a number of 32 bits, with a sign."""
        if not -(2**31) <= value < 2**31:
            raise OverflowError("value does not fit 32 bits")
        self._values[key] = value

    def get_blob(self, key: str, buffer: bytearray) -> int:
        """Read bytes into a buffer and tell how many; OSError when there are none."""
        value = self._values.get(key)
        if not isinstance(value, str) or len(value) > 2 * len(buffer):
            raise OSError(-4354)
        blob = bytes.fromhex(value)
        buffer[: len(blob)] = blob
        return len(blob)

    def set_blob(self, key: str, value: bytes) -> None:
        """Set bytes."""
        self._values[key] = bytes(value).hex()

    def erase_key(self, key: str) -> None:
        """Forget a key; OSError when there is none."""
        if key not in self._values:
            raise OSError(-4354)
        del self._values[key]

    def commit(self) -> None:
        """Write to flash, as one: the chip writes a page before it marks it whole."""
        every = _read_all()
        every[self._namespace] = self._values
        with open(_NVS_FILE, "w") as file:
            json.dump(every, file)

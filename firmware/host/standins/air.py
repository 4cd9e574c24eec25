"""The ESP32's `network.WLAN` on the host, of a station that speaks ESP-NOW too.

It leaves word of its channel in the folder `BIN_AIR`, see `espnow`.
"""

import os

from micropython import const
from network import WLAN as _Station  # type: ignore[import-not-found]

_CHANNEL = const(6)  # of all access points


class WLAN(_Station):  # type: ignore[misc]
    """A station on a channel of its own choice, or that of its access point."""

    PM_NONE = 0

    def config(self, *, channel: int = 0, pm: int = 0) -> None:
        """Set the channel, as long as no network does, and how power is saved."""
        if channel:
            _tune(channel)

    def connect(
        self, ssid: str = "", key: str = "", *, bssid: bytes | None = None
    ) -> None:
        """Begin to join."""
        _Station.connect(self, ssid, key, bssid=bssid)
        _tune(_CHANNEL)


def _tune(channel: int) -> None:
    with open(os.getenv("BIN_AIR", ".") + "/" + os.getenv("BIN_MAC", ""), "w") as file:
        file.write(str(channel))

"""The ESP32's `network` on the host: the host's own network, when `BIN_WIFI` is 1."""

import os


class WLAN:
    """A station that joins at once, or never."""

    IF_STA = 0

    def __init__(self, interface_id: int = IF_STA) -> None:
        self._is_joining = False

    def active(self, is_active: bool | None = None) -> None:
        """Switch the radio."""

    def connect(self, ssid: str = "", key: str = "") -> None:
        """Begin to join."""
        self._is_joining = True

    def isconnected(self) -> bool:
        """Tell whether joining worked."""
        return self._is_joining and os.getenv("BIN_WIFI") == "1"

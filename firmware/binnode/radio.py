"""Wi-Fi, for as short as possible (ESP32)."""

from time import sleep_ms  # type: ignore[attr-defined]

from micropython import const
from network import WLAN  # type: ignore[import-not-found]

from binnode.deadline import Deadline

_POLL_MS = const(20)


def connect(ssid: str, password: str, deadline: Deadline) -> bool:
    """Join the network; False when that did not work in time."""
    station = WLAN(WLAN.IF_STA)
    station.active(True)
    station.connect(ssid, password)
    while not station.isconnected():
        if not deadline.left_ms():
            return False
        sleep_ms(_POLL_MS)
    return True


def off() -> None:
    """Switch the radio off."""
    WLAN(WLAN.IF_STA).active(False)
